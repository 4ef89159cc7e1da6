"""The figures of a product change's page, built once for a view of the data and then shared."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from nps_app.view import queries_change
from nps_app.view.charts.interrupted import interrupted
from nps_app.view.charts.movement import movement, score_movement
from nps_app.view.charts.theme import Theme, palette
from nps_app.view.counting import KEPT
from nps_app.view.queries_change import Asked, judged, window_days
from nps_app.view.widgets.session import store_version
from nps_core.language import current_language
from nps_core.measure import Filter

_FEW = KEPT | {"max_entries": 128, "hash_funcs": {Filter: repr, Asked: repr}}


def weeks_figure(chosen: Filter, change_id: int, asked: Asked, theme: Theme) -> go.Figure:
    """The weeks around a change with the fitted line, its two windows shaded."""
    return _weeks(
        store_version(),
        queries_change.undated(chosen),
        change_id,
        asked,
        theme,
        language=current_language(),
    )


@st.cache_resource(**_FEW)
def _weeks(
    version: int, chosen: Filter, change_id: int, asked: Asked, theme: Theme, language: str
) -> go.Figure:
    verdict = judged(chosen, change_id, asked)
    figure = interrupted(verdict.trend.detail, theme, title=verdict.change.title)
    shades = []
    for side in ("before", "after"):
        days = window_days(verdict.row, side)
        if days is not None:
            shades.append(
                {
                    "type": "rect",
                    "x0": pd.Timestamp(days[0]),
                    "x1": pd.Timestamp(days[1]) + pd.Timedelta(days=1),
                    "y0": 0,
                    "y1": 1,
                    "yref": "paper",
                    "layer": "below",
                    "line": {"width": 0},
                    "fillcolor": palette(theme).band,
                }
            )
    if figure.data:
        figure.update_layout(shapes=[*shades, *figure.layout.shapes])
    return figure


def movement_figure(
    chosen: Filter, change_id: int, asked: Asked, theme: Theme, *, scores: bool = False
) -> go.Figure:
    """Where the same people went: 3 by 3 categories, or 11 by 11 `scores`."""
    return _movement(
        store_version(),
        queries_change.undated(chosen),
        change_id,
        asked,
        theme,
        scores,
        language=current_language(),
    )


@st.cache_resource(**_FEW)
def _movement(
    version: int,
    chosen: Filter,
    change_id: int,
    asked: Asked,
    theme: Theme,
    scores: bool,
    language: str,
) -> go.Figure:
    matrix = judged(chosen, change_id, asked).same_people.detail
    return score_movement(matrix, theme) if scores else movement(matrix, theme)
