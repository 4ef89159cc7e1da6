"""A linear combination of independent NPS, with its interval and p-value."""

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nps_core.errors import NpsError
from nps_core.measure.arguments import checked_level
from nps_core.measure.interval import Floats, critical_value, estimate, score_interval, variance

Method = Literal["wald", "mover"]

PLENTY = 10
"""From this many responses in every category on, the normal approximation keeps its promise."""

_FARTHEST = 40.0
"""Beyond this many standard errors the p-value is 0 in doubles."""


@dataclass(frozen=True)
class Combined:
    """A combination of NPS in points: sum of coefficient times NPS; NaN where one has no responses.

    `se` is its standard error, `low` and `high` bound it at the level asked for, `p` is the
    two-sided p-value of "it is 0" that belongs to that interval, `method` how both were made.
    """

    estimate: float
    se: float
    low: float
    high: float
    p: float
    method: Method


def combined(categories: Any, coefficients: Any, level: float = 0.95) -> Combined:
    """The sum of coefficient times NPS over independent groups, in points.

    `categories` is (k, 3), detractors, passives and promoters of each group; `coefficients` (k,);
    groups with a coefficient of 0 are left out of everything. The interval is Wald's where every
    group has 10 or more in every category, otherwise MOVER on the score limits of each group,
    which is never of zero width; the p-value is the smallest 1 - level at which it holds 0. For
    the coefficients -1 and 1 MOVER is what `compare` gives. Raises NpsError for shapes that do not
    fit, negative counts and coefficients that are missing, infinite or all 0.

    Source: Zou and Donner 2008, Statistics in Medicine 27: 1693-1702; for more than two groups
    Zou, Huang and Zhang 2009, Computational Statistics & Data Analysis 53: 1080-1085.

    >>> found = combined([[40, 30, 30], [20, 30, 50]], [-1, 1], 0.95)
    >>> round(found.estimate, 6), round(found.se, 4), found.method
    (40.0, 11.4018, 'wald')
    """
    checked_level(level)
    groups, weights = _checked(categories, coefficients)
    found = 100 * float(weights @ estimate(groups))
    if math.isnan(found):
        return Combined(math.nan, math.nan, math.nan, math.nan, math.nan, "mover")
    se = 100 * math.sqrt(weights**2 @ (variance(groups) / groups.sum(axis=1)))
    if (groups >= PLENTY).all():
        margin = critical_value(level) * se
        p = math.erfc(abs(found) / se / math.sqrt(2))
        return Combined(found, se, found - margin, found + margin, p, "wald")
    below, above = _mover(groups, weights, np.array([critical_value(level)]))
    p = _mover_p(groups, weights)
    return Combined(found, se, found - 100 * below[0], found + 100 * above[0], p, "mover")


def _checked(categories: Any, coefficients: Any) -> tuple[Floats, Floats]:
    """The groups with a coefficient other than 0, and these."""
    try:
        groups = np.asarray(categories, dtype="float64")
        weights = np.asarray(coefficients, dtype="float64")
    except (TypeError, ValueError):
        raise NpsError("categories and coefficients must be arrays of numbers.") from None
    if groups.ndim != 2 or groups.shape[1] != 3 or weights.shape != groups.shape[:1]:
        raise NpsError(
            f"categories has the shape {groups.shape} and coefficients {weights.shape}; "
            "they must be (k, 3) and (k,)."
        )
    if not (np.isfinite(groups).all() and (groups >= 0).all()):
        raise NpsError("categories holds what is no count; give numbers of responses, 0 or more.")
    used = weights != 0
    if not (np.isfinite(weights).all() and used.any()):
        raise NpsError(
            f"coefficients is {weights.tolist()}; they must be finite numbers, not all 0."
        )
    return groups[used], weights[used]


def _mover(groups: Floats, weights: Floats, z: Floats) -> tuple[Floats, Floats]:
    """How far the MOVER limits lie below and above the estimate (-1..1), one each value of z.

    The score statistic grows in proportion to the responses: the limits at z are those at the
    usual level of a sample (usual / z)^2 times as large. So one call serves every z.
    """
    usual = 0.95
    scale = (critical_value(usual) / z) ** 2
    rows: NDArray[Any] = (scale[:, None, None] * groups).reshape(-1, 3)
    low, high = (limits.reshape(len(z), -1) for limits in score_interval(rows, usual))
    theta = estimate(groups)
    down, up = weights * (theta - low), weights * (high - theta)
    rises = weights > 0
    below = np.sqrt((np.where(rises, down, up) ** 2).sum(axis=1))
    above = np.sqrt((np.where(rises, up, down) ** 2).sum(axis=1))
    return below, above


def _mover_p(groups: Floats, weights: Floats) -> float:
    """The level at which a MOVER limit touches 0, by closing in on its z from 32 sides at once."""
    found = float(weights @ estimate(groups))
    if found == 0:
        return 1.0
    left, right = 0.0, _FARTHEST
    for _ in range(9):
        z = np.linspace(left, right, 33)[1:]
        below, above = _mover(groups, weights, z)
        holds = (below if found > 0 else above) >= abs(found)
        if not holds.any():
            return math.erfc(right / math.sqrt(2))
        first = int(np.argmax(holds))
        left, right = (left if first == 0 else float(z[first - 1])), float(z[first])
    return math.erfc(right / math.sqrt(2))
