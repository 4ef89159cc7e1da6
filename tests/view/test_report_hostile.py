"""Reports of texts nobody would write in good faith, and of weeks with next to nothing in them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pptx
import pypdf
import pytest
import streamlit as st

from nps_app.store import MeetingNote, open_store
from nps_app.view.weekly import report
from nps_app.view.weekly.content import Number, Report, Section, Table, Typed
from nps_app.view.weekly.export.html import html_bytes
from nps_app.view.weekly.export.pdf import pdf_bytes
from nps_app.view.weekly.export.pptx import pptx_bytes
from nps_app.view.widgets.session import current_store
from nps_core.measure import ProductChange
from tests.storing import commit_rows

SCRIPT = "<script>alert(1)</script>"
ARABIC = "المنتج بطيء جدا ولا يمكن الاعتماد عليه"
FORBIDDEN = "a\x00b\x0bc\x1bd\ufffee\ud800f"
LONG = " ".join(f"word{n}" for n in range(700))
UNBROKEN = "X" * 300


def made_of(*sections: Section) -> Report:
    days = date(2026, 11, 9), date(2026, 11, 15)
    words = f"{UNBROKEN} {SCRIPT} {FORBIDDEN}"
    return Report("Weekly meeting", "2026-W46", *days, "Week 46", words, words, sections)


def everything(text: str) -> Section:
    """A section that says a text wherever a section can say something."""
    return Section(
        "where",
        "Where we are",
        (text, text),
        (Number(text[:300], text[:60], text[:300]), Number("NPS", "42", text[:300])),
        (Table(text[:300], ("Account", text[:300], "Score"), (("A1", text, "0"),) * 3, text),),
        typed=(Typed("Notes", text), Typed("Decisions", f"{text}\r\n{text}")),
    )


def said(deck: Any) -> str:
    """Everything the slides say, without spaces: texts go on from slide to slide."""
    parts = []
    for slide in deck.slides:
        for shape in slide.shapes:
            parts += [shape.text_frame.text] if shape.has_text_frame else []
            if shape.has_table:
                parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "".join("".join(parts).split())


def assert_inside(deck: Any) -> None:
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            bottom = shape.top + shape.height
            if shape.has_table:
                bottom = shape.top + sum(row.height for row in shape.table.rows)
            assert shape.left >= 0, number
            assert shape.left + shape.width <= deck.slide_width + 1, number
            assert bottom <= deck.slide_height, f"slide {number}: {shape.name}"
            if shape.top > 914_400:
                in_foot = shape.top > 7.0 * 914_400
                assert in_foot or bottom <= 6.92 * 914_400, f"slide {number}: {shape.name}"


@pytest.mark.parametrize("text", [SCRIPT, ARABIC, FORBIDDEN, UNBROKEN, LONG, "漢字" * 400, ""])
def test_any_text_makes_slides_on_which_it_stays_and_is_whole(text: str) -> None:
    deck = pptx.Presentation(BytesIO(pptx_bytes(made_of(everything(text)))))
    assert_inside(deck)
    if text is not FORBIDDEN:
        told = said(deck)
        assert told.count("".join(text.split())) >= (6 if text in (SCRIPT, ARABIC) else 0)
        assert all(word in told for word in text.split())
    notes = deck.slides[1].notes_slide.notes_text_frame.text
    assert "NPS: 42" in notes


def test_what_xml_cannot_hold_is_shown_as_missing_and_the_rest_stays() -> None:
    deck = pptx.Presentation(BytesIO(pptx_bytes(made_of(everything(FORBIDDEN)))))
    assert "a�bc�d�e�f" in said(deck)


def test_a_line_typed_is_a_line_on_the_slide() -> None:
    deck = pptx.Presentation(BytesIO(pptx_bytes(made_of(everything("one\ntwo")))))
    breaks = [
        len(paragraph._p.findall("{*}br"))
        for shape in deck.slides[1].shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    ]
    assert max(breaks) >= 1


class Read(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts, self.shown, self.inside = 0, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        self.shown += "" if self.inside in ("script", "style") else data


@pytest.mark.parametrize("text", [SCRIPT, FORBIDDEN, LONG, '"><img src=x onerror=alert(1)>'])
def test_any_text_stays_text_in_the_html(text: str) -> None:
    page = html_bytes(made_of(everything(text))).decode()
    read = Read(page)
    assert read.scripts == 1
    if text is not FORBIDDEN:
        assert text in read.shown
    assert "<img" not in page.partition("<main>")[2]


def test_a_cell_longer_than_a_page_is_whole_in_the_pdf() -> None:
    hostile = everything(f"{LONG} {ARABIC} {SCRIPT}")
    rows = ((UNBROKEN[:40], UNBROKEN[:39], f"{LONG} END"), (ARABIC, "B2", "0"))
    people = Table("Whom to call", ("Account", "Respondent", "Comment"), rows)
    pdf = pdf_bytes(made_of(replace(hostile, tables=(*hostile.tables, people))))
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    # Two sentences, three rows, the end of the table, three texts typed, the long comment.
    assert text.count("word699") == 10
    assert text.count(SCRIPT) >= 9
    assert "word699END" in text


def answers(day: str, scores: dict[int, int], **more: object) -> list[dict]:
    """Responses of one day: score to how many."""
    return [
        {"response_id": f"{day}-{score}-{n}-{more}", "responded_at": day, "score": score} | more
        for score, count in scores.items()
        for n in range(count)
    ]


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Give `stored(rows)`: the report on 2026-W46 of hand-made responses."""
    monkeypatch.setenv("NPS_DATA", str(tmp_path))
    monkeypatch.setattr(report, "today", lambda: date(2026, 11, 18))
    # What is asked here is asked of the texts: pictures would take most of the time.
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    st.cache_data.clear()
    st.cache_resource.clear()

    def make(rows: list[dict]) -> Report:
        store = open_store(tmp_path / "nps.duckdb")
        if rows:
            commit_rows(store, rows)
        store.save_change(ProductChange(date(2026, 11, 10), f"{SCRIPT} {ARABIC}"))
        store.save_meeting_note(MeetingNote("2026-W46", LONG, SCRIPT))
        store.close()
        return report.weekly_report("2026-W46")

    yield make
    current_store().close()
    st.cache_resource.clear()


def weeks(until: str, n: int, **more: object) -> list[dict]:
    days = pd.date_range(end=until, periods=n, freq="7D")
    return [row for day in days for row in answers(f"{day:%Y-%m-%d}", {10: 12, 8: 6, 2: 6}, **more)]


HOSTILE = {"plan": f"{SCRIPT}{UNBROKEN}", "account_id": f"\x0b{SCRIPT}", "comment": LONG * 2}
MADE: dict[str, Callable[[], list[dict]]] = {
    "hostile": lambda: weeks("2026-11-10", 8, **HOSTILE) + weeks("2026-11-10", 8, plan=ARABIC),
    "three responses": lambda: weeks("2026-11-03", 4) + answers("2026-11-10", {10: 2, 1: 1}),
    "an empty week": lambda: weeks("2026-11-03", 4),
    "nothing at all": list,
}


@pytest.mark.parametrize("name", MADE)
def test_a_report_is_made_of_whatever_there_is(stored, name: str) -> None:
    made = stored(MADE[name]())
    deck, page = pptx.Presentation(BytesIO(pptx_bytes(made))), html_bytes(made).decode()
    assert_inside(deck)
    lead = made.section("where").sentences[0]
    assert "".join(lead.split()) in said(deck)
    shown = Read(page)
    assert lead in shown.shown
    assert SCRIPT in shown.shown
    body = page.partition("<main>")[2]
    assert SCRIPT not in body
    assert "alert(1)</script>" not in body
    if name == "three responses":
        assert "too few to show a score" in lead
        # 100 x (2 - 1) / 3: nowhere, as three are under the minimum.
        assert ">33<" not in body
        # The chart's table has the week without its score.
        assert "weekof9Nov2026–3" in said(deck)
