"""What each value of a segment still needs, cached like the tables of `queries`."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from nps_app.view import queries
from nps_app.view.counting import KEPT as COUNTED
from nps_app.view.queries_planner import (
    ENOUGH_SHARES,
    LEVEL,
    WORST,
    by_group,
    foreseeable,
    now,
)
from nps_app.view.queries_segments import GROUP, largest
from nps_app.view.tables import group_names
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.language import current_language
from nps_core.measure import Filter, score, suppress
from nps_core.measure.pace import Pace, pace, wait
from nps_core.measure.sample_size import responses_for_margin

MOST_ROWS: Final = 40
_CATEGORIES: Final = [c.DETRACTORS, c.PASSIVES, c.PROMOTERS]
_WAITS: Final = ["per_week", "days", "days_low", "days_high"]
_KEPT: Final[dict[str, Any]] = COUNTED | {"max_entries": 256}


@dataclass(frozen=True)
class Groups:
    """A row a value of a segment: GROUP, the figures of `score` over the recent days, margin,
    needed, missing, hidden, per_week, days, days_low and days_high (NaN for never).

    `values` are the segment's values of these rows as stored, None for a missing one. `left_out`
    counts the values beyond the `MOST_ROWS` with the most recent responses.
    """

    table: pd.DataFrame
    values: tuple[str | None, ...]
    left_out: int


@dataclass(frozen=True)
class _Recent:
    """The largest groups with what does not depend on the margin wanted."""

    table: pd.DataFrame
    values: tuple[str | None, ...]
    shares: np.ndarray
    paces: list[Pace | None]
    left_out: int


def groups(
    chosen: Filter,
    column: str,
    margin: float,
    worst: bool,
    minimum: int,
    today: date | None = None,
) -> Groups:
    """What each value of a segment column still needs for the margin, at its own pace."""
    return _groups(
        store_version(),
        chosen,
        column,
        margin,
        worst,
        minimum,
        today or date.today(),
        current_language(),
    )


@st.cache_data(**_KEPT)
def _groups(
    version: int,
    chosen: Filter,
    column: str,
    margin: float,
    worst: bool,
    minimum: int,
    today: date,
    language: str,
) -> Groups:
    recent = _recent(version, chosen, column, minimum, today, language)
    table, shares = recent.table.copy(), recent.shares
    if worst:
        shares = np.broadcast_to(np.array([WORST]), shares.shape)
    needed = responses_for_margin(shares, margin, LEVEL).astype("float64")
    table["needed"] = np.where(table["hidden"] == "", needed, np.nan)
    table["missing"] = (table["needed"] - table[c.RESPONSES]).clip(lower=0)
    waits = [_waits(own, n) for own, n in zip(recent.paces, table["missing"], strict=True)]
    table[_WAITS] = np.array(waits, dtype="float64").reshape(len(table), len(_WAITS))
    return Groups(table, recent.values, recent.left_out)


@st.cache_data(**_KEPT)
def _recent(
    version: int, chosen: Filter, column: str, minimum: int, today: date, language: str
) -> _Recent:
    start = now(chosen, today)
    every = None
    recent = chosen
    if start.pace is not None:
        recent, every = replace(chosen, start=start.pace.start, end=start.pace.end), "day"
    counted = by_group(queries.counts(recent, (column,), every), column)
    whole = score(by_group(queries.counts(chosen, (column,)), column), GROUP)
    table = score(counted, GROUP).set_index(GROUP).reindex(whole[GROUP]).reset_index()
    table[[c.RESPONSES, *_CATEGORIES]] = table[[c.RESPONSES, *_CATEGORIES]].fillna(0)
    table["margin"] = (table[c.HIGH] - table[c.LOW]) / 2
    # Hidden before cut to the largest: of two groups alike the same one is hidden everywhere.
    hidden = suppress(table, GROUP, minimum=minimum)
    kept = largest(hidden, MOST_ROWS)
    kept = kept.assign(text=group_names(hidden[GROUP]), place=kept.index)
    kept["is_hidden"] = kept["hidden"] != ""
    # Hidden groups come last and by name: their place would tell what is hidden.
    kept = kept.sort_values(
        ["is_hidden", c.RESPONSES, "text"], ascending=[True, False, True], na_position="last"
    )
    paces = [
        None if row["is_hidden"] else _pace_of(counted, row[GROUP], start.pace)
        for _, row in kept.iterrows()
    ]
    known = whole.loc[kept["place"], [*_CATEGORIES]].to_numpy(dtype="float64")
    n = known.sum(axis=1, keepdims=True)
    own = (n >= ENOUGH_SHARES) & (known.max(axis=1, keepdims=True) < n)
    shares = np.where(own, known / np.maximum(n, 1), np.array([start.shares]))
    values = tuple(None if pd.isna(value) else value for value in kept[GROUP])
    kept[GROUP] = kept["text"]
    table = kept.drop(columns=["text", "place", "is_hidden"]).reset_index(drop=True)
    return _Recent(table, values, shares, paces, len(hidden) - len(kept))


def _pace_of(counted: pd.DataFrame, value: Any, overall: Pace | None) -> Pace | None:
    """The group's own pace over the same days as that of all; None without dates."""
    if overall is None or overall.start is None or overall.end is None:
        return None
    missing = counted[GROUP].isna()
    part = counted[missing if pd.isna(value) else counted[GROUP] == value]
    end = overall.end + timedelta(days=1)
    return pace(part, today=end, days=overall.days, since=overall.start)


def _waits(own: Pace | None, missing: float) -> list[float | None]:
    if own is None:
        return [None] * len(_WAITS)
    if not foreseeable(own):
        return [7 * own.per_day, None, None, None]
    found = wait(own, int(missing))
    return [7 * own.per_day, found.days, found.low, found.high]
