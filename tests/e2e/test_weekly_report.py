"""The weekly report from the page to the meeting: downloaded, opened, held against the CSV."""

import csv
from datetime import date, datetime
from pathlib import Path

import pptx
import pypdf
import pytest

from nps_app.parsing import parse_upload
from nps_app.store import open_store

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "responses.csv"
FIRST = date(2026, 9, 28)
MONTHS = "() => [...document.querySelectorAll('.xtick text')].map(one => one.textContent).join(' ')"


def fill(folder: Path) -> None:
    store = open_store(folder / "nps.duckdb")
    with parse_upload(SAMPLE.read_bytes(), SAMPLE.name) as parsed:
        store.commit(parsed)
    store.close()


@pytest.fixture(scope="module")
def app(start_app):
    return start_app(fill)


def counted() -> tuple[int, str]:
    """Responses and NPS of 28 September to 4 October 2026, by hand."""
    with SAMPLE.open(newline="", encoding="utf-8") as file:
        scores = [
            int(row["score"])
            for row in csv.DictReader(file)
            if 0 <= (datetime.fromisoformat(row["responded_at"]).date() - FIRST).days < 7
        ]
    up, down = sum(score >= 9 for score in scores), sum(score <= 6 for score in scores)
    return len(scores), f"{100 * (up - down) / len(scores):.0f}".replace("-", "−")


def taken(page, kind: str, folder: Path) -> Path:
    with page.expect_download(timeout=90_000) as download:
        page.locator(f".st-key-weekly_{kind} button").click()
    assert download.value.suggested_filename == f"nps-2026-W40.{kind}"
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def test_the_page_in_french_is_taken_along_as_three_files_with_its_numbers(
    app, new_visitor, tmp_path: Path
) -> None:
    visitor = new_visitor(color_scheme="dark")
    page = visitor.open(f"{app.url}/weekly?period=2026-W40&lang=fr")
    n, nps = counted()
    lead = f"Le NPS de la semaine est de {nps} (intervalle à 95\u00a0%"
    files = {kind: taken(page, kind, tmp_path) for kind in ("pptx", "pdf", "html")}
    deck = pptx.Presentation(files["pptx"])
    slides = "\n".join(
        shape.text_frame.text for one in deck.slides for shape in one.shapes if shape.has_text_frame
    )
    assert lead in slides
    assert f"{n} réponses" in slides.replace("\u00a0", " ")
    paper = " ".join(one.extract_text() for one in pypdf.PdfReader(files["pdf"]).pages)
    assert "".join(lead.split()) in "".join(paper.split())
    assert lead in files["html"].read_text()


def test_the_html_opens_without_a_network_and_draws_every_chart_in_french(
    app, new_visitor, chromium, tmp_path: Path
) -> None:
    page = new_visitor().open(f"{app.url}/weekly?period=2026-W40&lang=fr")
    file = taken(page, "html", tmp_path)
    context = chromium.new_context(offline=True, viewport={"width": 1000, "height": 900})
    alone, said, asked = context.new_page(), [], []
    alone.on("console", lambda message: said.append(message.text))
    alone.on("pageerror", lambda error: said.append(str(error)))
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    alone.wait_for_selector(".js-plotly-plot .main-svg")
    drawn = alone.locator("figure .js-plotly-plot:has(.main-svg)").count()
    assert drawn == alone.locator("figure").count() == 4
    assert "août" in alone.evaluate(MONTHS)
    assert alone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    context.close()
