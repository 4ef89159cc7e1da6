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
from nps_core.measure.interval import Floats
from nps_core.measure.linear import limits
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
    counts = cells.sum(axis=1)
    responses = counts.sum(axis=1)
    found = {name: np.full(len(cells), np.nan) for name in (NPS, LOW, HIGH, "n_eff")}
    merged = np.zeros(len(cells), dtype="int64")
    # Cells whose strata are pooled alike have the same weights, and are computed together.
    alike: dict[tuple[bytes, bytes], list[int]] = {}
    for cell in np.flatnonzero(responses).tolist():
        used = shares[cell] > 0
        pools = np.full(len(used), -1)
        pools[used] = pooled(cells[cell, used].sum(axis=1)[None], ENOUGH)
        alike.setdefault((pools.tobytes(), shares[cell].tobytes()), []).append(cell)
        merged[cell] = (np.bincount(pools[used])[pools[used]] > 1).sum()
    for (pool_of, share), members in alike.items():
        pools = np.frombuffer(pool_of, dtype="int64")
        used = pools >= 0
        member = np.eye(pools.max() + 1)[pools[used]]
        weights = np.frombuffer(share)[used] @ member
        weights = weights / weights.sum()
        groups = np.einsum("sp,msc->mpc", member, cells[members][:, used])
        made = limits(groups, weights, level)
        found[NPS][members] = np.clip(made["estimate"], -100, 100)
        found[LOW][members] = np.maximum(made["low"], -100)
        found[HIGH][members] = np.minimum(made["high"], 100)
        found["n_eff"][members] = 1 / (1 / groups.sum(axis=2) @ weights**2)
    return found | {
        DETRACTORS: counts[:, 0],
        PASSIVES: counts[:, 1],
        PROMOTERS: counts[:, 2],
        RESPONSES: responses,
        "accounts": np.full(len(cells), np.nan),
        "interval": np.where(responses > 0, "independent", ""),
        "merged": merged,
    }
