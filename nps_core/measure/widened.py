"""A difference whose interval knows that responses are not all independent."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from nps_core.measure.compare import difference_limits, p_values
from nps_core.measure.interval import Floats, critical_value


@dataclass(frozen=True)
class Widening:
    """One reason to widen: the variance is `factor` times that of chance, known with `df`."""

    factor: float
    df: float


CHANCE_ALONE = Widening(1.0, float("inf"))


def widened(
    before: NDArray[np.int64], after: NDArray[np.int64], widening: Widening, level: float
) -> tuple[float, float, float]:
    """Low, high (points) and p of a difference, on counts divided by the factor.

    `before` and `after` are detractors, passives and promoters, (3,). The critical value is
    Student's with `df` degrees of freedom; p inverts the interval. With a factor of 1 and
    infinite `df` this is `compare`.

    >>> few, many = np.array([40, 30, 30]), np.array([20, 30, 50])
    >>> low, high, p = widened(few, many, Widening(2.0, 9.0), 0.95)
    >>> round(low, 1), round(high, 1)
    (2.3, 73.5)
    """
    sides = before[None, :] / widening.factor, after[None, :] / widening.factor
    low, high = difference_limits(*sides, critical_t(level, widening.df))
    p = p_values(*sides)
    return float(low[0]), float(high[0]), float(tail(p, widening.df)[0])


def critical_t(level: float, df: float) -> float:
    """The two-sided quantile of Student's t; the normal one when `df` is infinite.

    >>> round(critical_t(0.95, 9), 4), round(critical_t(0.95, float("inf")), 4)
    (2.2622, 1.96)
    """
    if np.isinf(df):
        return critical_value(level)
    from scipy.special import stdtrit  # SciPy takes half a second to import

    return float(stdtrit(df, (1 + level) / 2))


def tail(p: Floats, df: float) -> Floats:
    """The two-sided p-value under Student's t of what has `p` under the normal distribution."""
    if np.isinf(df):
        return p
    from scipy.special import ndtri, stdtr

    return np.asarray(2 * stdtr(df, ndtri(p / 2)), dtype="float64")


def widened_limits(
    estimate: float, low: float, high: float, p: float, widening: Widening, level: float
) -> tuple[float, float, float]:
    """Limits and p of another estimate on the same responses, stretched by the same reason.

    For estimates with an interval of their own (a difference at a fixed mix, say) whose
    responses are as dependent as those of the plain one.

    >>> low, high, _ = widened_limits(5.0, 1.0, 9.0, 0.014, Widening(4.0, float("inf")), 0.95)
    >>> round(low, 6), round(high, 6)
    (-3.0, 13.0)
    """
    from scipy.special import ndtri

    stretch = np.sqrt(widening.factor)
    wider = stretch * critical_t(level, widening.df) / critical_value(level)
    normal = 2 * NormalDist().cdf(float(ndtri(p / 2)) / stretch) if p > 0 else 0.0
    return (
        float(estimate - wider * (estimate - low)),
        float(estimate + wider * (high - estimate)),
        float(tail(np.array([normal]), widening.df)[0]),
    )
