"""The counts behind every table, cached on (store version, Filter): the one place that scans.

One scan serves as many views as it can: dates are cut out of counts by day, values of a segment
out of counts of all its values. `version` is the store's, so that no count outlives its data.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import prod
from typing import Any, Final

import pandas as pd
import streamlit as st

from nps_app.view.widgets.session import current_store
from nps_core import columns as c
from nps_core.measure import Filter, apply, tally

EVERYTHING: Final = Filter()
_MOST_COMBINATIONS: Final = 2_000
_MOST_COUNTS: Final = 100_000
"""Rows of a table kept to choose from; beyond it the responses are counted anew for each choice."""

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
        return _added(counts(version, chosen, (), "day"), ())
    if every is None and chosen != EVERYTHING and set(by) <= set(_together(version)):
        return _added(_groups(version, chosen), by)
    return tally(apply(current_store().responses(), chosen), by=by, every=every)


@st.cache_data(**KEPT)
def days(version: int, chosen: Filter) -> pd.DataFrame:
    """Counts by day: one scan serves the card, the distribution, the trend and any dates."""
    by = _restricted(chosen)
    if not by or not _few(version, by, chosen):
        return tally(apply(current_store().responses(), chosen), every="day")
    groups = _day_groups(version, by, chosen.start, chosen.end)
    kept = apply(groups, replace(chosen, start=None, end=None))
    return kept.groupby([c.PERIOD, c.SCORE], dropna=False)[c.COUNT].sum().reset_index()


@st.cache_resource(**KEPT | {"max_entries": 32})
def _day_groups(
    version: int, by: tuple[str, ...], start: date | None, end: date | None
) -> pd.DataFrame:
    """Counts by day and these segments: one scan serves whichever of their values are chosen."""
    frame = apply(current_store().responses(), Filter(start=start, end=end))
    return tally(frame, by=by, every="day").astype(dict.fromkeys(by, "category"))


def _restricted(chosen: Filter) -> tuple[str, ...]:
    survey_type = [c.SURVEY_TYPE] if chosen.survey_types else []
    return tuple(sorted({*dict(chosen.segments), *survey_type}))


def _few(version: int, by: tuple[str, ...], chosen: Filter) -> bool:
    """Whether the counts by day and these segments stay a small table."""
    known = {c.SURVEY_TYPE, *current_store().segment_columns()}
    fresh = freshness(version)
    first, last = chosen.start or fresh.oldest, chosen.end or fresh.newest
    if not known.issuperset(by) or first is None or last is None:
        return False
    values = prod(max(1, len(options(version, column))) for column in by)
    return (last - first).days * values * (c.HIGHEST_SCORE + 1) <= _MOST_COUNTS


@st.cache_data(**KEPT)
def _groups(version: int, chosen: Filter) -> pd.DataFrame:
    """Counts by all the segments with few values: one scan serves the table of each."""
    by = _together(version)
    undated = chosen.start is None and chosen.end is None
    if chosen != EVERYTHING and undated and set(_restricted(chosen)) <= set(by):
        # Counted for everything already: no scan at all.
        return apply(_groups(version, EVERYTHING), chosen)
    groups = tally(apply(current_store().responses(), chosen), by=by)
    # Categories are added up, and copied out of the cache, several times faster than text.
    return groups.astype(dict.fromkeys(by, "category"))


@st.cache_data(**KEPT)
def _together(version: int) -> tuple[str, ...]:
    """The segments that are counted in one scan, while their combinations stay few."""
    taken: list[str] = []
    combinations = 1
    for column in (c.SURVEY_TYPE, *current_store().segment_columns()):
        values = max(1, len(options(version, column)))
        if combinations * values <= _MOST_COMBINATIONS:
            combinations *= values
            taken.append(column)
    return tuple(taken)


def _within(counted: pd.DataFrame, chosen: Filter) -> pd.DataFrame:
    if chosen.start is None and chosen.end is None:
        return counted
    first = pd.Timestamp(chosen.start or pd.Timestamp.min)
    last = pd.Timestamp(chosen.end or pd.Timestamp.max)
    return counted[counted[c.PERIOD].between(first, last)].reset_index(drop=True)


def _added(counted: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    grouped = counted.groupby([*by, c.SCORE], dropna=False, observed=True)
    sums = grouped[c.COUNT].sum().reset_index()
    for name in by:
        # A missing value comes back as NaN; `tally` says None.
        values = sums[name].astype(object)
        sums[name] = values.where(values.notna(), None)
    return sums


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
