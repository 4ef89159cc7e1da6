"""Where the NPS of a week is expected from the weeks before it, and whether it lies there."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import PERIOD
from nps_core.errors import NpsError
from nps_core.measure.arguments import as_date, checked_level, one_of, whole_number
from nps_core.measure.compare import DOWN, ENOUGH, NO_CLEAR_CHANGE, TOO_FEW, UP, Verdict
from nps_core.measure.counts import GRANULARITIES, categories, dated_counts, period_start
from nps_core.measure.interval import Floats, estimate, variance

ENOUGH_PERIODS: Final = 8
"""Past periods with responses that make an expectation."""

_HALF_LIFE: Final = 4
_FIRST: Final = 3
"""Past periods with responses before the first that is forecast to learn how far forecasts go."""

_ADDED: Final = np.array([0.75, 1.5, 0.75])
_STEPS: Final = {
    "day": pd.DateOffset(days=1),
    "week": pd.DateOffset(days=7),
    "month": pd.DateOffset(months=1),
    "quarter": pd.DateOffset(months=3),
    "year": pd.DateOffset(years=1),
}


@dataclass(frozen=True)
class ExpectedRange:
    """One period, and the range its NPS was expected in from the `periods` before it that answered.

    `start` and `end` are its first and its last day, None when there are no dated counts at all;
    `expected`, `low` and `high` are in points at `level`, NaN where there is no expectation;
    `verdict` is "up" above the range, "down" below it; `complete` is False while it still runs.
    """

    start: date | None
    end: date | None
    nps: float
    responses: int
    expected: float
    low: float
    high: float
    periods: int
    verdict: Verdict
    complete: bool
    level: float


def expected_range(
    counts: Any,
    every: str = "week",
    today: date | datetime | str | None = None,
    level: float = 0.95,
    periods: int = 26,
    at: date | datetime | str | None = None,
) -> ExpectedRange:
    """Whether the NPS of a period lies where the `periods` before it let it be expected.

    `counts` is a tally with a `period`, by day or by what nests in `every` (day, week, month,
    quarter, year). The period looked at holds the day `at`, else `today`, else the last day
    counted; what was answered after it is not looked at. It is expected at the NPS of the past
    periods, their counts added, each counting half as much as one four periods later: so a slow
    trend is followed. The range allows for the chance in as few responses as this period has so
    far, for that in the past ones, and for periods moving more than chance: see `forecast`.

    The verdict is "too few responses" with under 10 in the period, or under 8 past periods that
    have any (then without a range). About one ordinary period in twenty lies outside at a level
    of 0.95. Raises NpsError for missing columns and unfit arguments.

    >>> days = pd.date_range("2026-01-05", periods=10, freq="7D")
    >>> promoters = [30, 32, 29, 31, 28, 33, 30, 31, 29, 14]
    >>> counts = pd.DataFrame({"period": [*days, *days], "score": [10] * 10 + [0] * 10,
    ...                        "n": promoters + [60 - n for n in promoters]})
    >>> last = expected_range(counts, "week")
    >>> last.start.isoformat(), round(last.nps), round(last.low), round(last.high), last.verdict
    ('2026-03-09', -53, -33, 34, 'down')
    """
    one_of("every", every, GRANULARITIES)
    checked_level(level)
    span = whole_number("periods", periods, ENOUGH_PERIODS)
    now, day = as_date("today", today), as_date("at", at)
    kept = dated_counts("counts", counts, [])
    kept = kept[kept[PERIOD].notna()].reset_index(drop=True)
    starts = period_start(kept[PERIOD], every)
    looked_at = day or now or (None if kept.empty else kept[PERIOD].max().date())
    if looked_at is None:
        nan = float("nan")
        return ExpectedRange(None, None, nan, 0, nan, nan, nan, 0, TOO_FEW, False, float(level))

    try:
        begin = period_start(pd.Series([pd.Timestamp(looked_at)]), every).iloc[0]
        after = begin + _STEPS[every]
        calendar = [begin - _STEPS[every] * back for back in range(span, -1, -1)]
    except (OverflowError, ValueError):
        raise NpsError(
            f"periods is {span}: that many before {looked_at} leave the calendar, the years 1 to "
            "9999; look at another day or give fewer."
        ) from None
    place = pd.Index(calendar).get_indexer(pd.Index(starts))
    inside = place >= 0
    totals = categories(kept[inside], place[inside], span + 1)
    past, responses = totals[:-1], int(totals[-1].sum())
    answered = int((past.sum(axis=1) > 0).sum())
    nps = float(100 * estimate(totals)[-1])
    centre, low, high = (
        100 * float(found[0]) for found in forecast(past[None], np.array([responses]), level)
    )
    return ExpectedRange(
        start=begin.date(),
        end=(after - pd.Timedelta(days=1)).date(),
        nps=nps,
        responses=responses,
        expected=centre,
        low=low,
        high=high,
        periods=answered,
        verdict=_verdict(nps, low, high, responses),
        complete=_over(after, now, kept[PERIOD], starts),
        level=float(level),
    )


def _verdict(nps: float, low: float, high: float, responses: int) -> Verdict:
    if responses < ENOUGH or np.isnan(low):
        return TOO_FEW
    if nps > high:
        return UP
    return DOWN if nps < low else NO_CLEAR_CHANGE


def _over(after: pd.Timestamp, today: date | None, days: pd.Series, starts: pd.Series) -> bool:
    """Whether a period is over; without `today` as `trend` says: by the last day counted."""
    if today is not None:
        return bool(after <= pd.Timestamp(today))
    if days.empty or (days == starts).all():
        return not days.empty
    return bool(after <= days.max().normalize() + pd.Timedelta(days=1))


def forecast(
    past: NDArray[np.int64], responses: NDArray[np.int64], level: float
) -> tuple[Floats, Floats, Floats]:
    """Where the NPS of `responses` responses is expected after `past`: centre, low, high.

    `past` is (series, periods, 3), detractors, passives and promoters of each period, the oldest
    first; `responses` has one number a series. On the scale -1..1; low and high are NaN under
    `ENOUGH_PERIODS` periods with responses, all where there is nothing to forecast from or for.

    The same forecast is made for each past period from those before it. How much further those
    missed than sampling alone would lets expect (a moment estimate, as DerSimonian and Laird 1986
    make it of studies, never negative) is the movement beyond chance; it is added to the variance
    of sampling, V/n of the period and of what the centre was made of (Kish's n), and Student's t
    has as many degrees of freedom as there were forecasts. So autocorrelated periods and a drift,
    which make forecasts miss, widen the range. V comes from all past responses and four added
    ones, so that the range has a width when all of them agree.
    """
    from scipy.special import stdtrit

    n = past.sum(axis=-1)
    spread = variance((past.sum(axis=1) + _ADDED).astype("float64"))
    fade = 0.5 ** (1 / _HALF_LIFE)
    added = np.zeros((len(past), 3))
    squares, misses, weights = (np.zeros(len(past)) for _ in range(3))
    forecasts, seen = (np.zeros(len(past), dtype="int64") for _ in range(2))
    with np.errstate(divide="ignore", invalid="ignore"):
        for place in range(past.shape[1]):
            here = n[:, place]
            made = (here > 0) & (seen >= _FIRST)
            miss = estimate(past[:, place]) - _nps(added)
            chance = spread * (1 / here + squares / added.sum(axis=-1) ** 2)
            misses += np.where(made, miss**2 / chance - 1, 0.0)
            weights += np.where(made, 1 / chance, 0.0)
            forecasts += made
            seen += here > 0
            added = added * fade + past[:, place]
            squares = squares * fade**2 + here
        beyond = np.maximum(misses / weights, 0.0)
        centre = _nps(added)
        error = np.sqrt(spread * (1 / responses + squares / added.sum(axis=-1) ** 2) + beyond)
        reach = error * stdtrit(np.maximum(forecasts, 1), (1 + level) / 2)
    reach = np.where((seen >= ENOUGH_PERIODS) & (responses > 0), reach, np.nan)
    return centre, np.maximum(centre - reach, -1.0), np.minimum(centre + reach, 1.0)


def _nps(counts: Floats) -> Floats:
    nps: Floats = (counts[..., 2] - counts[..., 0]) / counts.sum(axis=-1)
    return nps
