"""A report as PowerPoint: a slide or more a section, with the numbers in the speaker's notes."""

from io import BytesIO
from typing import Final

import pptx
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches

from nps_app.view.export import PictureUnavailableError, png_bytes
from nps_app.view.weekly.content import Number, Report, Section, number_line
from nps_app.view.weekly.export import slides
from nps_app.view.weekly.export.chart_table import chart_table
from nps_app.view.weekly.export.flow import Flow
from nps_app.view.weekly.export.native import add_shares, add_volume
from nps_app.view.weekly.export.slides import BOTTOM, COLOURS, GAP, MARGIN, TOP, WHOLE
from nps_app.view.weekly.export.wrapping import printable, text_height
from nps_core.language import tr

_TEXT: Final = 4.7
_GAP: Final = 0.35
_LEAD: Final = 18
_BODY: Final = 14
_A_ROW: Final = 4
_NATIVE: Final = {"moved": (add_shares, 2.4), "volume": (add_volume, 3.0)}
"""The sections whose charts can be edited, and their heights in inches."""

_DOTS: Final = 84
"""Pixels of a picture for an inch of the slide: its letters come out as large as the text's."""

_SHARP: Final = 4


def pptx_bytes(report: Report) -> bytes:
    """Write a report as PowerPoint, 16:9: text, tables and columns that can be edited.

    Nothing is cut: what does not fit goes on to a further slide. The notes of each section's
    first slide hold its sentences and every number. Charts that only a picture can show are
    tables instead, and it is said, where the server cannot draw pictures.
    """
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(slides.WIDTH), Inches(slides.HEIGHT)
    about = " · ".join((report.period_words, report.view_words))
    _title(deck, report)
    pictures = True
    for section in report.sections:
        flow = Flow(deck, section.heading, about)
        _notes(flow.slide, section)
        pictures = _section(flow, section, pictures)
    properties = deck.core_properties
    properties.title = printable(f"{report.title} · {report.period_words}")
    properties.author = properties.last_modified_by = "NPS"
    held = BytesIO()
    deck.save(held)
    return held.getvalue()


def _title(deck: Presentation, report: Report) -> None:
    flow = Flow(deck, report.title, report.made_words)
    flow.top = 2.4
    flow.text([report.period_words], 36, bold=True)
    flow.top += 0.1
    flow.text([report.view_words], _LEAD, muted=True)


def _section(flow: Flow, section: Section, pictures: bool) -> bool:
    """Put a section on its slides; give whether pictures can (still) be drawn."""
    lead, rest = section.sentences[:1], [*section.sentences[1:], *_typed(section)]
    flow.text(lead, _LEAD, bold=True)
    flow.top += 0.1
    for first in range(0, len(section.numbers), _A_ROW):
        _numbers(flow, section.numbers[first : first + _A_ROW])
    tables = list(section.tables)
    if section.chart is None:
        flow.text(rest, _BODY)
    else:
        png = b""
        if section.key not in _NATIVE and pictures:
            pictures, png = _drawn(section)
        if png or section.key in _NATIVE:
            _beside(flow, section, rest, png)
        else:
            flow.text([*rest, _not_drawn()], _BODY)
            tables.insert(0, chart_table(section))
    flow.top += 0.15
    for table in tables:
        flow.table(table)
    return pictures


def _not_drawn() -> str:
    return tr(
        "The chart could not be drawn, as the server has no Chromium that answers; its numbers "
        "are in the table instead."
    )


def _drawn(section: Section) -> tuple[bool, bytes]:
    width = WHOLE - _TEXT - _GAP
    try:
        dots = round(width * _DOTS)
        return True, png_bytes(section.chart, width=dots, scale=_SHARP)
    except PictureUnavailableError:
        return False, b""


def _beside(flow: Flow, section: Section, texts: list[str], png: bytes) -> None:
    """The chart on the right, its sentences on the left; on a slide of its own without room."""
    draw, height = _NATIVE.get(section.key, (None, 3.0))
    if flow.room < height + 0.4:
        flow.text(texts, _BODY)
        flow.next_slide()
        texts = []
    top, slide = flow.top, flow.slide
    left, width = MARGIN + _TEXT + _GAP, WHOLE - _TEXT - _GAP
    titled = slides.add_text(slide, [section.chart_title], 12, (left, top, width), bold=True)
    place = (left, top + titled, width, BOTTOM - top - titled)
    if draw is None:
        taken = slides.add_picture(slide, png, place, section.alt)
    else:
        draw(slide, section, (*place[:3], height))
        taken = height
    flow.text(texts, _BODY, _TEXT)
    if flow.slide is slide:
        flow.top = max(flow.top, top + titled + taken)


def _numbers(flow: Flow, numbers: tuple[Number, ...]) -> None:
    """Put figures side by side, each below its rule; as lines where they are longer than that."""
    width = WHOLE / max(len(numbers), 3) - _GAP
    parts = [
        [(one.label, 12, True), (one.value, 28, True), (one.beside, 11, False)] for one in numbers
    ]
    heights = [
        sum(text_height(text, size, width, bold=bold) + GAP for text, size, bold in part if text)
        for part in parts
    ]
    needed = max(heights) + 0.3
    if needed > BOTTOM - TOP:
        flow.text(list(map(number_line, numbers)), _BODY)
        return
    if needed > flow.room:
        flow.next_slide()
    for place, part in enumerate(parts):
        left, down = MARGIN + place * (width + _GAP), flow.top
        tone = COLOURS.ink if place == 0 else COLOURS.grid
        slides.add_box(flow.slide, (left, down, width, 0.02), tone)
        down += 0.08
        for text, size, bold in part:
            if text:
                at = (left, down, width)
                down += slides.add_text(flow.slide, [text], size, at, bold=bold, muted=not bold)
    flow.top += needed


def _typed(section: Section) -> list[str]:
    return [
        tr("{label}: {value}", label=one.heading, value=one.text)
        for one in section.typed
        if one.text
    ]


def _notes(slide: Slide, section: Section) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        said = "\n".join([*section.sentences, *section.figures, *_typed(section)])
        frame.text = printable(said)
