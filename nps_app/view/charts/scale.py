"""How far the score axis reaches, and the benchmarks that stand on it."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.benchmarks import Benchmarks
from nps_app.view.charts.theme import SMALL, Theme, palette
from nps_app.view.tables import interval_text, nps_text
from nps_core.columns import HIGH, LOW, NPS

_REACH: Final = 20.0
"""Points the axis may grow to bring a benchmark into view."""


def score_range(
    views: Sequence[pd.DataFrame], benchmarks: Benchmarks | None, *, ribbon: bool
) -> tuple[float, float]:
    """Give the ends of the score axis in points: what is drawn, some air, near benchmarks.

    Never beyond -105 or 105; (-100, 100) when nothing is drawn.
    """
    names = [NPS, LOW, HIGH] if ribbon else [NPS]
    values = [
        float(value)
        for view in views
        for name in names
        for value in view[name]
        if not pd.isna(value)
    ]
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
    figure: go.Figure, benchmarks: Benchmarks, theme: Theme, low: float, high: float
) -> None:
    """Draw the typical band and the outstanding line where the axis reaches them."""
    colours = palette(theme)
    notes = []
    if low <= benchmarks.typical_low and benchmarks.typical_high <= high:
        figure.add_hrect(
            y0=benchmarks.typical_low,
            y1=benchmarks.typical_high,
            fillcolor=colours.band,
            line_width=0,
            layer="below",
        )
        span = interval_text(benchmarks.typical_low, benchmarks.typical_high)
        notes.append((benchmarks.typical_low, f"typical SaaS {span}", "top"))
    if low <= benchmarks.outstanding <= high:
        figure.add_hline(
            y=benchmarks.outstanding,
            line={"color": colours.muted, "width": 1, "dash": "dash"},
            layer="below",
        )
        notes.append(
            (benchmarks.outstanding, f"outstanding {nps_text(benchmarks.outstanding)}", "bottom")
        )
    for y, text, anchor in notes:
        figure.add_annotation(
            text=text,
            x=0,
            xref="paper",
            xanchor="left",
            bgcolor=colours.veil,
            y=y,
            yanchor=anchor,
            showarrow=False,
            borderpad=1,
            font={"size": SMALL, "color": colours.muted},
        )


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
