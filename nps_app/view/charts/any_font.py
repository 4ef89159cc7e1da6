"""A chart away from the app, where its font may not be."""

import plotly.graph_objects as go

from nps_app.view.charts.lettering import WIDER


def for_any_font(figure: go.Figure) -> go.Figure:
    """A copy of a figure with room on its right for words in a wider font than the app's."""
    roomy = go.Figure(figure)
    roomy.update_layout(margin={"r": round((figure.layout.margin.r or 0) * WIDER)})
    return roomy
