"""A report's charts away from the app, where its font may not be."""

from typing import Final

import plotly.graph_objects as go

_WIDER: Final = 1.18
"""How much wider than the app's font those are that stand in for it, Arial and Helvetica."""


def for_any_font(figure: go.Figure) -> go.Figure:
    """A copy of a figure with room on its right for words in a wider font than the app's."""
    roomy = go.Figure(figure)
    roomy.update_layout(margin={"r": round((figure.layout.margin.r or 0) * _WIDER)})
    return roomy
