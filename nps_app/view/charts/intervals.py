"""An NPS and its interval for each of several groups, one row a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.theme import LABEL, SMALL, Theme, palette, plain, verdict_colour
from nps_app.view.tables import (
    NO_RESPONSES,
    arrow,
    count_text,
    interval_text,
    nps_text,
    value_label,
)
from nps_core.columns import HIGH, LOW, NPS, RESPONSES
from nps_core.measure.suppress import COMPLEMENTARY

ROW: Final = 44
_TOP: Final = 20
_BOTTOM: Final = 26
_SHORT: Final = {COMPLEMENTARY: "hidden to protect a smaller one"}
_AGAINST_REST: Final = {"up": "above", "down": "below"}


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


def intervals(
    scored: pd.DataFrame, by: str | Sequence[str], theme: Theme, *, overall: float | None = None
) -> go.Figure:
    """Draw each group's NPS as a dot on its interval, its name and figures above.

    `scored` holds a row a group: `by` (one column, or several joined by " · "), nps, low, high
    (points), responses, and optionally `verdict` (the group against the rest: "up" and "down"
    read "above" and "below") and `hidden` (a reason, "" when shown). Rows are drawn in the order
    given. `overall` draws the dotted line of all responses. The height is fixed by the number of
    rows.
    """
    columns = [by] if isinstance(by, str) else list(by)
    rows = [
        IntervalRow(
            label=" · ".join(value_label(row[column]) for column in columns),
            nps=row[NPS],
            low=row[LOW],
            high=row[HIGH],
            responses=0 if pd.isna(row[RESPONSES]) else int(row[RESPONSES]),
            verdict=str(row.get("verdict", "")),
            mark=_AGAINST_REST.get(str(row.get("verdict", "")), ""),
            hidden=_SHORT.get(str(row.get("hidden", "")), str(row.get("hidden", "") or "")),
        )
        for _, row in scored.iterrows()
    ]
    return interval_rows(rows, theme, overall=overall)


def interval_rows(
    rows: Sequence[IntervalRow], theme: Theme, *, overall: float | None = None
) -> go.Figure:
    """Draw rows already put into words; what `intervals` and `before_after` share."""
    if not rows:
        return blank(theme, 120, NO_RESPONSES)
    colours = palette(theme)
    canvas = Canvas(theme, ROW * len(rows) + _TOP + _BOTTOM)
    shown = [row for row in rows if not row.hidden and not pd.isna(row.nps)]
    for place, row in enumerate(rows):
        colour = verdict_colour(row.verdict, colours)
        y = -place
        if row in shown:
            canvas.add(
                "scatter",
                x=[row.low, row.high],
                y=[y, y],
                mode="lines",
                line={"color": colour, "width": 3},
                hoverinfo="skip",
            )
            canvas.add(
                "scatter",
                x=[row.nps],
                y=[y],
                mode="markers",
                marker={"color": colour, "size": 11},
                hovertemplate=f"{plain(row.label)}<br>NPS {nps_text(row.nps)}, 95 % interval "
                f"{interval_text(row.low, row.high)}<br>{count_text(row.responses)} responses"
                "<extra></extra>",
            )
        _name(canvas, row, y, colour, theme)
    low, high = _range(shown, overall)
    if overall is not None and not pd.isna(overall):
        canvas.shape(
            "line",
            x0=overall,
            x1=overall,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": colours.muted, "width": 1, "dash": "dot"},
        )
        canvas.label(
            f"all {nps_text(overall)}",
            x=overall,
            y=1,
            yref="paper",
            yanchor="bottom",
            font={"color": colours.muted, "size": SMALL},
        )
    canvas.layout(
        margin={"l": 2, "r": 2, "t": _TOP, "b": _BOTTOM},
        xaxis={"range": [low, high], "showgrid": True, "nticks": 6, "visible": bool(shown)},
        yaxis={"visible": False, "range": [0.35 - len(rows), 0.75]},
    )
    return canvas.figure()


def _name(canvas: Canvas, row: IntervalRow, y: int, colour: str, theme: Theme) -> None:
    """Put the name left and the figures right, above the row's own line: never on the marks."""
    colours = palette(theme)
    if row.hidden:
        figures = f"<i>{plain(row.hidden, 40)}</i>"
    elif pd.isna(row.nps):
        figures = NO_RESPONSES
    else:
        mark = f' <span style="color:{colour}">{arrow(row.verdict)} {row.mark}</span>'
        figures = (
            f'<b><span style="color:{colours.ink}">{nps_text(row.nps)}</span></b>'
            f" · n {count_text(row.responses)}{mark if row.mark else ''}"
        )
    for text, x, anchor, tone, size in (
        (plain(row.label, 28 if row.mark or row.hidden else 32), 0, "left", colours.ink, LABEL + 1),
        (figures, 1, "right", colours.muted, LABEL),
    ):
        canvas.label(
            text,
            x=x,
            xref="paper",
            xanchor=anchor,
            y=y,
            yanchor="bottom",
            yshift=5,
            bgcolor=colours.background,
            borderpad=0,
            font={"color": tone, "size": size if anchor == "left" else max(size, SMALL)},
        )


def _range(rows: Sequence[IntervalRow], overall: float | None) -> tuple[float, float]:
    ends = [end for row in rows for end in (row.low, row.high) if not pd.isna(end)]
    if overall is not None and not pd.isna(overall):
        ends.append(overall)
    if not ends:
        return -100, 100
    margin = max(2.0, (max(ends) - min(ends)) * 0.04)
    return max(-102, min(ends) - margin), min(102, max(ends) + margin)
