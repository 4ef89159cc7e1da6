"""The score at a known mix of customers, for many groups and periods at once."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import DETRACTORS, HIGH, LOW, NPS, PASSIVES, PERIOD, PROMOTERS, RESPONSES
from nps_core.measure.compare import ENOUGH
from nps_core.measure.counts import categories, grouped, period_start
from nps_core.measure.definition_rows import Grid, Ints
from nps_core.measure.engine import Responses
from nps_core.measure.interval import Floats, critical_value, estimate, score_interval, variance
from nps_core.measure.linear import PLENTY
from nps_core.measure.post_stratify import pooled
from nps_core.measure.tally import tally

Shares = tuple[tuple[tuple[Any, ...], float], ...]


def stratified(
    data: Responses,
    by: tuple[str, ...],
    grid: Grid,
    strata: tuple[str, ...],
    shares: Shares,
    level: float,
) -> Callable[[int], dict[str, NDArray[Any]]]:
    """Count once, then give the score columns of each cell of the grid for any trailing span.

    A group has the shares of those strata that occur in it at any time; in a period where one of
    them has under 10 responses it is pooled, as in `post_stratified`.
    """
    columns = tuple(dict.fromkeys((*by, *strata)))
    counts = tally(data, by=columns, every="day" if grid.every else None)
    if grid.every is not None:
        counts = counts[counts[PERIOD].notna()].reset_index(drop=True)
    group, _ = grouped(counts, by)
    time = np.zeros(len(counts), dtype="int64")
    if grid.every is not None:
        starts = period_start(counts[PERIOD], grid.every)
        time = grid.calendar.get_indexer(pd.DatetimeIndex(starts)).astype("int64")
    stratum, cells = grouped(counts, strata)
    known = dict(shares)
    values = [cells[name].tolist() for name in strata]
    share = np.array([known.get(key, np.nan) for key in zip(*values, strict=True)])
    wide = len(share)
    at = (group * grid.periods + time) * wide + stratum
    totals = categories(counts, at, grid.groups * grid.periods * wide)
    by_period = totals.reshape(grid.groups, grid.periods, wide, 3)
    by_period[:, :, ~(share > 0)] = 0
    occurs = by_period.sum(axis=(1, 3)) > 0
    weights = np.where(occurs, np.nan_to_num(share), 0.0)

    def made(span: int) -> dict[str, NDArray[Any]]:
        running = np.cumsum(by_period, axis=1)
        window = running.copy()
        window[:, span:] -= running[:, :-span]
        return _figures(
            window.reshape(len(by_period) * grid.periods, wide, 3),
            np.repeat(weights, grid.periods, 0),
            level,
        )

    return made


def _figures(cells: Ints, shares: Floats, level: float) -> dict[str, NDArray[Any]]:
    """The columns of each cell, from its strata's counts (cells, strata, 3) and their shares."""
    size = len(cells)
    counts = cells.sum(axis=1)
    responses = counts.sum(axis=1)
    owner, rows, loads, merged = [], [], [], np.zeros(size, dtype="int64")
    for cell in np.flatnonzero(responses):
        used = np.flatnonzero(shares[cell] > 0)
        pools = pooled(cells[cell, used].sum(axis=1)[None], ENOUGH)
        number = pools.max() + 1
        rows.append(np.zeros((number, 3), dtype="int64"))
        np.add.at(rows[-1], pools, cells[cell, used])
        loads.append(np.bincount(pools, shares[cell, used]) / shares[cell].sum())
        owner.append(np.full(number, cell))
        alone = np.bincount(pools)[pools] == 1
        merged[cell] = len(pools) - int(alone.sum())
    at = np.concatenate([*owner, np.zeros(0, dtype="int64")]).astype("int64")
    found = np.concatenate([*rows, np.zeros((0, 3), dtype="int64")])
    load = np.concatenate([*loads, np.zeros(0)])
    low, high = score_interval(found, level)
    theta, n = estimate(found), found.sum(axis=1)

    def added(values: Floats) -> Floats:
        return np.bincount(at, values, size).astype("float64")

    # As in linear.combined: Wald where every category is well filled, else MOVER.
    wald = critical_value(level) * np.sqrt(added(load**2 * variance(found) / n))
    plenty = added((found < PLENTY).any(axis=1).astype("float64")) == 0
    below = np.where(plenty, wald, np.sqrt(added((load * (theta - low)) ** 2)))
    above = np.where(plenty, wald, np.sqrt(added((load * (high - theta)) ** 2)))
    nps = np.where(responses > 0, added(load * theta), np.nan)
    with np.errstate(divide="ignore"):
        n_eff = np.where(responses > 0, 1 / added(load**2 / n), np.nan)
    return {
        DETRACTORS: counts[:, 0],
        PASSIVES: counts[:, 1],
        PROMOTERS: counts[:, 2],
        RESPONSES: responses,
        NPS: 100 * nps,
        LOW: 100 * np.maximum(nps - below, -1),
        HIGH: 100 * np.minimum(nps + above, 1),
        "n_eff": n_eff,
        "accounts": np.full(size, np.nan),
        "interval": np.where(responses > 0, "independent", ""),
        "merged": merged,
    }
