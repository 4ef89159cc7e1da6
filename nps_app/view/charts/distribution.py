"""How many gave each score from 0 to 10."""

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.theme import SMALL, Theme, palette
from nps_app.view.tables import NO_RESPONSES, count_text, share_text
from nps_core.columns import (
    COUNT,
    HIGHEST_DETRACTOR,
    HIGHEST_SCORE,
    LOWEST_PROMOTER,
    LOWEST_SCORE,
    SCORE,
)
from nps_core.language import tr

HEIGHT = 236
_ROOM = 113
"""The percentage of the highest bar the axis reaches up to: its number stands below the unit."""


def distribution(counts: pd.DataFrame, theme: Theme) -> go.Figure:
    """Draw the share of each score as a bar in its category's colour.

    `counts` has the columns score and n; scores nobody gave may be absent.
    """
    given = counts.groupby(SCORE)[COUNT].sum()
    scores = list(range(LOWEST_SCORE, HIGHEST_SCORE + 1))
    numbers = [int(given.get(score, 0)) for score in scores]
    whole = sum(numbers)
    if not whole:
        return blank(theme, HEIGHT, tr(NO_RESPONSES))
    colours = palette(theme)
    shares = [share_text(number, whole) for number in numbers]
    canvas = Canvas(theme, HEIGHT)
    canvas.add(
        "bar",
        x=scores,
        y=[100 * number / whole for number in numbers],
        text=[
            share.removesuffix("%").strip() if number else ""
            for share, number in zip(shares, numbers, strict=True)
        ],
        textposition="outside",
        textangle=0,
        textfont={"size": SMALL, "color": colours.ink},
        cliponaxis=False,
        marker={
            "color": [
                _colour(score, colours.orange, colours.grey, colours.blue) for score in scores
            ]
        },
        customdata=[
            tr("Score {score}: {n}, {share}", score=score, n=count_text(number), share=share)
            for score, number, share in zip(scores, numbers, shares, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    canvas.layout(
        bargap=0.18,
        margin={"l": 0, "r": 0, "t": 20, "b": 44},
        xaxis={"tickvals": scores, "range": [-0.6, 10.6], "ticks": ""},
        yaxis={"visible": False, "range": [0, _ROOM * max(numbers) / whole]},
    )
    for x, anchor, text, colour in (
        (3, "center", tr("detractors"), colours.orange),
        (7.9, "right", tr("passives"), colours.muted),
        (10.5, "right", tr("promoters"), colours.blue),
    ):
        canvas.label(
            text,
            x=x,
            xanchor=anchor,
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-22,
            font={"size": SMALL, "color": colour},
        )
    canvas.label(
        tr("% of responses"),
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        font={"size": SMALL, "color": colours.muted},
    )
    return canvas.figure()


def _colour(score: int, detractor: str, passive: str, promoter: str) -> str:
    if score <= HIGHEST_DETRACTOR:
        return detractor
    return promoter if score >= LOWEST_PROMOTER else passive
