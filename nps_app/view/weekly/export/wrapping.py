"""How text breaks into lines on a slide, reckoned a little wide so that what fits here, fits."""

import re
import unicodedata
from typing import Final

_NOT_FOR_XML: Final = re.compile("[^\\t\\n\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENDS: Final = re.compile("\\r\\n|[\\r\\v\\f\\x85\\u2028\\u2029]")
_THIN: Final = frozenset("iIjl.,:;'’|!()[]ftr -\u00a0\u202f")
_LARGE: Final = frozenset("mwMW@%—…→●▲▼")
_EMS: Final = {"thin": 0.34, "large": 0.95, "upper": 0.74, "lower": 0.57, "wide": 1.05}
_BOLD: Final = 1.07
_LINE: Final = 1.25


def printable(text: str) -> str:
    """The text without what a slide's file cannot hold; each such character becomes "�".

    >>> printable("a\\x00b\\x0bc")
    'a�b\\nc'
    """
    return _NOT_FOR_XML.sub("\ufffd", _ENDS.sub("\n", text))


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """The lines of a text of `size` points in a column of `width` inches; "" has one.

    Lines break at spaces, and within a word only where it is wider than the column. Each keeps
    the space or line break it ends with: joined, they are the text.

    >>> wrapped("one two three", 72, 4)
    ['one two ', 'three']
    """
    room = width * 72 / size / (_BOLD if bold else 1.0)
    lines, line, used = [], "", 0.0
    for word in re.findall(r"\n|[^ \n]* +|[^ \n]+", text):
        if word == "\n":
            lines.append(line + word)
            line, used = "", 0.0
            continue
        if line and used + sum(map(_ems, word.rstrip(" "))) > room:
            lines.append(line)
            line, used = "", 0.0
        for letter in word:
            if line and letter != " " and used + _ems(letter) > room:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + letter, used + _ems(letter)
    return [*lines, line]


def lines_height(lines: int, size: float) -> float:
    """Inches that so many lines of `size` points take."""
    return lines * size * _LINE / 72


def text_height(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """Inches that a text of `size` points takes in a column of `width` inches."""
    return lines_height(len(wrapped(text, size, width, bold=bold)), size)


def text_width(text: str, size: float) -> float:
    """Inches that a text takes on one line."""
    return sum(map(_ems, text)) * size / 72


def _ems(letter: str) -> float:
    if letter in _THIN:
        return _EMS["thin"]
    if letter in _LARGE:
        return _EMS["large"]
    if unicodedata.east_asian_width(letter) in "WF":
        return _EMS["wide"]
    return _EMS["upper" if letter.isupper() else "lower"]


def right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)
