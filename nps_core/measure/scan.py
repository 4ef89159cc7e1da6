"""Every group of several segment columns, and of their pairs, against the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import COUNT, NPS
from nps_core.errors import NpsError
from nps_core.measure.adjust import adjust
from nps_core.measure.arguments import (
    checked_level,
    checked_rate,
    column_names,
    whole_number,
)
from nps_core.measure.compare import ENOUGH, differences, verdicts
from nps_core.measure.counts import categories, checked_counts, grouped
from nps_core.measure.interval import Floats
from nps_core.measure.score import figures

Whole = NDArray[np.int64]


@dataclass
class _Columns:
    """The values of each column, and where its groups begin among those of all columns."""

    values: dict[str, list[Any]]
    begins: dict[str, int]
    totals: list[Whole]


@dataclass(frozen=True)
class _Cells:
    """The pairs of values somebody has: two groups each, and detractors, passives, promoters."""

    first: Whole
    second: Whole
    totals: Whole


def scan(
    tallies: Mapping[Any, Any],
    level: float = 0.95,
    q: float = 0.10,
    minimum: int = ENOUGH,
    pairs: bool = True,
) -> pd.DataFrame:
    """Every group of every segment column, and of every two columns, ranked by evidence.

    `tallies` maps column names (one, or a tuple of several) to a tally of the same responses by
    these columns. Compared with all other responses is each group of each column and, with
    `pairs`, of each two columns that stand together in a key. A set of responses is compared once:
    a pair of values that holds all responses of one of the two, and a value that names the same
    responses as a value of an earlier column, is left out.

    Returns `columns` and `values` (tuples of one or two), then the columns of `score`,
    `difference` (group less rest, points), `difference_low`, `difference_high` at `level`, `p`
    (MOVER), `p_adjusted` (Benjamini-Hochberg over every comparison made) and `verdict`: "up" or
    "down" where `p_adjusted` is at most `q`. A group or a rest of under `minimum` responses is
    "too few responses" and not tested: how many answered does not depend on what they answered.

    A pair has `first_nps` and `second_nps`, the NPS of its two values; `p_beyond`, the larger p of
    it against the rest of the one and of the other, 1 where these point elsewhere than
    `difference`; and `beyond`, whether that is at most `q` after the same correction: else one of
    its parts may be all there is to it. For one column these are NaN and True.

    Rows are ranked by `p_adjusted`, `p`, then by the limit of the difference nearest to 0, the
    farthest first; what is not tested comes last. Raises NpsError for missing columns, for
    tallies of different responses and for unfit arguments.

    >>> counts = pd.DataFrame({
    ...     "plan": ["Free", "Free", "Pro", "Pro"], "score": [0, 10, 0, 10], "n": [60, 40, 30, 70]
    ... })
    >>> scan({"plan": counts}).round(6)[["values", "difference", "verdict"]]
        values  difference verdict
    0  (Free,)       -60.0    down
    1   (Pro,)        60.0      up
    """
    checked_level(level)
    checked_rate("q", q)
    whole_number("minimum", minimum, 0)
    if not isinstance(pairs, (bool, np.bool_)):
        raise NpsError(f"pairs is {pairs!r}; it must be True or False.")
    columns, cells = _counted(tallies)
    alone = np.concatenate([np.zeros((0, 3), dtype="int64"), *columns.totals])
    same = _same_responses(alone, cells)
    kept = np.flatnonzero(same == np.arange(len(alone)))
    crossed = _new_cells(alone, cells, same) if pairs else np.zeros(0, dtype="int64")

    group = np.concatenate([alone[kept], cells.totals[crossed]])
    first = np.concatenate([np.full(len(kept), -1), cells.first[crossed]])
    second = np.concatenate([np.full(len(kept), -1), cells.second[crossed]])
    whole = _whole(columns)
    rest = whole - group
    found = differences(rest, group, level)
    enough = np.minimum(group.sum(axis=1), rest.sum(axis=1)) >= max(minimum, 1)
    p = np.where(enough, found["p"], np.nan)
    p_adjusted = adjust(p)
    change = np.where(p_adjusted <= q, found["difference"], 0.0)
    is_pair = first >= 0
    p_beyond = np.full(len(group), np.nan)
    tested = np.flatnonzero(is_pair & enough)
    p_beyond[tested] = _beyond(
        group[tested],
        found["difference"][tested],
        [alone[first[tested]], alone[second[tested]]],
        level,
    )
    names, values = _named(columns, kept, cells, crossed)
    part_nps = figures(alone, level)[NPS]
    table = pd.DataFrame(
        {
            "columns": pd.Series(names, dtype=object),
            "values": pd.Series(values, dtype=object),
            **figures(group, level),
            "difference": found["difference"],
            "difference_low": found["low"],
            "difference_high": found["high"],
            "p": p,
            "p_adjusted": p_adjusted,
            "verdict": pd.Series(
                verdicts(change, change, rest.sum(axis=1), group.sum(axis=1), minimum), dtype=object
            ),
            "first_nps": np.where(is_pair, part_nps[first], np.nan),
            "second_nps": np.where(is_pair, part_nps[second], np.nan),
            "p_beyond": p_beyond,
            "beyond": ~is_pair | (adjust(p_beyond) <= q),
        }
    )
    nearest = np.maximum(found["low"], -found["high"])
    # The places themselves come last, so that equal evidence keeps the order of the columns.
    order = np.lexsort((np.arange(len(table)), -nearest, p, p_adjusted))
    return table.iloc[order].reset_index(drop=True)


def _counted(tallies: Mapping[Any, Any]) -> tuple[_Columns, _Cells]:
    """The groups of every column and of every two columns, each counted from the first tally."""
    if not isinstance(tallies, Mapping) or not tallies:
        raise NpsError(
            f"tallies is a {type(tallies).__name__} without a tally; "
            'give a mapping of column names to counts, as {"plan": tally(frame, by="plan")}.'
        )
    columns = _Columns({}, {}, [])
    done: set[tuple[str, str]] = set()
    found: list[_Cells] = []
    for key, counts in tallies.items():
        names = column_names("tallies", key)
        if not names:
            raise NpsError("tallies has an empty key; name the columns of each tally.")
        kept = checked_counts(f"tallies[{key!r}]", counts, names)
        kept = kept[kept[COUNT] > 0].reset_index(drop=True)
        codes = {name: _codes(kept, name, columns) for name in names}
        for one, other in combinations(sorted(names, key=list(columns.values).index), 2):
            if (one, other) not in done:
                done.add((one, other))
                found.append(_cells(kept, one, other, codes, columns))
    if not found:
        none = np.zeros(0, dtype="int64")
        return columns, _Cells(none, none, np.zeros((0, 3), dtype="int64"))
    return columns, _Cells(
        np.concatenate([cells.first for cells in found]),
        np.concatenate([cells.second for cells in found]),
        np.concatenate([cells.totals for cells in found]),
    )


def _codes(counts: pd.DataFrame, name: str, columns: _Columns) -> Whole:
    """The place of each row's value among the values of the column, which are kept in `columns`."""
    ids, groups = grouped(counts, [name])
    values = groups[name].tolist()
    totals = categories(counts, ids, len(values))
    if name not in columns.values:
        columns.begins[name] = sum(len(others) for others in columns.values.values())
        columns.values[name] = values
        columns.totals.append(totals)
    known = columns.totals[list(columns.values).index(name)]
    if known.shape != totals.shape or (known != totals).any() or _differs(columns, totals):
        raise NpsError(
            f'tallies are of different responses: those by "{name}" do not agree with the others; '
            "tally the same responses by each."
        )
    return ids


def _differs(columns: _Columns, totals: Whole) -> bool:
    return bool((totals.sum(axis=0) != _whole(columns)).any())


def _whole(columns: _Columns) -> Whole:
    whole: Whole = columns.totals[0].sum(axis=0)
    return whole


def _cells(
    counts: pd.DataFrame, one: str, other: str, codes: Mapping[str, Whole], columns: _Columns
) -> _Cells:
    wide = len(columns.values[other])
    totals = categories(counts, codes[one] * wide + codes[other], len(columns.values[one]) * wide)
    place = np.flatnonzero(totals.sum(axis=1))
    return _Cells(
        columns.begins[one] + place // max(wide, 1),
        columns.begins[other] + place % max(wide, 1),
        totals[place],
    )


def _same_responses(alone: Whole, cells: _Cells) -> Whole:
    """For each group the first group that names the same responses: mostly itself.

    Two values name the same responses when the pair of them has as many as each.
    """
    same = np.arange(len(alone))
    n, n_alone = cells.totals.sum(axis=1), alone.sum(axis=1)
    twins = np.flatnonzero((n == n_alone[cells.first]) & (n == n_alone[cells.second]))
    for cell in twins[np.argsort(cells.first[twins], kind="stable")]:
        one, other = same[cells.first[cell]], same[cells.second[cell]]
        same[same == max(one, other)] = min(one, other)
    return same


def _new_cells(alone: Whole, cells: _Cells, same: Whole) -> Whole:
    """The cells that hold other responses than either of their parts and than an earlier cell."""
    n, n_alone = cells.totals.sum(axis=1), alone.sum(axis=1)
    new = np.flatnonzero((n < n_alone[cells.first]) & (n < n_alone[cells.second]))
    parts = np.sort(np.stack([same[cells.first[new]], same[cells.second[new]]]), axis=0)
    _, earliest = np.unique(parts[0] * len(alone) + parts[1], return_index=True)
    return new[np.sort(earliest)]


def _beyond(group: Whole, change: Floats, parts: list[Whole], level: float) -> Floats:
    """The larger p of the pairs against the rest of their first and of their second value."""
    worst = np.zeros(len(group))
    for part in parts:
        found = differences(part - group, group, level)
        agrees = np.sign(found["difference"]) == np.sign(change)
        worst = np.maximum(worst, np.where(agrees, found["p"], 1.0))
    return worst


def _named(
    columns: _Columns, kept: Whole, cells: _Cells, crossed: Whole
) -> tuple[list[tuple[str, ...]], list[tuple[Any, ...]]]:
    groups = [(name, value) for name, values in columns.values.items() for value in values]
    sets = [(groups[place],) for place in kept]
    both = zip(cells.first[crossed], cells.second[crossed], strict=True)
    named = [*sets, *((groups[one], groups[other]) for one, other in both)]
    return (
        [tuple(name for name, _ in each) for each in named],
        [tuple(value for _, value in each) for each in named],
    )
