"""Responses a week or month, the one meant last, against a plan where there is one."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas
from nps_app.view.charts.date_ticks import period_ticks
from nps_app.view.charts.theme import LABEL, SMALL, Theme, palette
from nps_app.view.tables import count_text, period_text, responses_text
from nps_core.columns import PERIOD, RESPONSES
from nps_core.language import tr

HEIGHT: Final = 200
_DAYS: Final = {"week": 7, "month": 30}
_DAY: Final = 86_400_000
_TICKS: Final = [
    {"dtickrange": [None, "M1"], "value": "%-d %b"},
    {"dtickrange": ["M1", None], "value": "%b %Y"},
]


def weekly_volume(
    table: pd.DataFrame, theme: Theme, *, every: str, target: float | None = None
) -> go.Figure:
    """Draw a bar a row of `table`: period (its first day), responses and complete; the last blue.

    A period still running is hollow; `target` is the dashed line of what was planned for one.
    """
    colours = palette(theme)
    canvas = Canvas(theme, HEIGHT)
    tones = [*[colours.grey] * (len(table) - 1), colours.blue]
    canvas.add(
        "bar",
        x=table[PERIOD],
        y=table[RESPONSES],
        width=0.72 * _DAYS[every] * _DAY,
        marker={
            "color": [
                tone if done else colours.background
                for tone, done in zip(tones, table["complete"], strict=True)
            ],
            "line": {"color": tones, "width": 1.5},
        },
        hovertext=[
            f"{period_text(row[PERIOD], every)}<br>{responses_text(row[RESPONSES])}"
            for row in table.to_dict("records")
        ],
        hoverinfo="text",
    )
    top = max(float(table[RESPONSES].max()), target or 0.0, 1.0)
    last = table.iloc[-1]
    canvas.label(
        f"<b>{count_text(last[RESPONSES])}</b>",
        x=last[PERIOD],
        y=last[RESPONSES],
        yanchor="bottom",
        font={"color": colours.ink, "size": LABEL + 2},
    )
    if target is not None:
        canvas.shape(
            "line",
            x0=0,
            x1=1,
            xref="paper",
            y0=target,
            y1=target,
            line={"color": colours.muted, "width": 1, "dash": "dash"},
        )
        canvas.label(
            tr("plan {n}", n=count_text(round(target))),
            x=0,
            xref="paper",
            xanchor="left",
            y=target,
            yanchor="bottom",
            bgcolor=colours.background,
            font={"color": colours.muted, "size": SMALL},
        )
    step = pd.Timedelta(days=_DAYS[every])
    canvas.layout(
        margin={"l": 40, "r": 8, "t": 8, "b": 26},
        xaxis={
            "type": "date",
            "range": [table[PERIOD].min() - 0.6 * step, table[PERIOD].max() + 0.6 * step],
            "tickformatstops": _TICKS,
            "nticks": 6,
            **period_ticks(list(table[PERIOD]), every),
            "tickfont": {"size": SMALL},
        },
        yaxis={"range": [0, 1.18 * top], "nticks": 4, "tickformat": ",d"},
        bargap=0,
    )
    return canvas.figure()
