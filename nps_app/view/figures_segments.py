"""The figures of the segments page, built once for a view of the data and then shared."""

from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from nps_app.view import queries, queries_definitions, queries_segments
from nps_app.view.charts.heatmap import heatmap
from nps_app.view.charts.intervals import intervals
from nps_app.view.charts.theme import Theme, plain
from nps_app.view.counting import KEPT as COUNTED
from nps_app.view.queries_segments import ACROSS, GROUP
from nps_app.view.segment_words import short_reason
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.language import current_language
from nps_core.measure import Filter
from nps_core.measure.definitions import ScoreDefinition

MOST_DRAWN: Final = 24
_HEADER: Final = 16
_UPRIGHT: Final = 40
"""Letters that fit side by side above the columns on a phone."""

_SLANTED: Final = 84
_KEPT: Final[dict[str, Any]] = COUNTED | {"max_entries": 128}


def segment_figure(
    chosen: Filter, column: str, order: str, minimum: int, theme: Theme
) -> go.Figure:
    """Each value of a segment with its interval; the `MOST_DRAWN` with the most responses."""
    return _segment(store_version(), chosen, column, order, minimum, theme, current_language())


@st.cache_resource(**_KEPT)
def _segment(
    version: int,
    chosen: Filter,
    column: str,
    order: str,
    minimum: int,
    theme: Theme,
    language: str,
) -> go.Figure:
    table = queries_segments.by_segment(chosen, column, order, minimum).table
    drawn = queries_segments.largest(table, MOST_DRAWN)
    drawn = drawn.assign(hidden=drawn["hidden"].map(short_reason))
    return intervals(drawn, GROUP, theme, overall=_overall(chosen))


def scored_figure(
    chosen: Filter,
    column: str,
    order: str,
    minimum: int,
    definition: ScoreDefinition,
    theme: Theme,
) -> go.Figure:
    """The chosen score of each value of a segment, beside that of all."""
    asked = (chosen, column, order, minimum, definition, theme)
    return _scored(store_version(), *asked, current_language())


@st.cache_resource(**queries_definitions.KEPT)
def _scored(
    version: int,
    chosen: Filter,
    column: str,
    order: str,
    minimum: int,
    definition: ScoreDefinition,
    theme: Theme,
    language: str,
) -> go.Figure:
    table = queries_segments.by_segment_scored(chosen, column, order, minimum, definition).table
    drawn = queries_segments.largest(table, MOST_DRAWN)
    drawn = drawn.assign(hidden=drawn["hidden"].map(short_reason))
    overall = float(queries_definitions.headline(chosen, definition)[c.NPS].iloc[0])
    return intervals(drawn, GROUP, theme, overall=overall)


def pair_figure(
    chosen: Filter, rows: str, columns: str, order: str, minimum: int, theme: Theme
) -> go.Figure:
    """The heatmap of two segments."""
    asked = (chosen, rows, columns, order, minimum, theme)
    return _pair(store_version(), *asked, current_language())


@st.cache_resource(**_KEPT)
def _pair(
    version: int,
    chosen: Filter,
    rows: str,
    columns: str,
    order: str,
    minimum: int,
    theme: Theme,
    language: str,
) -> go.Figure:
    cells = queries_segments.by_pair(chosen, rows, columns, order, minimum).table
    cells = cells.assign(hidden=cells["hidden"].map(short_reason))
    figure = heatmap(cells, GROUP, ACROSS, theme, overall=_overall(chosen))
    names = [plain(name, _HEADER) for name in dict.fromkeys(cells[ACROSS])]
    if len(names) * max(map(len, names), default=0) > _UPRIGHT:
        # A name cut to five letters tells nothing; slanted it is whole, on a phone as well.
        figure.update_xaxes(tickangle=-40, ticktext=names, ticklabeloverflow="allow")
        figure.update_layout(
            margin={"t": _SLANTED, "r": 44}, height=figure.layout.height + _SLANTED - 52
        )
    return figure


def _overall(chosen: Filter) -> float:
    return float(queries.headline(chosen)[c.NPS].iloc[0])
