"""An NPS and its interval for each of several groups, one row a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.estimate import estimate
from nps_app.view.charts.lettering import WIDER, fitted, pixels, wrapped
from nps_app.view.charts.theme import LABEL, SMALL, Theme, palette, plain, verdict_colour
from nps_app.view.said import said
from nps_app.view.tables import (
    NO_RESPONSES,
    arrow,
    count_text,
    interval_text,
    nps_text,
    responses_text,
    value_label,
)
from nps_core.columns import HIGH, LOW, NPS, RESPONSES
from nps_core.language import mark, tr
from nps_core.measure.suppress import COMPLEMENTARY

ROW: Final = 38
BOTTOM: Final = 26
_TOP: Final = 20
_NAMES: Final = (56, 124)
"""Pixels the column of names takes: what the names need, between these."""

_FIGURES: Final = 104
_SCORE: Final = 34
"""Pixels the column of figures takes at least, and the score within it: side by side with the
names they leave the marks 72 pixels of a chart of 300."""

_STEPS: Final = (1, 2, 5, 10, 20, 50, 100)
_SHORT: Final = {COMPLEMENTARY: mark("hidden to protect a smaller one")}
_AGAINST_REST: Final = {"up": mark("above"), "down": mark("below")}


@dataclass(frozen=True)
class IntervalRow:
    """One group: its name, figures in points, and why its figures are hidden ("" when not)."""

    label: str
    nps: float
    low: float
    high: float
    responses: int
    verdict: str = ""
    mark: str = ""
    hidden: str = ""
    under: str = ""


def intervals(
    scored: pd.DataFrame,
    by: str,
    theme: Theme,
    *,
    under: str | None = None,
    overall: float | None = None,
) -> go.Figure:
    """Draw each group on a row of its own: name, dot on its interval, NPS, responses, verdict.

    `scored` holds a row a group: `by`, nps, low, high (points), responses, and optionally
    `verdict` (the group against the rest: "up" and "down" read "above" and "below") and `hidden`
    (a reason, "" when shown). Rows are drawn in the order given; `under` is a column whose text
    stands small under the name. `overall` draws the dotted line of all responses. The height is
    fixed by the number of rows.
    """
    rows = [
        IntervalRow(
            label=value_label(row[by]),
            nps=row[NPS],
            low=row[LOW],
            high=row[HIGH],
            responses=0 if pd.isna(row[RESPONSES]) else int(row[RESPONSES]),
            verdict=str(row.get("verdict", "")),
            mark=tr(_AGAINST_REST.get(str(row.get("verdict", "")), "")),
            hidden=_why(row.get("hidden", "")),
            under=str(row[under]) if under else "",
        )
        for row in scored.to_dict("records")
    ]
    return interval_rows(rows, theme, overall=overall)


def interval_rows(
    rows: Sequence[IntervalRow], theme: Theme, *, overall: float | None = None
) -> go.Figure:
    """Draw rows already put into words; what `intervals` and `before_after` share."""
    if not rows:
        return blank(theme, 120, tr(NO_RESPONSES))
    colours = palette(theme)
    has_line = overall is not None and not pd.isna(overall)
    top = _TOP if has_line else 4
    canvas = Canvas(theme, ROW * len(rows) + top + BOTTOM)
    shown = [row for row in rows if not row.hidden and not pd.isna(row.nps)]
    names = _names_width(rows)
    for place, row in enumerate(rows):
        if row in shown:
            _mark(canvas, row, -place, theme)
        _name(canvas, row, -place, names, theme)
        _figures(canvas, row, -place, theme)
    low, high = _range(shown, overall)
    if has_line:
        canvas.shape(
            "line",
            x0=overall,
            x1=overall,
            y0=0,
            y1=1,
            yref="paper",
            layer="below",
            line={"color": colours.muted, "width": 1, "dash": "dot"},
        )
        canvas.label(
            tr("all {nps}", nps=nps_text(float(overall or 0))),
            x=overall,
            y=1,
            yref="paper",
            yanchor="bottom",
            font={"color": colours.muted, "size": SMALL},
        )
    canvas.layout(
        margin={"l": names, "r": _figures_width(rows), "t": top, "b": BOTTOM},
        xaxis={
            "range": [low, high],
            "showgrid": True,
            "tickvals": _ticks(low, high),
            "tickangle": 0,
            "tickfont": {"size": SMALL},
            "visible": bool(shown),
        },
        yaxis={"visible": False, "range": [0.5 - len(rows), 0.5]},
    )
    return canvas.figure()


def _why(reason: object) -> str:
    """Why figures are hidden; a reason already put into words stays."""
    return said(_SHORT.get(str(reason), reason if isinstance(reason, str) else ""))


def _mark(canvas: Canvas, row: IntervalRow, y: int, theme: Theme) -> None:
    name = f"{plain(row.label)} · {plain(row.under)}" if row.under else plain(row.label)
    hover = tr(
        "{name}<br>NPS {nps}, 95 % interval {interval}<br>{responses}",
        name=name,
        nps=nps_text(row.nps),
        interval=interval_text(row.low, row.high),
        responses=responses_text(row.responses),
    )
    tone = verdict_colour(row.verdict, palette(theme))
    estimate(canvas, y, row.nps, (row.low, row.high), tone, hover)


def _names_width(rows: Sequence[IntervalRow]) -> int:
    needed = max(
        max(pixels(row.label, LABEL + 1), pixels(row.under, SMALL)) * 0.9 + 12 for row in rows
    )
    return int(min(max(needed, _NAMES[0]), _NAMES[1]))


def _figures_width(rows: Sequence[IntervalRow]) -> int:
    words = WIDER * max(pixels(f"{arrow(row.verdict)} {row.mark}", SMALL) for row in rows)
    return int(max(_FIGURES, _SCORE + 7 + words + 2))


def _name(canvas: Canvas, row: IntervalRow, y: int, wide: int, theme: Theme) -> None:
    """Put the name left of the marks, on one line with a word under it or on two."""
    colours, room = palette(theme), (wide - 8) / 0.9
    if row.under:
        words = (
            f"{plain(fitted(row.label, room, LABEL))}<br>"
            f'<span style="font-size:{SMALL}px;color:{colours.muted}">'
            f"{plain(fitted(row.under, room, SMALL))}</span>"
        )
    else:
        words = "<br>".join(plain(line) for line in wrapped(row.label, room, LABEL))
    canvas.label(
        words,
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-wide,
        y=y,
        yanchor="middle",
        align="left",
        hovertext=plain(row.label),
        font={"color": colours.ink, "size": LABEL},
    )


def _figures(canvas: Canvas, row: IntervalRow, y: int, theme: Theme) -> None:
    """Put the score right of the marks, responses and verdict small beside it."""
    colours = palette(theme)
    place = {"xref": "paper", "y": y, "yanchor": "middle"}
    if row.hidden or pd.isna(row.nps):
        canvas.label(
            f"<i>{plain(row.hidden, 34)}</i>" if row.hidden else tr(NO_RESPONSES),
            x=0,
            xanchor="left",
            font={"color": colours.muted, "size": SMALL},
            **place,
        )
        return
    canvas.label(
        f"<b>{nps_text(row.nps)}</b>",
        x=1,
        xanchor="right",
        xshift=_SCORE,
        font={"color": colours.ink, "size": LABEL + 2},
        **place,
    )
    tone = verdict_colour(row.verdict, colours)
    mark = f'<span style="color:{tone}"><b>{arrow(row.verdict)} {row.mark}</b></span><br>'
    canvas.label(
        f"{mark if row.mark else ''}n {count_text(row.responses)}",
        x=1,
        xanchor="left",
        xshift=_SCORE + 7,
        align="left",
        font={"color": colours.muted, "size": SMALL},
        **place,
    )


def _ticks(low: float, high: float) -> list[int]:
    """Give two to four round values between the ends: as many as fit under narrow marks."""
    for step in _STEPS:
        first = -int(-low // step)
        values = [step * place for place in range(first, int(high // step) + 1)]
        if len(values) <= 4:
            return values
    return [0]


def _range(rows: Sequence[IntervalRow], overall: float | None) -> tuple[float, float]:
    ends = [end for row in rows for end in (row.low, row.high) if not pd.isna(end)]
    if overall is not None and not pd.isna(overall):
        ends.append(overall)
    if not ends:
        return -100, 100
    margin = max(2.0, (max(ends) - min(ends)) * 0.06)
    return max(-104, min(ends) - margin), min(104, max(ends) + margin)
