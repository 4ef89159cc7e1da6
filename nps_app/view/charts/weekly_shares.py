"""Promoters, passives and detractors of two spans, one bar each."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.theme import LABEL, SMALL, Theme, palette, plain
from nps_app.view.tables import NO_RESPONSES, count_text, nps_text, share_text
from nps_core.columns import DETRACTORS, NPS, PASSIVES, PROMOTERS, RESPONSES
from nps_core.language import mark, tr

HEIGHT: Final = 176
_BOTTOM: Final = 20
_RIGHT: Final = 56
_BAR: Final = 0.5
_NARROW: Final = 0.08
"""A share of the bar below which its words do not fit into it."""

_NAMES: Final = {
    PROMOTERS: mark("promoters"),
    PASSIVES: mark("passives"),
    DETRACTORS: mark("detractors"),
}


_PLACES: Final = {PROMOTERS: 0, PASSIVES: 0.5, DETRACTORS: 1}
_ANCHORS: Final = {PROMOTERS: "left", PASSIVES: "center", DETRACTORS: "right"}


def weekly_shares(sides: pd.DataFrame, theme: Theme) -> go.Figure:
    """Draw a bar a row of `sides`, which has `side` (its name) and the columns of `score`."""
    answered = sides[sides[RESPONSES] > 0]
    if answered.empty:
        return blank(theme, HEIGHT, tr(NO_RESPONSES))
    colours = palette(theme)
    canvas = Canvas(theme, HEIGHT)
    tones = {
        PROMOTERS: (colours.blue, colours.background, colours.blue),
        PASSIVES: (colours.grey, colours.on_grey, colours.muted),
        DETRACTORS: (colours.orange, colours.background, colours.orange),
    }
    for name, (fill, ink, tone) in tones.items():
        shares = answered[name] / answered[RESPONSES]
        canvas.add(
            "bar",
            x=shares,
            y=list(range(0, -len(answered), -1)),
            orientation="h",
            width=_BAR,
            marker={"color": fill, "line": {"width": 2, "color": colours.background}},
            text=[
                share_text(n, whole) if n >= _NARROW * whole else ""
                for n, whole in zip(answered[name], answered[RESPONSES], strict=True)
            ],
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": ink, "size": LABEL + 1},
            textangle=0,
            hovertext=[
                f"{plain(side)}: {tr(_NAMES[name])} {share_text(n, whole)}, {count_text(n)}"
                for side, n, whole in zip(
                    answered["side"], answered[name], answered[RESPONSES], strict=True
                )
            ],
            hoverinfo="text",
        )
        canvas.label(
            tr(_NAMES[name]),
            x=_PLACES[name],
            xref="paper",
            xanchor=_ANCHORS[name],
            y=0,
            yref="paper",
            yanchor="top",
            font={"size": SMALL, "color": tone},
        )
    for place, row in enumerate(answered.to_dict("records")):
        _beside(canvas, -place, row, theme)
    canvas.layout(
        barmode="stack",
        margin={"l": 0, "r": _RIGHT, "t": 0, "b": _BOTTOM},
        xaxis={"visible": False, "range": [0, 1]},
        yaxis={"visible": False, "range": [-len(answered) + 0.7, 0.6]},
    )
    return canvas.figure()


def _beside(canvas: Canvas, y: int, row: Mapping[Any, Any], theme: Theme) -> None:
    """The bar's name above it, its score and responses right: narrow screens have no more room."""
    colours = palette(theme)
    canvas.label(
        plain(row["side"]),
        x=0,
        xanchor="left",
        y=y + _BAR / 2,
        yanchor="bottom",
        font={"color": colours.ink},
    )
    n = tr("n {n}", n=count_text(row[RESPONSES]))
    canvas.label(
        f"<b>{nps_text(row[NPS])}</b><br>"
        f'<span style="font-size:{SMALL}px;color:{colours.muted}">{n}</span>',
        x=1,
        xanchor="left",
        align="left",
        xshift=8,
        y=y,
        font={"color": colours.ink, "size": LABEL + 3},
    )
