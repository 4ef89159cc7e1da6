"""A chart on a page: its title, and beside it the one control that downloads it."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nps_app.view.charts.locale import plotly_locale
from nps_app.view.charts.theme import Theme
from nps_app.view.widgets.downloads import downloads
from nps_core.language import tr

_MODE_BAR: Final = [["toImage"]]
_LISTED: Final = 4


def current_theme() -> Theme:
    """The visitor's theme, light until the browser has said."""
    return "dark" if st.context.theme.type == "dark" else "light"


def title_row(text: str, key: str) -> DeltaGenerator:
    """Draw a title, as Markdown, and give the rest of its row: what is put in it stands right."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"head_{key}")
    row.header(text, anchor=False)
    return row


def show_chart(
    figure: go.Figure,
    table: pd.DataFrame,
    name: str,
    *,
    heading: str = "",
    alt: str | None = None,
    title: str = "",
    selectable: bool = False,
    row: DeltaGenerator | None = None,
) -> list[dict[str, Any]]:
    """Draw a row with the `heading` and a download control, then `figure`; give the picked points.

    `name` is the chart's key on the page and its files' name ("nps-trend"); `alt` says in words
    what a reader who cannot see the chart should know; `title` stands above the downloaded
    picture; `table` is what the files hold. A `row` drawn before takes the control instead. With
    `selectable`, a click reruns the page and the clicked points come back, each with its
    `customdata`.
    """
    with row if row is not None else title_row(heading, name):
        downloads(name, title, lambda: table, copied=table, rows=len(table), figure=figure)
    settings = plotly_locale() | {
        "displaylogo": False,
        "modeBarButtons": _MODE_BAR,
        "toImageButtonOptions": {"filename": name, "format": "png", "scale": 2},
        "scrollZoom": False,
        "doubleClick": False,
    }
    picked: Any = st.plotly_chart(
        figure,
        # Room of the right height is kept while the browser still loads what draws it.
        height=int(figure.layout.height),
        theme=None,
        key=f"chart_{name}",
        config=settings,
        alt=alt,
        on_select="rerun" if selectable else "ignore",
        selection_mode="points",
    )
    _what_numbers_stand_for(figure, name)
    return list(picked["selection"]["points"]) if selectable and picked else []


def _what_numbers_stand_for(figure: go.Figure, name: str) -> None:
    """The product changes by their numbers, where a narrow screen has no names on the chart."""
    numbered = (figure.layout.meta or {}).get("numbered", ())
    if numbered:
        items = "".join(f"<li>{'<br>'.join(map(escape, _few(lines)))}</li>" for lines in numbered)
        with st.container(key=f"numbered_{name}"):
            st.html(f"<ol>{items}</ol>")


def _few(lines: Sequence[str]) -> list[str]:
    """The first of the changes that share a number, and how many more there are."""
    more = len(lines) - _LISTED
    return [*lines[:_LISTED], *([tr("{n} more", n=more)] if more > 0 else [])]
