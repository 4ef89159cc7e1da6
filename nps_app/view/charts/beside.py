"""Names right of the axes, beside the lines they name and never on one another."""

from collections.abc import Sequence
from dataclasses import dataclass

from nps_app.view.charts.canvas import Canvas
from nps_app.view.charts.theme import LABEL, SMALL


@dataclass(frozen=True)
class Beside:
    """A name: the score it stands at, its words, how many lines, and its colour ("": ink)."""

    at: float
    words: str
    lines: int
    tone: str


def label_beside(canvas: Canvas, names: Sequence[Beside], ink: str, points_a_pixel: float) -> None:
    """Put names right of the axes, moved apart where they would touch."""
    lines = max((name.lines for name in names), default=1)
    gap = (LABEL + 2) * lines + 2
    places = spread([name.at for name in names], gap=gap * points_a_pixel)
    for name, y in zip(names, places, strict=True):
        canvas.label(
            name.words,
            x=1,
            xref="paper",
            xanchor="left",
            align="left",
            xshift=4,
            y=y,
            font={"size": SMALL if name.tone else LABEL, "color": name.tone or ink},
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
