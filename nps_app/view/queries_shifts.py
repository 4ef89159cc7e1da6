"""The shifts nobody announced, and which of them somebody has dismissed."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import pandas as pd
import streamlit as st

from nps_app.view import queries
from nps_app.view.counting import KEPT
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.widgets.session import current_store, store_version
from nps_core.measure import Filter
from nps_core.measure.shifts import shifts

NEAR: Final = timedelta(days=10)
"""So far a day found may be from the day it stands for: new data moves it, and so does a filter."""

_DISMISSED: Final = "dismissed_shifts"


@dataclass(frozen=True)
class Suggestions:
    """Shifts that no product change announces, as `nps_core.shifts` gives them, the latest first.

    Those somebody has dismissed stand apart. `dispersion` is how much more the weeks vary than
    counting alone explains.
    """

    shown: pd.DataFrame
    dismissed: pd.DataFrame
    dispersion: float


def ready() -> bool:
    """Whether looking for shifts takes milliseconds; the first time, its library takes a second."""
    return "ruptures" in sys.modules


def suggestions(chosen: Filter) -> Suggestions:
    """The unannounced shifts of the chosen responses taken together.

    One is announced when a product change that the filter does not leave out lies within 10 days.
    None has a side with fewer responses than a group must have to be shown.
    """
    return _suggestions(store_version(), chosen)


@st.cache_data(**KEPT)
def _suggestions(version: int, chosen: Filter) -> Suggestions:
    found = shifts(queries.counts(chosen, every="day"))
    dispersion = float(found.attrs["dispersion"])
    fewest = found[["before_responses", "after_responses"]].min(axis=1)
    announced = _near(found["date"], _announcements(chosen))
    found = found[(fewest >= minimum_responses()) & ~announced][::-1].reset_index(drop=True)
    dismissed = _near(found["date"], _dismissed_days())
    return Suggestions(
        found[~dismissed].reset_index(drop=True),
        found[dismissed].reset_index(drop=True),
        dispersion,
    )


def _announcements(chosen: Filter) -> list[date]:
    undated = replace(chosen, start=None, end=None)
    return [
        change.date
        for change in queries.stored_changes()
        if queries.within_scope(undated, change.segments) is not None
    ]


def _near(days: pd.Series, known: Iterable[date]) -> pd.Series:
    known = list(known)
    close = [any(abs(day.date() - other) <= NEAR for other in known) for day in days]
    return pd.Series(close, index=days.index, dtype=bool)


def _dismissed_days() -> list[date]:
    stored = current_store().setting(_DISMISSED, [])
    return [date.fromisoformat(day) for day in stored] if isinstance(stored, list) else []


def dismiss(day: date) -> None:
    """Suggest nothing around this day any more, whoever looks and whatever the filter.

    Raises StoreError, in words fit to be shown, when nothing can be saved.
    """
    _save([*_dismissed_days(), day])


def bring_back(day: date) -> None:
    """Suggest again what was dismissed around this day. Raises StoreError as `dismiss` does."""
    _save([other for other in _dismissed_days() if abs(other - day) > NEAR])


def _save(days: Iterable[date]) -> None:
    current_store().set_setting(_DISMISSED, [day.isoformat() for day in sorted(set(days))])
