"""The counts behind every table, cached on (store version, Filter): the one place that scans.

One scan serves as many views as it can: dates are cut out of counts by day, and the responses are
read once a version as small numbers (coded.py), from which any filter and window is counted in
milliseconds. `version` is the store's, so that no count outlives its data.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import streamlit as st

from nps_app.view.coded import Coded, code
from nps_app.view.widgets.session import current_store
from nps_core import columns as c
from nps_core.measure import Filter, apply, tally

EVERYTHING: Final = Filter()
_MOST_CODED: Final = 5_000_000
_MOST_VALUES: Final = 30
_MOST_COLUMNS: Final = 24
"""Beyond these responses are counted in the store: some 40 bytes each are kept at the most."""

KEPT: Final[dict[str, Any]] = {
    "ttl": timedelta(hours=12),
    "max_entries": 512,
    "show_spinner": False,
    "hash_funcs": {Filter: repr},
}


@dataclass(frozen=True)
class Freshness:
    """How much is stored and of when: days of the oldest and newest dated response, or None."""

    responses: int
    oldest: date | None
    newest: date | None


@st.cache_data(**KEPT)
def counts(version: int, chosen: Filter, by: tuple[str, ...], every: str | None) -> pd.DataFrame:
    """What `tally` returns for the chosen responses, from as few scans as can be."""
    if every == "day" and not by:
        return _within(days(version, replace(chosen, start=None, end=None)), chosen)
    if every is None and not by:
        return _added(counts(version, chosen, (), "day"))
    one_of_all = chosen == EVERYTHING and every is None and len(by) == 1
    if every in (None, "day") and not one_of_all:
        return counted_once(version, chosen, by, every)
    # What a column holds is counted where it lies: `coded` has to know it first.
    return tally(apply(current_store().responses(), chosen), by=by, every=every)


@st.cache_data(**KEPT)
def days(version: int, chosen: Filter) -> pd.DataFrame:
    """Counts by day: they serve the card, the distribution, the trend and any dates."""
    if chosen == EVERYTHING:
        return tally(current_store().responses(), every="day")
    return counted_once(version, chosen, (), "day")


def by_account(version: int, chosen: Filter) -> pd.DataFrame:
    """Counts by account, which may be numbered instead of named."""
    rows = coded(version)
    if rows is not None and rows.serves(chosen):
        return rows.by_account(chosen)
    return tally(apply(current_store().responses(), chosen), by=c.ACCOUNT_ID)


def counted_once(
    version: int, chosen: Filter, by: tuple[str, ...], every: str | None
) -> pd.DataFrame:
    """What `counts` returns, not kept: for what is counted once, for a result that is kept."""
    rows = coded(version)
    if rows is not None and rows.serves(chosen, by):
        return rows.tally(chosen, by, daily=every == "day")
    return tally(apply(current_store().responses(), chosen), by=by, every=every)


@st.cache_resource(**KEPT | {"max_entries": 1})
def coded(version: int) -> Coded | None:
    """The responses as small numbers, read once a version; None when they are too many to keep."""
    if freshness(version).responses > _MOST_CODED:
        return None
    columns = (c.SURVEY_TYPE, *current_store().segment_columns())
    values = {name: [value for value, _ in options(version, name)] for name in columns}
    few = [name for name, some in values.items() if len(some) <= _MOST_VALUES]
    kept = {name: values[name] for name in few[:_MOST_COLUMNS]}
    return code(current_store().responses(), kept)


def _within(counted: pd.DataFrame, chosen: Filter) -> pd.DataFrame:
    if chosen.start is None and chosen.end is None:
        return counted
    first = pd.Timestamp(chosen.start or pd.Timestamp.min)
    last = pd.Timestamp(chosen.end or pd.Timestamp.max)
    return counted[counted[c.PERIOD].between(first, last)].reset_index(drop=True)


def _added(counted: pd.DataFrame) -> pd.DataFrame:
    return counted.groupby(c.SCORE)[c.COUNT].sum().reset_index()


@st.cache_data(**KEPT)
def options(version: int, column: str) -> list[tuple[str | None, int]]:
    """The values of a column with their counts, the most frequent first, missing last."""
    groups = counts(version, EVERYTHING, (column,), None)
    totals = groups.groupby(column, dropna=False)[c.COUNT].sum()
    pairs = [(None if pd.isna(v) else str(v), int(n)) for v, n in totals.items()]
    return sorted(pairs, key=lambda pair: (pair[0] is None, -pair[1], pair[0] or ""))


@st.cache_data(**KEPT)
def freshness(version: int) -> Freshness:
    """How much is stored, and the days it spans."""
    counted = counts(version, EVERYTHING, (), "day")
    dated = counted[c.PERIOD].dropna()
    return Freshness(
        int(counted[c.COUNT].sum()),
        None if dated.empty else dated.min().date(),
        None if dated.empty else dated.max().date(),
    )
