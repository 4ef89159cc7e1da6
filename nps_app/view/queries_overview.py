"""What the Overview and Trend pages ask for beyond queries.py."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import streamlit as st

from nps_app.store.records import ImportRecord
from nps_app.view import queries, queries_definitions
from nps_app.view.benchmarks import SETTING, Benchmarks
from nps_app.view.counting import KEPT as COUNTED
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.small_windows import without_small_windows
from nps_app.view.tables import period_end
from nps_app.view.widgets.session import current_store, store_version
from nps_core import columns as c
from nps_core.language import mark
from nps_core.measure import Comparison, Filter, against_rest, compare, suppress
from nps_core.measure import trend as measure_trend
from nps_core.measure.definitions import ScoreDefinition

MANY_VALUES: Final = 30
"""A column with more values than this is not compared: it is closer to a name than a segment."""

FALSE_FINDS: Final = 0.10
KEPT: Final[dict[str, Any]] = COUNTED | {"max_entries": 256}


@dataclass(frozen=True)
class PeriodMove:
    """The last complete period against the one before it; the days are inclusive.

    `cut` holds a marked sentence for each side the date filter leaves incomplete.
    """

    comparison: Comparison
    every: str
    before_start: date
    before_end: date
    start: date
    end: date
    cut: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """Groups against the rest over several segment columns, corrected together.

    `table` has segment, value, the columns of `score`, difference, difference_low,
    difference_high, p_adjusted and verdict, the largest clear differences first. `compared`
    counts the comparisons corrected for, `hidden` the groups too small to show.
    """

    table: pd.DataFrame
    compared: int
    hidden: int


def period_move(chosen: Filter, every: str, today: date | None = None) -> PeriodMove | None:
    """Compare the last complete week, month or quarter that holds responses with the one before.

    None when there is no such period. A filter that ends inside a period leaves it incomplete.
    """
    return _period_move(store_version(), chosen, every, today or date.today())


@st.cache_data(**KEPT)
def _period_move(version: int, chosen: Filter, every: str, today: date) -> PeriodMove | None:
    days = queries.counts(chosen, every="day")
    now = today
    if chosen.end is not None:
        now = min(now, chosen.end + timedelta(days=1))
    periods = measure_trend(days, every, today=now)
    over = periods[periods["complete"] & (periods[c.RESPONSES] > 0)]
    if over.empty:
        return None
    start = over[c.PERIOD].max()
    before = _previous(start, every)
    before_end = start - pd.Timedelta(days=1)
    end = period_end(start, every)
    cut = (
        (mark("The date filter leaves out part of the earlier period."),)
        if chosen.start is not None and chosen.start > before.date()
        else ()
    )
    return PeriodMove(
        _compared(chosen, days, (before.date(), before_end.date()), (start.date(), end.date())),
        every,
        before.date(),
        before_end.date(),
        start.date(),
        end.date(),
        cut,
    )


def _compared(
    chosen: Filter, days: pd.DataFrame, before: queries.Span, after: queries.Span
) -> Comparison:
    """Both periods as far as the date filter leaves them; ordinary weeks are those of all dates."""
    whole = chosen.start is None or chosen.start <= before[0]
    if whole and (chosen.end is None or chosen.end >= after[1]):
        return queries.compare_spans(chosen, before, after)
    earlier, later = (
        days[days[c.PERIOD].between(pd.Timestamp(first), pd.Timestamp(last))]
        for first, last in (before, after)
    )
    return compare(earlier, later)


def _previous(start: pd.Timestamp, every: str) -> pd.Timestamp:
    steps = {
        "week": pd.DateOffset(days=7),
        "month": pd.DateOffset(months=1),
        "quarter": pd.DateOffset(months=3),
    }
    return start - steps[every]


def measured_changes(chosen: Filter) -> pd.DataFrame:
    """Give each product change measured before and after, with its note beside."""
    table = without_small_windows(queries.before_after(chosen), minimum_responses())
    notes = [change.note for change in queries.stored_changes()]
    return table.assign(note=[notes[position] for position in table["change"]])


def latest_change(chosen: Filter) -> pd.Series | None:
    """Give the newest product change that lies within the data's dates, measured; else None."""
    newest = queries.freshness().newest
    table = without_small_windows(queries.before_after(chosen), minimum_responses())
    if table.empty or newest is None:
        return None
    past = table[pd.to_datetime(table["date"]) <= pd.Timestamp(newest)]
    return None if past.empty else past.sort_values("date").iloc[-1]


def biggest_differences(chosen: Filter, minimum: int, show: int = 8) -> Differences:
    """Find the groups that differ most from the rest, over every segment column with few values.

    All comparisons made are corrected together (Benjamini-Hochberg, 10 %), shown or not; those
    that stay clear come first, then the largest of the others. Hidden groups are counted only.
    """
    return _differences(store_version(), chosen, minimum, show)


@st.cache_data(**KEPT)
def _differences(version: int, chosen: Filter, minimum: int, show: int) -> Differences:
    parts = []
    for column in queries.segment_columns():
        counts = queries.counts(chosen, (column,))
        if 1 < counts[column].nunique(dropna=False) <= MANY_VALUES:
            columns = {"segment": column, "value": counts[column]}
            parts.append(pd.DataFrame(columns | {k: counts[k] for k in (c.SCORE, c.COUNT)}))
    if not parts:
        return Differences(pd.DataFrame(), 0, 0)
    stacked = pd.concat(parts, ignore_index=True)
    table = against_rest(stacked, ("segment", "value"), q=FALSE_FINDS, within="segment")
    compared = int(table["p"].notna().sum())
    table = pd.concat(
        [suppress(part, "value", minimum=minimum) for _, part in table.groupby("segment")]
    )
    shown = table[table["hidden"] == ""].dropna(subset=["difference"])
    order = shown.assign(
        quiet=~shown["verdict"].isin(["up", "down"]), size=-shown["difference"].abs()
    ).sort_values(["quiet", "size"])
    top = order.head(show).sort_values(c.NPS, ascending=False).drop(columns=["quiet", "size"])
    return Differences(top.reset_index(drop=True), compared, int((table["hidden"] != "").sum()))


def values_by_size(chosen: Filter, column: str) -> list[str | None]:
    """Give a segment's values among the chosen responses, the most frequent first."""
    counts = queries.counts(chosen, (column,))
    totals = counts.groupby(column, dropna=False)[c.COUNT].sum().sort_values(ascending=False)
    return [None if pd.isna(value) else str(value) for value in totals.index]


def trend_lines(
    chosen: Filter,
    column: str,
    every: str,
    window: int | None,
    values: Sequence[str | None],
    definition: ScoreDefinition = queries_definitions.PLAIN,
) -> pd.DataFrame:
    """Give the trend of each of `values`, in their order."""
    table = queries_definitions.trend(chosen, definition, every, window, column)
    rank = {value: place for place, value in enumerate(values)}
    places = table[column].map(lambda value: rank.get(None if pd.isna(value) else value))
    return table.assign(place=places).dropna(subset=["place"]).sort_values(["place", c.PERIOD])


def within(chosen: Filter, first: date, last: date) -> Filter:
    """Give the chosen filter narrowed to the days from `first` to `last`."""
    start = first if chosen.start is None else max(first, chosen.start)
    end = last if chosen.end is None else min(last, chosen.end)
    return replace(chosen, start=start, end=end)


def within_scope(chosen: Filter, position: int) -> Filter | None:
    """Give the chosen filter narrowed to the segments a product change was for, without dates.

    None when filter and scope have no value in common.
    """
    scope = queries.stored_changes()[position].segments
    return queries.within_scope(replace(chosen, start=None, end=None), scope)


def last_import() -> ImportRecord | None:
    """Give the newest import that was not taken back."""
    return _last_import(store_version())


@st.cache_data(**KEPT)
def _last_import(version: int) -> ImportRecord | None:
    kept = [record for record in current_store().imports() if record.undone_at is None]
    return kept[0] if kept else None


def benchmarks() -> Benchmarks:
    """Give the benchmark lines as last edited, else the defaults."""
    return _benchmarks(store_version())


@st.cache_data(**KEPT)
def _benchmarks(version: int) -> Benchmarks:
    return Benchmarks.from_setting(current_store().setting(SETTING))


def save_benchmarks(edited: Benchmarks) -> None:
    """Keep edited benchmark lines for everybody."""
    current_store().set_setting(SETTING, edited.to_setting())
