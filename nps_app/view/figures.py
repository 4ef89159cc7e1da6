"""The figures pages draw, built once for a view of the data and then shared.

Cached as resources, not data: a figure is never changed after it is built, and unpacking a copy
of one costs more than a page has to spend on a second look. The words on it are those of the
language it was built in, which is among the arguments.
"""

from datetime import date

import plotly.graph_objects as go
import streamlit as st

from nps_app.view import queries, queries_definitions, queries_overview, queries_shifts
from nps_app.view.charts import before_after, categories, distribution, intervals, trend
from nps_app.view.charts.theme import Theme
from nps_app.view.tables import column_label, value_label
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.language import current_language
from nps_core.measure import Filter
from nps_core.measure.definitions import ScoreDefinition


def categories_figure(chosen: Filter, theme: Theme) -> go.Figure:
    """Give the bar of promoters, passives and detractors."""
    return _categories(store_version(), chosen, theme, current_language())


@st.cache_resource(**queries_overview.KEPT)
def _categories(version: int, chosen: Filter, theme: Theme, language: str) -> go.Figure:
    return categories.categories(queries.headline(chosen).iloc[0], theme)


def distribution_figure(chosen: Filter, theme: Theme) -> go.Figure:
    """Give the bars of the scores 0 to 10."""
    return _distribution(store_version(), chosen, theme, current_language())


@st.cache_resource(**queries_overview.KEPT)
def _distribution(version: int, chosen: Filter, theme: Theme, language: str) -> go.Figure:
    return distribution.distribution(queries.distribution(chosen), theme)


def latest_change_figure(chosen: Filter, theme: Theme) -> go.Figure:
    """Give the two windows around the latest product change; there must be one."""
    return _latest_change(store_version(), chosen, theme, current_language())


@st.cache_resource(**queries_overview.KEPT)
def _latest_change(version: int, chosen: Filter, theme: Theme, language: str) -> go.Figure:
    row = queries_overview.latest_change(chosen)
    if row is None:
        raise ValueError("No product change lies within the data's dates; ask before drawing.")
    return before_after.before_after(row, theme)


def differences_figure(chosen: Filter, minimum: int, theme: Theme) -> go.Figure:
    """Give the groups that differ most from the rest."""
    return _differences(store_version(), chosen, minimum, theme, current_language())


@st.cache_resource(**queries_overview.KEPT)
def _differences(
    version: int, chosen: Filter, minimum: int, theme: Theme, language: str
) -> go.Figure:
    table = queries_overview.biggest_differences(chosen, minimum).table
    named = table.assign(
        group=table["value"].map(value_label),
        named=table["segment"].map(column_label).str.lower(),
    )
    overall = queries.headline(chosen)[c.NPS].iloc[0]
    return intervals.intervals(named, "group", theme, under="named", overall=overall)


def trend_figure(
    chosen: Filter,
    theme: Theme,
    *,
    every: str,
    window: int | None = None,
    column: str = "",
    values: tuple[str | None, ...] = (),
    height: int = trend.HEIGHT,
    shifts: bool = False,
    definition: ScoreDefinition = queries_definitions.PLAIN,
) -> go.Figure:
    """Give the NPS over time with its markers; with `column`, a line for each of `values`.

    With `shifts`, what moved without a product change is marked too. The score is that of
    `definition`, the verdicts of the product changes those of all responses.
    """
    version, today, language = store_version(), date.today(), current_language()
    looked = (every, window, column, values, height, today, shifts, definition)
    return _trend(version, chosen, theme, language, *looked)


@st.cache_resource(**queries_definitions.KEPT)
def _trend(
    version: int,
    chosen: Filter,
    theme: Theme,
    language: str,
    every: str,
    window: int | None,
    column: str,
    values: tuple[str | None, ...],
    height: int,
    today: date,
    shifts: bool,
    definition: ScoreDefinition,
) -> go.Figure:
    lines = None
    if column:
        lines = queries_overview.trend_lines(chosen, column, every, window, values, definition)
    return trend.trend(
        queries_definitions.trend(chosen, definition, every, window),
        theme,
        every=every,
        window=window is not None,
        changes=queries_overview.measured_changes(chosen),
        benchmarks=queries_overview.benchmarks(),
        lines=lines,
        by=column,
        height=height,
        shifts=queries_shifts.suggestions(chosen).shown if shifts else None,
    )
