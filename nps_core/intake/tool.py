"""What can be known about a survey tool's exports: its marks, its names, its special rows."""

from dataclasses import dataclass, field
from typing import Final

from nps_core.intake.text import phrases

YES: Final = phrases("true | yes | 1 | t | y | oui | ja | si | sim")
NO: Final = phrases("false | no | 0 | f | n | non | nein | nao | nee")


@dataclass(frozen=True)
class RowRule:
    """Rows whose `column` holds one of `values` (folded): dropped, or kept with a remark."""

    column: str
    values: frozenset[str]
    means: str
    drop: bool = True


@dataclass(frozen=True)
class Tool:
    """A survey tool: it wrote the file when all names of one of its `marks` are in the header."""

    name: str
    marks: tuple[frozenset[str], ...]
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[RowRule, ...] = ()
    zone: str | None = None


def marks(*listed: str) -> tuple[frozenset[str], ...]:
    """Sets of folded names, each of which gives a tool away when all of it is in a header.

    >>> [sorted(mark) for mark in marks("survey id | rating")]
    [['rating', 'survey id']]
    """
    return tuple(phrases(names) for names in listed)
