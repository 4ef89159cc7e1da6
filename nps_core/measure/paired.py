"""The mean of what each respondent moved by, with limits that hold for few movers too."""

import numpy as np
from numpy.typing import NDArray

from nps_core.measure.interval import Floats, critical_value

STEPS = np.arange(-2.0, 3.0)
"""From promoter to detractor is -2, from detractor to promoter 2."""

_HALVINGS = 40


def score_limits(moves: NDArray[np.int64], level: float) -> tuple[Floats, Floats]:
    """Every mean move that a two-sided score test at `level` does not reject.

    `moves` is (rows, 5): how many respondents moved by -2, -1, 0, 1, 2. Returns the lower and the
    upper limits, each of length rows, within [-2, 2] and around the mean; NaN for a row of nobody.
    Tango's interval of one NPS carried from three outcomes to five: the variance under "the mean
    is x" is that of the likeliest shares with that mean (Owen 2001, Empirical Likelihood, ch. 2),
    what is left of them lying at the end of the scale. Where nobody moved, it holds every mean
    that nobody having moved leaves likely.

    >>> low, high = score_limits(np.array([[0, 0, 40, 0, 0]]), 0.95)
    >>> low.round(3), high.round(3)
    (array([-0.175]), array([0.175]))
    """
    c = np.asarray(moves, dtype="float64")
    with np.errstate(invalid="ignore"):
        mean = (c @ STEPS) / c.sum(axis=1)
    z2 = critical_value(level) ** 2
    inside = np.concatenate([mean, mean])
    outside = np.repeat(STEPS[[0, -1]], len(c))
    both = np.concatenate([c, c])
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        accepted = score_statistic(both, middle) <= z2
        inside = np.where(accepted, middle, inside)
        outside = np.where(accepted, outside, middle)
    low, high = np.split(inside, 2)
    return low, high


def score_statistic(moves: NDArray[np.float64] | NDArray[np.int64], x: Floats) -> Floats:
    """The squared score statistic of "the mean move is x", one x a row, between -2 and 2.

    The likeliest shares are counts over n + tilt (step - x), the tilt found by bisection.
    """
    c = np.asarray(moves, dtype="float64")
    n = c.sum(axis=1)
    away = STEPS - x[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        least, most = -n / away[:, -1], -n / away[:, 0]
        for _ in range(_HALVINGS):
            tilt = (least + most) / 2
            rising = (c * away / (n[:, None] + tilt[:, None] * away)).sum(axis=1) > 0
            least, most = np.where(rising, tilt, least), np.where(rising, most, tilt)
        shares = c / (n[:, None] + tilt[:, None] * away)
        unseen = np.maximum(1 - shares.sum(axis=1), 0)
        furthest = np.where(tilt < 0, away[:, -1], away[:, 0])
        spread = (shares * away**2).sum(axis=1) + unseen * furthest**2
        distance = n * ((c @ STEPS) / n - x) ** 2
        return np.where(distance == 0, 0.0, distance / spread)
