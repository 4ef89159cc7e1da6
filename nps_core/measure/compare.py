"""The difference between two independent NPS, and whether it is one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nps_core.measure.arguments import checked_level, whole_number
from nps_core.measure.counts import categories, checked_counts
from nps_core.measure.interval import (
    Floats,
    closed_in,
    critical_value,
    estimate,
    score_limits,
    score_statistic,
)

Verdict = Literal["up", "down", "no clear change", "too few responses"]
UP: Verdict = "up"
DOWN: Verdict = "down"
NO_CLEAR_CHANGE: Verdict = "no clear change"
TOO_FEW: Verdict = "too few responses"

ENOUGH = 10
"""From 10 responses a side on, the intervals keep their promise: the exact coverage of the 95 %
score interval is 0.94 or more in the worst case, 0.92 at 5 responses."""


@dataclass(frozen=True)
class Comparison:
    """The change from before to after, in points; NaN where a side has no responses.

    `low` and `high` bound the difference at `level`; `p` is the two-sided p-value that belongs to
    that interval; `verdict` is "up", "down", "no clear change" or "too few responses".
    """

    difference: float
    low: float
    high: float
    p: float
    verdict: Verdict
    before_responses: int
    after_responses: int
    before_nps: float
    after_nps: float
    level: float


def compare(
    before_counts: Any, after_counts: Any, level: float = 0.95, minimum: int = ENOUGH
) -> Comparison:
    """How the NPS of `after_counts` differs from that of `before_counts`.

    Both are counts as `tally` makes them (`score`, `n`; other columns are added over), of
    different people. The interval is MOVER on the score limits, the p-value its inversion: the
    smallest 1 - level at which the interval still holds 0. The verdict is "too few responses"
    when either side has under `minimum`. Raises NpsError for what are no counts and for a level
    outside 0..1.

    Source: Zou and Donner 2008, Statistics in Medicine 27: 1693-1702.

    >>> import pandas as pd
    >>> before = pd.DataFrame({"score": [3, 8, 10], "n": [40, 30, 30]})
    >>> after = pd.DataFrame({"score": [3, 8, 10], "n": [20, 30, 50]})
    >>> change = compare(before, after)
    >>> round(change.difference, 6), change.verdict
    (40.0, 'up')
    """
    checked_level(level)
    whole_number("minimum", minimum, 0)
    sides = []
    for parameter, counts in (("before_counts", before_counts), ("after_counts", after_counts)):
        kept = checked_counts(parameter, counts)
        sides.append(categories(kept, np.zeros(len(kept), dtype="int64"), 1))
    before, after = sides
    found = differences(before, after, level)
    before_n, after_n = before.sum(axis=1), after.sum(axis=1)
    words = verdicts(found["low"], found["high"], before_n, after_n, minimum)
    return Comparison(
        difference=float(found["difference"][0]),
        low=float(found["low"][0]),
        high=float(found["high"][0]),
        p=float(found["p"][0]),
        verdict=words[0],
        before_responses=int(before_n[0]),
        after_responses=int(after_n[0]),
        before_nps=float(100 * estimate(before)[0]),
        after_nps=float(100 * estimate(after)[0]),
        level=float(level),
    )


Categories = NDArray[np.float64] | NDArray[np.int64]


def differences(before: Categories, after: Categories, level: float) -> dict[str, Floats]:
    """Difference, low, high (points) and p of each pair of rows of categories, (rows, 3)."""
    low, high = difference_limits(before, after, critical_value(level))
    return {
        "difference": 100 * (estimate(after) - estimate(before)),
        "low": low,
        "high": high,
        "p": p_values(before, after),
    }


def difference_limits(before: Categories, after: Categories, z: float) -> tuple[Floats, Floats]:
    """The MOVER limits (points) of each difference, for a critical value of one's own."""
    t1, t2 = estimate(before), estimate(after)
    low, high = score_limits(np.concatenate([before, after]), z)
    (l1, l2), (u1, u2) = np.split(low, 2), np.split(high, 2)
    change = t2 - t1
    return (
        100 * (change - np.hypot(t2 - l2, u1 - t1)),
        100 * (change + np.hypot(u2 - t2, t1 - l1)),
    )


def p_values(before: Categories, after: Categories) -> Floats:
    """The level at which a MOVER limit touches 0, found without solving an interval per guess.

    At that level the two limits lie at distances D cos(a) and D sin(a) from their estimates, for
    some angle a, and the score statistic is the same at both: one bisection over the angle, along
    which the one statistic falls and the other rises.
    """
    t1, t2 = estimate(before), estimate(after)
    falls = (t2 < t1)[:, None]
    lower, upper = np.where(falls, after, before), np.where(falls, before, after)
    t_lower, t_upper = estimate(lower), estimate(upper)
    distance = t_upper - t_lower
    statistic = score_statistic(np.concatenate([upper, lower]))

    def both(angle: Floats) -> tuple[Floats, Floats]:
        limits = t_upper - distance * np.cos(angle), t_lower + distance * np.sin(angle)
        above, below = np.split(statistic(np.concatenate(limits, axis=-1)), 2, axis=-1)
        return above, below

    small, large = closed_in(
        np.zeros_like(distance),
        np.full_like(distance, np.pi / 2),
        lambda angle: np.greater(*both(angle)),
    )
    z2 = np.minimum(*both((small + large) / 2))
    p = np.array([math.erfc(math.sqrt(value / 2)) if value == value else 1.0 for value in z2])
    return np.where(np.isnan(distance), np.nan, np.where(distance == 0, 1.0, p))


def verdicts(
    low: Floats, high: Floats, before_n: NDArray[Any], after_n: NDArray[Any], minimum: int
) -> Sequence[Verdict]:
    """The word for each interval of a difference; a side without responses is always too few."""
    words: list[Verdict] = []
    for bottom, top, n in zip(low, high, np.minimum(before_n, after_n), strict=True):
        if n < max(minimum, 1):
            words.append(TOO_FEW)
        elif bottom > 0:
            words.append(UP)
        else:
            words.append(DOWN if top < 0 else NO_CLEAR_CHANGE)
    return words
