"""Who answered what: one bar of promoters, passives and detractors."""

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.theme import LABEL, Theme, palette
from nps_app.view.tables import NO_RESPONSES, count_text, share_text
from nps_core.columns import DETRACTORS, PASSIVES, PROMOTERS, RESPONSES
from nps_core.language import mark, tr

HEIGHT = 152
_BAR = 30
_LINE = 36
_NAMES = {PROMOTERS: mark("promoters"), PASSIVES: mark("passives"), DETRACTORS: mark("detractors")}
_HOVERS = {
    PROMOTERS: mark("Promoters ({scores}): {n}, {share}"),
    PASSIVES: mark("Passives ({scores}): {n}, {share}"),
    DETRACTORS: mark("Detractors ({scores}): {n}, {share}"),
}


def categories(scored: pd.Series, theme: Theme) -> go.Figure:
    """Draw the three categories as one bar, their shares and counts beneath.

    `scored` is one row of `score`: detractors, passives, promoters, responses. The order is
    always promoters, passives, detractors, so the bar reads without its colours.
    """
    whole = scored[RESPONSES]
    if not whole:
        return blank(theme, HEIGHT, tr(NO_RESPONSES))
    colours = palette(theme)
    canvas = Canvas(theme, HEIGHT)
    canvas.layout(
        barmode="stack",
        bargap=0,
        margin={"l": 0, "r": 0, "t": 4, "b": HEIGHT - _BAR - 4},
        xaxis={"visible": False, "range": [0, float(whole)]},
        yaxis={"visible": False},
    )
    parts = (
        (PROMOTERS, "9-10", colours.blue, colours.blue),
        (PASSIVES, "7-8", colours.grey, colours.muted),
        (DETRACTORS, "0-6", colours.orange, colours.orange),
    )
    for place, (name, scores, fill, tone) in enumerate(parts):
        count = scored[name]
        share = share_text(count, whole)
        canvas.add(
            "bar",
            x=[count],
            y=[""],
            orientation="h",
            name=tr(_NAMES[name]).capitalize(),
            marker={"color": fill, "line": {"width": 2, "color": colours.background}},
            hovertemplate=tr(_HOVERS[name], scores=scores, n=count_text(count), share=share)
            + "<extra></extra>",
        )
        canvas.label(
            f'<b><span style="font-size:20px;color:{tone}">{share}</span></b>&nbsp; '
            f"{tr(_NAMES[name])} &nbsp;"
            f'<span style="color:{colours.muted}">{count_text(count)}</span>',
            x=0,
            xref="paper",
            xanchor="left",
            align="left",
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-6 - _LINE * place,
            font={"size": LABEL + 1},
        )
    return canvas.figure()
