"""The days before and after a product change that may be compared, and what cuts them short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from nps_core.errors import NpsError
from nps_core.measure.arguments import SegmentChoice, whole_number
from nps_core.measure.changes import ProductChange

Day = np.datetime64
"""A calendar day: unlike `date`, it may be moved past the year 1 or 9999 without an error."""


@dataclass(frozen=True)
class Window:
    """Days from `start` up to but not including `stop`, with the sentences that cut them."""

    start: Day
    stop: Day
    cut: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of a window that is not empty, as dates."""
        return day_of(self.start), day_of(self.stop - 1)


def day_of(at: Day) -> date:
    """The calendar day as a date."""
    day: date = at.astype("datetime64[D]").item()
    return day


@dataclass(frozen=True)
class Extent:
    """The first and the last day of the data; None when no response has a date."""

    first: Day | None
    last: Day | None


Limit = tuple[Day, str]

Days = int | tuple[int, int]
"""The length of the windows: both alike, or before and after."""


LONGEST = 1_000_000
"""Days: calendars of four-digit years have no more room for a window."""


def both_lengths(days: Any) -> tuple[int, int]:
    """The days before and the days after; NpsError for anything but one or two whole numbers.

    >>> both_lengths(28), both_lengths((56, 14))
    ((28, 28), (56, 14))
    """
    several = days if isinstance(days, tuple) else (days,)
    if len(several) not in (1, 2):
        raise NpsError(f"days is {days!r}; give one number, or two: those before and those after.")
    lengths = [whole_number("days", number, 1, LONGEST) for number in several]
    return lengths[0], lengths[-1]


def windows(
    change: ProductChange,
    others: Sequence[ProductChange],
    extent: Extent,
    days: Days,
    washout: int,
) -> tuple[Window, Window]:
    """The windows before and after `change`.

    Before: `days` days up to the change. After: `days` days from `washout` days after it; two
    numbers are those before and those after. Both
    lie within the data and reach no further than to the neighbouring change of an overlapping
    scope; the days in which that one washes out belong to no window.
    """
    day = np.datetime64(change.date, "D")
    neighbours = [other for other in others if overlap(change.segments, other.segments)]
    back, on = both_lengths(days)
    before, after = (day - back, day), (day + washout, day + washout + on)
    starts: list[Limit] = []
    stops: list[Limit] = []
    if extent.first is not None:
        starts.append((extent.first, f"the data begins on {extent.first}"))
    if extent.last is not None:
        stops.append((extent.last + 1, f"the data ends on {extent.last}"))
    earlier: list[Limit] = []
    later: list[Limit] = []
    for other in neighbours:
        at = np.datetime64(other.date, "D")
        if at < day:
            washing = f", with {_days(washout)} of washout" if washout else ""
            earlier.append((at + washout, f'"{other.title}" was made on {at}{washing}'))
        elif at > day:
            later.append((at, f'"{other.title}" follows on {at}'))
    return (
        _cut("before", *before, starts + earlier, stops),
        _cut("after", *after, starts, stops + later),
    )


def _cut(name: str, start: Day, stop: Day, starts: list[Limit], stops: list[Limit]) -> Window:
    whole = int((stop - start).astype(int))
    reasons = []
    latest = max(starts, key=lambda limit: limit[0], default=None)
    if latest is not None and latest[0] > start:
        start, reason = latest
        reasons.append(reason)
    earliest = min(stops, key=lambda limit: limit[0], default=None)
    if earliest is not None and earliest[0] < stop:
        stop, reason = earliest
        reasons.append(reason)
    if not reasons:
        return Window(start, stop)
    left = max(0, int((stop - start).astype(int)))
    sentence = f"{name} window cut to {left} of {_days(whole)}: {' and '.join(reasons)}"
    return Window(start, max(start, stop), (sentence,))


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


def overlap(one: SegmentChoice, other: SegmentChoice) -> bool:
    """Whether a response can lie in both scopes: no column asks them for different values.

    >>> overlap((("plan", ("Pro",)),), (("plan", ("Free",)),))
    False
    >>> overlap((("plan", ("Pro",)),), (("industry", ("Fintech",)),))
    True
    """
    chosen = dict(other)
    return all(set(values) & set(chosen.get(column, values)) for column, values in one)
