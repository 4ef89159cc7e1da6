"""The two charts of the Planner: what responses buy, and what winning people over would do."""

import math
from collections.abc import Mapping
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.lettering import pixels
from nps_app.view.charts.theme import LABEL, SMALL, Palette, Theme, palette
from nps_app.view.planner_numbers import margin_text
from nps_app.view.tables import NO_RESPONSES, count_text, nps_text, responses_text, share_text
from nps_core.columns import DETRACTORS, NPS, PASSIVES, PROMOTERS, RESPONSES
from nps_core.language import mark, tr, tr_plural

CURVE_HEIGHT: Final = 330
BARS_HEIGHT: Final = 150
_ORDER: Final = (PROMOTERS, PASSIVES, DETRACTORS)
_NAMES: Final = {
    PROMOTERS: mark("promoters"),
    PASSIVES: mark("passives"),
    DETRACTORS: mark("detractors"),
}
_STAY: Final = {
    PROMOTERS: mark("{when}: {share} promoters"),
    PASSIVES: mark("{when}: {share} passives"),
    DETRACTORS: mark("{when}: {share} detractors"),
}
_BECOME: Final = {
    PROMOTERS: mark("{when}: {share} become promoters"),
    PASSIVES: mark("{when}: {share} become passives"),
}
_BETWEEN: Final = 16
"""Pixels between the names of the categories."""

_TICKS: Final = (1, 3)
_NARROW: Final = 300
"""Pixels a bar has at least: what does not fit into its part of that stays in the hover text."""


def margin_curve(
    curve: pd.DataFrame,
    now: tuple[int, float],
    wanted: tuple[int, float],
    theme: Theme,
) -> go.Figure:
    """Draw the margin that responses give, with the present point and the wanted one named.

    `curve` has responses (rising, over 0) and margin (points); `now` and `wanted` are (responses,
    margin), `now` left out when it has no responses. The responses are on a logarithmic axis.
    """
    colours = palette(theme)
    canvas = Canvas(theme, CURVE_HEIGHT)
    sizes, margins = curve[RESPONSES], curve["margin"]
    top = float(margins.max()) * 1.06
    left, right = math.log10(float(sizes.min())), math.log10(float(sizes.max()))
    for start, end in (((left, wanted[1]), wanted), ((math.log10(wanted[0]), 0), wanted)):
        canvas.shape(
            "line",
            x0=10 ** start[0],
            y0=start[1],
            x1=end[0],
            y1=end[1],
            line={"color": colours.muted, "width": 1, "dash": "dot"},
            layer="below",
        )
    canvas.add(
        "scatter",
        x=sizes,
        y=margins,
        mode="lines",
        line={"color": colours.grey, "width": 2.5},
        customdata=[
            tr("{responses}: {margin}", responses=responses_text(n), margin=margin_text(margin))
            for n, margin in zip(sizes, margins, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    _point(canvas, wanted, mark("{margin} wanted"), colours.blue, colours, above=wanted[0] > now[0])
    if now[0] and now[1] <= top:
        _point(canvas, now, mark("{margin} now"), colours.ink, colours, above=wanted[0] <= now[0])
    canvas.layout(
        margin={"l": 40, "r": 8, "t": 8, "b": 44},
        hovermode="closest",
        xaxis={
            "type": "log",
            "range": [left, right],
            "tickvals": _ticks(left, right),
            "ticktext": [count_text(tick) for tick in _ticks(left, right)],
            "tickangle": 0,
            "title": {"text": tr("responses"), "font": {"size": SMALL, "color": colours.muted}},
        },
        yaxis={
            "range": [0, top],
            "tickprefix": "±",
            "nticks": 5,
            "rangemode": "tozero",
        },
    )
    return canvas.figure()


def _point(
    canvas: Canvas,
    at: tuple[int, float],
    words: str,
    colour: str,
    colours: Palette,
    *,
    above: bool,
) -> None:
    """Mark a point on the curve, which falls: right above and left below it there is room."""
    named, responses = tr(words, margin=margin_text(at[1])), responses_text(at[0])
    canvas.add(
        "scatter",
        x=[at[0]],
        y=[at[1]],
        mode="markers",
        marker={"color": colour, "size": 12, "line": {"color": colours.background, "width": 2}},
        hovertemplate=tr("{margin}: {responses}", margin=named, responses=responses)
        + "<extra></extra>",
    )
    canvas.label(
        f"<b>{named}</b><br>{responses}",
        x=math.log10(at[0]),
        y=at[1],
        xanchor="left" if above else "right",
        yanchor="bottom" if above else "top",
        align="left" if above else "right",
        xshift=7 if above else -7,
        yshift=5 if above else -5,
        bgcolor=colours.background,
        borderpad=1,
        font={"color": colour, "size": LABEL},
    )


def _ticks(left: float, right: float) -> list[int]:
    """Give round numbers of responses between the ends: as many as fit on a phone."""
    powers = range(math.floor(left), math.ceil(right) + 1)
    ticks = [step * 10**power for power in powers for step in _TICKS if power >= 0]
    inside = [tick for tick in ticks if left <= math.log10(tick) <= right]
    return inside if len(inside) <= 6 else [tick for tick in inside if str(tick)[0] == "1"]


def what_if_bars(
    before: pd.Series, after: pd.Series, turn: tuple[str, str], theme: Theme
) -> go.Figure:
    """Draw the three categories now and then, hatched those who moved, the scores at the ends.

    Both rows have detractors, passives, promoters (responses, perhaps broken) and nps; `turn` is
    (category left, category joined).
    """
    whole = float(before[list(_ORDER)].sum())
    if not whole:
        return blank(theme, BARS_HEIGHT, tr(NO_RESPONSES))
    colours = palette(theme)
    canvas = Canvas(theme, BARS_HEIGHT)
    tones = dict(zip(_ORDER, (colours.blue, colours.grey, colours.orange), strict=True))
    inks = dict.fromkeys(_ORDER, colours.background) | {PASSIVES: colours.on_grey}
    moved = float(after[turn[1]] - before[turn[1]])
    _row(
        canvas,
        1,
        tr("Now"),
        [(name, float(before[name]), False) for name in _ORDER],
        whole,
        tones,
        inks,
        colours.background,
    )
    parts: list[tuple[str, float, bool]] = []
    for name in _ORDER:
        stayed = float(before[name] if name == turn[1] else after[name])
        both = [(name, stayed, False), (name, moved, True)]
        # Those who moved lie on the side of the category they left.
        parts += both if name == turn[1] else both[:1]
    _row(canvas, 0, tr("Then"), parts, whole, tones, inks, colours.background)
    shift = 0.0
    for name in _ORDER:
        word = tr(_NAMES[name])
        canvas.label(
            word,
            x=0,
            y=1,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            xshift=shift,
            font={"size": LABEL, "color": colours.muted if name == PASSIVES else tones[name]},
        )
        shift += pixels(word, LABEL) * 0.9 + _BETWEEN
    for y, when, row in ((1, tr("Now"), before), (0, tr("Then"), after)):
        canvas.label(
            when, x=0, xref="paper", xanchor="right", xshift=-8, y=y, font={"color": colours.muted}
        )
        canvas.label(
            f"<b>{nps_text(row[NPS])}</b>",
            x=1,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=y,
            font={"size": 18, "color": colours.ink},
        )
    if moved:
        start = sum(size for _, size, _ in parts[: [m for _, _, m in parts].index(True)])
        people = math.floor(moved + 0.5)
        canvas.label(
            tr_plural("{n} moved", "{n} moved", people, n=count_text(people)),
            x=100 * (start + moved / 2) / whole,
            y=-0.4,
            yanchor="top",
            font={"size": SMALL, "color": colours.ink},
        )
    canvas.layout(
        barmode="stack",
        bargap=0.28,
        margin={"l": _left(tr("Now"), tr("Then")), "r": 48, "t": 24, "b": 22},
        xaxis={"visible": False, "range": [0, 100]},
        yaxis={"visible": False, "range": [-0.5, 1.5]},
    )
    return canvas.figure()


def _left(*words: str) -> int:
    """Give the pixels the names of the two bars need."""
    return max(42, int(max(pixels(word, LABEL) for word in words)) + 10)


def _row(
    canvas: Canvas,
    y: int,
    when: str,
    parts: list[tuple[str, float, bool]],
    whole: float,
    tones: Mapping[str, str],
    inks: Mapping[str, str],
    background: str,
) -> None:
    """Draw one bar of parts: (category, responses, whether they moved), from the left."""
    for name, size, is_moved in parts:
        share, words = 100 * size / whole, share_text(size, whole)
        said = tr((_BECOME if is_moved else _STAY)[name], when=when, share=words)
        fits = pixels(words, LABEL) + 8 < _NARROW * share / 100
        hatched = {"shape": "/", "fgcolor": tones[name], "bgcolor": background, "size": 6}
        canvas.add(
            "bar",
            x=[share],
            y=[y],
            orientation="h",
            marker={
                "color": tones[name],
                "line": {"width": 0 if is_moved else 2, "color": background},
                "pattern": hatched if is_moved else {},
            },
            text=[words if fits and not is_moved else ""],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": inks[name], "size": LABEL},
            hovertemplate=f"{said}<extra></extra>",
        )
