"""Weeks and months as the meeting names them: "2026-W46" is an ISO week, "2026-10" a month."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from nps_app.view.tables import dates_text, period_end, period_text
from nps_core.language import tr

WEEK: Final = "week"
MONTH: Final = "month"


@dataclass(frozen=True, order=True)
class Period:
    """A week from its Monday, or a month from its first day; both ends inclusive."""

    first: date
    every: str

    @property
    def last(self) -> date:
        """The last day."""
        return period_end(self.first, self.every).date()

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def key(self) -> str:
        """How the address and the store name it.

        >>> Period(date(2026, 12, 28), WEEK).key, Period(date(2026, 10, 1), MONTH).key
        ('2026-W53', '2026-10')
        """
        if self.every == MONTH:
            return f"{self.first:%Y-%m}"
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02d}"

    def __str__(self) -> str:
        return self.key

    def back(self, steps: int = 1) -> "Period":
        """The period so many before this one; after it when `steps` is negative.

        >>> Period(date(2027, 1, 4), WEEK).back().key, Period(date(2027, 1, 1), MONTH).back().key
        ('2026-W53', '2026-12')
        """
        if self.every == WEEK:
            return Period(self.first - timedelta(days=7 * steps), WEEK)
        months = 12 * self.first.year + self.first.month - 1 - steps
        return Period(date(months // 12, months % 12 + 1, 1), MONTH)

    def words(self) -> str:
        """Name it in full.

        >>> Period(date(2026, 11, 9), WEEK).words(), Period(date(2026, 10, 1), MONTH).words()
        ('Week of 9 Nov to 15 Nov 2026 (2026-W46)', 'Oct 2026')
        """
        if self.every == MONTH:
            return period_text(self.first, MONTH)
        dates = dates_text(self.first, self.last)
        return tr("Week of {dates} ({key})", dates=dates, key=self.key)


def period_of(day: date, every: str) -> Period:
    """The week or month a day lies in: a Sunday ends its week.

    >>> period_of(date(2026, 11, 15), WEEK).key, period_of(date(2027, 1, 3), WEEK).key
    ('2026-W46', '2026-W53')
    """
    start = day.replace(day=1) if every == MONTH else day - timedelta(days=day.weekday())
    return Period(start, every)


def read_period(key: str) -> Period | None:
    """The period of a key, None when it names none.

    >>> read_period("2026-W46").first, read_period("2026-10").last, read_period("2025-W53")
    (datetime.date(2026, 11, 9), datetime.date(2026, 10, 31), None)
    """
    try:
        if found := re.fullmatch(r"(\d{4})-W(\d{2})", key):
            return _within(Period(date.fromisocalendar(int(found[1]), int(found[2]), 1), WEEK))
        if found := re.fullmatch(r"(\d{4})-(\d{2})", key):
            return _within(Period(date(int(found[1]), int(found[2]), 1), MONTH))
    except ValueError:
        return None
    return None


def _within(period: Period) -> Period | None:
    # A report looks years back and weeks ahead: near the ends of the calendar there is no room.
    return period if 1900 <= period.first.year <= 2200 else None


def last_complete(today: date, every: str) -> Period:
    """The last period that is over.

    >>> last_complete(date(2026, 11, 22), WEEK).key, last_complete(date(2026, 11, 23), WEEK).key
    ('2026-W46', '2026-W47')
    """
    return period_of(today, every).back()
