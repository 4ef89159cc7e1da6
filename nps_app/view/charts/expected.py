"""The last periods, each with the range it was expected in."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.theme import SMALL, Theme, palette, verdict_colour
from nps_app.view.said import capital
from nps_app.view.tables import NO_RESPONSES, interval_text, nps_text, period_text, responses_text
from nps_core.columns import HIGH, LOW, NPS, PERIOD, RESPONSES
from nps_core.language import tr

HEIGHT: Final = 260
_DAYS: Final = {"week": 7, "month": 30}
_TICKS: Final = [
    {"dtickrange": [None, "M1"], "value": "%-d %b"},
    {"dtickrange": ["M1", None], "value": "%b %Y"},
]


def expected(table: pd.DataFrame, theme: Theme, *, every: str) -> go.Figure:
    """Draw each period's NPS as a dot on the bar of its expected range; the last one large.

    `table` has period (its first day), nps, responses, expected, low, high (points, NaN where
    nothing is known), verdict and complete, the oldest first. A dot outside its bar is blue above
    and orange below; that of a period still running is hollow.
    """
    if table[NPS].isna().all() and table[LOW].isna().all():
        return blank(theme, HEIGHT, tr(NO_RESPONSES))
    colours = palette(theme)
    canvas = Canvas(theme, HEIGHT)
    day = 86_400_000 * _DAYS[every]
    band = table[table[LOW].notna()]
    canvas.add(
        "bar",
        x=band[PERIOD],
        y=band[HIGH] - band[LOW],
        base=band[LOW],
        width=0.62 * day,
        marker={"color": colours.band, "line": {"width": 0}},
        hoverinfo="skip",
    )
    canvas.add(
        "scatter",
        x=table[PERIOD],
        y=table[NPS],
        mode="lines",
        line={"color": colours.faint, "width": 1},
        hoverinfo="skip",
    )
    last = [place == len(table) - 1 for place in range(len(table))]
    tones = [
        verdict_colour(v, colours) if v in ("up", "down") else colours.blue if now else colours.grey
        for v, now in zip(table["verdict"], last, strict=True)
    ]
    canvas.add(
        "scatter",
        x=table[PERIOD],
        y=table[NPS],
        mode="markers",
        marker={
            "size": [13 if now else 8 for now in last],
            "color": [
                tone if complete else colours.background
                for tone, complete in zip(tones, table["complete"], strict=True)
            ],
            "line": {"color": tones, "width": [2.5 if now else 1 for now in last]},
            "opacity": 1,
        },
        hovertext=[_hover(row, every) for row in table.to_dict("records")],
        hoverinfo="text",
    )
    low, high = _range(table)
    half = pd.Timedelta(days=0.7 * _DAYS[every])
    canvas.layout(
        margin={"l": 34, "r": 8, "t": 8, "b": 26},
        xaxis={
            "type": "date",
            "range": [table[PERIOD].min() - half, table[PERIOD].max() + half],
            "tickformatstops": _TICKS,
            "nticks": 6,
            "tickfont": {"size": SMALL},
        },
        yaxis={"range": [low, high], "nticks": 5},
        barmode="overlay",
    )
    return canvas.figure()


def _hover(row: dict[Any, Any], every: str) -> str:
    name = capital(period_text(row[PERIOD], every))
    lines = [
        name if row["complete"] else tr("{period}, still running", period=name),
        tr(
            "NPS {nps}, {responses}",
            nps=nps_text(row[NPS]),
            responses=responses_text(row[RESPONSES]),
        ),
    ]
    if not pd.isna(row[LOW]):
        lines.append(tr("expected {interval}", interval=interval_text(row[LOW], row[HIGH])))
    return "<br>".join(lines)


def _range(table: pd.DataFrame) -> tuple[float, float]:
    values = [float(v) for name in (NPS, LOW, HIGH) for v in table[name].dropna()]
    air = max(3.0, 0.06 * (max(values) - min(values)))
    return max(-105.0, min(values) - air), min(105.0, max(values) + air)
