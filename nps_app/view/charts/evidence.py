"""How far each group lies from the rest, with its interval, the strongest evidence first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.estimate import estimate
from nps_app.view.charts.lettering import fitted, pixels
from nps_app.view.charts.theme import LABEL, SMALL, Theme, palette, plain, verdict_colour
from nps_app.view.evidence_words import signed

ROW: Final = 38
_BOTTOM: Final = 28
_NAMES: Final = (64, 168)
"""Pixels the column of names takes: what the names need, between these."""

_FIGURES: Final = 84
_TICKS: Final = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class EvidenceRow:
    """One group in words and points: its name, the columns it is of, its distance from the rest."""

    label: str
    under: str
    difference: float
    low: float
    high: float
    verdict: str
    size: str
    beside: str
    hover: str


def evidence(rows: Sequence[EvidenceRow], theme: Theme, *, empty: str) -> go.Figure:
    """Draw each group on a row: name, dot on its interval about the line of no difference.

    `size` stands bold beside the row and `beside` small next to it; `empty` is said where there
    are no rows. Blue is above the rest, orange below; the height is fixed by the number of rows.
    """
    if not rows:
        return blank(theme, 96, empty)
    colours = palette(theme)
    canvas = Canvas(theme, ROW * len(rows) + _BOTTOM + 4)
    wide = _names_width(rows)
    ends = [0.0, *(end for row in rows for end in (row.low, row.high))]
    air = max(2.0, 0.05 * (max(ends) - min(ends)))
    low, high = min(ends) - air, max(ends) + air
    for place, row in enumerate(rows):
        _row(canvas, row, -place, wide, theme)
    canvas.shape(
        "line",
        x0=0,
        x1=0,
        y0=0,
        y1=1,
        yref="paper",
        layer="below",
        line={"color": colours.muted, "width": 1, "dash": "dot"},
    )
    canvas.layout(
        margin={"l": wide, "r": _FIGURES, "t": 4, "b": _BOTTOM},
        xaxis={
            "range": [low, high],
            "showgrid": True,
            "tickvals": (ticks := _ticks(low, high)),
            "ticktext": [signed(tick) for tick in ticks],
            "tickangle": 0,
            "tickfont": {"size": SMALL},
        },
        yaxis={"visible": False, "range": [0.5 - len(rows), 0.5]},
    )
    return canvas.figure()


def _row(canvas: Canvas, row: EvidenceRow, y: int, wide: int, theme: Theme) -> None:
    colours = palette(theme)
    tone = verdict_colour(row.verdict, colours)
    estimate(canvas, y, row.difference, (row.low, row.high), tone, row.hover)
    room = (wide - 8) / 0.9
    canvas.label(
        f"{plain(fitted(row.label, room, LABEL))}<br>"
        f'<span style="font-size:{SMALL}px;color:{colours.muted}">'
        f"{plain(fitted(row.under, room, SMALL))}</span>",
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-wide,
        y=y,
        yanchor="middle",
        align="left",
        hovertext=plain(row.label, 90),
        font={"color": colours.ink, "size": LABEL},
    )
    place = {"x": 1, "xref": "paper", "y": y, "yanchor": "middle"}
    canvas.label(
        f"<b>{row.size}</b>",
        xanchor="right",
        xshift=36,
        font={"color": tone, "size": LABEL + 2},
        **place,
    )
    canvas.label(
        row.beside,
        xanchor="left",
        xshift=42,
        align="left",
        font={"color": colours.muted, "size": SMALL},
        **place,
    )


def _names_width(rows: Sequence[EvidenceRow]) -> int:
    needed = max(max(pixels(row.label, LABEL), pixels(row.under, SMALL)) * 0.9 for row in rows) + 12
    return int(min(max(needed, _NAMES[0]), _NAMES[1]))


def _ticks(low: float, high: float) -> list[int]:
    """Give at most six round values between the ends."""
    for step in _TICKS:
        values = [step * place for place in range(-int(-low // step), int(high // step) + 1)]
        if len(values) <= 6:
            return values
    return [0]
