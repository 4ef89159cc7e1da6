"""The line of a trend and the ribbon of its interval, broken where nothing is known."""

import pandas as pd

from nps_app.view.charts.canvas import Canvas
from nps_app.view.tables import level_text
from nps_core.columns import HIGH, LOW, NPS, PERIOD
from nps_core.language import tr


def ribbon(canvas: Canvas, view: pd.DataFrame, fill: str, edge: str) -> None:
    """Fill each unbroken run of periods; a period alone gets a bar, as it has no width."""
    run = view[LOW].isna().cumsum()
    for _, part in view[view[LOW].notna()].groupby(run):
        if len(part) == 1:
            x, y = [part[PERIOD].iloc[0]] * 2, [part[LOW].iloc[0], part[HIGH].iloc[0]]
            mark = {"mode": "lines", "line": {"color": edge, "width": 1}}
        else:
            x = [*part[PERIOD], *part[PERIOD][::-1]]
            y = [*part[HIGH], *part[LOW][::-1]]
            mark = {"mode": "none", "fill": "toself", "fillcolor": fill}
        canvas.add("scatter", x=x, y=y, name=level_text(), hoverinfo="skip", **mark)


def line(canvas: Canvas, view: pd.DataFrame, colour: str) -> None:
    """Join the complete periods; the running one hangs on a dotted line."""
    complete = view[NPS].where(view["complete"])
    canvas.add(
        "scatter",
        x=view[PERIOD],
        y=complete,
        mode="lines",
        line={"color": colour, "width": 2.5},
        hoverinfo="skip",
    )
    tail = view[~view["complete"].shift(-1, fill_value=True) | ~view["complete"]]
    if len(tail) > 1:
        canvas.add(
            "scatter",
            x=tail[PERIOD],
            y=tail[NPS],
            mode="lines",
            name=tr("Running period"),
            line={"color": colour, "width": 2.5, "dash": "dot"},
            hoverinfo="skip",
        )
