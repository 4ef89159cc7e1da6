"""The figures of the Planner, built once for a view of the data and then shared."""

from datetime import date
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from nps_app.view import queries_planner, queries_what_if
from nps_app.view.charts import planner as charts
from nps_app.view.charts.theme import Theme
from nps_app.view.counting import KEPT as COUNTED
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.language import current_language
from nps_core.measure import Filter

_KEPT: Final[dict[str, Any]] = COUNTED | {"max_entries": 128}


def margin_figure(
    chosen: Filter, margin: float, needed: int, worst: bool, theme: Theme
) -> go.Figure:
    """The margin that responses give, the present point and the wanted one marked."""
    return _margin(
        store_version(), chosen, margin, needed, worst, theme, date.today(), current_language()
    )


@st.cache_resource(**_KEPT)
def _margin(
    version: int,
    chosen: Filter,
    margin: float,
    needed: int,
    worst: bool,
    theme: Theme,
    today: date,
    language: str,
) -> go.Figure:
    now = queries_planner.now(chosen, today)
    curve = queries_planner.margins(chosen, margin, worst, today)
    here = (int(now.recent[c.RESPONSES]), now.margin)
    return charts.margin_curve(curve, here, (needed, margin), theme)


def what_if_figure(
    chosen: Filter,
    turn: tuple[str, str],
    percent: int,
    group: tuple[str, str | None] | None,
    theme: Theme,
) -> go.Figure:
    """The categories of all chosen responses as they are and as they would be."""
    return _what_if(store_version(), chosen, turn, percent, group, theme, current_language())


@st.cache_resource(**_KEPT)
def _what_if(
    version: int,
    chosen: Filter,
    turn: tuple[str, str],
    percent: int,
    group: tuple[str, str | None] | None,
    theme: Theme,
    language: str,
) -> go.Figure:
    table = queries_what_if.suppose(chosen, turn, percent, group).table
    return charts.what_if_bars(table.iloc[0], table.iloc[1], turn, theme)
