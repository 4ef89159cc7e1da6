"""Promoters, passives and detractors of two spans, one bar each."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.lettering import pixels
from nps_app.view.charts.theme import LABEL, SMALL, Theme, palette, plain
from nps_app.view.tables import NO_RESPONSES, count_text, nps_text, share_text
from nps_core.columns import DETRACTORS, NPS, PASSIVES, PROMOTERS, RESPONSES
from nps_core.language import mark, tr

HEIGHT: Final = 176
_TOP: Final = 24
_RIGHT: Final = 64
_NARROW: Final = 0.08
"""A share of the bar below which its words do not fit into it."""

_NAMES: Final = {
    PROMOTERS: mark("promoters"),
    PASSIVES: mark("passives"),
    DETRACTORS: mark("detractors"),
}


def weekly_shares(sides: pd.DataFrame, theme: Theme) -> go.Figure:
    """Draw a bar a row of `sides`, which has `side` (its name) and the columns of `score`."""
    answered = sides[sides[RESPONSES] > 0]
    if answered.empty:
        return blank(theme, HEIGHT, tr(NO_RESPONSES))
    colours = palette(theme)
    canvas = Canvas(theme, HEIGHT)
    tones = {
        PROMOTERS: (colours.blue, colours.background, colours.blue),
        PASSIVES: (colours.band, colours.ink, colours.muted),
        DETRACTORS: (colours.orange, colours.background, colours.orange),
    }
    reached = 0.0
    for name, (fill, ink, tone) in tones.items():
        shares = answered[name] / answered[RESPONSES]
        canvas.add(
            "bar",
            x=shares,
            y=list(range(0, -len(answered), -1)),
            orientation="h",
            width=0.62,
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
        middle = reached + float(shares.iloc[0]) / 2
        canvas.label(
            tr(_NAMES[name]),
            x={PROMOTERS: 0, PASSIVES: middle, DETRACTORS: 1}[name],
            xanchor={PROMOTERS: "left", PASSIVES: "center", DETRACTORS: "right"}[name],
            y=1,
            yref="paper",
            yanchor="bottom",
            font={"size": SMALL, "color": tone},
        )
        reached += float(shares.iloc[0])
    for place, row in enumerate(answered.to_dict("records")):
        _beside(canvas, -place, row, theme)
    canvas.layout(
        barmode="stack",
        margin={"l": _left(answered["side"]), "r": _RIGHT, "t": _TOP, "b": 4},
        xaxis={"visible": False, "range": [0, 1]},
        yaxis={"visible": False, "range": [-len(answered) + 0.5, 0.5]},
    )
    return canvas.figure()


def _left(names: pd.Series) -> int:
    return int(max(pixels(str(name), LABEL) for name in names) * 0.95) + 12


def _beside(canvas: Canvas, y: int, row: dict[str, object], theme: Theme) -> None:
    """The bar's name left of it, its score and responses right."""
    colours = palette(theme)
    canvas.label(
        plain(row["side"]), x=0, xanchor="right", xshift=-8, y=y, font={"color": colours.ink}
    )
    n = tr("n {n}", n=count_text(float(str(row[RESPONSES]))))
    canvas.label(
        f"<b>{nps_text(float(str(row[NPS])))}</b><br>"
        f'<span style="font-size:{SMALL}px;color:{colours.muted}">{n}</span>',
        x=1,
        xanchor="left",
        align="left",
        xshift=8,
        y=y,
        font={"color": colours.ink, "size": LABEL + 3},
    )
