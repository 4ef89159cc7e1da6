"""Every group of every segment on two spans of days: which moved, corrected for all of them."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from nps_app.view import queries
from nps_app.view.counting import KEPT
from nps_app.view.queries_overview import FALSE_FINDS, MANY_VALUES
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.measure import Filter, score, suppress
from nps_core.measure.explain import compare_groups, explain

_BY = ["segment", "value"]

Group = tuple[str, Any]


@dataclass(frozen=True)
class Moved:
    """Groups on two spans, those too small on either not among them.

    `table` has segment, value, what `explain` and `compare_groups` return, the clear ones first,
    then by evidence; `compared` counts the comparisons corrected for, shown or not, `hidden` the
    groups kept back.
    """

    table: pd.DataFrame
    compared: int
    hidden: int


def moved_groups(before: Filter, after: Filter) -> Moved:
    """The groups of `before` and `after`, two filters that differ by their days."""
    return _moved_groups(store_version(), before, after, minimum_responses())


@st.cache_data(**KEPT)
def _moved_groups(version: int, before: Filter, after: Filter, minimum: int) -> Moved:
    sides = [_stacked(before), _stacked(after)]
    if any(side.empty for side in sides):
        return Moved(pd.DataFrame(), 0, 0)
    shown = _shown(sides[0], minimum) & _shown(sides[1], minimum)
    first, second = sides
    own = compare_groups(first, second, _BY, q=FALSE_FINDS).drop(columns=_BY)
    table = pd.concat([explain(first, second, _BY), own], axis=1)
    compared = int(table["p"].notna().sum())
    groups = list(zip(table["segment"], map(_plain, table["value"]), strict=True))
    kept = table[[group in shown for group in groups]]
    clear = kept["verdict"].isin(["up", "down"])
    order = kept.assign(quiet=~clear).sort_values(["quiet", "p"], kind="stable")
    return Moved(
        order.drop(columns=["quiet", "rate", "mix"]).reset_index(drop=True),
        compared,
        len(table) - len(kept),
    )


def _stacked(chosen: Filter) -> pd.DataFrame:
    """Counts of every segment with few values under one another."""
    parts = []
    for column in queries.segment_columns():
        if not 1 < len(queries.options(column)) <= MANY_VALUES:
            continue
        counts = queries.counts(chosen, (column,))
        named = {"segment": column, "value": counts[column].astype(object)}
        parts.append(pd.DataFrame(named | {key: counts[key] for key in (c.SCORE, c.COUNT)}))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _shown(stacked: pd.DataFrame, minimum: int) -> set[Group]:
    """The groups that are not hidden, each segment for itself as on the Segments page."""
    shown: set[Group] = set()
    for column, part in stacked.groupby("segment"):
        table = suppress(score(part, "value"), "value", minimum=minimum)
        values = table.loc[table["hidden"] == "", "value"]
        shown |= {(str(column), _plain(value)) for value in values}
    return shown


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value
