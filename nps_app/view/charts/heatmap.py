"""The NPS of every pair of two segments' values."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.theme import SMALL, Theme, palette, plain
from nps_app.view.said import said
from nps_app.view.tables import (
    NO_RESPONSES,
    count_text,
    interval_text,
    nps_text,
    responses_text,
    value_label,
)
from nps_core.columns import HIGH, LOW, NPS, RESPONSES
from nps_core.language import tr

_ROW: Final = 48
_SPREAD: Final = 50.0
"""Points from the middle at which the colour is fullest: a fixed scale, alike in every view."""


def heatmap(
    scored: pd.DataFrame, rows: str, columns: str, theme: Theme, *, overall: float = 0.0
) -> go.Figure:
    """Draw a cell for each pair: its NPS and responses in words, coloured by the distance from
    `overall` (orange below, blue above, as pale as text needs).

    `scored` is a long frame: `rows`, `columns`, nps, low, high, responses and optionally
    `hidden` (a reason, "" when shown). Pairs without a row are left empty. Values keep the order
    in which they first appear.
    """
    if scored.empty:
        return blank(theme, 120, tr(NO_RESPONSES))
    colours = palette(theme)
    down = list(dict.fromkeys(value_label(value) for value in scored[rows]))
    across = list(dict.fromkeys(value_label(value) for value in scored[columns]))
    middle = 0.0 if pd.isna(overall) else overall
    colour: list[list[float | None]] = [[None] * len(across) for _ in down]
    words = [[""] * len(across) for _ in down]
    hover = [[""] * len(across) for _ in down]
    for _, row in scored.iterrows():
        y, x = down.index(value_label(row[rows])), across.index(value_label(row[columns]))
        pair = f"{plain(down[y])} · {plain(across[x])}"
        reason = said(row.get("hidden", "") or "")
        if reason:
            colour[y][x], words[y][x] = 0.0, tr("hidden")
            hover[y][x] = f"{pair}<br>{plain(reason, 90)}"
        elif row[RESPONSES] and not pd.isna(row[NPS]):
            colour[y][x] = row[NPS] - middle
            words[y][x] = f"<b>{nps_text(row[NPS])}</b><br>n {count_text(row[RESPONSES])}"
            hover[y][x] = tr(
                "{name}<br>NPS {nps}, 95 % interval {interval}<br>{responses}",
                name=pair,
                nps=nps_text(row[NPS]),
                interval=interval_text(row[LOW], row[HIGH]),
                responses=responses_text(row[RESPONSES]),
            )
    canvas = Canvas(theme, _ROW * len(down) + 60)
    canvas.add(
        "heatmap",
        x=list(range(len(across))),
        y=list(range(len(down))),
        z=colour,
        text=words,
        customdata=hover,
        texttemplate="%{text}",
        textfont={"size": SMALL, "color": colours.ink},
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
        colorscale=[[0, colours.below], [0.5, colours.level], [1, colours.above]],
        zmin=-_SPREAD,
        zmax=_SPREAD,
        showscale=False,
        xgap=3,
        ygap=3,
    )
    narrow = max(6, 44 // len(across))
    canvas.layout(
        margin={"l": 92, "r": 2, "t": 52, "b": 8},
        xaxis={
            "side": "top",
            "tickvals": list(range(len(across))),
            "ticktext": [_two_lines(value, narrow) for value in across],
            "tickangle": 0,
            "tickfont": {"size": SMALL},
        },
        yaxis={
            "tickvals": list(range(len(down))),
            "ticktext": [_two_lines(value, 14) for value in down],
            "autorange": "reversed",
            "showgrid": False,
            "tickfont": {"size": SMALL},
        },
    )
    return canvas.figure()


def _two_lines(text: str, width: int) -> str:
    """Break a label once at a space, cutting each line to `width` characters."""
    if len(text) <= width:
        return plain(text, width)
    cut = text.rfind(" ", 0, width + 1)
    if cut <= 0:
        return plain(text, width)
    return f"{plain(text[:cut], width)}<br>{plain(text[cut + 1 :], width)}"
