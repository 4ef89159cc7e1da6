"""How far the score axis reaches, and the benchmarks that stand on it."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from nps_app.view.benchmarks import Benchmarks
from nps_app.view.charts.canvas import Canvas
from nps_app.view.charts.theme import Theme, palette
from nps_app.view.tables import interval_text, nps_text
from nps_core.columns import HIGH, LOW, NPS
from nps_core.language import tr

_REACH: Final = 20.0
"""Points the axis may grow to bring a benchmark into view."""


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
    canvas: Canvas, benchmarks: Benchmarks, theme: Theme, axis: tuple[float, float]
) -> list[tuple[float, str, str]]:
    """Draw the typical band and the outstanding line where the axis reaches them.

    `axis` is the ends of the score axis. Gives where on it each stands, and its name in two lines
    and in one, for the margin: a name among the data would hide it.
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
        ends = interval_text(*band)
        named.append(
            (
                sum(band) / 2,
                tr("typical SaaS<br>{interval}", interval=ends),
                tr("typical {interval}", interval=ends),
            )
        )
    if low <= benchmarks.outstanding <= high:
        line = benchmarks.outstanding
        canvas.shape(
            "line",
            x0=0,
            x1=1,
            xref="paper",
            y0=line,
            y1=line,
            line={"color": colours.muted, "width": 1, "dash": "dash"},
            layer="below",
        )
        nps = nps_text(line)
        named.append((line, tr("outstanding<br>{nps}", nps=nps), tr("outstanding {nps}", nps=nps)))
    return named
