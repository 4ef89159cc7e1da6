"""Counts to scores."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import DETRACTORS, HIGH, LOW, NPS, PASSIVES, PROMOTERS, RESPONSES
from nps_core.errors import NpsError
from nps_core.measure.arguments import checked_level, column_names, one_of
from nps_core.measure.counts import categories, checked_counts, grouped
from nps_core.measure.interval import METHODS, estimate


def score(
    counts: Any, by: str | Iterable[str] = (), level: float = 0.95, method: str = "score"
) -> pd.DataFrame:
    """The NPS of each group, with its interval, from counts added together first.

    `counts` is what `tally` makes (`score`, `n` and any group columns, `period` among them; other
    columns are added over). Returns `*by`, `detractors`, `passives`, `promoters`, `responses`
    (int64) and `nps`, `low`, `high` in points from -100 to 100, unrounded, at confidence `level`;
    NaN where `responses` is 0. Without `by` there is always exactly one row. `method` is "score"
    (Tango) or "adjusted_wald". Raises NpsError for missing columns, counts that are not whole
    numbers, a group named like a column of the result, or a level outside 0..1.

    >>> scored = score(pd.DataFrame({"score": [3, 8, 10], "n": [10, 20, 30]}))
    >>> scored[["responses", "nps", "low", "high"]].round(1)
       responses   nps   low  high
    0         60  33.3  13.2  50.6
    """
    names = column_names("by", by)
    checked_level(level)
    one_of("method", method, tuple(METHODS))
    kept = checked_counts("counts", counts, names)
    ids, groups = grouped(kept, names)
    return beside(groups, figures(categories(kept, ids, len(groups)), level, method), names)


def figures(
    totals: NDArray[np.int64], level: float, method: str = "score"
) -> dict[str, NDArray[Any]]:
    """The score columns for rows of detractors, passives and promoters, (rows, 3)."""
    low, high = METHODS[method](totals, level)
    return {
        DETRACTORS: totals[:, 0],
        PASSIVES: totals[:, 1],
        PROMOTERS: totals[:, 2],
        RESPONSES: totals.sum(axis=1),
        NPS: 100 * estimate(totals),
        LOW: 100 * low,
        HIGH: 100 * high,
    }


def beside(groups: pd.DataFrame, columns: Mapping[str, Any], by: Iterable[str]) -> pd.DataFrame:
    """`groups` with further columns, made in one go: pandas takes long over one after another.

    Raises NpsError for a group of `by` that would be written over.
    """
    for name in by:
        if name in columns:
            raise NpsError(
                f'by holds "{name}", which the result has a column for; rename that group.'
            )
    kept = {name: groups[name] for name in groups}
    return pd.DataFrame(kept | dict(columns), index=groups.index)
