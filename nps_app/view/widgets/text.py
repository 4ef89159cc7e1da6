"""Text that came from a file, made safe for the places Streamlit reads as Markdown."""

import re
import unicodedata
from typing import Final

from nps_app.view.tables import column_label

_BIDI_AND_INVISIBLE: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]")
_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")
"""The spaces that hold French punctuation and numbers together stay."""

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_LINK_STARTS: Final = re.compile(r"(:)(?=//)|(@)|(?<=www)(\.)", re.IGNORECASE)
_JOINER: Final = "\u2060"


def visible(text: object, longest: int = 80) -> str:
    """One line of `text` in which nothing is hidden: for file names, headers and values.

    Characters that reverse or hide the text around them and control characters become "�";
    beyond `longest` characters the text ends in "…".

    >>> visible("report\\u202evsc.exe")
    'report�vsc.exe'
    >>> visible("a\\nb")
    'a b'
    """
    line = _SPACES.sub(" ", str(text)).strip()
    line = _BIDI_AND_INVISIBLE.sub("\ufffd", line)
    line = "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in line)
    return line if len(line) <= longest else line[: longest - 1] + "…"


def as_label(text: object, longest: int = 80) -> str:
    """`visible(text)` with every mark of Markdown escaped: for labels, titles and messages.

    A word joiner keeps addresses from becoming links, which happens after escapes are undone.

    >>> as_label("![x](y)")
    '\\\\!\\\\[x\\\\]\\\\(y\\\\)'
    """
    joined = _LINK_STARTS.sub(lambda match: match.group(0) + _JOINER, visible(text, longest))
    return _PUNCTUATION.sub(r"\\\1", joined)


def column_labels(columns: list[str]) -> dict[str, str]:
    """Each label once: the address tells columns apart by it."""
    labels = {name: visible(column_label(name)) for name in columns}
    return {
        name: label if list(labels.values()).count(label) == 1 else visible(name)
        for name, label in labels.items()
    }
