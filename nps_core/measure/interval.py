"""Confidence intervals of one NPS, from its counts, on the scale -1..1."""

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_HALVINGS = 60
"""Enough to halve an interval of length 2 down to the spacing of doubles."""

_FEW = 64
_PARTS = 32
"""Few intervals are cut into so many parts at once: a step costs as much as halving them."""


def critical_value(level: float) -> float:
    """The two-sided normal quantile: 1.96 for a level of 0.95, not 1.64.

    >>> round(critical_value(0.95), 4)
    1.96
    """
    return NormalDist().inv_cdf((1 + level) / 2)


def estimate(categories: NDArray[np.float64] | NDArray[np.int64]) -> Floats:
    """Promoters less detractors, as a share of all; NaN where nobody answered.

    `categories` is (rows, 3): detractors, passives, promoters.

    >>> estimate(np.array([[1, 2, 5], [0, 0, 0]]))
    array([0.5, nan])
    """
    d, p, r = _columns(categories)
    with np.errstate(invalid="ignore"):
        return (r - d) / (d + p + r)


def variance(categories: NDArray[np.float64] | NDArray[np.int64]) -> Floats:
    """The variance of one response, (r + d)/n - theta^2, at most 1.

    >>> variance(np.array([[1, 0, 1], [1, 0, 0]]))
    array([1., 0.])
    """
    d, p, r = _columns(categories)
    n = d + p + r
    with np.errstate(invalid="ignore"):
        return (r + d) / n - ((r - d) / n) ** 2


def score_statistic(
    categories: NDArray[np.float64] | NDArray[np.int64],
) -> Callable[[Floats], Floats]:
    """The squared score statistic of "the NPS is x", as a function of x: z^2 at the limits.

    It is n (theta - x)^2 / (2q + x(1 - x)), q being the likeliest share of detractors under that
    hypothesis (Tango 1998, Statistics in Medicine 17: 891-908; for NPS, Rocks 2016, The American
    Statistician 70(4): 365-372). x has one value a row of `categories`, in its last axis.
    """
    d, p, r = _columns(categories)
    n = d + p + r
    theta = estimate(categories)
    constant, slope, product = -d - r, 2 * n - r + d, 8 * n * d

    def statistic(x: Floats) -> Floats:
        b = constant + slope * x
        spread_alone = x * (1 - x)
        inner = product * spread_alone
        root = np.sqrt(np.maximum(b * b + inner, 0))
        distance = n * (theta - x) ** 2
        with np.errstate(divide="ignore", invalid="ignore"):
            # The subtraction would lose all digits where b is positive: divide instead.
            q = np.where(b > 0, inner / (root + b), root - b) / (4 * n)
            spread = np.maximum(2 * q + spread_alone, 0)
            return np.where(distance == 0, 0.0, distance / spread)

    return statistic


def _columns(categories: NDArray[np.float64] | NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    d, p, r = np.asarray(categories, dtype="float64").T
    return d, p, r


def score_interval(categories: NDArray[np.int64], level: float) -> tuple[Floats, Floats]:
    """Tango's score interval: every x that a two-sided score test at `level` does not reject.

    `categories` is (rows, 3); returns the lower and the upper limits, each of length rows, within
    [-1, 1] and around the estimate; NaN where nobody answered. Found by bisection on each side of
    the estimate: closed forms of the quartic break from a thousand responses on.

    >>> low, high = score_interval(np.array([[0, 0, 1]]), 0.95)
    >>> round(low[0], 4), high[0]
    (np.float64(-0.5869), np.float64(1.0))
    """
    return score_limits(categories, critical_value(level))


def score_limits(
    categories: NDArray[np.float64] | NDArray[np.int64], z: float
) -> tuple[Floats, Floats]:
    """The score interval for a critical value of one's own: Student's, or a one-sided one.

    `categories` may be fractions: counts divided by a design effect, say.

    >>> low, high = score_limits(np.array([[0, 0, 1]]), 1.9599639845)
    >>> round(low[0], 4)
    np.float64(-0.5869)
    """
    theta = estimate(categories)
    z2 = z**2
    inside = np.stack([theta, theta])
    outside = np.stack([np.full_like(theta, -1.0), np.full_like(theta, 1.0)])
    statistic = score_statistic(categories)
    reached = statistic(outside) <= z2
    inside, _ = closed_in(inside, outside, lambda x: statistic(x) <= z2)
    limits = np.where(reached, np.stack([-np.ones_like(theta), np.ones_like(theta)]), inside)
    empty = np.isnan(theta)
    return np.where(empty, np.nan, limits[0]), np.where(empty, np.nan, limits[1])


def closed_in(
    inside: Floats, outside: Floats, accepts: Callable[[Floats], NDArray[np.bool_]]
) -> tuple[Floats, Floats]:
    """The last points that are accepted on the way from `inside` to `outside`, and the next ones.

    `accepts` takes points in further leading axes; once it has refused on a way it never accepts
    again. What is between the two points in the end is the spacing of doubles.

    >>> low, high = closed_in(np.array([0.0]), np.array([2.0]), lambda x: x * x <= 2)
    >>> round(low[0], 12), bool(high[0] - low[0] < 1e-15)
    (np.float64(1.414213562373), True)
    """
    parts = _PARTS if inside.size <= _FEW else 2
    shares = (np.arange(1, parts) / parts).reshape(-1, *(1 for _ in inside.shape))
    for _ in range(math.ceil(_HALVINGS / math.log2(parts))):
        between = inside + shares * (outside - inside)
        held = np.logical_and.accumulate(accepts(between)).sum(axis=0)[None]
        points = np.concatenate([inside[None], between, outside[None]])
        inside, outside = (np.take_along_axis(points, held + step, 0)[0] for step in (0, 1))
    return inside, outside


def adjusted_wald(categories: NDArray[np.int64], level: float) -> tuple[Floats, Floats]:
    """The adjusted Wald interval with three added responses (0.75, 1.5, 0.75).

    Shapes as for `score_interval`; clipped to [-1, 1] and widened to hold the estimate where the
    added responses pull it away. Source: Sauro and Lewis, MeasuringU.

    >>> low, high = adjusted_wald(np.array([[0, 0, 1]]), 0.95)
    >>> round(low[0], 4), high[0]
    (np.float64(-0.485), np.float64(1.0))
    """
    theta = estimate(categories)
    added = np.asarray(categories, dtype="float64") + np.array([0.75, 1.5, 0.75])
    n = added.sum(axis=-1)
    centre = (added[..., 2] - added[..., 0]) / n
    margin = critical_value(level) * np.sqrt(variance(added) / n)
    low = np.minimum(np.clip(centre - margin, -1, 1), theta)
    high = np.maximum(np.clip(centre + margin, -1, 1), theta)
    return low, high


METHODS = {"score": score_interval, "adjusted_wald": adjusted_wald}
