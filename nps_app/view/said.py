"""Reasons that came with a kept result, said in the reader's language."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from nps_app.view.tables import count_text, date_text, listed
from nps_core.language import ENGLISH, current_language, tr
from nps_core.measure.reasons import Reason


def said(reason: str) -> str:
    """Say a reason of `nps_core`; a marked constant is translated, a text of no catalogue stays.

    >>> from nps_core.measure.reasons import reason
    >>> said(reason("fewer than {minimum} responses", minimum=5))
    'fewer than 5 responses'
    """
    if current_language() == ENGLISH:
        return str(reason)
    if not isinstance(reason, Reason):
        return tr(reason)
    return tr(reason.template, **{name: _value(value) for name, value in reason.values.items()})


def notes(cut: Iterable[str]) -> list[str]:
    """Say what cut the windows of a product change, each as a sentence of its own."""
    return [capital(said(reason)) for reason in cut]


def clauses(parts: Iterable[str]) -> str:
    """Several clauses as one.

    >>> clauses(["up 6 points", "still up when the mix is held fixed"])
    'up 6 points; still up when the mix is held fixed'
    """
    *first, last = [*parts] or [""]
    for clause in reversed(first):
        last = tr("{clause}; {rest}", clause=clause, rest=last)
    return last


def capital(text: str) -> str:
    """A clause as the beginning of a sentence.

    >>> capital("about 20 more responses"), capital("élargi")
    ('About 20 more responses', 'Élargi')
    """
    return f"{text[:1].upper()}{text[1:]}"


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return listed(said(each) for each in value)
    if isinstance(value, date):
        return date_text(value)
    return count_text(value) if isinstance(value, int) else str(value)
