"""A report as PowerPoint: a slide or more a section, with the numbers in the speaker's notes."""

from collections.abc import Iterator
from io import BytesIO
from itertools import chain, repeat
from typing import Final

import pptx
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches

from nps_app.view.export import png_bytes
from nps_app.view.weekly.content import Number, Report, Section, Table
from nps_app.view.weekly.export import slides
from nps_app.view.weekly.export.slides import BOTTOM, MARGIN, WIDTH
from nps_core.language import tr

_WHOLE: Final = WIDTH - 2 * MARGIN
_TEXT: Final = 4.6
_GAP: Final = 0.3
_TOP: Final = 1.1
_LEAD: Final = 18
_BODY: Final = 14
_LEAST: Final = 0.6
"""Inches of room below which text goes on to the next slide."""

_PIXELS: Final = 840


def pptx_bytes(report: Report) -> bytes:
    """Write a report as PowerPoint, 16:9; text and tables can be edited, charts are pictures.

    Nothing is cut: what does not fit goes on to a further slide. The notes of each section's
    first slide hold its sentences and every number. Raises PictureUnavailableError when charts
    cannot be drawn here.
    """
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(slides.HEIGHT)
    about = " · ".join((report.period_words, report.view_words))
    _title(deck, report)
    for section in report.sections:
        _section(deck, section, about)
    deck.core_properties.title = f"{report.title} · {report.period_words}"
    held = BytesIO()
    deck.save(held)
    return held.getvalue()


def _title(deck: Presentation, report: Report) -> None:
    slide = slides.new_slide(deck, report.title, report.made_words)
    top = 2.4
    top += slides.add_text(slide, [report.period_words], 40, (MARGIN, top, _WHOLE), bold=True)
    slides.add_text(slide, [report.view_words], 18, (MARGIN, top + 0.2, _WHOLE), muted=True)


def _section(deck: Presentation, section: Section, about: str) -> None:
    slide = slides.new_slide(deck, section.heading, about)
    _notes(slide, section)
    lead, *rest = section.sentences or ("",)
    top = _TOP
    if lead:
        top += slides.add_text(slide, [lead], _LEAD, (MARGIN, top, _WHOLE), bold=True) + 0.1
    if section.numbers:
        top += _numbers(slide, section.numbers, top)
    beside = section.chart is not None and BOTTOM - top > 2.5
    if section.chart is not None:
        if beside:
            place = (MARGIN + _TEXT + _GAP, top, _WHOLE - _TEXT - _GAP, BOTTOM - top)
            _picture(slide, section, place)
        else:
            place = (MARGIN, _TOP, _WHOLE, BOTTOM - _TOP)
            _picture(slides.new_slide(deck, section.heading, about), section, place)
    paragraphs = [*rest, *_typed(section)]
    width = _TEXT if beside else _WHOLE
    _text(deck, slide, section.heading, about, paragraphs, top, width)
    for table in section.tables:
        _table(deck, section.heading, about, table)


def _text(
    deck: Presentation,
    slide: Slide,
    heading: str,
    about: str,
    paragraphs: list[str],
    top: float,
    width: float,
) -> None:
    """Put paragraphs below `top`, and what does not fit on slides of its own."""
    if not paragraphs:
        return
    first = BOTTOM - top
    rooms: Iterator[float] = repeat(BOTTOM - _TOP)
    if first < _LEAST:
        slide, top = slides.new_slide(deck, heading, about), _TOP
    else:
        rooms = chain([first], rooms)
    for number, part in enumerate(slides.split_to_fit(paragraphs, _BODY, width, rooms)):
        if number:
            slide, top = slides.new_slide(deck, heading, about), _TOP
        slides.add_text(slide, part, _BODY, (MARGIN, top, width))


def _numbers(slide: Slide, numbers: tuple[Number, ...], top: float) -> float:
    """Put figures side by side; give the height they take."""
    width = _WHOLE / len(numbers)
    taken = 0.0
    for place, number in enumerate(numbers):
        left, room = MARGIN + place * width, width - 0.2
        down = slides.add_text(slide, [number.label], 12, (left, top, room), muted=True)
        down += slides.add_text(slide, [number.value], 28, (left, top + down, room), bold=True)
        if number.beside:
            at = (left, top + down, room)
            down += slides.add_text(slide, [number.beside], 11, at, muted=True)
        taken = max(taken, down)
    return taken + 0.15


def _picture(slide: Slide, section: Section, place: tuple[float, float, float, float]) -> None:
    left, top, width, height = place
    down = 0.0
    if section.chart_title:
        down = slides.add_text(slide, [section.chart_title], 12, (left, top, width), bold=True)
    png = png_bytes(section.chart, width=_PIXELS)
    slides.add_picture(slide, png, (left, top + down, width, height - down), section.alt)


def _table(deck: Presentation, heading: str, about: str, table: Table) -> None:
    widths = slides.column_widths(table.header, table.rows, _WHOLE)
    head = slides.text_height(table.title, 14, _WHOLE) + 0.15 if table.title else 0.0
    foot = slides.text_height(table.more, 11, _WHOLE) + 0.15 if table.more else 0.0
    room = BOTTOM - _TOP - head - foot
    parts = slides.table_parts(table.header, table.rows, widths, room)
    for part in parts:
        slide = slides.new_slide(deck, heading, about)
        if table.title:
            slides.add_text(slide, [table.title], 14, (MARGIN, _TOP, _WHOLE), bold=True)
        slides.add_table(slide, table.header, part, widths, _TOP + head)
        if table.more and part is parts[-1]:
            slides.add_text(slide, [table.more], 11, (MARGIN, BOTTOM - foot, _WHOLE), muted=True)


def _typed(section: Section) -> list[str]:
    return [
        tr("{label}: {value}", label=one.heading, value=one.text)
        for one in section.typed
        if one.text
    ]


def _notes(slide: Slide, section: Section) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = "\n".join([*section.sentences, *section.figures, *_typed(section)])
