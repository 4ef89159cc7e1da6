"""The difference of two scores that come with their own intervals."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nps_core.columns import HIGH, LOW, NPS, RESPONSES
from nps_core.measure.arguments import whole_number
from nps_core.measure.compare import DOWN, ENOUGH, NO_CLEAR_CHANGE, TOO_FEW, UP, Verdict


@dataclass(frozen=True)
class ScoredDifference:
    """Second less first, in points, with its limits; NaN where a side has no responses."""

    difference: float
    low: float
    high: float
    verdict: Verdict


def compare_scored(
    first: Mapping[Any, Any], second: Mapping[Any, Any], minimum: int = ENOUGH
) -> ScoredDifference:
    """How far the second of two independent scores lies from the first.

    Each is a row as `score` or `scores` return it (`nps`, `low`, `high` in points, `responses`),
    of different responses; whatever its interval allows for, accounts kept together or weights,
    the difference allows for too. The verdict is "too few responses" when either side has under
    `minimum`. Raises NpsError when `minimum` is no whole number.

    Source: MOVER, Zou and Donner 2008, Statistics in Medicine 27: 1693-1702.

    >>> one = {"nps": 10.0, "low": 4.0, "high": 16.0, "responses": 90}
    >>> other = {"nps": 30.0, "low": 22.0, "high": 38.0, "responses": 80}
    >>> compare_scored(one, other)
    ScoredDifference(difference=20.0, low=10.0, high=30.0, verdict='up')
    """
    whole_number("minimum", minimum, 0)
    difference = float(second[NPS] - first[NPS])
    low = difference - math.hypot(second[NPS] - second[LOW], first[HIGH] - first[NPS])
    high = difference + math.hypot(second[HIGH] - second[NPS], first[NPS] - first[LOW])
    if min(first[RESPONSES], second[RESPONSES]) < minimum:
        verdict = TOO_FEW
    else:
        verdict = UP if low > 0 else DOWN if high < 0 else NO_CLEAR_CHANGE
    return ScoredDifference(difference, float(low), float(high), verdict)
