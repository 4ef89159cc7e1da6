"""How fast responses come in, and how long a number of them takes."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from nps_core.columns import COUNT, PERIOD
from nps_core.errors import NpsError
from nps_core.measure.arguments import as_date, checked_level, whole_number
from nps_core.measure.counts import dated_counts
from nps_core.measure.interval import critical_value

_WEEK = 7
_ENOUGH_WEEKS = 4
_LONGEST = 10**6
"""Days: beyond 2,700 years a number of days is no longer a plan."""


@dataclass(frozen=True)
class Pace:
    """Responses a day over the days from `start` to `end`, both inclusive; NaN without any day.

    `dispersion` is the variance of weekly totals over their mean, at least 1: how much more
    restless than chance (Poisson) the weeks are; `weeks` is how many whole weeks it rests on.
    """

    per_day: float
    responses: int
    days: int
    start: date | None
    end: date | None
    dispersion: float
    weeks: int


@dataclass(frozen=True)
class Wait:
    """Days until a number of responses is there, rounded up; None where that is never.

    `low` and `high` bound it: the days to come vary, and the rate is only estimated.
    """

    days: int | None
    low: int | None
    high: int | None


def pace(daily_counts: Any, today: Any = None, days: int = 90, since: Any = None) -> Pace:
    """Responses a day over the `days` days before `today`, as far as there is data.

    `daily_counts` has `period` (a day), `score` and `n`, as `tally(every="day")` makes it; other
    columns are added over. The days end the day before `today`, or with the newest response when
    that is earlier or no `today` is given: a file exported last month says nothing of this one.
    They begin at `since`, the first day responses could have come, when that is later; by default
    the day of the oldest response. Days between without responses count as such. For a segment
    give `since` and `today` (the day after the newest response of all), so that its silence counts.

    Undated responses are left out. Raises NpsError for what are no daily counts or no dates.

    >>> import pandas as pd
    >>> dates = pd.date_range("2026-01-01", periods=60)
    >>> found = pace(pd.DataFrame({"period": dates, "score": 9, "n": 4}), days=30)
    >>> found.per_day, found.start, found.end
    (4.0, datetime.date(2026, 1, 31), datetime.date(2026, 3, 1))
    """
    whole_number("days", days, 1)
    first, now = as_date("since", since), as_date("today", today)
    kept = dated_counts("daily_counts", daily_counts, ())
    kept = kept[kept[PERIOD].notna() & (kept[COUNT] > 0)]
    numbers = kept[PERIOD].to_numpy().astype("datetime64[D]").astype("int64")
    responses = kept[COUNT].to_numpy()
    if now is not None:
        before = numbers < _number(now)
        numbers, responses = numbers[before], responses[before]
    if now is not None and first is not None:
        last = _number(now) - 1
    elif len(numbers):
        last = int(numbers.max())
    else:
        return Pace(math.nan, 0, 0, None, None, math.nan, 0)
    oldest = int(numbers.min()) if first is None else _number(first)
    begin = max(oldest, last - days + 1)
    if begin > last:
        raise NpsError(f"since is {first}, after the last day counted; give an earlier day.")
    totals = np.zeros(last - begin + 1, dtype="int64")
    recent = (numbers >= begin) & (numbers <= last)
    np.add.at(totals, numbers[recent] - begin, responses[recent])
    dispersion, weeks = _dispersion(totals)
    return Pace(
        per_day=float(totals.mean()),
        responses=int(totals.sum()),
        days=len(totals),
        start=_day(begin),
        end=_day(last),
        dispersion=dispersion,
        weeks=weeks,
    )


def wait(pace: Pace, responses: int, level: float = 0.90) -> Wait:
    """How many days `responses` more responses take at this pace, with a range at `level`.

    The range takes restless weeks into account: on the logarithm its standard error is
    sqrt(dispersion (1/N + 1/responses)) for N responses seen, with t quantiles, as the dispersion
    is estimated as well. Rounded up, 0 for no responses, None at a rate of 0 or a wait of over a
    million days. Raises NpsError for a negative number of responses.

    Source: McCullagh and Nelder 1989, Generalized Linear Models, 6.2 (overdispersed counts).

    >>> wait(Pace(4.0, 360, 90, None, None, 1.0, 12), 100)
    Wait(days=25, low=21, high=31)
    """
    whole_number("responses", responses, 0)
    checked_level(level)
    if responses == 0:
        return Wait(0, 0, 0)
    if not pace.per_day > 0:
        return Wait(None, None, None)
    days = responses / pace.per_day
    quantile = critical_value(level)
    if pace.weeks >= _ENOUGH_WEEKS:
        quantile = _t_quantile(quantile, pace.weeks - 1)
    spread = math.exp(quantile * math.sqrt(pace.dispersion * (1 / pace.responses + 1 / responses)))
    return Wait(_rounded_up(days), _rounded_up(days / spread), _rounded_up(days * spread))


def _t_quantile(normal: float, freedom: int) -> float:
    """Student's quantile from the normal one; SciPy, which is exact, takes long to load.

    Within 1 % from 3 degrees of freedom on. Source: Abramowitz and Stegun 1972, 26.7.5.
    """
    z = normal
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )


def _dispersion(totals: np.ndarray) -> tuple[float, int]:
    """Variance over mean of the whole weeks, counted back from the end; 1 for too few of them.

    Weeks, not days: a day's place in the week is no restlessness.
    """
    weeks = len(totals) // _WEEK
    if weeks < _ENOUGH_WEEKS:
        return 1.0, weeks
    sums = totals[len(totals) - weeks * _WEEK :].reshape(weeks, _WEEK).sum(axis=1)
    return (max(1.0, float(sums.var(ddof=1) / sums.mean())) if sums.any() else 1.0), weeks


def _rounded_up(days: float) -> int | None:
    return math.ceil(days - 1e-9) if days <= _LONGEST else None


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)
