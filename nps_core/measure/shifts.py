"""Shifts of the NPS that nobody announced: when, from what to what, and how sure that is."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import HIGH, LOW, NPS, PERIOD, RESPONSES
from nps_core.errors import NpsError
from nps_core.measure.adjust import adjust
from nps_core.measure.arguments import checked_level
from nps_core.measure.compare import ENOUGH, differences
from nps_core.measure.counts import categories, dated_counts, grouped
from nps_core.measure.interval import Floats, estimate, variance

SHORTEST: Final = 7
"""Days a stretch between two shifts must have; also the step of the search, so that weekdays with
few or other answers weigh the same on both sides of every cut that is tried."""

_LEAST_DAYS: Final = 2 * SHORTEST
_ROUNDS: Final = 5
_WEEKS: Final = (1, 2, 3, 4)
_FEWEST_BLOCKS: Final = 8
_KEPT: Final = 0.6
"""Of the squared steps between blocks the smaller part counts: the others may straddle a shift."""

_KEPT_MEAN: Final = 0.2146
"""The mean of the smallest six tenths of a chi-square with one degree of freedom."""


_BY_CHANCE: Final = 0.3
_STRETCHED: Final = 1.2
"""The largest of five estimates lies above 1 by chance alone, and two years show restless weeks
only in part. Both set by simulation, for 5 % false alarms whether weeks are restless or not."""

_A_QUARTER: Final = 13
"""Weeks: with no more of them nobody can tell how restless they are, and even quiet ones are
searched as if they varied half as much again as counting explains."""


@dataclass(frozen=True)
class _Daily:
    """The days that have responses, in order, and their detractors, passives, promoters."""

    days: NDArray[np.int64]
    totals: NDArray[np.int64]

    def stretches(self, cuts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The categories of each stretch between `cuts`, places in `days`: (cuts + 1, 3)."""
        return np.add.reduceat(self.totals, np.concatenate([[0], cuts]), axis=0)


def shifts(daily_counts: Any, false_alarms: float = 0.05, level: float = 0.95) -> pd.DataFrame:
    """The days from which on the NPS was another than before, found without being told where.

    `daily_counts` is a tally by day (`period`, `score`, `n`; other columns are added over;
    responses without a date are left out). `false_alarms` is the chance of any find at all in a
    two-year series in which nothing shifted; it is kept by simulation (benchmarks/proof) at 5 %,
    for 1 to 200 responses a day, restless weeks and clustered accounts too; shorter series are
    searched more cautiously, as they tell less of how restless their weeks are.

    Returns one row a shift, in order: `date` (the first day after it that has responses),
    `before_start`, `before_responses`, `before_nps`, `after_end`, `after_responses`, `after_nps`,
    and `difference`, `low`, `high` in points at `level`. The two sides are the stretches up to the
    neighbouring shifts, each 7 days or more. The interval is MOVER's, wider by the root of
    `attrs["dispersion"]`: how much more the weeks vary than counting alone explains (1 or more).
    The day is the likeliest one and was looked for, so the difference is on average somewhat too
    large. Under 14 days nothing can be told and the table is empty. Raises NpsError for unfit
    counts and arguments.

    Likeliest cuts: Killick, Fearnhead and Eckley 2012, JASA 107: 1590-1598 (Pelt of ruptures), on
    the multinomial cost -2 sum n_k log(n_k / n) of detractors, passives and promoters. A cut costs
    the dispersion times the chi-square (2 degrees of freedom) that one of all places passes with
    the chance `false_alarms` (Bonferroni). What moved the three shares but not the NPS is no
    shift: each stays only if the two sides differ (Holm over all).

    >>> days = pd.date_range("2026-01-01", periods=120)
    >>> counts = pd.DataFrame({"period": [*days, *days], "score": [10] * 120 + [3] * 120,
    ...                        "n": [7] * 80 + [4] * 40 + [3] * 80 + [6] * 40})
    >>> found = shifts(counts)
    >>> found["date"].dt.date.tolist(), found["difference"].round(6).tolist()
    ([datetime.date(2026, 3, 22)], [-60.0])
    """
    checked_level(level)
    chance = _checked_chance(false_alarms)
    daily = _by_day(daily_counts)
    cuts = np.array([], dtype="int64")
    dispersion = 1.0
    if len(daily.days) and daily.days[-1] - daily.days[0] >= _LEAST_DAYS - 1:
        tried: set[tuple[int, ...]] = set()
        while tuple(cuts) not in tried and len(tried) < _ROUNDS:
            # A shift makes the weeks look restless until it is known: then others come to light.
            tried.add(tuple(cuts))
            dispersion = _dispersion(daily, cuts)
            assumed = max(dispersion, 1 + _A_QUARTER / (_A_QUARTER + len(daily.days) / 7))
            cuts = _confirmed(daily, _searched(daily, assumed, chance), assumed, chance)
    return _table(daily, cuts, dispersion, level)


def _checked_chance(chance: Any) -> float:
    number = isinstance(chance, (int, float, np.number)) and not isinstance(chance, bool)
    if number and 0 < chance < 1:
        return float(chance)
    raise NpsError(
        f"false_alarms is {chance!r}; it is a chance between 0 and 1, such as 0.05 for 5 %."
    )


def _by_day(daily_counts: Any) -> _Daily:
    kept = dated_counts("daily_counts", daily_counts, ())
    kept = kept[kept[PERIOD].notna()].reset_index(drop=True)
    ids, groups = grouped(kept.assign(**{PERIOD: kept[PERIOD].dt.normalize()}), [PERIOD])
    totals = categories(kept, ids, len(groups))
    days = groups[PERIOD].to_numpy().astype("datetime64[D]").astype("int64")
    answered = totals.sum(axis=1) > 0
    return _Daily(days[answered], totals[answered])


def _cost(totals: NDArray[np.int64]) -> Floats:
    """-2 times the largest log-likelihood of rows of categories (..., 3)."""
    counts = totals.astype("float64")
    n = counts.sum(axis=-1)
    each = counts * np.log(np.where(counts > 0, counts, 1))
    return -2 * (each.sum(axis=-1) - n * np.log(np.where(n > 0, n, 1)))


def _dispersion(daily: _Daily, cuts: NDArray[np.int64]) -> float:
    """How much more the NPS varies from week to week than counting alone explains; 1 or more.

    The steps between neighbouring blocks of 1 to 4 weeks, squared, over what they are when every
    response is drawn alone: the largest of the four, as longer blocks hold what neighbouring weeks
    have in common, or where they lead to when blocks grow (it rises as 1 / weeks falls). The known
    levels around `cuts` are taken off first.
    """
    stretches = daily.stretches(cuts)
    n = daily.totals.sum(axis=1)
    level = np.repeat(estimate(stretches), np.diff([0, *cuts, len(n)]))
    spread = np.average(variance(stretches), weights=stretches.sum(axis=1))
    if spread == 0:
        return 1.0
    beyond = daily.totals[:, 2] - daily.totals[:, 0] - n * level
    found = {}
    for weeks in _WEEKS:
        blocks = (daily.days[-1] - daily.days) // (7 * weeks)
        starts = np.flatnonzero(np.diff(blocks, prepend=blocks[0] + 1))
        if len(starts) < _FEWEST_BLOCKS:
            continue
        size = np.add.reduceat(n, starts)
        mean = np.add.reduceat(beyond, starts) / size
        steps = np.diff(mean) ** 2 / (spread * (1 / size[1:] + 1 / size[:-1]))
        smaller = np.sort(steps)[: max(1, round(_KEPT * len(steps)))]
        found[weeks] = float(smaller.mean()) / _KEPT_MEAN
    least, most = _WEEKS[0], _WEEKS[-1]
    rise = (found[most] - found[least]) / (most / least - 1) if most in found else 0.0
    largest = max([1.0, *found.values(), found.get(most, 0.0) + rise])
    return max(1.0, 1 + _STRETCHED * (largest - 1 - _BY_CHANCE))


def _searched(daily: _Daily, dispersion: float, chance: float) -> NDArray[np.int64]:
    """The likeliest cuts: by Pelt in steps of 7 days, then each to its day."""
    steps = (daily.days - daily.days[0]) // SHORTEST
    # The last step is 7 to 13 days long, so that no stretch is shorter than 7.
    steps = np.minimum(steps, (daily.days[-1] - daily.days[0] + 1) // SHORTEST - 1)
    starts = np.flatnonzero(np.diff(steps, prepend=-1))
    penalty = dispersion * 2 * math.log(len(starts) / chance)
    cuts = starts[_pelt(np.add.reduceat(daily.totals, starts, axis=0), penalty)]
    for _ in range(2):
        for place in range(len(cuts)):
            cuts[place] = _to_the_day(daily, cuts, place)
    return cuts


def _pelt(totals: NDArray[np.int64], penalty: float) -> NDArray[np.int64]:
    """Where rows of categories begin another stretch, by the least penalised multinomial cost."""
    # Half of SciPy comes with it: more than a second.
    from ruptures.base import BaseCost  # type: ignore[import-untyped]
    from ruptures.detection import Pelt  # type: ignore[import-untyped]

    summed = np.concatenate([np.zeros((1, 3), dtype="int64"), totals.cumsum(axis=0)])
    # Every stretch at once: one look-up each in the search, instead of three logarithms.
    costs = [_cost(np.maximum(summed - start, 0)).tolist() for start in summed]

    class Multinomial(BaseCost):
        model = "multinomial"
        min_size = 1

        def fit(self, signal: Any) -> "Multinomial":
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            return costs[start][end]

    search = Pelt(custom_cost=Multinomial(), min_size=1, jump=1)
    return np.array(search.fit_predict(totals, penalty)[:-1], dtype="int64")


def _to_the_day(daily: _Daily, cuts: NDArray[np.int64], place: int) -> int:
    """The likeliest day within a step of one cut, the neighbouring cuts staying where they are."""
    days, cut = daily.days, int(cuts[place])
    first = int(cuts[place - 1]) if place else 0
    last = int(cuts[place + 1]) if place + 1 < len(cuts) else len(days)
    end = days[last] if last < len(days) else days[-1] + 1
    places = np.arange(first + 1, last)
    near = np.abs(days[places] - days[cut]) <= SHORTEST
    long_enough = (days[places] - days[first] >= SHORTEST) & (end - days[places] >= SHORTEST)
    places = places[near & long_enough]
    if not len(places):
        return cut
    summed = daily.totals[first:last].cumsum(axis=0)
    left = summed[places - first - 1]
    cost = _cost(left) + _cost(summed[-1] - left)
    return int(places[np.argmin(cost)])


def _confirmed(
    daily: _Daily, cuts: NDArray[np.int64], dispersion: float, chance: float
) -> NDArray[np.int64]:
    """The cuts at which the NPS itself moved; the weakest goes first, its sides becoming one."""
    while len(cuts):
        stretches = daily.stretches(cuts)
        before, after = stretches[:-1], stretches[1:]
        p = differences(before, after, 0.95)["p"]
        few = np.minimum(before.sum(axis=1), after.sum(axis=1)) < ENOUGH
        widened = [_widened(value, dispersion) for value in np.where(few, 1.0, p)]
        adjusted = adjust(widened, method="holm")
        if (adjusted <= chance).all():
            break
        cuts = np.delete(cuts, int(np.argmax(adjusted)))
    return cuts


def _widened(p: float, dispersion: float) -> float:
    """The p-value when the variance is `dispersion` times what it was computed with."""
    if p <= 0:
        return 0.0
    z = -NormalDist().inv_cdf(p / 2)
    return math.erfc(z / math.sqrt(2 * dispersion))


def _table(daily: _Daily, cuts: NDArray[np.int64], dispersion: float, level: float) -> pd.DataFrame:
    stretches = daily.stretches(cuts) if len(cuts) else np.zeros((1, 3), dtype="int64")
    before, after = stretches[:-1], stretches[1:]
    compared = differences(before, after, level)
    wider = math.sqrt(dispersion)
    change = compared["difference"]
    low, high = (change + wider * (compared[name] - change) for name in (LOW, HIGH))
    result = pd.DataFrame(
        {
            "date": _stamps(daily.days[cuts]),
            "before_start": _stamps(daily.days[np.concatenate([[0], cuts])[: len(cuts)]]),
            f"before_{RESPONSES}": before.sum(axis=1),
            f"before_{NPS}": 100 * estimate(before),
            "after_end": _stamps(daily.days[np.append(cuts, len(daily.days))[1:] - 1]),
            f"after_{RESPONSES}": after.sum(axis=1),
            f"after_{NPS}": 100 * estimate(after),
            "difference": change,
            LOW: np.maximum(low, -200),
            HIGH: np.minimum(high, 200),
        }
    )
    result.attrs["dispersion"] = dispersion
    return result


def _stamps(days: NDArray[np.int64]) -> NDArray[np.datetime64]:
    return days.astype("datetime64[D]").astype("datetime64[us]")
