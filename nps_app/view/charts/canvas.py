"""Where a chart is gathered before it becomes a figure."""

from typing import Any

import plotly.graph_objects as go

from nps_app.view.charts.theme import Theme, palette, plain, template


class Canvas:
    """Traces, labels and shapes of one chart, made into a figure once, at the end.

    Adding them to a figure one by one makes Plotly check and copy all that is there each time:
    a trend with four markers took ten times as long that way.

    >>> canvas = Canvas("light", 100)
    >>> canvas.add("bar", x=["a"], y=[1])
    >>> len(canvas.figure().data)
    1
    """

    def __init__(self, theme: Theme, height: int) -> None:
        self._theme = theme
        self._traces: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        self._layout: dict[str, Any] = {"height": height, "autosize": True}

    def add(self, kind: str, **trace: Any) -> None:
        """Add a trace of a Plotly kind ("scatter", "bar", "heatmap")."""
        self._traces.append({"type": kind, **trace})

    def each(self, **settings: Any) -> None:
        """Set something on every trace there is so far."""
        for trace in self._traces:
            trace |= settings

    def label(self, text: str, **annotation: Any) -> None:
        """Add a text; text from a file must have gone through `plain`."""
        self._annotations.append({"text": text, "showarrow": False, **annotation})

    def shape(self, kind: str, **shape: Any) -> None:
        """Add a line or a rect."""
        self._shapes.append({"type": kind, **shape})

    def layout(self, **settings: Any) -> None:
        """Set axes, margins and the like."""
        self._layout |= settings

    def figure(self) -> go.Figure:
        """Give the finished figure."""
        arranged = self._layout | {
            "template": template(self._theme),
            "annotations": self._annotations,
            "shapes": self._shapes,
        }
        # Checking every property takes longer than all the rest; the tests do it for each page.
        return go.Figure(data=self._traces, layout=arranged, _validate=False)


def blank(theme: Theme, height: int, message: str) -> go.Figure:
    """Give a figure of `height` pixels with nothing but a message in its middle."""
    canvas = Canvas(theme, height)
    canvas.layout(xaxis={"visible": False}, yaxis={"visible": False})
    canvas.label(
        plain(message, 90),
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        font={"color": palette(theme).muted},
    )
    return canvas.figure()
