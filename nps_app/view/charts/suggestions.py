"""Shifts nobody announced as thin dashed marks, unlike the markers of product changes."""

from typing import Final

import pandas as pd

from nps_app.view.charts.canvas import Canvas
from nps_app.view.charts.theme import Theme, palette, plain
from nps_app.view.shift_words import moved_text
from nps_app.view.tables import day_text
from nps_core.language import mark, tr

NAME: Final = mark("Unannounced shifts")


def draw(
    canvas: Canvas,
    shown: pd.DataFrame,
    theme: Theme,
    *,
    start: pd.Timestamp,
    end: pd.Timestamp,
    bottom: float,
    scores: tuple[float, float],
) -> None:
    """Add a dashed line and a "?" for each shift between `start` and `end`.

    `shown` has the columns of `nps_core.shifts`; `bottom` is the lowest value of the score axis,
    where the signs sit, away from the labels of product changes; `scores` is the part of the
    plotting area that axis takes, from 0 at its bottom to 1.
    """
    inside = shown[shown["date"].between(start, end)]
    if inside.empty:
        return
    colours = palette(theme)
    for day in inside["date"]:
        canvas.shape(
            "line",
            x0=day,
            x1=day,
            y0=scores[0],
            y1=scores[1],
            yref="paper",
            layer="below",
            line={"color": colours.orange, "width": 1, "dash": "dash"},
        )
    canvas.add(
        "scatter",
        x=inside["date"],
        y=[bottom] * len(inside),
        mode="markers+text",
        name=tr(NAME),
        text=["<b>?</b>"] * len(inside),
        textfont={"color": colours.orange},
        marker={
            "symbol": "circle",
            "size": 18,
            "color": colours.background,
            "line": {"color": colours.orange, "width": 1},
        },
        hovertext=[
            tr(
                "<b>Something moved around {day}</b><br>{figures}<br>no product change is known",
                day=day_text(row["date"]),
                figures=plain(moved_text(row)),
            )
            for _, row in inside.iterrows()
        ],
        hoverinfo="text",
        cliponaxis=False,
    )
