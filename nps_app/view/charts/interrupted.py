"""The weeks around a product change, the line through them, and the line carried on without it."""

from collections.abc import Hashable
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.beside import Beside, label_beside
from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.scale import score_range
from nps_app.view.charts.theme import SMALL, Theme, palette, plain
from nps_app.view.charts.trend import MINIMUM
from nps_app.view.tables import (
    NO_RESPONSES,
    count_text,
    date_text,
    dates_text,
    interval_text,
    nps_text,
)
from nps_core.columns import HIGH, LOW, NPS, RESPONSES
from nps_core.language import tr
from nps_core.measure.interrupted import WEEKS_FOR_LEVEL, InterruptedSeries

HEIGHT: Final = 380
_MARGIN: Final = {"l": 34, "r": 92, "t": 34, "b": 60}
_DOTS: Final = (5.0, 15.0)
"""Diameters in pixels of the quietest and the loudest week: their area goes with the responses."""

_WEEK: Final = pd.Timedelta(days=7)
_TICKS: Final = [
    {"dtickrange": [None, "M1"], "value": "%-d %b"},
    {"dtickrange": ["M1", None], "value": "%b %Y"},
]


def interrupted(
    series: InterruptedSeries, theme: Theme, *, title: str = "", height: int = HEIGHT
) -> go.Figure:
    """Draw each week's NPS as a dot as large as its responses, and the fitted line on both sides.

    Dashed from the change on: the line before, carried on. Without a fit (too few weeks) there are
    dots alone, and words that say so. Weeks under MINIMUM responses have no dot, as on the Trend.
    `title` names the change. A dot's hover text has its days, interval and responses.
    """
    bins = series.bins
    heard = bins[bins[RESPONSES] >= MINIMUM]
    if heard.empty and bins["fitted"].isna().all():
        few = tr("No week holds {minimum} responses", minimum=MINIMUM)
        return blank(theme, height, few if bins[RESPONSES].sum() else tr(NO_RESPONSES))
    colours = palette(theme)
    after = bins["without_change"].where(_after(bins, series))
    lines = [bins["fitted"], after]
    values = pd.concat([heard[NPS], *[line.dropna() for line in lines]], ignore_index=True)
    low, high = score_range([], [pd.DataFrame({NPS: values})], None, ribbon=False)
    canvas = Canvas(theme, height)
    middle = bins["start"] + _WEEK / 2
    _dots(canvas, heard, theme)
    beside = []
    if bins["fitted"].notna().any():
        for side in (~_after(bins, series), _after(bins, series)):
            canvas.add(
                "scatter",
                x=middle[side],
                y=bins["fitted"][side],
                mode="lines",
                name=tr("Fitted line"),
                line={"color": colours.blue, "width": 2.5},
                hoverinfo="skip",
            )
        canvas.add(
            "scatter",
            x=middle[after.notna()],
            y=after.dropna(),
            mode="lines",
            name=tr("Without the change"),
            line={"color": colours.ink, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
        )
        beside = [
            Beside(float(bins["fitted"].iloc[-1]), tr("fitted line"), 1, colours.blue),
            Beside(float(after.iloc[-1]), tr("the line before,<br>carried on"), 2, colours.ink),
        ]
    plot = height - _MARGIN["t"] - _MARGIN["b"]
    beside = [_inside(name, low, high) for name in beside]
    label_beside(canvas, beside, colours.ink, (high - low) / plot)
    _change(canvas, bins, series, title, theme)
    _note(canvas, series, theme)
    canvas.layout(
        margin=_MARGIN,
        xaxis={
            "type": "date",
            "range": [bins["start"].iloc[0], bins["start"].iloc[-1] + _WEEK],
            "tickformatstops": _TICKS,
            "nticks": 4,
            "tickangle": 0,
        },
        yaxis={"range": [low, high], "nticks": 6},
    )
    return canvas.figure()


def _after(bins: pd.DataFrame, series: InterruptedSeries) -> pd.Series:
    return bins["start"] >= pd.Timestamp(series.at)


def _inside(name: Beside, low: float, high: float) -> Beside:
    return Beside(min(max(name.at, low), high), name.words, name.lines, name.tone)


def _dots(canvas: Canvas, heard: pd.DataFrame, theme: Theme) -> None:
    colours = palette(theme)
    share = np.sqrt(heard[RESPONSES] / heard[RESPONSES].max())
    canvas.add(
        "scatter",
        x=heard["start"] + _WEEK / 2,
        y=heard[NPS],
        mode="markers",
        name=tr("NPS of a week"),
        marker={
            "size": np.maximum(share * _DOTS[1], _DOTS[0]),
            "color": colours.faint,
            "opacity": 0.75,
            "line": {"color": colours.background, "width": 1},
        },
        hovertext=[_hover(row) for row in heard.to_dict("records")],
        hoverinfo="text",
        cliponaxis=False,
    )


def _hover(row: dict[Hashable, Any]) -> str:
    start = row["start"]
    return (
        f"<b>{dates_text(start, start + pd.Timedelta(days=6))}</b><br>"
        + tr(
            "NPS {nps}, 95 % interval {interval}",
            nps=nps_text(row[NPS]),
            interval=interval_text(row[LOW], row[HIGH]),
        )
        + f"<br>n {count_text(row[RESPONSES])}"
    )


def _change(
    canvas: Canvas, bins: pd.DataFrame, series: InterruptedSeries, title: str, theme: Theme
) -> None:
    """Mark the day of the change, its name to the side that has more room."""
    colours = palette(theme)
    day = pd.Timestamp(series.at)
    first, last = bins["start"].iloc[0], bins["start"].iloc[-1] + _WEEK
    if not first <= day <= last:
        return
    leftwards = day - first > last - day
    canvas.shape(
        "line",
        x0=day,
        x1=day,
        y0=0,
        y1=1.02,
        yref="paper",
        layer="below",
        line={"color": colours.muted, "width": 1, "dash": "dot"},
    )
    named = f"<b>{plain(title, 28)}</b> · " if title else ""
    canvas.label(
        f"{named}{date_text(day)}",
        x=day,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=8,
        xanchor="right" if leftwards else "left",
        xshift=4 if leftwards else -4,
        font={"size": SMALL, "color": colours.ink},
    )


def _note(canvas: Canvas, series: InterruptedSeries, theme: Theme) -> None:
    """Say under the axis how to read the dots, or why there is no line."""
    drawn = series.bins["fitted"].notna().any()
    canvas.label(
        tr("Each dot is the NPS of a week, larger with more responses")
        if drawn
        else tr(
            "Too few weeks for a line: {before} before and {after} after<br>have responses, "
            "{needed} and {needed} are needed",
            before=series.weeks_before,
            after=series.weeks_after,
            needed=WEEKS_FOR_LEVEL,
        ),
        x=0,
        y=0,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="top",
        align="left",
        yshift=-24,
        font={"size": SMALL, "color": palette(theme).muted},
    )
