"""One NPS of responses that do not count alike, or that came from the same accounts."""

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import (
    COUNT,
    HIGH,
    HIGHEST_DETRACTOR,
    LOW,
    LOWEST_PROMOTER,
    NPS,
    RESPONSES,
    SCORE,
)
from nps_core.errors import NpsError
from nps_core.measure.arguments import checked_level, column_names, require_columns
from nps_core.measure.counts import checked_counts
from nps_core.measure.engine import Responses, as_pandas, decoded, opened, value_kinds
from nps_core.measure.interval import Floats, critical_value, score_interval, variance

FEWEST_CLUSTERS = 10
"""Under this many accounts their spread is not known well enough for an interval."""

_NUMBERS = ("integer", "floating", "mixed-integer-float", "decimal", "empty")
"""What pandas calls a column of objects that are numbers, or all missing."""

_SMALLEST = 1e-290
"""Squared weights under this lose their digits, and with them the effective number of responses."""

_NOTHING = 1e-12
"""A variance up to this is what rounding leaves where all answered alike."""


def weighted_figures(
    groups: NDArray[np.int64],
    clusters: NDArray[np.int64] | None,
    category: NDArray[np.int64],
    responses: NDArray[np.int64],
    weights: Floats,
    squares: Floats,
    size: int,
    level: float,
) -> dict[str, NDArray[Any]]:
    """The weighted NPS of each of `size` groups, from cells of responses added together.

    All arrays have one value a cell, in any order: its group (0 to `size` - 1), its cluster (any
    whole number from 0 on; -1: every response is a cluster of its own; None instead of an array:
    responses are independent), its category (0 detractors, 1 passives, 2 promoters), its number of
    responses with a weight above 0, the sum of their weights and of their squared weights.

    Returns arrays of length `size`: `nps`, `se`, `low`, `high` in points, `n_eff` (Kish) and
    `clusters`; NaN where nothing has weight, and no limits under 10 clusters.

    >>> one = np.ones(4)
    >>> found = weighted_figures(
    ...     np.zeros(4, dtype=int), None, np.array([0, 2, 2, 2]), one, one, one, 1, 0.95
    ... )
    >>> [float(found[name][0]) for name in ("nps", "se", "n_eff")]
    [50.0, 50.0, 4.0]
    """
    sums = _added(groups * 3 + category, weights, 3 * size).reshape(size, 3)
    with np.errstate(divide="ignore", invalid="ignore"):
        theta = (sums[:, 2] - sums[:, 0]) / sums.sum(axis=1)
    apart = category - 1 - theta[groups]

    alone = np.ones(len(groups), dtype=np.bool_) if clusters is None else clusters < 0
    owner, load = groups[alone], _added(groups[alone], squares[alone], size)
    spread = _added(owner, squares[alone] * apart[alone] ** 2, size)
    count = _added(owner, responses[alone], size)
    if clusters is not None:
        heavy = ~alone & (weights > 0)
        many = clusters.max(initial=0) + 1
        pairs, at = np.unique(groups[heavy] * many + clusters[heavy], return_inverse=True)
        owner, weight = pairs // many, _added(at, weights[heavy], len(pairs))
        spread += _added(owner, _added(at, weights[heavy] * apart[heavy], len(pairs)) ** 2, size)
        load += _added(owner, weight**2, size)
        count += _added(owner, np.ones(len(pairs)), size)
    whole = _added(groups, squares, size)
    return figures_of_sums(sums, whole, spread, load, count, clusters is not None, level)


def figures_of_sums(
    weights: Floats,
    squares: Floats,
    spread: Floats,
    load: Floats,
    count: NDArray[Any],
    clustered: bool,
    level: float,
) -> dict[str, NDArray[Any]]:
    """What `weighted_figures` returns, from sums a group.

    `weights` is (size, 3): those of detractors, passives, promoters. The rest has length size:
    squared weights; squared sums a cluster of weight times (s - theta), `spread`, and of weight,
    `load`; and the number of clusters, which without `clustered` are the responses.
    """
    total = weights.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = weights / total[:, None]
        kish = total**2 / squares
        se = np.sqrt(count / (count - 1) * spread) / total
        se[count < 2] = np.nan
        alike, error, reach = kish, spread / total**2, np.ones_like(total)
        if clustered:
            # Large accounts pull the NPS towards themselves, which hides how far apart they are:
            # the correction for it is that of as many equal accounts as Kish would count.
            alike = total**2 / load
            error = se**2 * ((1 - 1 / count) / (1 - 1 / alike)) ** 2
            reach = critical_value(level) / _t_quantile(count - 1, level)
            reach[count < FEWEST_CLUSTERS] = np.nan
        # Kish's n is too large where weights and answers go together; the standard error knows.
        varied = variance(shares)
        effective = np.where(varied > _NOTHING, np.fmin(varied / error, kish), alike)
        # The score statistic grows with n: a wider quantile is a smaller sample.
        counted: NDArray[Any] = shares * (effective * reach**2)[:, None]
    low, high = score_interval(counted, level)
    return {
        NPS: 100 * (shares[:, 2] - shares[:, 0]),
        "se": 100 * se,
        "n_eff": kish,
        LOW: 100 * low,
        HIGH: 100 * high,
        "clusters": count.astype("int64"),
    }


def _added(ids: NDArray[np.int64], values: NDArray[Any], size: int) -> Floats:
    # As floats, because of no values at all NumPy makes whole zeros.
    return np.bincount(ids, values, size).astype("float64")


def _t_quantile(df: NDArray[Any], level: float) -> NDArray[Any]:
    from scipy.special import stdtrit  # here, because importing SciPy takes most of a second

    return np.asarray(stdtrit(np.maximum(df, 1), (1 + level) / 2))


def weighted_score(
    frame: Any, weight: str | None = None, cluster: str | None = None, level: float = 0.95
) -> pd.DataFrame:
    """The NPS of responses weighted by one column, with an interval that respects accounts.

    `frame` is a table of responses of any engine, added up where it lies. `weight` names a column
    of numbers from 0 on (revenue, say; they are weights, not frequencies: doubling all of them
    changes nothing), `cluster` one that responses have in common (`account_id`); a response
    without a cluster is one of its own.

    Returns one row: `nps`, `se`, `low`, `high` in points, `n_eff` (Kish's effective number of
    responses), `responses` (with a score and a weight), `clusters` (responses, without `cluster`;
    those of weight 0 do not count) and `left_out` (rows without a score or without a weight).
    NaN where nothing has weight; without limits under 10 clusters. The interval is the score
    interval of the weighted shares at Kish's n, or at the n that has the same standard error where
    that is smaller, for clusters with the t quantile. Raises NpsError for
    missing columns and for weights that are negative, infinite or no numbers.

    Source: Kish 1965, Survey Sampling; the standard errors are those of R's survey package.

    >>> responses = pd.DataFrame({"score": [10, 9, 8, 0], "mrr": [100, 100, 200, 100]})
    >>> weighted_score(responses, "mrr")[["nps", "n_eff", "responses"]].round(6).values.tolist()
    [[20.0, 3.571429, 4.0]]
    """
    checked_level(level)
    cells, left_out = cells_of(frame, weight=weight, cluster=cluster)
    clusters = None if cluster is None else pd.factorize(cells["cluster"])[0].astype("int64")
    figures = weighted_figures(
        np.zeros(len(cells), dtype="int64"),
        clusters,
        cells["category"].to_numpy(),
        cells["positive"].to_numpy(),
        cells["weight"].to_numpy(),
        cells["square"].to_numpy(),
        1,
        level,
    )
    columns = figures | {RESPONSES: [int(cells[COUNT].sum())], "left_out": [left_out]}
    order = (NPS, "se", "n_eff", LOW, HIGH, RESPONSES, "clusters", "left_out")
    return pd.DataFrame({name: columns[name] for name in order})


def cells_of(frame: Any, weight: str | None, cluster: str | None) -> tuple[pd.DataFrame, int]:
    """Responses added together by cluster and score, and how many had no score or no weight.

    The cells have `cluster`, `category` (0 detractors, 1 passives, 2 promoters), `n` (responses),
    `positive` (those with a weight above 0), `weight` and `square` (sums of weights and of squared
    weights). Raises NpsError as `weighted_score` does.
    """
    data = opened(frame)
    named = [name for name in (weight, cluster) if name is not None]
    column_names("weight and cluster", named)
    require_columns("The frame", [SCORE, *named], data.collect_schema().names())
    keys = ["cluster"] if cluster is not None else []
    columns = [nw.col(SCORE)]
    if cluster is not None:
        data = decoded(data, [cluster])
        columns.append(nw.col(cluster).alias("cluster"))
    if weight is not None:
        data = _with_numbers(data, weight)
        columns.append(nw.col(weight).cast(nw.Float64).alias("weight"))
    data = data.select(*columns)
    if weight is None:
        data = data.with_columns(nw.lit(1.0).alias("weight"))
    w = nw.col("weight")
    # Engines disagree on whether a NaN is missing, and add it differently.
    data = data.with_columns(nw.when(~w.is_nan()).then(w).alias("weight")).with_columns(
        (w * w).alias("square"), nw.when(w > 0).then(1).otherwise(0).alias("positive")
    )
    counted = data.group_by(*keys, SCORE).agg(
        w.sum(),
        nw.col("square").sum(),
        nw.col("positive").sum(),
        w.min().alias("least"),
        w.count().alias(COUNT),
        nw.len().alias("rows"),
    )
    cells = as_pandas(counted)
    rows = int(cells["rows"].sum())
    cells = cells[cells[SCORE].notna() & (cells[COUNT] > 0)].reset_index(drop=True)
    if weight is not None and len(cells) and (least := cells["least"].min()) < 0:
        raise NpsError(f'The column "{weight}" holds {least:g}; weights are 0 or more.')
    for name in ("weight", "square"):
        cells[name] = cells[name].to_numpy(dtype="float64")
        if not np.isfinite(cells[name]).all():
            raise NpsError(f'The column "{weight}" holds weights too large to be added.')
    if cells["positive"].any() and cells["square"].max() < _SMALLEST:
        raise NpsError(f'The column "{weight}" holds weights too small to be squared and added.')
    checked = checked_counts("frame", cells, keys)
    cells[COUNT] = checked[COUNT]
    cells["positive"] = cells["positive"].astype("int64")
    cells["category"] = category_of(checked[SCORE].to_numpy())
    return cells, rows - int(cells[COUNT].sum())


def _with_numbers(data: Responses, weight: str) -> Responses:
    """The frame with weights of a type that can be added, if numbers are what they are."""
    kind, native = value_kinds(data, [weight])[weight], data.to_native()
    if kind.is_numeric() or kind == nw.Unknown:
        return data
    if isinstance(native, pd.DataFrame):
        values = native[weight]
        if pd.api.types.infer_dtype(values, skipna=True) in _NUMBERS:
            plain = values.astype(object).where(values.notna(), np.nan).astype("float64")
            return nw.from_native(native.assign(**{weight: plain}))
    raise NpsError(f'The column "{weight}" holds {kind}; weights are numbers.')


def category_of(scores: NDArray[np.int64]) -> NDArray[np.int64]:
    """0 for detractors, 1 for passives, 2 for promoters.

    >>> category_of(np.array([6, 8, 9]))
    array([0, 1, 2])
    """
    return (scores > HIGHEST_DETRACTOR).astype("int64") + (scores >= LOWEST_PROMOTER)
