"""Which survey tool wrote a file, by its column names."""

from collections.abc import Iterable
from typing import Final

from nps_core.intake.feedback_tools import FEEDBACK_TOOLS
from nps_core.intake.form_tools import FORM_TOOLS
from nps_core.intake.text import phrases
from nps_core.intake.tool import Tool

TOOLS: Final = (*FORM_TOOLS, *FEEDBACK_TOOLS)

_FORM_STAMPS: Final = phrases(
    "timestamp | horodateur | marca temporal | zeitstempel | carimbo de data hora | tijdstempel"
)
GOOGLE_FORMS: Final = Tool("Google Forms", ())


def find_tool(names: Iterable[str]) -> Tool | None:
    """The survey tool that wrote a file with these folded column names, None when unknown.

    >>> find_tool(["respondent id", "collector id", "start date"]).name
    'SurveyMonkey'
    >>> find_tool(["timestamp", "would you recommend us"]).name
    'Google Forms'
    """
    ordered_names = list(names)
    present = set(ordered_names)
    matches = [
        (max(len(mark) for mark in tool.marks if mark <= present), -place)
        for place, tool in enumerate(TOOLS)
        if any(mark <= present for mark in tool.marks)
    ]
    if matches:
        return TOOLS[-max(matches)[1]]
    first = ordered_names[0] if ordered_names else ""
    questions = any(len(name.split()) > 3 for name in ordered_names[1:])
    return GOOGLE_FORMS if first in _FORM_STAMPS and questions else None
