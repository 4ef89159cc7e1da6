"""A linear combination of independent NPS, with its interval and p-value."""

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nps_core.errors import NpsError
from nps_core.measure.arguments import checked_level
from nps_core.measure.interval import Floats, critical_value, score_interval, variance
from nps_core.measure.interval import estimate as one_nps

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
    group has 10 or more in every category, otherwise MOVER on the score limits of each group, and
    for several coefficients of one sign no narrower than adjusted Wald: it is never of zero width.
    The p-value is the smallest 1 - level at which the interval holds 0. For the coefficients -1
    and 1 MOVER is what `compare` gives. Raises NpsError for shapes that do not
    fit, negative counts and coefficients that are missing, infinite or all 0.

    Source: Zou and Donner 2008, Statistics in Medicine 27: 1693-1702; for more than two groups
    Zou, Huang and Zhang 2009, Computational Statistics & Data Analysis 53: 1080-1085.

    >>> found = combined([[40, 30, 30], [20, 30, 50]], [-1, 1], 0.95)
    >>> round(found.estimate, 6), round(found.se, 4), found.method
    (40.0, 11.4018, 'wald')
    """
    checked_level(level)
    groups, weights = _checked(categories, coefficients)
    found = {name: values[0] for name, values in limits(groups[None], weights, level).items()}
    estimate, se = float(found["estimate"]), float(found["se"])
    if math.isnan(estimate):
        p = math.nan
    elif found["wald"]:
        p = math.erfc(abs(estimate) / se / math.sqrt(2))
    else:
        distance = abs(estimate) / 100
        p = _mover_p(groups, weights, distance, rises=estimate > 0)
        if (floor := float(_floor(groups[None], weights)[0])) > 0:
            p = max(p, math.erfc(distance / floor / math.sqrt(2)))
    low, high = float(found["low"]), float(found["high"])
    return Combined(estimate, se, low, high, p, "wald" if found["wald"] else "mover")


def limits(groups: NDArray[Any], weights: Floats, level: float) -> dict[str, NDArray[Any]]:
    """`estimate`, `se`, `low`, `high` in points and `wald` (bool) of many combinations at once.

    `groups` is (rows, k, 3), `weights` (k,), none of them 0; the arrays returned have length rows.
    """
    flat = groups.reshape(-1, 3)
    shape = groups.shape[:2]
    with np.errstate(divide="ignore", invalid="ignore"):
        error = (variance(flat) / flat.sum(axis=1)).reshape(shape)
    estimate = one_nps(flat).reshape(shape) @ weights
    se = np.sqrt(error @ weights**2)
    wald = (groups >= PLENTY).all(axis=(1, 2))
    below = critical_value(level) * se
    above = below.copy()
    few = ~wald
    # Solved for those that need it alone: it takes most of the time there is.
    if few.any():
        floor = critical_value(level) * _floor(groups[few], weights)
        solved = _mover(groups[few], weights, level)
        below[few], above[few] = (np.maximum(floor, side) for side in solved)
    return {
        "estimate": 100 * estimate,
        "se": 100 * se,
        "low": 100 * (estimate - below),
        "high": 100 * (estimate + above),
        "wald": wald,
    }


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


def _mover(groups: NDArray[Any], weights: Floats, level: float) -> tuple[Floats, Floats]:
    """How far the MOVER limits of each row of groups lie below and above the estimate (-1..1)."""
    flat = groups.reshape(-1, 3)
    low, high = score_interval(flat, level)
    theta = one_nps(flat)
    down = ((theta - low) ** 2).reshape(-1, len(weights))
    up = ((high - theta) ** 2).reshape(-1, len(weights))
    rising, falling = np.maximum(weights, 0) ** 2, np.minimum(weights, 0) ** 2
    return np.sqrt(down @ rising + up @ falling), np.sqrt(up @ rising + down @ falling)


def _floor(groups: NDArray[Any], weights: Floats) -> Floats:
    """The least standard error (-1..1) that MOVER limits of each row may stand for.

    Where several groups are added, one that all answered alike has a limit equal to its estimate
    and would add nothing on that side, though its estimate is then too high or too low for sure:
    the variance with three added responses (that of adjusted Wald) is kept as a floor. Between
    groups of opposite signs MOVER holds by itself.
    """
    one_sign = (weights > 0).all() or (weights < 0).all()
    if len(weights) == 1 or not one_sign:
        return np.zeros(len(groups))
    flat = groups.reshape(-1, 3) + np.array([0.75, 1.5, 0.75])
    error = (variance(flat) / flat.sum(axis=1)).reshape(groups.shape[:2])
    floor: Floats = np.sqrt(error @ weights**2)
    return floor


def _mover_p(groups: Floats, weights: Floats, distance: float, rises: bool) -> float:
    """The level at which a MOVER limit touches 0, by closing in on its z from 32 sides at once.

    The score statistic grows in proportion to the responses: the limits at any z are those at the
    usual z of a sample (usual / z)^2 times as large. So one call serves every z.
    """
    if distance == 0:
        return 1.0
    left, right, usual = 0.0, _FARTHEST, 0.95
    for _ in range(9):
        z = np.linspace(left, right, 33)[1:]
        scale = (critical_value(usual) / z) ** 2
        below, above = _mover(scale[:, None, None] * groups, weights, usual)
        holds = (below if rises else above) >= distance
        if not holds.any():
            break
        first = int(np.argmax(holds))
        left, right = (left if first == 0 else float(z[first - 1])), float(z[first])
    return math.erfc(right / math.sqrt(2))
