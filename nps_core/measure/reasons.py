"""Reasons of a result in English that can be given in another language later."""

from collections.abc import Sequence
from typing import Any


class Reason(str):
    """A sentence that still knows its template and the values in it.

    It is its English text, and stays what it is through pickling, so a kept result can be shown
    in any language: `tr(reason.template, **values)`, the values written as that language does. A
    value may be a date, a number, a text of the data, or a tuple of further reasons.
    """

    template: str
    values: dict[str, Any]


def reason(template: str, *, english: str = "", **values: Any) -> Reason:
    """Make a reason; `template` is marked for the catalogues (`mark`).

    `english` is what it reads in English where that says more than the template.

    >>> from datetime import date
    >>> ends = reason("the data ends on {day}", day=date(2026, 4, 10))
    >>> reason("cut: {reasons}", reasons=(ends,))
    'cut: the data ends on 2026-04-10'
    """
    said = template.format(**{name: _english(value) for name, value in values.items()})
    made = Reason(english or said)
    made.template, made.values = template, values
    return made


def _english(value: Any) -> str:
    return joined(value) if isinstance(value, tuple) else str(value)


def joined(reasons: Sequence[str]) -> str:
    """Several reasons in one English sentence.

    >>> joined(["one", "another"])
    'one and another'
    """
    return " and ".join(reasons)
