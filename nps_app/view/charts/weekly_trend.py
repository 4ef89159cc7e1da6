"""The score up to one week or month: single periods, the pooled line, and that one marked."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.date_ticks import period_ticks
from nps_app.view.charts.lines import line, ribbon
from nps_app.view.charts.theme import LABEL, SMALL, Theme, palette
from nps_app.view.tables import (
    NO_RESPONSES,
    interval_text,
    nps_text,
    period_text,
    responses_text,
)
from nps_core.columns import HIGH, LOW, NPS, PERIOD, RESPONSES
from nps_core.language import tr

HEIGHT: Final = 300
_DAYS: Final = {"week": 7, "month": 30}
_RIGHT: Final = 84
_TICKS: Final = [
    {"dtickrange": [None, "M1"], "value": "%-d %b"},
    {"dtickrange": ["M1", None], "value": "%b %Y"},
]


def weekly_trend(
    table: pd.DataFrame,
    now: pd.Series,
    usual: tuple[float, float],
    theme: Theme,
    *,
    every: str,
    fewest: int,
) -> go.Figure:
    """Draw the pooled line with its interval, a dot a period, and the last one large.

    `table` is a `trend` with a window, the period meant last; `now` is its score as the page says
    it (nps, low, high, responses), `usual` the ends of the range it was expected in (NaN: none).
    Periods under `fewest` responses have no dot.
    """
    shown = table.assign(**{NPS: table[NPS].where(table[RESPONSES] >= fewest)})
    pooled = _pooled(table, fewest)
    if shown[NPS].isna().all() and pooled[NPS].isna().all():
        return blank(theme, HEIGHT, tr(NO_RESPONSES))
    colours = palette(theme)
    canvas = Canvas(theme, HEIGHT)
    ribbon(canvas, pooled, colours.ribbon, colours.blue)
    line(canvas, pooled, colours.faint)
    earlier = shown.iloc[:-1]
    canvas.add(
        "scatter",
        x=earlier[PERIOD],
        y=earlier[NPS],
        mode="markers",
        marker={"color": colours.grey, "size": 6},
        hovertext=[_hover(row, every) for row in earlier.to_dict("records")],
        hoverinfo="text",
    )
    at, half = table[PERIOD].iloc[-1], pd.Timedelta(days=0.36 * _DAYS[every])
    if not pd.isna(usual[0]):
        canvas.shape(
            "rect",
            x0=at - half,
            x1=at + half,
            y0=usual[0],
            y1=usual[1],
            fillcolor=colours.band,
            line={"width": 0},
        )
    _mark(canvas, at, now, usual, theme, every)
    low, high = _range(shown, pooled, now, usual)
    step = pd.Timedelta(days=_DAYS[every])
    canvas.layout(
        margin={"l": 34, "r": _RIGHT, "t": 8, "b": 26},
        xaxis={
            "type": "date",
            "range": [table[PERIOD].min() - 0.6 * step, at + 0.8 * step],
            "tickformatstops": _TICKS,
            "nticks": 6,
            **period_ticks(list(table[PERIOD]), every),
            "tickfont": {"size": SMALL},
        },
        yaxis={"range": [low, high], "nticks": 5},
    )
    return canvas.figure()


def _pooled(table: pd.DataFrame, fewest: int) -> pd.DataFrame:
    names = {f"window_{name}": name for name in (NPS, LOW, HIGH, RESPONSES)}
    view = table[[PERIOD, "complete", *names]].rename(columns=names)
    enough = view[RESPONSES] >= fewest
    return view.assign(**{name: view[name].where(enough) for name in (NPS, LOW, HIGH)})


def _mark(
    canvas: Canvas,
    at: Any,
    now: pd.Series,
    usual: tuple[float, float],
    theme: Theme,
    every: str,
) -> None:
    """The period meant: its dot on its interval, its score beside it."""
    if pd.isna(now[NPS]):
        return
    colours = palette(theme)
    canvas.add(
        "scatter",
        x=[at, at],
        y=[now[LOW], now[HIGH]],
        mode="lines",
        line={"color": colours.blue, "width": 3},
        hoverinfo="skip",
    )
    canvas.add(
        "scatter",
        x=[at],
        y=[now[NPS]],
        mode="markers",
        marker={"color": colours.blue, "size": 13},
        hovertext=[_hover({PERIOD: at, **now.to_dict()}, every)],
        hoverinfo="text",
    )
    what = tr("this week") if every == "week" else tr("this month")
    if not pd.isna(usual[0]):
        what += "<br>" + tr("usual {interval}", interval=interval_text(*usual))
    canvas.label(
        f"<b>{nps_text(now[NPS])}</b><br>"
        f'<span style="font-size:{SMALL}px;color:{colours.muted}">{what}</span>',
        x=1,
        xref="paper",
        xanchor="left",
        align="left",
        xshift=2,
        y=now[NPS],
        font={"size": LABEL + 6, "color": colours.ink},
    )


def _hover(row: dict[Any, Any], every: str) -> str:
    name = period_text(row[PERIOD], every)
    ends = interval_text(row[LOW], row[HIGH])
    score = tr("NPS {nps}, 95 % interval {interval}", nps=nps_text(row[NPS]), interval=ends)
    return f"{name[:1].upper()}{name[1:]}<br>{score}<br>{responses_text(row[RESPONSES])}"


def _range(
    shown: pd.DataFrame, pooled: pd.DataFrame, now: pd.Series, usual: tuple[float, float]
) -> tuple[float, float]:
    values = [*shown[NPS], *pooled[LOW], *pooled[HIGH], now[LOW], now[HIGH], *usual]
    known = [float(value) for value in values if not pd.isna(value)]
    air = max(3.0, 0.06 * (max(known) - min(known)))
    return max(-105.0, min(known) - air), min(105.0, max(known) + air)
