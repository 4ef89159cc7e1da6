"""Shifts nobody announced as thin dashed marks, unlike the markers of product changes."""

from typing import Final

import pandas as pd

from nps_app.view.charts.canvas import Canvas
from nps_app.view.charts.theme import Theme, palette, plain
from nps_app.view.shift_words import day_text, moved_text

NAME: Final = "Unannounced shifts"


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
        name=NAME,
        text=["<b>?</b>"] * len(inside),
        textfont={"color": colours.orange},
        marker={
            "symbol": "circle",
            "size": 18,
            "color": colours.background,
            "line": {"color": colours.orange, "width": 1},
        },
        hovertext=[
            f"<b>Something moved around {day_text(row['date'])}</b><br>{plain(moved_text(row))}"
            "<br>no product change is known"
            for _, row in inside.iterrows()
        ],
        hoverinfo="text",
        cliponaxis=False,
    )
