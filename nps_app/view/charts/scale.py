"""How far the score axis reaches, and the benchmarks that stand on it."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from nps_app.view.benchmarks import Benchmarks
from nps_app.view.charts.canvas import Canvas
from nps_app.view.charts.theme import SMALL, Theme, palette
from nps_app.view.tables import interval_text, nps_text
from nps_core.columns import HIGH, LOW, NPS

_REACH: Final = 20.0
"""Points the axis may grow to bring a benchmark into view."""

_NAME: Final = 16
"""Pixels the name of a benchmark is tall."""


def score_range(
    views: Sequence[pd.DataFrame],
    points: Sequence[pd.DataFrame],
    benchmarks: Benchmarks | None,
    *,
    ribbon: bool,
) -> tuple[float, float]:
    """Give the ends of the score axis: lines, every point, some air, near benchmarks.

    The widest tenth of the intervals, those of few responses, may run off the axis. Never beyond
    -105 or 105; (-100, 100) when nothing is drawn.
    """
    values = [float(value) for view in (*views, *points) for value in view[NPS].dropna()]
    if ribbon:
        for view in views:
            width = view[HIGH] - view[LOW]
            usual = view[width <= width.quantile(0.9)]
            values += [*usual[LOW], *usual[HIGH]]
    if not values:
        return -100.0, 100.0
    low, high = min(values), max(values)
    if benchmarks:
        lines = (benchmarks.typical_low, benchmarks.typical_high, benchmarks.outstanding)
        near = [line for line in lines if low - _REACH <= line <= high + _REACH]
        low, high = min([low, *near]), max([high, *near])
    air = max(3.0, 0.06 * (high - low))
    return max(-105.0, low - air), min(105.0, high + air)


def benchmark_lines(
    canvas: Canvas,
    benchmarks: Benchmarks,
    theme: Theme,
    views: Sequence[pd.DataFrame],
    axis: tuple[float, float],
    points_a_pixel: float,
) -> None:
    """Draw the typical band and the outstanding line where the axis reaches them.

    Each is named where the lines in `views` leave it the most room. `axis` is the ends of the
    score axis; `points_a_pixel` is its scale.
    """
    colours = palette(theme)
    low, high = axis
    named = []
    if low <= benchmarks.typical_low and benchmarks.typical_high <= high:
        band = (benchmarks.typical_low, benchmarks.typical_high)
        canvas.shape(
            "rect",
            x0=0,
            x1=1,
            xref="paper",
            y0=band[0],
            y1=band[1],
            fillcolor=colours.band,
            line={"width": 0},
            layer="below",
        )
        named.append((band, f"typical SaaS {interval_text(*band)}"))
    if low <= benchmarks.outstanding <= high:
        line = (benchmarks.outstanding, benchmarks.outstanding)
        canvas.shape(
            "line",
            x0=0,
            x1=1,
            xref="paper",
            y0=line[0],
            y1=line[1],
            line={"color": colours.muted, "width": 1, "dash": "dash"},
            layer="below",
        )
        named.append((line, f"outstanding {nps_text(line[0])}"))
    for ends, text in named:
        # Markers of product changes hang from the top of the axis: names stay under them.
        end, side = _roomiest(
            views, ends, _NAME * points_a_pixel, high - 1.2 * _NAME * points_a_pixel
        )
        canvas.label(
            text,
            x=0 if end == "left" else 1,
            xref="paper",
            xanchor=end,
            y=ends[1] if side == "above" else ends[0],
            yanchor="bottom" if side == "above" else "top",
            borderpad=1,
            font={"size": SMALL, "color": colours.muted},
        )


def _roomiest(
    views: Sequence[pd.DataFrame], ends: tuple[float, float], tall: float, top: float
) -> tuple[str, str]:
    """Give the end of the axis and the side of the line where a name is farthest from the data."""
    room = {}
    for side, y in (("below", ends[0] - tall / 2), ("above", ends[1] + tall / 2)):
        for end in ("left", "right"):
            thirds = [
                view[: len(view) // 3 + 1] if end == "left" else view[-(len(view) // 3) - 1 :]
                for view in views
            ]
            distances = [(third[NPS] - y).abs().min() for third in thirds]
            near = [distance for distance in distances if not pd.isna(distance)]
            room[(end, side)] = min(near, default=0.0) if y <= top else -1.0
    return max(room, key=lambda place: room[place])


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Move places apart until each is `gap` from the next, keeping their order and middle.

    >>> spread([10.0, 10.0, 30.0], gap=4.0)
    [8.0, 12.0, 30.0]
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    blocks: list[list[int]] = []

    def middle(block: list[int]) -> float:
        return sum(places[i] for i in block) / len(block)

    for i in order:
        blocks.append([i])
        while len(blocks) > 1 and (
            middle(blocks[-1]) - middle(blocks[-2]) < gap * (len(blocks[-1]) + len(blocks[-2])) / 2
        ):
            last = blocks.pop()
            blocks[-1] += last
    moved = list(places)
    for block in blocks:
        for step, i in enumerate(block):
            moved[i] = middle(block) + gap * (step - (len(block) - 1) / 2)
    return moved
