"""The finished tables of the segments and product changes pages, cached like those of `queries`.

What a page shows is hidden across it: the table, both charts, their hover texts and downloads are
all made from the tables here, in which hidden figures are NaN. Groups are named in the language
spoken, which is among the arguments of what is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from nps_app.view import queries, queries_definitions
from nps_app.view.counting import KEPT as COUNTED
from nps_app.view.small_windows import without_small_windows
from nps_app.view.tables import group_names
from nps_app.view.widgets.session import current_store, store_version
from nps_core import columns as c
from nps_core.language import current_language, mark
from nps_core.measure import Filter, ProductChange, against_rest, suppress
from nps_core.measure.definitions import ScoreDefinition
from nps_core.measure.pairs import hidden_pairs
from nps_core.measure.reasons import reason
from nps_core.measure.suppress import COMPLEMENTARY, FEW

DEFAULT_MINIMUM: Final = 5
WITH_ITS_GROUP: Final = mark("hidden with its group")
ORDERS: Final = (mark("NPS"), mark("Responses"), mark("Name"))
MOST_ROWS: Final = 12
MOST_COLUMNS: Final = 8
GROUP: Final = "segment"
ACROSS: Final = "across"
"""Columns of the tables here: a segment of the data may be called nps or verdict itself."""

_MINIMUM: Final = "minimum_responses"
_REST: Final = "\0"
_KEPT: Final[dict[str, Any]] = COUNTED | {"max_entries": 256}


@dataclass(frozen=True)
class SegmentTable:
    """Groups against the rest, small ones hidden; what is hidden comes last, by name.

    `table` has the value in `GROUP` (of a pair, the second one in `ACROSS`) and what
    `nps_core.suppress` returns. `compared` counts the comparisons corrected for, shown or not;
    `left_out` the values of the first and of the second segment a heatmap has no room for.
    """

    table: pd.DataFrame
    compared: int
    left_out: tuple[int, int] = (0, 0)


def minimum_responses() -> int:
    """Groups with fewer responses than this are hidden, for everybody who uses the store."""
    return _minimum_responses(store_version())


@st.cache_data(**_KEPT)
def _minimum_responses(version: int) -> int:
    stored = current_store().setting(_MINIMUM, DEFAULT_MINIMUM)
    return stored if isinstance(stored, int) and stored >= 1 else DEFAULT_MINIMUM


def save_minimum(minimum: int) -> None:
    """Set the fewest responses a shown group has. Raises StoreError when nothing can be saved."""
    current_store().set_setting(_MINIMUM, minimum)


def by_segment(chosen: Filter, column: str, order: str, minimum: int) -> SegmentTable:
    """Each value of `column` against the rest, in one of `ORDERS`."""
    return _by_segment(store_version(), chosen, column, order, minimum, current_language())


def by_segment_scored(
    chosen: Filter, column: str, order: str, minimum: int, definition: ScoreDefinition
) -> SegmentTable:
    """The chosen score of each value of `column`, compared with nothing.

    A value is hidden when the score is made of too few responses, or all its responses are few.
    """
    scored = queries_definitions.by_column(chosen, definition, column)
    table = suppress(scored, GROUP, minimum=minimum)
    also = by_segment(chosen, column, order, minimum).table
    hidden_there = set(also.loc[_is_hidden(also), GROUP])
    table[GROUP] = group_names(table[GROUP])
    both = table[GROUP].isin(hidden_there) & ~_is_hidden(table)
    numbers = table.select_dtypes("number").columns
    table[numbers] = table[numbers].mask(both)
    table["hidden"] = table["hidden"].mask(both, COMPLEMENTARY)
    return SegmentTable(_ordered(table, order), 0)


@st.cache_data(**_KEPT)
def _by_segment(
    version: int, chosen: Filter, column: str, order: str, minimum: int, language: str
) -> SegmentTable:
    compared = against_rest(_counts(chosen, (column,)), GROUP)
    # Hidden before named, as on every other page: of two groups alike the same one is hidden.
    table = suppress(compared, GROUP, minimum=minimum)
    table[GROUP] = group_names(table[GROUP])
    return SegmentTable(_ordered(table, order), int(compared["p"].notna().sum()))


def by_pair(chosen: Filter, rows: str, columns: str, order: str, minimum: int) -> SegmentTable:
    """Each pair of values of two segment columns against the rest: a row a cell, empty ones too.

    At most `MOST_ROWS` by `MOST_COLUMNS` values are in it, those with the most responses. A value
    that is hidden in its own table is hidden whole; further cells are hidden so that neither
    those tables nor the total betray a small one.
    """
    return _by_pair(store_version(), chosen, rows, columns, order, minimum, current_language())


@st.cache_data(**_KEPT)
def _by_pair(
    version: int,
    chosen: Filter,
    rows: str,
    columns: str,
    order: str,
    minimum: int,
    language: str,
) -> SegmentTable:
    compared = against_rest(_counts(chosen, (rows, columns)), (GROUP, ACROSS))
    for name in (GROUP, ACROSS):
        compared[name] = group_names(compared[name])
    down, across = (by_segment(chosen, name, order, minimum).table for name in (rows, columns))
    kept_down, kept_across = largest(down, MOST_ROWS), largest(across, MOST_COLUMNS)
    grid = pd.MultiIndex.from_product([kept_down[GROUP], kept_across[GROUP]], names=[GROUP, ACROSS])
    figures = compared.set_index([GROUP, ACROSS])
    cells = figures.reindex(grid).reset_index()
    cells[c.RESPONSES] = cells[c.RESPONSES].fillna(0)
    hidden = _hidden(figures[c.RESPONSES], kept_down, kept_across, minimum)
    apart = np.logical_or.outer(_is_hidden(kept_down), _is_hidden(kept_across)).ravel()
    small = cells[c.RESPONSES].between(1, minimum - 1).to_numpy()
    few = reason(FEW, minimum=minimum)
    cells["hidden"] = pd.Series(
        [
            ""
            if not is_hidden
            else WITH_ITS_GROUP
            if is_apart
            else few
            if is_small
            else COMPLEMENTARY
            for is_hidden, is_apart, is_small in zip(hidden, apart, small, strict=True)
        ],
        index=cells.index,
        dtype=object,
    )
    numbers = cells.columns.difference([GROUP, ACROSS, "verdict", "hidden"], sort=False)
    cells[numbers] = cells[numbers].astype("float64")
    cells.loc[hidden, numbers] = np.nan
    cells["verdict"] = cells["verdict"].fillna("").mask(hidden, "")
    left_out = (len(down) - len(kept_down), len(across) - len(kept_across))
    return SegmentTable(cells, int(compared["p"].notna().sum()), left_out)


def measured_changes(
    chosen: Filter, days: int, washout: int
) -> list[tuple[ProductChange, pd.Series]]:
    """Each product change with its row of the measured `before_after` table, the latest first."""
    stored = dict(enumerate(queries.stored_changes()))
    table = queries.before_after(chosen, days, washout)
    rows = [row for _, row in without_small_windows(table, minimum_responses()).iterrows()]
    # Another tab may have saved between the two looks: a row of another change is passed over.
    pairs = [
        (stored[row["change"]], row)
        for row in rows
        if row["change"] in stored and stored[row["change"]].title == row["title"]
    ]
    return sorted(pairs, key=lambda pair: (pair[0].date, pair[0].id or 0), reverse=True)


def _counts(chosen: Filter, by: Sequence[str]) -> pd.DataFrame:
    """Counts by one or two segments under the names the tables here use."""
    counted = queries.counts(chosen, by)
    columns = dict(zip((GROUP, ACROSS), by, strict=False))
    kept = {name: counted[column] for name, column in columns.items()}
    return pd.DataFrame(kept | {name: counted[name] for name in (c.SCORE, c.COUNT)})


def _ordered(table: pd.DataFrame, order: str) -> pd.DataFrame:
    """Hidden groups come last and by name: their place would tell what is hidden."""
    by_name = table.sort_values(GROUP, key=lambda names: names.str.casefold())
    shown = by_name["hidden"] == ""
    if order != "Name":
        key = c.NPS if order == "NPS" else c.RESPONSES
        ranked = by_name[shown].sort_values(key, ascending=False, kind="stable")
        return pd.concat([ranked, by_name[~shown]], ignore_index=True)
    return pd.concat([by_name[shown], by_name[~shown]], ignore_index=True)


def _is_hidden(table: pd.DataFrame) -> np.ndarray:
    return (table["hidden"] != "").to_numpy(dtype=bool)


def largest(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """The `most` values with the most responses, in the order they had, shown ones first."""
    by_size = table.sort_values(c.RESPONSES, ascending=False, kind="stable", na_position="last")
    return table.loc[sorted(by_size.index[:most])]


def _hidden(
    responses: pd.Series, down: pd.DataFrame, across: pd.DataFrame, minimum: int
) -> np.ndarray:
    """The hidden cells of the grid, row by row.

    Values without room are added up in one more row and column, which nobody sees: a reader knows
    whether there are any, so without them there is no such line to hide behind.
    """
    counted = responses.reset_index()
    for name, table in ((GROUP, down), (ACROSS, across)):
        counted[name] = counted[name].where(counted[name].isin(table[GROUP]), _REST)
    wide = counted.pivot_table(c.RESPONSES, GROUP, ACROSS, aggfunc="sum", fill_value=0)
    rows = [*down[GROUP], *([_REST] if _REST in wide.index else [])]
    columns = [*across[GROUP], *([_REST] if _REST in wide.columns else [])]
    whole = wide.reindex(index=rows, columns=columns, fill_value=0)
    shape = (len(down), len(across))
    drawn = np.zeros(whole.shape, dtype=bool)
    drawn[: shape[0], : shape[1]] = True
    hidden = hidden_pairs(
        whole.to_numpy(dtype="int64"),
        np.resize(np.append(_is_hidden(down), False), len(rows)),
        np.resize(np.append(_is_hidden(across), False), len(columns)),
        drawn,
        minimum,
    )
    return hidden[: shape[0], : shape[1]].ravel()
