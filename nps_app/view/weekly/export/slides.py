"""The pieces of a slide: text that fits, tables that go on, pictures with their words."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from math import ceil
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from nps_app.view.charts.theme import palette
from nps_core.language import FRENCH, current_language

WIDTH: Final = 13.333
HEIGHT: Final = 7.5
MARGIN: Final = 0.6
BOTTOM: Final = HEIGHT - 0.55
"""Inches: where a slide's content ends; below stands what the report is about."""

_FONT: Final = "Arial"
_COLOURS: Final = palette("light")
_LINE: Final = 1.25
_LETTER: Final = 0.54
"""Line height and mean width of a letter, as parts of the type size: a little more than Arial
takes, so that what is reckoned to fit does."""

_CELL: Final = 11
_CELL_AIR: Final = 0.12


def colour(hexadecimal: str) -> RGBColor:
    """A colour of the palette for a slide."""
    return RGBColor.from_string(hexadecimal.lstrip("#").upper())


def text_height(text: str, size: float, width: float) -> float:
    """Inches that a text of `size` points takes in a column of `width` inches."""
    letters = max(1, int(width * 72 / (size * _LETTER)))
    lines = sum(max(1, ceil(len(line) / letters)) for line in text.split("\n"))
    return lines * size * _LINE / 72


def new_slide(deck: Presentation, heading: str, about: str) -> Slide:
    """A slide with its heading, and at its foot what the report is about."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    title = slide.shapes.title
    if title is not None:
        place = (MARGIN, 0.35, WIDTH - 2 * MARGIN, 0.6)
        title.left, title.top, title.width, title.height = (Inches(part) for part in place)
        _write(title.text_frame, [heading], 26, bold=True)
    add_text(slide, [about], 10, (MARGIN, BOTTOM + 0.1, WIDTH - 2 * MARGIN), muted=True)
    return slide


def add_text(
    slide: Slide,
    paragraphs: Sequence[str],
    size: float,
    place: tuple[float, float, float],
    *,
    bold: bool = False,
    muted: bool = False,
) -> float:
    """Put paragraphs at (left, top, width) in inches; give the height they take."""
    left, top, width = place
    gap = 0.08
    height = sum(text_height(text, size, width) + gap for text in paragraphs)
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    _write(box.text_frame, paragraphs, size, bold=bold, muted=muted, gap=gap)
    return height


def _write(
    frame: Any,
    paragraphs: Sequence[str],
    size: float,
    *,
    bold: bool = False,
    muted: bool = False,
    gap: float = 0.0,
) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(gap * 72)
        run = paragraph.add_run()
        run.text = text
        _letters(run.font, size, bold=bold, muted=muted)


def _letters(font: Any, size: float, *, bold: bool, muted: bool) -> None:
    font.name, font.size, font.bold = _FONT, Pt(size), bold
    font.color.rgb = colour(_COLOURS.muted if muted else _COLOURS.ink)
    font._element.set("lang", "fr-FR" if current_language() == FRENCH else "en-GB")


def split_to_fit(
    paragraphs: Sequence[str], size: float, width: float, heights: Iterator[float]
) -> list[list[str]]:
    """Paragraphs shared out over columns as high as `heights` gives, one after another.

    A paragraph higher than a column alone is cut between words and goes on in the next.
    """
    parts: list[list[str]] = [[]]
    room = next(heights)
    waiting = list(paragraphs)
    while waiting:
        text = waiting.pop(0)
        needed = text_height(text, size, width) + 0.08
        if needed <= room:
            parts[-1].append(text)
            room -= needed
        elif parts[-1]:
            waiting.insert(0, text)
            parts.append([])
            room = next(heights)
        else:
            head, rest = _cut(text, size, width, room)
            parts[-1].append(head)
            waiting.insert(0, rest)
            parts.append([])
            room = next(heights)
    return parts


def _cut(text: str, size: float, width: float, room: float) -> tuple[str, str]:
    """What of a text fits, up to the last space, and the rest."""
    end = len(text)
    while end > 1 and text_height(text[:end], size, width) + 0.08 > room:
        end = end * 9 // 10
    space = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
    end = space if space > 0 else end
    return text[:end], text[end:].lstrip()


def add_picture(
    slide: Slide, png: bytes, place: tuple[float, float, float, float], words: str
) -> None:
    """Put a picture, with its words, as large as fits in (left, top, width, height), in inches."""
    left, top, width, height = place
    picture = slide.shapes.add_picture(BytesIO(png), Inches(left), Inches(top), Inches(width))
    if picture.height > Inches(height):
        shrink = Inches(height) / picture.height
        picture.width, picture.height = Emu(int(picture.width * shrink)), Inches(height)
    named: Any = picture._element
    named.nvPicPr.cNvPr.set("descr", words)


def table_parts(
    header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], room: float
) -> list[list[Sequence[str]]]:
    """The rows shared out over tables no higher than `room` inches, the header counted in each."""
    parts: list[list[Sequence[str]]] = [[]]
    left = room - row_height(header, widths)
    for row in rows:
        needed = row_height(row, widths)
        if needed > left and parts[-1]:
            parts.append([])
            left = room - row_height(header, widths)
        parts[-1].append(row)
        left -= needed
    return parts


def row_height(row: Sequence[str], widths: Sequence[float]) -> float:
    """Inches that a row takes: its highest cell."""
    cells = zip(row, widths, strict=True)
    return max(text_height(cell, _CELL, width - 0.15) for cell, width in cells) + _CELL_AIR


def column_widths(
    header: Sequence[str], rows: Sequence[Sequence[str]], whole: float
) -> list[float]:
    """Inches of each column: by its longest word and its longest cell, together `whole`."""
    wanted = []
    for place, name in enumerate(header):
        cells = [name, *(row[place] for row in rows)]
        longest = max(len(cell) for cell in cells)
        word = max((len(word) for cell in cells for word in cell.split()), default=1)
        wanted.append(float(min(max(word, min(longest, 60)), 60) + 3))
    return [whole * part / sum(wanted) for part in wanted]


def add_table(
    slide: Slide,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    top: float,
) -> None:
    """Put a table of text on a slide, ruled lightly, its header bold."""
    heights = [row_height(row, widths) for row in (header, *rows)]
    place = (Inches(MARGIN), Inches(top), Inches(sum(widths)), Inches(sum(heights)))
    table = slide.shapes.add_table(len(rows) + 1, len(header), *place).table
    table.horz_banding = False
    for place_in_row, width in enumerate(widths):
        table.columns[place_in_row].width = Inches(width)
    for number, (row, height) in enumerate(zip((header, *rows), heights, strict=True)):
        table.rows[number].height = Inches(height)
        for place_in_row, text in enumerate(row):
            cell = table.cell(number, place_in_row)
            cell.fill.solid()
            cell.fill.fore_color.rgb = colour(_COLOURS.grid if number == 0 else _COLOURS.background)
            _write(cell.text_frame, [text], _CELL, bold=number == 0)
