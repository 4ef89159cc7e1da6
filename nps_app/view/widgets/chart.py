"""A chart on a page, with its picture and its table to download beneath."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from nps_app.view import export
from nps_app.view.charts.theme import Theme

_MODE_BAR: Final = [["toImage"]]
_STYLE: Final = """<style>
[class*="st-key-download_"] {margin-top: -0.25rem}
[class*="st-key-download_"] button {min-height: 1.75rem; padding: 0 .25rem}
</style>"""


def current_theme() -> Theme:
    """The visitor's theme, light until the browser has said."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show_chart(
    figure: go.Figure,
    table: pd.DataFrame,
    name: str,
    *,
    alt: str | None = None,
    title: str = "",
    selectable: bool = False,
) -> list[dict[str, Any]]:
    """Draw `figure`, with buttons for its PNG and for `table` as CSV; give the picked points.

    `name` is the chart's key on the page and its files' name ("nps-trend"); `alt` says in words
    what a reader who cannot see the chart should know; `title` stands above the downloaded
    picture. With `selectable`, a click reruns the
    page and the clicked points come back, each with its `customdata`.
    """
    settings = {
        "displaylogo": False,
        "modeBarButtons": _MODE_BAR,
        "toImageButtonOptions": {"filename": name, "format": "png", "scale": 2},
        "locale": "en",
        "scrollZoom": False,
        "doubleClick": False,
    }
    picked: Any = st.plotly_chart(
        figure,
        theme=None,
        key=f"chart_{name}",
        config=settings,
        alt=alt,
        on_select="rerun" if selectable else "ignore",
        selection_mode="points",
    )
    _downloads(figure, table, name, title)
    return list(picked["selection"]["points"]) if selectable and picked else []


def _downloads(figure: go.Figure, table: pd.DataFrame, name: str, title: str) -> None:
    obstacle = export.picture_obstacle()
    st.html(_STYLE)
    with st.container(horizontal=True, gap="small", key=f"download_{name}"):
        st.download_button(
            "PNG",
            lambda: export.png_bytes(figure, title),
            file_name=f"{name}.png",
            mime="image/png",
            key=f"png_{name}",
            type="tertiary",
            icon=":material/download:",
            disabled=bool(obstacle),
            help=obstacle or "Download this chart as a picture",
            on_click="ignore",
        )
        st.download_button(
            "CSV",
            lambda: export.csv_bytes(table),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"csv_{name}",
            type="tertiary",
            icon=":material/download:",
            help="Download this chart's numbers, unrounded",
            on_click="ignore",
        )
