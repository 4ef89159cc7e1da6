"""The days before and after a product change that may be compared, and what cuts them short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from nps_core.errors import NpsError
from nps_core.language import mark
from nps_core.measure.arguments import SegmentChoice, whole_number
from nps_core.measure.changes import ProductChange
from nps_core.measure.reasons import Reason, reason

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


Limits = list[tuple[Day, Reason]]

Days = int | tuple[int, int]
"""The length of the windows: both alike, or before and after."""


CUT_BEFORE = (
    mark("before window cut to {left} of {days} day: {reasons}"),
    mark("before window cut to {left} of {days} days: {reasons}"),
)
CUT_AFTER = (
    mark("after window cut to {left} of {days} day: {reasons}"),
    mark("after window cut to {left} of {days} days: {reasons}"),
)
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
    starts: Limits = []
    stops: Limits = []
    if extent.first is not None:
        begins = reason(mark("the data begins on {day}"), day=day_of(extent.first))
        starts.append((extent.first, begins))
    if extent.last is not None:
        ends = reason(mark("the data ends on {day}"), day=day_of(extent.last))
        stops.append((extent.last + 1, ends))
    earlier: Limits = []
    later: Limits = []
    for other in neighbours:
        at = np.datetime64(other.date, "D")
        named: dict[str, Any] = {"title": other.title, "day": other.date}
        if at < day:
            earlier.append((at + washout, reason(_made(washout), **named, days=washout)))
        elif at > day:
            later.append((at, reason(mark('"{title}" follows on {day}'), **named)))
    return (
        _cut(CUT_BEFORE, *before, starts + earlier, stops),
        _cut(CUT_AFTER, *after, starts, stops + later),
    )


def _made(washout: int) -> str:
    if not washout:
        return mark('"{title}" was made on {day}')
    if washout == 1:
        return mark('"{title}" was made on {day}, with {days} day of washout')
    return mark('"{title}" was made on {day}, with {days} days of washout')


def _cut(words: tuple[str, str], start: Day, stop: Day, starts: Limits, stops: Limits) -> Window:
    whole = int((stop - start).astype(int))
    reasons = []
    latest = max(starts, key=lambda limit: limit[0], default=None)
    if latest is not None and latest[0] > start:
        start, why = latest
        reasons.append(why)
    earliest = min(stops, key=lambda limit: limit[0], default=None)
    if earliest is not None and earliest[0] < stop:
        stop, why = earliest
        reasons.append(why)
    if not reasons:
        return Window(start, stop)
    left = max(0, int((stop - start).astype(int)))
    sentence = reason(words[whole > 1], left=left, days=whole, reasons=tuple(reasons))
    return Window(start, max(start, stop), (sentence,))


def overlap(one: SegmentChoice, other: SegmentChoice) -> bool:
    """Whether a response can lie in both scopes: no column asks them for different values.

    >>> overlap((("plan", ("Pro",)),), (("plan", ("Free",)),))
    False
    >>> overlap((("plan", ("Pro",)),), (("industry", ("Fintech",)),))
    True
    """
    chosen = dict(other)
    return all(set(values) & set(chosen.get(column, values)) for column, values in one)
