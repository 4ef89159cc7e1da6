"""The pieces of a slide: headings, text, tables and pictures, in the house's type and colours."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from nps_app.view.charts.theme import palette
from nps_app.view.weekly.export.wrapping import (
    printable,
    right_to_left,
    text_height,
    wrapped,
)
from nps_core.language import FRENCH, current_language

WIDTH: Final = 13.333
HEIGHT: Final = 7.5
MARGIN: Final = 0.6
WHOLE: Final = WIDTH - 2 * MARGIN
TOP: Final = 1.2
BOTTOM: Final = HEIGHT - 0.6
"""Inches: where a slide's content begins and ends; below stands what the report is about."""

Place = tuple[float, float, float, float]
"""Left, top, width and height in inches."""

FONT: Final = "Arial"
COLOURS: Final = palette("light")
GAP: Final = 0.08
"""Inches below a paragraph."""

CELL: Final = 11
CELL_AIR: Final = 0.13
CELL_SIDES: Final = 0.1
_BARS: Final = (
    (COLOURS.orange, 0.0, 0.11),
    (COLOURS.grey, 0.11, 0.19),
    (COLOURS.blue, 0.22, 0.3),
)


def colour(hexadecimal: str) -> RGBColor:
    """A colour of the palette for a slide."""
    return RGBColor.from_string(hexadecimal.lstrip("#").upper())


def new_slide(deck: Presentation, heading: str, about: str) -> Slide:
    """A slide with its heading, the house's mark, and at its foot what the report is about."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    title = slide.shapes.title
    if title is not None:
        place = (MARGIN, 0.35, WHOLE - 0.6, 0.55)
        title.left, title.top, title.width, title.height = (Inches(part) for part in place)
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        write(title.text_frame, [heading], 24, bold=True)
    for fill, left, height in _BARS:
        add_box(slide, (WIDTH - MARGIN - 0.32 + left, 0.78 - height, 0.08, height), fill)
    add_box(slide, (MARGIN, 0.96, WHOLE, 0.02), COLOURS.ink)
    line = wrapped(printable(about), 10, WHOLE - 1)
    short = line[0] if len(line) == 1 else f"{line[0][:-1]}…"
    add_text(slide, [short], 10, (MARGIN, BOTTOM + 0.15, WHOLE - 0.8), muted=True)
    _number(slide)
    return slide


def add_box(slide: Slide, place: Place, fill: str) -> None:
    """Put a filled rectangle on a slide: a rule, a bar."""
    box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(part) for part in place))
    box.fill.solid()
    box.fill.fore_color.rgb = colour(fill)
    box.line.fill.background()
    # The theme's style would give it a shadow.
    style = box._element.find("{*}style")
    if style is not None:
        box._element.remove(style)


def _number(slide: Slide) -> None:
    """The slide's number, as a field: it stays right when slides are moved."""
    place = (WIDTH - MARGIN - 0.7, BOTTOM + 0.15, 0.7, 0.2)
    frame = slide.shapes.add_textbox(*(Inches(part) for part in place)).text_frame
    write(frame, ["0"], 10, muted=True, right=True)
    run = frame.paragraphs[0].runs[0]._r
    field: Any = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"/>'
    )
    run.addprevious(field)
    field.extend(list(run))
    run.getparent().remove(run)


def add_text(
    slide: Slide,
    paragraphs: Sequence[str],
    size: float,
    place: tuple[float, float, float],
    *,
    bold: bool = False,
    muted: bool = False,
    tone: str = "",
    right: bool = False,
    centred: bool = False,
) -> float:
    """Put paragraphs at (left, top, width) in inches; give the height they take."""
    left, top, width = place
    texts = list(map(printable, paragraphs))
    height = sum(text_height(text, size, width, bold=bold) + GAP for text in texts)
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    write(
        box.text_frame,
        texts,
        size,
        bold=bold,
        muted=muted,
        tone=tone,
        right=right,
        centred=centred,
        gap=GAP,
    )
    return height


def write(
    frame: Any,
    paragraphs: Sequence[str],
    size: float,
    *,
    bold: bool = False,
    muted: bool = False,
    tone: str = "",
    right: bool = False,
    centred: bool = False,
    gap: float = 0.0,
) -> None:
    """Fill a text frame with paragraphs, each with its own line breaks and direction."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(gap * 72)
        turned = right_to_left(text)
        paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
        if right or turned:
            paragraph.alignment = PP_ALIGN.RIGHT
        if turned:
            paragraph._p.get_or_add_pPr().set("rtl", "1")
        for number, line in enumerate(printable(text).split("\n")):
            if number:
                paragraph.add_line_break()
            if not line:
                continue
            run = paragraph.add_run()
            run.text = line
            letters(run.font, size, bold=bold, tone=tone or (COLOURS.muted if muted else ""))
        # Without it an empty paragraph is as high as one of 18 points.
        paragraph._p.get_or_add_endParaRPr().set("sz", str(int(size * 100)))


def letters(font: Any, size: float, *, bold: bool = False, tone: str = "") -> None:
    """Set a font: the house's, in the language spoken, so that no word is marked as misspelt."""
    font.name, font.size, font.bold = FONT, Pt(size), bold
    font.color.rgb = colour(tone or COLOURS.ink)
    font._element.set("lang", "fr-FR" if current_language() == FRENCH else "en-GB")


def add_picture(slide: Slide, png: bytes, place: Place, words: str) -> float:
    """Put a picture, with its words, as large as fits in `place`; give the height it takes."""
    left, top, width, height = place
    picture = slide.shapes.add_picture(BytesIO(png), Inches(left), Inches(top), Inches(width))
    if picture.height > Inches(height):
        shrink = Inches(height) / picture.height
        picture.width, picture.height = Emu(int(picture.width * shrink)), Inches(height)
    named: Any = picture._element
    named.nvPicPr.cNvPr.set("descr", printable(words))
    return picture.height / Inches(1)


def row_height(row: Sequence[str], widths: Sequence[float]) -> float:
    """Inches that a row of a table takes: its highest cell."""
    cells = zip(row, widths, strict=True)
    return max(text_height(cell, CELL, width - CELL_SIDES) for cell, width in cells) + CELL_AIR


def row_pieces(row: Sequence[str], widths: Sequence[float], most: int) -> list[tuple[str, ...]]:
    """A row as rows of at most `most` lines each: cells that are longer go on in the next."""
    cells = [
        wrapped(cell, CELL, width - CELL_SIDES) for cell, width in zip(row, widths, strict=True)
    ]
    longest = max(map(len, cells))
    if longest <= most:
        return [tuple(row)]
    return [
        tuple("".join(cell[first : first + most]).rstrip() for cell in cells)
        for first in range(0, longest, most)
    ]


def add_table(
    slide: Slide,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    top: float,
) -> float:
    """Put a table of text on a slide, ruled lightly, its header bold; give the height it takes."""
    heights = [row_height(row, widths) for row in (header, *rows)]
    place = (Inches(MARGIN), Inches(top), Inches(sum(widths)), Inches(sum(heights)))
    frame = slide.shapes.add_table(len(rows) + 1, len(header), *place)
    table: Any = frame.table
    _plain_style(table)
    for place_in_row, width in enumerate(widths):
        table.columns[place_in_row].width = Inches(width)
    for number, (row, height) in enumerate(zip((header, *rows), heights, strict=True)):
        table.rows[number].height = Inches(height)
        for place_in_row, text in enumerate(row):
            cell = table.cell(number, place_in_row)
            write(cell.text_frame, [text], CELL, bold=number == 0, muted=number == 0)
            cell.margin_left, cell.margin_right = 0, Inches(CELL_SIDES)
            cell.margin_top = cell.margin_bottom = Inches(CELL_AIR / 2)
            _rule_below(cell, COLOURS.ink if number == 0 else COLOURS.grid)
    return sum(heights)


def _plain_style(table: Any) -> None:
    """The style without fills and rules that every PowerPoint knows."""
    table.horz_banding = table.first_row = False
    style = table._tbl.tblPr.find("{*}tableStyleId")
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    table.first_row = True


def _rule_below(cell: Any, tone: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.append(
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{colour(tone)}"/>'
            "</a:solidFill></a:lnB>"
        )
    )
