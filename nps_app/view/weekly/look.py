"""What every section of a report looks at: the period, the responses, and what both compare to."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from math import sqrt
from typing import Any, Final

import pandas as pd

from nps_app.view import queries, queries_definitions
from nps_app.view.charts.theme import Theme
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.weekly.periods import WEEK, Period, last_complete, period_of
from nps_core import columns as c
from nps_core.language import tr
from nps_core.measure import Comparison, Filter
from nps_core.measure.compare import DOWN, UP
from nps_core.measure.definition_rows import ALL_RESPONSES
from nps_core.measure.definitions import ScoreDefinition
from nps_core.measure.expected import ExpectedRange, expected_range

TRAILING: Final = {"week": 12, "month": 3}
"""Periods of the trailing window: about a quarter of a year."""

Days = tuple[date, date]


@dataclass(frozen=True)
class Look:
    """A period of the chosen responses; `chosen` has no dates of its own."""

    period: Period
    chosen: Filter
    definition: ScoreDefinition
    today: date
    theme: Theme

    def over(self, days: Days) -> Filter:
        """The chosen responses of these days."""
        return replace(self.chosen, start=days[0], end=days[1])

    @property
    def now(self) -> Filter:
        """The responses of the period."""
        return self.over(span(self.period))

    @property
    def running(self) -> bool:
        """Whether the period is not over."""
        return self.today <= self.period.last

    @property
    def plain(self) -> bool:
        """Whether the score is that of all responses: only that one is compared."""
        return self.definition.kind == ALL_RESPONSES

    def said(self, of_week: str, of_month: str, /, **values: Any) -> str:
        """The sentence for the kind of period it is, of two marked ones, translated."""
        return tr(of_week if self.period.every == WEEK else of_month, **values)

    @property
    def trailing(self) -> tuple[Days, Days]:
        """The days of the trailing window, and those of the one before it."""
        steps = TRAILING[self.period.every]
        first, earlier = self.period.back(steps - 1), self.period.back(2 * steps - 1)
        return (first.first, self.period.last), (earlier.first, first.back().last)

    def by_day(self) -> pd.DataFrame:
        """Counts by day, of all dates: period, score, n."""
        return queries.counts(self.chosen, every="day")

    def dates(self) -> Days | None:
        """The oldest and the newest day with a response; None without any."""
        return dates_of(self.chosen)

    def responses(self, days: Days) -> int:
        """How many answered on these days."""
        counted = self.by_day()
        first, last = map(pd.Timestamp, days)
        return int(counted.loc[counted[c.PERIOD].between(first, last), c.COUNT].sum())

    def scored(self, days: Days) -> pd.Series:
        """The score of these days as `scores` returns it, NaN where too few answered to show it."""
        row = queries_definitions.headline(self.over(days), self.definition).iloc[0].copy()
        if 0 < row[c.RESPONSES] < minimum_responses():
            row[[c.NPS, c.LOW, c.HIGH]] = float("nan")
        return row

    def against(self, before: Days, after: Days) -> Comparison | None:
        """The score of all responses on two spans; None where one has too few to be shown."""
        if min(self.responses(before), self.responses(after)) < minimum_responses():
            return None
        return queries.compare_spans(self.chosen, before, after)

    def expected(self) -> ExpectedRange:
        """Where the score of the period was expected."""
        return expected_range(
            self.by_day(), self.period.every, today=self.today, at=self.period.first
        )

    def by_few_accounts(self, usual: ExpectedRange) -> bool:
        """Whether the score lies outside its usual range only while each response counts alone.

        Kept together by account the responses are worth fewer, and the range as much wider.
        """
        row = queries_definitions.headline(self.now, queries_definitions.PLAIN).iloc[0]
        if usual.verdict not in (UP, DOWN) or row["interval"] != "clustered":
            return False
        apart = queries.headline(self.now).iloc[0]
        wider = (row[c.HIGH] - row[c.LOW]) / (apart[c.HIGH] - apart[c.LOW])
        if pd.isna(wider):
            # Under 10 accounts there are no limits: an account counts as one response.
            wider = sqrt(row[c.RESPONSES] / max(row["accounts"], 1))
        reach = max(usual.expected - usual.low, usual.high - usual.expected)
        return bool(abs(usual.nps - usual.expected) <= max(wider, 1.0) * reach)


def span(period: Period) -> Days:
    """The first and the last day of a period."""
    return period.first, period.last


def undated(chosen: Filter) -> Filter:
    """The filter without its dates: a report is about the days of its period."""
    return replace(chosen, start=None, end=None)


def today() -> date:
    """The day it is: responses are kept in UTC."""
    return datetime.now(UTC).date()


def dates_of(chosen: Filter) -> Days | None:
    """The oldest and the newest day of the chosen responses; None when none has a date."""
    days = queries.counts(undated(chosen), every="day")[c.PERIOD].dropna()
    return None if days.empty else (days.min().date(), days.max().date())


def usual_period(chosen: Filter, every: str, at: date | None = None) -> Period | None:
    """The last complete week or month with responses, else the running one; None without dates."""
    now = at or today()
    days = queries.counts(undated(chosen), every="day")[c.PERIOD].dropna()
    if days.empty:
        return None
    over = days[days <= pd.Timestamp(last_complete(now, every).last)]
    return period_of((days.min() if over.empty else over.max()).date(), every)
