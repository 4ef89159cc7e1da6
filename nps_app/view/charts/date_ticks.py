"""Dates under an axis as texts of our own: what draws pictures knows English months alone."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from nps_app.view.tables import day_month_text, period_text

_ROOM: Final = 96
"""Pixels from one date to the next."""

_NAMED: Final = 6
_DAYS: Final = (1, 2, 7, 14)
_MONTHS: Final = (1, 2, 3, 6, 12, 24, 60)


def date_ticks(
    start: pd.Timestamp, end: pd.Timestamp, width: float
) -> tuple[list[pd.Timestamp], list[str]]:
    """Give the days to name under an axis of `width` pixels, and their names.

    >>> days, names = date_ticks(pd.Timestamp("2026-01-05"), pd.Timestamp("2026-12-28"), 500)
    >>> names
    ['Mar 2026', 'May 2026', 'Jul 2026', 'Sep 2026', 'Nov 2026']
    """
    most = max(2, int(width // _ROOM))
    first, length = start.ceil("D"), (end - start) / pd.Timedelta(days=1)
    for step in _DAYS:
        if length / step <= most:
            days = list(pd.date_range(first, end, freq=f"{step}D"))
            return days, [day_month_text(day) for day in days]
    months = pd.date_range(first, end, freq="MS")
    for step in _MONTHS:
        days = [day for day in months if (12 * day.year + day.month - 1) % step == 0]
        if len(days) <= most:
            break
    return days, [period_text(day, "month") for day in days]


def period_ticks(periods: Sequence[pd.Timestamp], every: str) -> dict[str, Any]:
    """The settings of an axis that names its months, or its few weeks; {} for many weeks.

    Dates at even steps would stand between the periods there; counted from the last period.

    >>> months = list(pd.date_range("2026-01-01", periods=12, freq="MS"))
    >>> period_ticks(months, "month")["ticktext"]
    ['Feb 2026', 'Apr 2026', 'Jun 2026', 'Aug 2026', 'Oct 2026', 'Dec 2026']
    >>> period_ticks(list(pd.date_range("2026-01-05", periods=12, freq="7D")), "week")
    {}
    """
    if every == "week" and len(periods) > _NAMED:
        return {}
    step = max(1, -(-len(periods) // _NAMED))
    named = list(periods)[::-1][::step][::-1]
    words = [period_text(one, every) if every == "month" else day_month_text(one) for one in named]
    return {"tickvals": named, "ticktext": words}


def write_dates(layout: dict[str, Any], width: int) -> None:
    """Put the texts on every date axis of a layout that has a range and no texts of its own."""
    margin = layout.get("margin", {})
    room = width - margin.get("l", 0) - margin.get("r", 0)
    for name, axis in layout.items():
        if name.startswith("xaxis") and axis.get("type") == "date" and "tickvals" not in axis:
            if "range" not in axis:
                continue
            start, end = map(pd.Timestamp, axis["range"])
            days, names = date_ticks(start, end, room)
            axis |= {"tickvals": days, "ticktext": names}
