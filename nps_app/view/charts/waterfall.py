"""From one NPS to another, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.estimate import estimate
from nps_app.view.charts.lettering import fitted, pixels, wrapped
from nps_app.view.charts.theme import LABEL, SMALL, Palette, Theme, palette, plain, verdict_colour
from nps_app.view.move_words import points_text
from nps_app.view.tables import (
    NO_RESPONSES,
    count_text,
    interval_text,
    nps_text,
    responses_text,
)
from nps_core.language import tr

ROW: Final = 36
_BAR: Final = 0.56
_TOP: Final = 4
_BOTTOM: Final = 26
_NAMES: Final = (56, 128)
"""Pixels the column of names takes: what the names need, between these."""

_NUMBER: Final = 46
_BESIDE: Final = 60
"""Pixels of the numbers right of the marks, and of the small words beside them."""

Tone = Literal["clear", "unclear", "mix"]


@dataclass(frozen=True)
class End:
    """One end of a waterfall: an NPS with its interval in points, and of how many responses."""

    label: str
    under: str
    nps: float
    low: float
    high: float
    responses: int
    verdict: str = ""


@dataclass(frozen=True)
class Step:
    """A part of the change, in points.

    `beside` are small words at its number; `tone` is "mix" for what is nobody's own score, and
    "clear" where a group's own change is one, else "unclear"; `hover` is shown when pointed at.
    """

    label: str
    points: float
    beside: str = ""
    tone: Tone = "clear"
    hover: str = ""


def waterfall(before: End, after: End, steps: Sequence[Step], theme: Theme) -> go.Figure:
    """Draw the way from `before` to `after`, a row a step, each beginning where the last ended.

    Up is blue, down orange, filled where it is clear and pale where it is not; a "mix" step is
    grey. Dotted lines lead from row to row; both ends are dots on their intervals. The height
    is fixed by the number of rows. Without responses on a side there is nothing but words.
    """
    if pd.isna(before.nps) or pd.isna(after.nps):
        return blank(theme, 120, tr(NO_RESPONSES))
    colours = palette(theme)
    rows = len(steps) + 2
    canvas = Canvas(theme, ROW * rows + _TOP + _BOTTOM)
    names = _names_width([*((end.label, end.under) for end in (before, after))], steps)
    reached = [before.nps]
    for step in steps:
        reached.append(reached[-1] + step.points)
    for place, (step, start) in enumerate(zip(steps, reached[:-1], strict=True), start=1):
        if step.points:
            _bar(canvas, step, start, -place, colours)
        _name(canvas, step.label, "", -place, names, colours)
        _numbers(canvas, points_text(step.points), step.beside, -place, colours)
    for place, level in enumerate(reached):
        canvas.shape(
            "line",
            x0=level,
            x1=level,
            y0=-place,
            y1=-place - 1,
            line={"color": colours.muted, "width": 1, "dash": "dot"},
            layer="below",
        )
    for end, y in ((before, 0), (after, 1 - rows)):
        _end(canvas, end, y, colours)
        _name(canvas, end.label, end.under, y, names, colours, bold=True)
        n = tr("n {n}", n=count_text(end.responses))
        _numbers(canvas, nps_text(end.nps), n, y, colours)
    low, high = _range([*reached, *(e for end in (before, after) for e in (end.low, end.high))])
    canvas.layout(
        margin={"l": names, "r": _NUMBER + _BESIDE, "t": _TOP, "b": _BOTTOM},
        xaxis={
            "range": [low, high],
            "showgrid": True,
            "nticks": 4,
            "tickangle": 0,
            "tickfont": {"size": SMALL},
        },
        yaxis={"visible": False, "range": [0.5 - rows, 0.5]},
        barmode="overlay",
    )
    return canvas.figure()


def _bar(canvas: Canvas, step: Step, start: float, y: int, colours: Palette) -> None:
    up = step.points >= 0
    edge = colours.grey if step.tone == "mix" else colours.blue if up else colours.orange
    pale = colours.above if up else colours.below
    canvas.add(
        "bar",
        x=[step.points],
        y=[y],
        base=[start],
        orientation="h",
        width=_BAR,
        marker={
            "color": pale if step.tone == "unclear" else edge,
            "line": {"color": edge, "width": 1},
        },
        hovertemplate=f"{step.hover or plain(step.label)}<extra></extra>",
    )


def _end(canvas: Canvas, end: End, y: int, colours: Palette) -> None:
    said = tr(
        "NPS {nps}, 95 % interval {interval}",
        nps=nps_text(end.nps),
        interval=interval_text(end.low, end.high),
    )
    hover = f"{plain(end.label)}<br>{said}<br>{responses_text(end.responses)}"
    tone = verdict_colour(end.verdict, colours)
    estimate(canvas, y, end.nps, (end.low, end.high), tone, hover)


def _names_width(ends: Sequence[tuple[str, str]], steps: Sequence[Step]) -> int:
    needed = max(
        *(max(pixels(label, LABEL + 1), pixels(under, SMALL)) for label, under in ends),
        *(pixels(step.label, LABEL) for step in steps),
        0,
    )
    return int(min(max(needed * 0.9 + 12, _NAMES[0]), _NAMES[1]))


def _name(
    canvas: Canvas, label: str, under: str, y: int, wide: int, colours: Palette, bold: bool = False
) -> None:
    room = (wide - 8) / 0.9
    if under:
        words = (
            f"<b>{plain(fitted(label, room, LABEL))}</b><br>"
            f'<span style="font-size:{SMALL}px;color:{colours.muted}">'
            f"{plain(fitted(under, room, SMALL))}</span>"
        )
    else:
        lines = "<br>".join(plain(line) for line in wrapped(label, room, LABEL))
        words = f"<b>{lines}</b>" if bold else lines
    canvas.label(
        words,
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-wide,
        y=y,
        yanchor="middle",
        align="left",
        hovertext=plain(label),
        font={"color": colours.ink, "size": LABEL},
    )


def _numbers(canvas: Canvas, number: str, beside: str, y: int, colours: Palette) -> None:
    place = {"x": 1, "xref": "paper", "y": y, "yanchor": "middle"}
    canvas.label(
        f"<b>{number}</b>",
        xanchor="right",
        xshift=_NUMBER,
        font={"color": colours.ink, "size": LABEL + 1},
        **place,
    )
    if beside:
        canvas.label(
            plain(fitted(beside, (_BESIDE - 8) / 0.9, SMALL)),
            xanchor="left",
            xshift=_NUMBER + 7,
            font={"color": colours.muted, "size": SMALL},
            **place,
        )


def _range(values: Sequence[float]) -> tuple[float, float]:
    known = [value for value in values if not pd.isna(value)]
    margin = max(2.0, (max(known) - min(known)) * 0.06)
    return min(known) - margin, max(known) + margin
