"""Charts that stand beside one another, brought on one scale."""

from collections.abc import Sequence

import plotly.graph_objects as go


def on_one_scale(figures: Sequence[go.Figure]) -> list[go.Figure]:
    """Give copies of charts of one kind whose axes all reach as far as the longest of them.

    Axes without a range of their own are left as they are; the charts given never change.
    """
    copies = [go.Figure(figure) for figure in figures]
    for name in ("xaxis", "yaxis", "yaxis2"):
        axes = [copy.layout[name] for copy in copies if copy.layout[name].range is not None]
        if axes:
            ends = [min(axis.range[0] for axis in axes), max(axis.range[1] for axis in axes)]
            for axis in axes:
                axis.range = ends
    return copies
