"""Where the next piece of a section goes: below the one before, or on a further slide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pptx.presentation import Presentation
from pptx.slide import Slide

from nps_app.view.weekly.content import Table
from nps_app.view.weekly.export import slides
from nps_app.view.weekly.export.slides import (
    BOTTOM,
    CELL,
    CELL_AIR,
    CELL_SIDES,
    GAP,
    MARGIN,
    TOP,
    WHOLE,
)
from nps_app.view.weekly.export.wrapping import (
    lines_height,
    printable,
    text_height,
    text_width,
    wrapped,
)

_LEAST_LINES: Final = 2
_TITLE: Final = 14
_MORE: Final = 11
_AIR: Final = 0.2
_EASE: Final = 1.08
"""Headers are bold, and so a little wider."""


@dataclass
class Flow:
    """A section's slides as they fill: `slide` is the one being filled, down to `top` inches."""

    deck: Presentation
    heading: str
    about: str
    slide: Slide = field(init=False)
    top: float = field(init=False)

    def __post_init__(self) -> None:
        self.next_slide()

    @property
    def room(self) -> float:
        """Inches left on the slide."""
        return BOTTOM - self.top

    def next_slide(self) -> None:
        """Go on with an empty slide of the same heading."""
        self.slide, self.top = slides.new_slide(self.deck, self.heading, self.about), TOP

    def text(
        self,
        paragraphs: Sequence[str],
        size: float,
        width: float = WHOLE,
        *,
        bold: bool = False,
        muted: bool = False,
    ) -> None:
        """Put paragraphs one below the other; one that does not fit goes on on the next slide."""
        waiting = [printable(text) for text in paragraphs]
        while waiting:
            lines = wrapped(waiting[0], size, width, bold=bold)
            fitting = int((self.room - GAP) / lines_height(1, size) + 1e-9)
            if fitting < min(len(lines), _LEAST_LINES):
                self.next_slide()
                width = WHOLE
                continue
            first, rest = waiting.pop(0), "".join(lines[fitting:])
            if rest:
                first = "".join(lines[:fitting]).rstrip()
                waiting.insert(0, rest)
            place = (MARGIN, self.top, width)
            self.top += slides.add_text(self.slide, [first], size, place, bold=bold, muted=muted)

    def table(self, table: Table) -> None:
        """Put a table, whole where it fits on this slide, else from a new one on."""
        header = [printable(cell) for cell in table.header]
        rows = [[printable(cell) for cell in row] for row in table.rows]
        widths = column_widths(header, rows, WHOLE)
        head = slides.row_height(header, widths)
        heights = [slides.row_height(row, widths) for row in rows]
        titled = text_height(table.title, _TITLE, WHOLE, bold=True) + GAP if table.title else 0.0
        after = text_height(table.more, _MORE, WHOLE) + GAP if table.more else 0.0
        if titled + head + sum(heights) + after > self.room and self.top > TOP:
            self.next_slide()
        if table.title:
            self.text([table.title], _TITLE, bold=True)
        most = max(1, int((BOTTOM - TOP - titled - head - CELL_AIR) / lines_height(1, CELL)))
        waiting = [piece for row in rows for piece in slides.row_pieces(row, widths, most)]
        while waiting:
            part, left = [waiting.pop(0)], self.room - head
            left -= slides.row_height(part[0], widths)
            while waiting and slides.row_height(waiting[0], widths) <= left:
                left -= slides.row_height(waiting[0], widths)
                part.append(waiting.pop(0))
            self.top += slides.add_table(self.slide, header, part, widths, self.top) + GAP
            if waiting:
                self.next_slide()
        if table.more:
            self.text([table.more], _MORE, muted=True)
        self.top += _AIR


def column_widths(
    header: Sequence[str], rows: Sequence[Sequence[str]], whole: float
) -> list[float]:
    """Inches of each column, together `whole`: one line a cell where it can be, no word broken."""
    wanted, least = [], []
    for column in zip(header, *rows, strict=True):
        wanted.append(max(text_width(cell, CELL) for cell in column) * _EASE + CELL_SIDES)
        words = [word for cell in column for word in cell.split(" ")]
        least.append(max(text_width(word, CELL) for word in words) * _EASE + CELL_SIDES)
    spare = whole - sum(wanted)
    if spare >= 0:
        return [*wanted[:-1], wanted[-1] + spare]
    spare = whole - sum(least)
    if spare < 0:
        return [whole * part / sum(least) for part in least]
    wishes = [most - word for most, word in zip(wanted, least, strict=True)]
    return [word + spare * wish / sum(wishes) for word, wish in zip(least, wishes, strict=True)]
