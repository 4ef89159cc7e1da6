"""The weekly report's three files, opened again: their numbers against a plain count of the CSV."""

import csv
import re
from collections import Counter
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pptx
import pypdf
import pytest
import streamlit as st

from nps_app.parsing import parse_upload
from nps_app.store import MeetingNote, open_store
from nps_app.view.export import PictureUnavailableError
from nps_app.view.weekly import report
from nps_app.view.weekly.content import Report
from nps_app.view.weekly.export.html import html_bytes
from nps_app.view.weekly.export.pdf import pdf_bytes
from nps_app.view.weekly.export.pptx import pptx_bytes
from nps_app.view.weekly.plan import save_weekly_plan
from nps_app.view.widgets.session import current_store
from nps_core.language import speaking
from nps_core.measure import ProductChange

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "responses.csv"
WEEK, FIRST = "2026-W40", date(2026, 9, 28)
FOOT = 6.9
"""Inches from the top of a slide below which its foot alone stands."""


@pytest.fixture(scope="module", autouse=True)
def opened(tmp_path_factory: pytest.TempPathFactory):
    """The sample in a store of its own, with a product change and what a meeting noted."""
    folder = tmp_path_factory.mktemp("exports")
    store = open_store(folder / "nps.duckdb")
    with parse_upload(SAMPLE.read_bytes(), SAMPLE.name) as parsed:
        store.commit(parsed)
    store.save_change(ProductChange(date(2026, 9, 15), "Report engine 2"))
    store.save_meeting_note(MeetingNote(WEEK, "Call Acme\non Monday", "Ship the fix"))
    store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NPS_DATA", str(folder))
        patch.setattr(report, "today", lambda: date(2026, 11, 22))
        st.cache_data.clear()
        st.cache_resource.clear()
        yield
        current_store().close()
        st.cache_resource.clear()


@pytest.fixture(scope="module")
def made(opened: None) -> Report:
    return report.weekly_report(WEEK)


@pytest.fixture(scope="module")
def french(opened: None) -> Report:
    with speaking("fr"):
        return report.weekly_report(WEEK)


@pytest.fixture(scope="module")
def deck(made: Report) -> Any:
    return pptx.Presentation(BytesIO(pptx_bytes(made)))


@pytest.fixture(scope="module")
def french_deck(french: Report) -> Any:
    with speaking("fr"):
        return pptx.Presentation(BytesIO(pptx_bytes(french)))


@pytest.fixture(scope="module")
def page(made: Report) -> str:
    return html_bytes(made).decode()


@pytest.fixture(scope="module")
def paper(french: Report) -> str:
    with speaking("fr"):
        return printed(pdf_bytes(french))


def printed(pdf: bytes) -> str:
    """The text of a PDF without its spaces and line breaks, which are the reader's guess."""
    return tight(" ".join(one.extract_text() for one in pypdf.PdfReader(BytesIO(pdf)).pages))


def tight(text: str) -> str:
    return re.sub(r"\s", "", text)


class Count:
    """Promoters, passives, detractors of some days of the CSV, by hand."""

    def __init__(self, first: date, days: int = 7) -> None:
        with SAMPLE.open(newline="", encoding="utf-8") as file:
            scores = [
                int(row["score"])
                for row in csv.DictReader(file)
                if 0 <= (datetime.fromisoformat(row["responded_at"]).date() - first).days < days
            ]
        self.n = len(scores)
        self.promoters = sum(score >= 9 for score in scores)
        self.passives = sum(7 <= score <= 8 for score in scores)
        self.detractors = sum(score <= 6 for score in scores)
        nps = 100 * (self.promoters - self.detractors) / self.n
        self.nps = f"{nps:.0f}".replace("-", "−")


NOW, BEFORE = Count(FIRST), Count(FIRST - timedelta(days=7))


def slides_of(deck: Any, heading: str) -> list[Any]:
    return [slide for slide in deck.slides if slide.shapes.title.text_frame.text == heading]


def texts(slide: Any) -> str:
    """Everything a slide says: boxes and tables."""
    said = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            said.append(shape.text_frame.text)
        if shape.has_table:
            said += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(said)


def chart_of(deck: Any, heading: str) -> Any:
    return next(s.chart for one in slides_of(deck, heading) for s in one.shapes if s.has_chart)


def test_the_slides_and_their_notes_have_the_numbers_of_a_plain_count(deck) -> None:
    where = slides_of(deck, "Where we are")[0]
    for said in (texts(where), where.notes_slide.notes_text_frame.text):
        assert f"The NPS of the week is {NOW.nps} (95 % interval" in said
        assert f"{NOW.n} responses" in said
        assert f"The week before: NPS {BEFORE.nps} (95 % interval" in said
        assert re.search(r"95 % interval −?\d+ to −?\d+, \d+ responses", said)
    assert re.search(r"(no clear change|up|down)[ ,].*\(−?\d+ to −?\d+\)", texts(where))
    people = slides_of(deck, "Whom to call, whom to thank")[0]
    assert (
        f"{NOW.detractors} detractors to call, {NOW.passives} passives to win over and "
        f"{NOW.promoters} promoters to thank."
    ) in people.notes_slide.notes_text_frame.text


def test_every_section_is_there_and_says_all_its_sentences_numbers_and_rows(
    deck, made: Report
) -> None:
    for section in made.sections:
        slides = slides_of(deck, section.heading)
        said = tight("\n".join(map(texts, slides)))
        notes = tight(slides[0].notes_slide.notes_text_frame.text)
        for sentence in section.sentences:
            assert tight(sentence) in said
            assert tight(sentence) in notes
        for number in section.numbers:
            assert tight(number.value) in said
            assert tight(number.value) in notes
        for table in section.tables:
            for row in table.rows:
                assert all(tight(cell) in said for cell in row)
                assert all(tight(cell) in notes for cell in row)
    notes = "\n".join(texts(one) for one in slides_of(deck, "Notes and decisions"))
    assert "Call Acme" in notes
    assert "Ship the fix" in notes


def test_shares_and_volume_are_charts_whose_numbers_can_be_edited(deck) -> None:
    shares = chart_of(deck, "What moved").plots[0]
    assert [series.name for series in shares.series] == ["promoters", "passives", "detractors"]
    for series, name in zip(shares.series, ("promoters", "passives", "detractors"), strict=True):
        expected = [getattr(side, name) / side.n for side in (BEFORE, NOW)]
        assert list(series.values) == pytest.approx(expected)
    volume = chart_of(deck, "Response volume").plots[0]
    weeks = [Count(FIRST - timedelta(days=7 * back)).n for back in range(12, -1, -1)]
    assert list(volume.series[0].values) == weeks
    assert list(volume.categories)[-1] == "28 Sep"
    book = chart_of(deck, "Response volume").part.chart_workbook.xlsx_part
    assert book is not None


def test_a_plan_is_a_line_over_the_columns_and_can_be_edited(
    made: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Without pictures it is made at once.
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    try:
        save_weekly_plan(140)
        planned = report.weekly_report(WEEK)
        deck = pptx.Presentation(BytesIO(pptx_bytes(planned)))
    finally:
        save_weekly_plan(None)
    columns, line = chart_of(deck, "Response volume").plots
    assert list(line.series[0].values) == [140] * 13
    assert len(columns.series) == 1


def test_pictures_and_charts_are_said_in_words(deck, made: Report) -> None:
    told = [
        shape._element.xpath(".//p:cNvPr")[0].get("descr", "")
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart or shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE
    ]
    assert told == [section.alt for section in made.sections if section.chart is not None]
    assert len(told) == 4


def assert_inside(deck: Any) -> None:
    """Nothing leaves its slide, reaches into the foot or lies on something else."""
    for number, slide in enumerate(deck.slides, 1):
        content = []
        for shape in slide.shapes:
            left, top = shape.left / 914400, shape.top / 914400
            right, bottom = left + shape.width / 914400, top + shape.height / 914400
            if shape.has_table:
                bottom = top + sum(row.height for row in shape.table.rows) / 914400
            where = f"slide {number}: {shape.name}"
            assert left >= 0, where
            assert top >= 0, where
            assert right <= 13.334, where
            assert bottom <= 7.5, where
            if 0.99 < top < FOOT:
                assert bottom <= FOOT + 0.01, where
                content.append((left, top, right, bottom, where))
        for one, other in combinations(content, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert across <= 0.011 or down <= 0.011, f"{one[4]} and {other[4]}"


def test_nothing_leaves_its_slide_or_lies_on_something_else(deck, french_deck) -> None:
    assert_inside(deck)
    assert_inside(french_deck)


class Outside(HTMLParser):
    """What a page asks for from elsewhere, and the text it shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.shown: list[str] = []
        self.tags: Counter[str] = Counter()
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.inside = tag
        for name, value in attrs:
            if name in ("src", "href", "action", "data", "poster", "srcset") or (
                name == "style" and "url(" in (value or "")
            ):
                self.asked.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "style" and re.search(r"url\(|@import", data):
            self.asked.append(data)
        if self.inside not in ("style", "script"):
            self.shown.append(data)


def test_the_html_has_the_same_numbers_and_asks_for_nothing(page: str, made: Report) -> None:
    read = Outside(page)
    assert read.asked == []
    shown = " ".join(read.shown)
    assert f"The NPS of the week is {NOW.nps} (95 % interval" in shown
    assert f"{NOW.n} responses" in shown
    for section in made.sections:
        assert all(sentence in shown for sentence in section.sentences)
        cells = [cell for table in section.tables for row in table.rows for cell in row]
        assert all(cell in shown for cell in cells)
    assert read.tags["figure"] == 4
    assert "Call Acme\non Monday" in shown
    assert not re.search(r'(?:src|href)\s*=\s*["\']?https?:|url\(["\']?https?:', page)


def test_the_pdf_has_real_text_every_row_and_french_words(paper: str, french: Report) -> None:
    assert tight(f"Le NPS de la semaine est de {NOW.nps} (intervalle à 95 % :") in paper
    assert tight(f"{NOW.n} réponses") in paper
    assert tight("Qui appeler, qui remercier") in paper
    assert tight("pas d’évolution nette") in paper
    for section in french.sections:
        assert tight(section.heading) in paper
        for sentence in section.sentences:
            assert tight(sentence) in paper
        for table in section.tables:
            for row in table.rows:
                assert all(tight(cell) in paper for cell in row)


def test_months_of_the_charts_are_french_in_the_pdf(paper: str) -> None:
    assert re.search(
        r"(?:avr\.|mai|juin|juil\.|août)2026(?:juin|juil\.|août|sept\.|oct\.)2026", paper
    )
    assert re.search(r"1août1sept\.1oct\.", paper)
    assert not re.search(r"(Apr|May|Jun|Jul|Aug|Sep)\d{4}", paper)


def test_french_slides_say_nothing_in_english(french_deck, french: Report, made: Report) -> None:
    said = "\n".join(map(texts, french_deck.slides))
    assert f"Le NPS de la semaine est de {NOW.nps}" in said
    english = [sentence for section in made.sections for sentence in section.sentences]
    assert not [sentence for sentence in english if sentence in said]
    volume = chart_of(french_deck, french.section("volume").heading).plots[0]
    assert list(volume.categories)[-1] == "28 sept."
    shares = chart_of(french_deck, french.section("moved").heading).plots[0]
    assert [series.name for series in shares.series] == ["promoteurs", "passifs", "détracteurs"]


def test_without_chromium_slides_have_tables_for_pictures_and_the_pdf_says_what_to_do(
    made: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    deck = pptx.Presentation(BytesIO(pptx_bytes(made)))
    where = "\n".join(map(texts, slides_of(deck, "Where we are")))
    assert "The chart could not be drawn" in where
    weeks = [Count(FIRST - timedelta(days=7 * back)) for back in range(4)]
    rows = [
        [cell.text for cell in row.cells]
        for slide in slides_of(deck, "Where we are")
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    ]
    for week in weeks:
        assert [row[1] for row in rows if row[2] == str(week.n)].count(week.nps)
    assert chart_of(deck, "What moved") is not None
    assert_inside(deck)
    with pytest.raises(PictureUnavailableError, match="HTML file"):
        pdf_bytes(made)
