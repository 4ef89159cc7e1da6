"""Who answered what: one bar of promoters, passives and detractors."""

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.theme import Theme, palette
from nps_app.view.tables import NO_RESPONSES, count_text, share_text
from nps_core.columns import DETRACTORS, PASSIVES, PROMOTERS, RESPONSES

HEIGHT = 118


def categories(scored: pd.Series, theme: Theme) -> go.Figure:
    """Draw the three categories as one bar, each with its share and count beneath.

    `scored` is one row of `score`: detractors, passives, promoters, responses. The order is
    always promoters, passives, detractors, so the bar reads without its colours.
    """
    whole = scored[RESPONSES]
    if not whole:
        return blank(theme, HEIGHT, NO_RESPONSES)
    colours = palette(theme)
    canvas = Canvas(theme, HEIGHT)
    canvas.layout(
        barmode="stack",
        bargap=0,
        margin={"l": 0, "r": 0, "t": 4, "b": 84},
        xaxis={"visible": False, "range": [0, float(whole)]},
        yaxis={"visible": False},
    )
    parts = (
        (PROMOTERS, "9-10", colours.blue, colours.blue, 0.0, "left"),
        (PASSIVES, "7-8", colours.grey, colours.muted, 0.5, "center"),
        (DETRACTORS, "0-6", colours.orange, colours.orange, 1.0, "right"),
    )
    for name, scores, mark, text, x, anchor in parts:
        count = scored[name]
        share = share_text(count, whole)
        canvas.add(
            "bar",
            x=[count],
            y=[""],
            orientation="h",
            name=name.capitalize(),
            marker={"color": mark, "line": {"width": 2, "color": colours.background}},
            hovertemplate=f"{name.capitalize()} ({scores}): {count_text(count)}, {share}"
            "<extra></extra>",
        )
        canvas.label(
            f'<b><span style="font-size:20px;color:{text}">{share}</span></b><br>'
            f'{name}<br><span style="color:{colours.muted}">{count_text(count)}</span>',
            x=x,
            xref="paper",
            xanchor=anchor,
            align=anchor,
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-8,
        )
    return canvas.figure()
