"""The NPS with the mix of customers held fixed: each cell's own, at the share it is known for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import HIGH, LOW, NPS, RESPONSES
from nps_core.errors import NpsError
from nps_core.measure.arguments import (
    checked_level,
    column_names,
    whole_number,
)
from nps_core.measure.compare import ENOUGH, Verdict, verdicts
from nps_core.measure.counts import categories, checked_counts, grouped
from nps_core.measure.interval import Floats, estimate
from nps_core.measure.linear import Method, combined
from nps_core.measure.shares import SHARE, cell_name, known_shares

Counted = NDArray[np.int64]


@dataclass(frozen=True)
class Adjusted:
    """The change from before to after at one mix of customers, in points; NaN where it has none.

    The fields are those of a `Comparison`, each NPS being the one at that mix; `se` is the
    standard error, `merged` how many cells were pooled, `method` how interval and p were made.
    """

    difference: float
    low: float
    high: float
    p: float
    verdict: Verdict
    se: float
    level: float
    before_nps: float
    after_nps: float
    before_responses: int
    after_responses: int
    merged: int
    method: Method


def post_stratified(
    counts: Any,
    by: str | Iterable[str],
    weights: Any,
    level: float = 0.95,
    minimum: int = ENOUGH,
) -> pd.DataFrame:
    """The NPS that `counts` would have if each cell of `by` had its share of `weights`.

    `counts` is a tally holding the columns of `by`. `weights` gives each cell its share: a mapping
    or Series of value to share (a tuple of values for several columns, None for a missing value),
    or a table with the columns of `by` and `share`. Shares are divided by their sum; responses of
    a cell with a share of 0 are not used. Cells under `minimum` responses are pooled, the smallest
    first, until the pool has `minimum`, and what is left with the smallest other cell; a pool has
    the shares of its cells together.

    Returns one row: `nps`, `se`, `low`, `high` in points, `responses`, `cells` (with a share) and
    `merged` (how many of these were pooled). The interval is that of `linear.combined`. Raises
    NpsError for a cell with responses but without a share, for a share given twice, for one that
    is negative or missing, and for shares that are all 0.

    Source: Holt and Smith 1979, Journal of the Royal Statistical Society A 142: 33-46.

    >>> counts = pd.DataFrame({
    ...     "plan": ["Free", "Free", "Pro", "Pro"], "score": [0, 10, 0, 10], "n": [60, 40, 10, 30]
    ... })
    >>> post_stratified(counts, "plan", {"Free": 3, "Pro": 1})["nps"].round(6).tolist()
    [-2.5]
    """
    names = _checked(by, level, minimum, weighted=True)
    (cells,), shares = _strata([("counts", counts)], names, weights)
    pools = pooled(cells.sum(axis=1)[None], minimum)
    cells, shares = _added(cells, pools), _added(shares, pools)
    found = combined(cells, shares, level)
    columns = {
        NPS: [min(max(found.estimate, -100.0), 100.0)],
        "se": [found.se],
        LOW: [max(found.low, -100.0)],
        HIGH: [min(found.high, 100.0)],
        RESPONSES: [int(cells.sum())],
        "cells": [len(pools)],
        "merged": [_merged(pools)],
    }
    return pd.DataFrame(columns)


def post_stratified_difference(
    before_counts: Any,
    after_counts: Any,
    by: str | Iterable[str],
    weights: Any = None,
    level: float = 0.95,
    minimum: int = ENOUGH,
) -> Adjusted:
    """How the NPS changed from before to after with the mix of `by` held fixed.

    Both sides are post-stratified to the same shares: `weights` as in `post_stratified`, or,
    without them, each cell's share of the responses of both sides. A cell under `minimum` on
    either side is pooled, by its smaller side. The verdict is "too few responses" where a side in
    all has under `minimum`. Raises NpsError as `post_stratified` does.

    >>> before = pd.DataFrame({"plan": ["Free", "Pro"], "score": [0, 10], "n": [80, 20]})
    >>> after = pd.DataFrame({"plan": ["Free", "Pro"], "score": [0, 10], "n": [20, 80]})
    >>> adjusted = post_stratified_difference(before, after, "plan")
    >>> adjusted.difference, adjusted.before_nps, adjusted.verdict
    (0.0, 0.0, 'no clear change')
    """
    names = _checked(by, level, minimum, weighted=weights is not None)
    sides = [("before_counts", before_counts), ("after_counts", after_counts)]
    (before, after), shares = _strata(sides, names, weights)
    pools = pooled(np.stack([before.sum(axis=1), after.sum(axis=1)]), minimum)
    before, after, shares = (_added(values, pools) for values in (before, after, shares))
    found = combined(np.concatenate([before, after]), np.concatenate([-shares, shares]), level)
    n = before.sum(axis=(0, 1), keepdims=True)[0], after.sum(axis=(0, 1), keepdims=True)[0]
    words = verdicts(np.array([found.low]), np.array([found.high]), *n, minimum)
    return Adjusted(
        difference=found.estimate,
        low=found.low,
        high=found.high,
        p=found.p,
        verdict=words[0],
        se=found.se,
        level=float(level),
        before_nps=100 * float(shares @ estimate(before)),
        after_nps=100 * float(shares @ estimate(after)),
        before_responses=int(n[0][0]),
        after_responses=int(n[1][0]),
        merged=_merged(pools),
        method=found.method,
    )


def pooled(responses: Counted, minimum: int) -> Counted:
    """The pool of each cell, so that every pool has `minimum` responses on every side.

    `responses` is (sides, cells). Small cells are pooled in the order of their smaller side, a
    full pool followed by a new one; what is left over joins the smallest other pool.

    >>> pooled(np.array([[50, 3, 8, 9, 20]]), 10).tolist()
    [0, 2, 2, 2, 1]
    """
    smaller, needed = responses.min(axis=0), max(minimum, 1)
    pools = [[int(cell)] for cell in np.flatnonzero(smaller >= needed)]
    filling: list[int] = []
    for cell in np.argsort(smaller, kind="stable")[: len(smaller) - len(pools)].tolist():
        filling.append(cell)
        if responses[:, filling].sum(axis=1).min() >= needed:
            pools.append(filling)
            filling = []
    if filling and pools:
        min(pools, key=lambda pool: responses[:, pool].sum(axis=1).min()).extend(filling)
    elif filling:
        pools.append(filling)
    pool_of = np.zeros(len(smaller), dtype="int64")
    for number, pool in enumerate(pools):
        pool_of[pool] = number
    return pool_of


def _merged(pools: Counted) -> int:
    sizes = np.bincount(pools)
    return int(sizes[sizes > 1].sum())


def _added(values: NDArray[Any], pools: Counted) -> NDArray[Any]:
    total = np.zeros((int(pools.max()) + 1, *values.shape[1:]), dtype=values.dtype)
    np.add.at(total, pools, values)
    return total


def _checked(
    by: str | Iterable[str], level: float, minimum: int, weighted: bool
) -> tuple[str, ...]:
    names = column_names("by", by)
    if not names:
        raise NpsError("by is empty; name the columns that make the cells.")
    if weighted and SHARE in names:
        raise NpsError(f'by holds "{SHARE}", which weights keep for themselves; rename that group.')
    checked_level(level)
    whole_number("minimum", minimum, 0)
    return names


def _strata(
    sides: list[tuple[str, Any]], names: tuple[str, ...], weights: Any
) -> tuple[list[Counted], Floats]:
    """Each side's categories, (cells, 3), and the share of each cell, those without share gone."""
    counted = [checked_counts(parameter, counts, names) for parameter, counts in sides]
    known = None if weights is None else known_shares(weights, names)
    parts = counted if known is None else [*counted, known]
    keys = {
        name: pd.Series(
            np.concatenate([part[name].to_numpy(object) for part in parts]), dtype=object
        )
        for name in names
    }
    ids, cells = grouped(pd.DataFrame(keys), names)
    owners = np.split(ids, np.cumsum([len(part) for part in parts])[:-1])
    totals = [
        categories(kept, owner, len(cells)) for kept, owner in zip(counted, owners, strict=False)
    ]
    if known is None:
        shares = np.sum(totals, axis=(0, 2)).astype("float64")
        shares /= max(shares.sum(), 1)
    else:
        shares = np.full(len(cells), np.nan)
        shares[owners[-1]] = known[SHARE]
        for (parameter, _), total in zip(sides, totals, strict=True):
            without = np.flatnonzero(np.isnan(shares) & (total.sum(axis=1) > 0))
            if len(without):
                raise NpsError(
                    f"{parameter} has responses of {cell_name(cells, int(without[0]))}, for which "
                    "weights gives no share; give it one, 0 to leave its responses out."
                )
    used = shares > 0
    if not used.any():
        return [np.zeros((1, 3), dtype="int64") for _ in sides], np.ones(1)
    return [total[used] for total in totals], shares[used]
