"""The change of those a product change was for, less the change of those it was not for."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nps_core.measure.arguments import whole_number
from nps_core.measure.compare import ENOUGH, Comparison, Verdict, compare, verdicts
from nps_core.measure.counts import categories, checked_counts
from nps_core.measure.linear import Method, combined


@dataclass(frozen=True)
class DifferenceInDifferences:
    """How much more the treated changed than the control, in points; NaN where a side is empty.

    `low` and `high` bound the difference of the two changes at `level`, `p` is the two-sided
    p-value that belongs to them, `se` the standard error, `method` how they were made; `verdict`
    is a word of `compare`. `treated` and `control` are the two changes by themselves.
    """

    difference: float
    low: float
    high: float
    p: float
    verdict: Verdict
    se: float
    level: float
    treated: Comparison
    control: Comparison
    method: Method


def difference_in_differences(
    treated_before: Any,
    treated_after: Any,
    control_before: Any,
    control_after: Any,
    level: float = 0.95,
    minimum: int = ENOUGH,
) -> DifferenceInDifferences:
    """The change of the treated less the change of the control.

    Each is counts as `tally` makes them (`score`, `n`; other columns are added over), of different
    people. It reads what the change did only as far as both would have moved alike without it.
    Interval and p-value are those of `linear.combined`; the verdict is "too few responses" where
    any of the four has under `minimum`. Raises NpsError for what are no counts.

    Source: Card and Krueger 1994, American Economic Review 84: 772-793.

    >>> import pandas as pd
    >>> def counts(*n):
    ...     return pd.DataFrame({"score": [3, 8, 10], "n": n})
    >>> found = difference_in_differences(
    ...     counts(30, 40, 30), counts(20, 40, 40), counts(30, 30, 40), counts(30, 30, 40)
    ... )
    >>> round(found.difference, 6), found.verdict
    (20.0, 'no clear change')
    """
    sides = {
        "treated_before": treated_before,
        "treated_after": treated_after,
        "control_before": control_before,
        "control_after": control_after,
    }
    whole_number("minimum", minimum, 0)
    groups = np.concatenate([_categories(name, counts) for name, counts in sides.items()])
    found = combined(groups, [-1, 1, 1, -1], level)
    smallest = groups.sum(axis=1).min(keepdims=True)
    words = verdicts(np.array([found.low]), np.array([found.high]), smallest, smallest, minimum)
    return DifferenceInDifferences(
        difference=found.estimate,
        low=found.low,
        high=found.high,
        p=found.p,
        verdict=words[0],
        se=found.se,
        level=float(level),
        treated=compare(treated_before, treated_after, level, minimum),
        control=compare(control_before, control_after, level, minimum),
        method=found.method,
    )


def _categories(parameter: str, counts: Any) -> np.ndarray:
    kept = checked_counts(parameter, counts)
    return categories(kept, np.zeros(len(kept), dtype="int64"), 1)
