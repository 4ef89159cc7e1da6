"""How many answered this week, beside the same days of the weeks before it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from nps_core import columns as c

LOOKED_BACK: Final = 12
ENOUGH_WEEKS: Final = 4
"""Weeks before it that make a range one can call usual."""


@dataclass(frozen=True)
class Week:
    """Responses of a week from Monday `start` up to and including `until`.

    `lowest` and `highest` are what the same days of the `weeks` weeks before held; both None with
    under `ENOUGH_WEEKS` of them. `running` is whether it is the week of today.
    """

    start: date
    until: date
    responses: int
    lowest: int | None
    highest: int | None
    weeks: int
    running: bool

    @property
    def place(self) -> str:
        """Where the week lies: "within", "above" or "below" the range; "" without one."""
        if self.lowest is None or self.highest is None:
            return ""
        if self.responses > self.highest:
            return "above"
        return "below" if self.responses < self.lowest else "within"


def this_week(days: pd.DataFrame, oldest: date, newest: date, today: date) -> Week:
    """Count the week of today, or the last one the data reaches, and the same days before it.

    `days` are the view's counts by day; `oldest` and `newest` the days the data spans: a week it
    does not reach to the end is compared with as many days of the weeks before, and a week it
    begins in is not looked at.

    >>> days = pd.DataFrame({"period": pd.to_datetime(["2026-03-02", "2026-03-10"]),
    ...                      "score": [9, 10], "n": [7, 4]})
    >>> week = this_week(days, date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 12))
    >>> week.start.isoformat(), week.until.isoformat(), week.responses, week.weeks
    ('2026-03-09', '2026-03-10', 4, 1)
    """
    until = min(newest, today)
    start = until - timedelta(days=until.weekday())
    reached = until - start
    first_whole = oldest + timedelta(days=-oldest.weekday() % 7)
    before = [start - timedelta(weeks=back) for back in range(1, LOOKED_BACK + 1)]
    earlier = [_between(days, first, first + reached) for first in before if first >= first_whole]
    known = len(earlier) >= ENOUGH_WEEKS
    return Week(
        start,
        until,
        _between(days, start, until),
        min(earlier) if known else None,
        max(earlier) if known else None,
        len(earlier),
        start == today - timedelta(days=today.weekday()),
    )


def _between(days: pd.DataFrame, first: date, last: date) -> int:
    inside = days[c.PERIOD].between(pd.Timestamp(first), pd.Timestamp(last))
    return int(days.loc[inside, c.COUNT].sum())
