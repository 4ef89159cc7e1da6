"""Where the same people went: a table of counts, drawn."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.theme import LABEL, SMALL, Theme, palette
from nps_app.view.tables import count_text, share_text
from nps_core.columns import (
    DETRACTORS,
    HIGHEST_DETRACTOR,
    LOWEST_PROMOTER,
    PASSIVES,
    PROMOTERS,
)
from nps_core.language import mark, tr
from nps_core.measure.movement import Movement

NOBODY: Final = mark("Nobody answered both before and after")
_ROW: Final = 64
_SCORE_ROW: Final = 28
_MARGIN: Final = {"l": 88, "r": 2, "t": 46, "b": 4}
_SIGNS: Final = {1: mark("▲ won over"), 0: mark("stayed"), -1: mark("▼ lost")}
_NAMES: Final = {
    PROMOTERS: mark("promoters"),
    PASSIVES: mark("passives"),
    DETRACTORS: mark("detractors"),
}


def movement(matrix: Movement, theme: Theme) -> go.Figure:
    """Draw the 3 x 3 table of respondents: before from top to bottom, after from left to right.

    Each cell has its count, its share of all, and in words whether they were won over, lost or
    stayed; promoters stand first on both axes, so that up and to the left is better. The colour
    says the same again: blue won over, orange lost, the paler the fewer; who stayed is grey.
    """
    if not matrix.respondents:
        return blank(theme, 120, tr(NOBODY))
    colours = palette(theme)
    names = [tr(_NAMES[name]) for name in matrix.categories.columns[::-1]]
    counts = matrix.categories.to_numpy()[::-1, ::-1]
    way = np.sign(np.arange(3)[:, None] - np.arange(3))
    whole = matrix.respondents
    words = [
        [
            f"<b>{count_text(n)}</b><br>{share_text(n, whole)}<br>"
            f'<span style="font-size:{SMALL}px">{tr(_SIGNS[int(sign)])}</span>'
            for n, sign in zip(row, signs, strict=True)
        ]
        for row, signs in zip(counts, way, strict=True)
    ]
    hover = [
        [
            tr(
                "{n} of {whole}: {was}, now {now}",
                n=count_text(n),
                whole=count_text(whole),
                was=was,
                now=now,
            )
            for n, now in zip(row, names, strict=True)
        ]
        for row, was in zip(counts, names, strict=True)
    ]
    canvas = Canvas(theme, 3 * _ROW + _MARGIN["t"] + _MARGIN["b"])
    _cells(canvas, counts, way, words, hover, theme, LABEL)
    canvas.layout(
        margin=_MARGIN,
        xaxis=_axis(_counted(tr("after"), names, counts.sum(axis=0))) | {"side": "top"},
        yaxis=_axis(_counted(tr("before"), names, counts.sum(axis=1)))
        | {"autorange": "reversed", "showgrid": False},
    )
    canvas.each(textfont={"size": LABEL, "color": colours.ink})
    return canvas.figure()


def score_movement(matrix: Movement, theme: Theme) -> go.Figure:
    """Draw the 11 x 11 table of scores, 10 first: before from top to bottom, after to the right.

    Lines part detractors, passives and promoters; the colour is that of the category's move.
    """
    if not matrix.respondents:
        return blank(theme, 120, tr(NOBODY))
    colours = palette(theme)
    scores = [int(score) for score in matrix.scores.columns][::-1]
    counts = matrix.scores.to_numpy()[::-1, ::-1]
    category = np.array([(s >= LOWEST_PROMOTER) - int(s <= HIGHEST_DETRACTOR) for s in scores])
    way = np.sign(category - category[:, None])
    words = [[count_text(n) if n else "" for n in row] for row in counts]
    hover = [
        [
            tr("{n} went from {was} to {now}", n=count_text(n), was=was, now=now)
            for n, now in zip(row, scores, strict=True)
        ]
        for row, was in zip(counts, scores, strict=True)
    ]
    canvas = Canvas(theme, 11 * _SCORE_ROW + _MARGIN["t"] + _MARGIN["b"])
    _cells(canvas, counts, way, words, hover, theme, SMALL)
    for edge in np.flatnonzero(np.diff(category)) + 0.5:
        for across in (True, False):
            ends = {"0": (-0.5, 10.5), "1": (edge, edge)}
            x, y = (ends["0"], ends["1"]) if across else (ends["1"], ends["0"])
            canvas.shape(
                "line",
                x0=x[0],
                x1=x[1],
                y0=y[0],
                y1=y[1],
                line={"color": colours.muted, "width": 1.5},
            )
    ticks = [str(score) for score in scores]
    canvas.layout(
        margin=_MARGIN | {"l": 52},
        xaxis=_axis(ticks) | {"side": "top", "title": _named(tr("score after"), colours.muted)},
        yaxis=_axis(ticks)
        | {
            "autorange": "reversed",
            "showgrid": False,
            "title": _named(tr("score before"), colours.muted),
        },
    )
    canvas.each(textfont={"size": SMALL, "color": colours.ink})
    return canvas.figure()


def _counted(side: str, names: Sequence[str], totals: NDArray[np.int64]) -> list[str]:
    return [
        f"{name}<br>{side} · {count_text(total)}" for name, total in zip(names, totals, strict=True)
    ]


def _named(words: str, colour: str) -> dict[str, object]:
    return {"text": words, "standoff": 4, "font": {"size": SMALL, "color": colour}}


def _axis(names: list[str]) -> dict[str, object]:
    return {
        "tickvals": list(range(len(names))),
        "ticktext": names,
        "tickangle": 0,
        "tickfont": {"size": SMALL},
    }


def _cells(
    canvas: Canvas,
    counts: NDArray[np.int64],
    way: NDArray[np.int64],
    words: list[list[str]],
    hover: list[list[str]],
    theme: Theme,
    size: int,
) -> None:
    """Shade by direction, and within it by how many; the diagonal keeps the level grey."""
    colours = palette(theme)
    moved = np.where(way == 0, 0, counts)
    depth = np.sqrt(moved / max(int(moved.max()), 1))
    canvas.add(
        "heatmap",
        x=list(range(counts.shape[1])),
        y=list(range(counts.shape[0])),
        z=way * depth,
        text=words,
        customdata=hover,
        texttemplate="%{text}",
        textfont={"size": size, "color": colours.ink},
        hovertemplate="%{customdata}<extra></extra>",
        colorscale=[[0, colours.below], [0.5, colours.level], [1, colours.above]],
        zmin=-1,
        zmax=1,
        showscale=False,
        xgap=3,
        ygap=3,
    )
