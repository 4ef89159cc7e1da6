"""The finished tables pages draw, cached on (store version, Filter, plain arguments).

A frame is never a cache key: hashing one samples it and misses changed scores. Streamlit hands
each caller its own copy of a cached value, so a page cannot spoil it for the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import narwhals as nw
import pandas as pd
import streamlit as st

from nps_app.view import counting
from nps_app.view.counting import KEPT, Freshness
from nps_app.view.widgets.session import current_store, store_version
from nps_core import columns as c
from nps_core.measure import (
    Comparison,
    Filter,
    ProductChange,
    apply,
    score,
)
from nps_core.measure import trend as measure_trend
from nps_core.measure.arguments import SegmentChoice
from nps_core.measure.change_verdicts import change_verdicts_daily
from nps_core.measure.reading import compare_spans as measure_spans
from nps_core.measure.windows import Window

_MIXED: Final = 30
"""Values a segment may have for its mix to be held fixed: with more, most groups are too small."""

Span = tuple[date, date]
"""The first and the last day, both inclusive."""

_NO_DAYS: Final = pd.DataFrame({c.PERIOD: pd.to_datetime([]), c.SCORE: [0][:0], c.COUNT: [0][:0]})


@dataclass(frozen=True)
class Drilldown:
    """The newest `rows` of a selection, and how many responses it holds in all."""

    rows: pd.DataFrame
    total: int


def counts(chosen: Filter, by: Sequence[str] = (), every: str | None = None) -> pd.DataFrame:
    """Counts of the chosen responses: period (with `every`), *by, score, n."""
    return counting.counts(store_version(), chosen, tuple(by), every)


def headline(chosen: Filter, level: float = 0.95) -> pd.DataFrame:
    """The NPS of the chosen responses: one row as `nps_core.score` returns it."""
    return _headline(store_version(), chosen, level)


@st.cache_data(**KEPT)
def _headline(version: int, chosen: Filter, level: float) -> pd.DataFrame:
    return score(counting.counts(version, chosen, (), None), level=level)


def distribution(chosen: Filter) -> pd.DataFrame:
    """How often each score was given: score 0..10, n, share (of 1; NaN when nobody answered)."""
    given = counts(chosen).set_index(c.SCORE)[c.COUNT]
    every_score = pd.RangeIndex(c.LOWEST_SCORE, c.HIGHEST_SCORE + 1, name=c.SCORE)
    table = given.reindex(every_score, fill_value=0).reset_index()
    total = table[c.COUNT].sum()
    return table.assign(share=table[c.COUNT] / total if total else float("nan"))


def trend(
    chosen: Filter,
    every: str = "week",
    window: int | None = None,
    by: Sequence[str] = (),
    level: float = 0.95,
) -> pd.DataFrame:
    """The NPS per period, as `nps_core.trend` returns it; the running period is incomplete."""
    return _trend(store_version(), chosen, every, window, tuple(by), level, date.today())


@st.cache_data(**KEPT)
def _trend(
    version: int,
    chosen: Filter,
    every: str,
    window: int | None,
    by: tuple[str, ...],
    level: float,
    today: date,
) -> pd.DataFrame:
    days = counting.counts(version, chosen, by, "day")
    return measure_trend(days, every, window=window, by=by, today=today, level=level)


def before_after(
    chosen: Filter,
    days: int = 28,
    washout: int = 0,
    level: float = 0.95,
    responses: int | None = None,
) -> pd.DataFrame:
    """Each product change with the NPS before and after it, as `change_verdicts` reads them."""
    return _before_after(store_version(), chosen, days, washout, level, responses)


@st.cache_data(**KEPT)
def _before_after(
    version: int, chosen: Filter, days: int, washout: int, level: float, responses: int | None
) -> pd.DataFrame:
    # The windows lie around each change, not inside the dates a person picked for the page.
    undated = replace(chosen, start=None, end=None)

    def daily(scope: SegmentChoice) -> pd.DataFrame:
        narrowed = within_scope(undated, scope)
        return _NO_DAYS if narrowed is None else counting.days(version, narrowed)

    def by_account(change: ProductChange, window: Window) -> pd.DataFrame | None:
        dated = within_window(window, within_scope(undated, change.segments))
        if dated is None or not has_accounts():
            return None
        return counting.by_account(version, dated)

    columns = mix_columns()

    def mixes(change: ProductChange, window: Window) -> dict[tuple[str, ...], pd.DataFrame]:
        dated = within_window(window, within_scope(undated, change.segments))
        if dated is None:
            return {}
        return {(name,): counting.counted_once(version, dated, (name,), None) for name in columns}

    return change_verdicts_daily(
        daily,
        by_account,
        mixes,
        stored_changes(),
        days=days,
        washout=washout,
        level=level,
        responses=responses,
        data_end=freshness().newest,
    )


def compare_spans(chosen: Filter, before: Span, after: Span) -> Comparison:
    """The NPS of two spans of days (first, last), read as cautiously as a product change.

    The filter's dates do not cut them, and the history behind them is that of its segments.
    """
    return _compare_spans(store_version(), replace(chosen, start=None, end=None), before, after)


@st.cache_data(**KEPT)
def _compare_spans(version: int, chosen: Filter, before: Span, after: Span) -> Comparison:
    accounts = None
    if has_accounts():
        spans = (replace(chosen, start=first, end=last) for first, last in (before, after))
        accounts = [counting.by_account(version, span) for span in spans]
    shipped = [change.date for change in stored_changes()]
    return measure_spans(counting.days(version, chosen), before, after, accounts, shipped)


def within_window(window: Window, chosen: Filter | None) -> Filter | None:
    """The filter cut to the days of a window; None when nothing can lie in it."""
    if chosen is None or window.stop <= window.start:
        return None
    first, last = window.days
    return replace(chosen, start=first, end=last)


def mix_columns() -> list[str]:
    """The segments whose mix is held fixed around a product change: those with few values."""
    return [column for column in segment_columns() if 1 < len(options(column)) <= _MIXED]


def has_accounts() -> bool:
    """Whether any response names its account."""
    return _has_accounts(store_version())


@st.cache_data(**KEPT)
def _has_accounts(version: int) -> bool:
    named = nw.from_native(current_store().responses()).lazy().select(c.ACCOUNT_ID).drop_nulls()
    return bool(len(named.head(1).collect()))


def within_scope(chosen: Filter, scope: SegmentChoice) -> Filter | None:
    """The chosen filter narrowed to a product change's scope; None when nothing lies in both."""
    segments = dict(chosen.segments)
    if chosen.survey_types:
        segments[c.SURVEY_TYPE] = chosen.survey_types
    for column, values in scope:
        kept = tuple(value for value in segments.get(column, values) if value in values)
        if not kept:
            return None
        segments[column] = kept
    return Filter(start=chosen.start, end=chosen.end, segments=segments)


def changes() -> list[ProductChange]:
    """The product changes, oldest first."""
    return sorted(stored_changes(), key=lambda change: change.date)


def stored_changes() -> list[ProductChange]:
    """The product changes in the store's order: `change` in `before_after` is a place in it."""
    return _stored_changes(store_version())


@st.cache_data(**KEPT)
def _stored_changes(version: int) -> list[ProductChange]:
    return current_store().changes()


def segment_columns() -> list[str]:
    """The columns one can filter and group by: the named ones first, only those with values."""
    return _segment_columns(store_version())


@st.cache_data(**KEPT)
def _segment_columns(version: int) -> list[str]:
    return [
        column
        for column in current_store().segment_columns()
        if column not in c.NAMED_SEGMENTS or any(v is not None for v, _ in options(column))
    ]


def options(column: str) -> list[tuple[str | None, int]]:
    """The values of a segment column (or survey_type) with their counts; None is missing.

    Most frequent first, missing last; counted over everything stored.
    """
    return counting.options(store_version(), column)


def selected_of_total(chosen: Filter) -> tuple[int, int]:
    """How many responses the filter keeps, and how many there are."""
    return int(counts(chosen)[c.COUNT].sum()), freshness().responses


def freshness() -> Freshness:
    """How much is stored, and the days it spans."""
    return counting.freshness(store_version())


def responses(chosen: Filter, limit: int = 200) -> Drilldown:
    """The newest chosen responses, at most `limit`, for a person to read."""
    return _responses(store_version(), chosen, limit)


@st.cache_data(**{**KEPT, "max_entries": 64})
def _responses(version: int, chosen: Filter, limit: int) -> Drilldown:
    frame = nw.from_native(apply(current_store().responses(), chosen)).lazy()
    newest = frame.sort(c.RESPONDED_AT, c.RESPONSE_ID, descending=True, nulls_last=True)
    total = int(counting.counts(version, chosen, (), None)[c.COUNT].sum())
    return Drilldown(newest.head(limit).collect("pandas").to_native(), total)
