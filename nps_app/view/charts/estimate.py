"""A figure with its interval on a row of its own: the mark that charts of rows share."""

from nps_app.view.charts.canvas import Canvas


def estimate(
    canvas: Canvas, y: int, figure: float, limits: tuple[float, float], tone: str, hover: str
) -> None:
    """Draw a dot on the line between its limits; `hover` is ready for Plotly."""
    canvas.add(
        "scatter",
        x=list(limits),
        y=[y, y],
        mode="lines",
        line={"color": tone, "width": 3},
        hoverinfo="skip",
    )
    canvas.add(
        "scatter",
        x=[figure],
        y=[y],
        mode="markers",
        marker={"color": tone, "size": 11},
        hovertemplate=f"{hover}<extra></extra>",
    )
