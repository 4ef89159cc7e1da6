"""Which column holds the answer to the recommendation question."""

from collections.abc import Sequence
from typing import Final

from nps_core.columns import SCORE
from nps_core.errors import FileRefused
from nps_core.intake.profile import Column
from nps_core.intake.scale import scale_of
from nps_core.intake.tool import Tool
from nps_core.intake.vocabulary import (
    CERTAIN_SCORES,
    IGNORED,
    LOOSE_SCORES,
    NAMES,
    NOT_THE_NUMBER,
    OTHER_MEASURE,
    PLAIN_SCORES,
    REASON_ASKED,
    RECOMMENDS,
)

BY_TOOL: Final = 6
RECOMMENDATION: Final = 5
PLAIN: Final = 4
LOOSE: Final = 3
BY_VALUES: Final = 1
NEVER: Final = 0

_FITS: Final = 0.5
_ASK: Final = "Say which column is the score."


def rank(column: Column, tool: Tool | None) -> int:
    """How sure the name and question of a column are that it is the recommendation.

    From `BY_TOOL` down to `BY_VALUES` (its cells alone speak for it) and `NEVER`: the class, the
    weight, another measure.
    """
    if tool and column.name in tool.roles.get(SCORE, ()):
        return BY_TOOL
    wording = column.wording
    asks, other = RECOMMENDS.search(wording), OTHER_MEASURE.search(wording)
    beside = column.asked.endswith(" group") or (
        len(column.name.split()) <= 5 and NOT_THE_NUMBER.search(column.name)
    )
    if beside and column.name not in CERTAIN_SCORES:
        return NEVER
    if any(name in CERTAIN_SCORES for name in column.names):
        return RECOMMENDATION
    if REASON_ASKED.search(wording) and column.scores < _FITS:
        return NEVER
    if asks and not (other and other.start() < asks.start()):
        return RECOMMENDATION
    if other:
        return NEVER
    if any(name in PLAIN_SCORES for name in column.names):
        return PLAIN
    if any(name in LOOSE_SCORES for name in column.names):
        return LOOSE
    named = any(name in names for names in NAMES.values() for name in column.names)
    if named or column.name in IGNORED or column.name.endswith((" id", "number")):
        return NEVER
    return BY_VALUES


def find_score(
    columns: Sequence[Column], tool: Tool | None, repeated: Sequence[str] = ()
) -> tuple[Column, int]:
    """The one recommendation column, and how sure its name is.

    `repeated` are names that the file gives to several columns. Raises `FileRefused`, with the
    header, when no column or more than one could be it: nothing is guessed.
    """
    header = tuple(column.header for column in columns)
    ranked = [(rank(column, tool), column) for column in columns]
    fitting = [
        (sure, column)
        for sure, column in ranked
        if sure >= LOOSE and column.filled and column.scores >= _FITS
    ]
    if not fitting:
        fitting = [(sure, c) for sure, c in ranked if sure == BY_VALUES and _speaks(c)]
    if not fitting:
        fitting = [(sure, c) for sure, c in ranked if sure >= LOOSE and c.dates < _FITS]
        fitting = fitting[:1] if not fitting else [max(fitting, key=lambda pair: pair[0])]
    if not fitting:
        raise FileRefused(
            "No column holds answers from 0 to 10 to the recommendation question.",
            f"The columns are {_listed(header)}.",
            "Export the survey with its numeric answers, or " + _ASK[0].lower() + _ASK[1:],
            header=header,
        )
    best = max(sure for sure, _ in fitting)
    ties = [column for sure, column in fitting if sure == best]
    if len(ties) > 1:
        ties = [c for c in ties if scale_of(dict.fromkeys(c.texts, 9)).kind in ("", "no_zero")]
    if len(ties) != 1:
        raise FileRefused(
            "More than one column could be the score.",
            f"These look alike: {_listed([c.header for s, c in fitting if s == best])}.",
            _ASK,
            header=header,
        )
    if ties[0].header in repeated:
        raise FileRefused(
            f"The column {ties[0].header!r} appears more than once.", remedy=_ASK, header=header
        )
    return ties[0], best


def _speaks(column: Column) -> bool:
    """Whether cells alone, without a name, look like answers from 0 to 10."""
    return column.filled >= 5 and column.scores >= 0.95 and _high(column)


def _high(column: Column) -> bool:
    kind = scale_of(dict.fromkeys(column.texts, 9)).kind
    return column.distinct >= 4 and kind in ("", "no_zero")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:60]) for name in names[:12])
    return shown + (f" and {len(names) - 12} more" if len(names) > 12 else "")
