"""The weekly meeting from start to end: a report built, opened, and its numbers recounted."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pptx
import pypdf
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
MONDAY, SUNDAY = date(2026, 9, 28), date(2026, 10, 4)


def recounted() -> dict[str, int]:
    """The week's responses, by a plain count of the sample file."""
    with (ROOT / "samples" / "responses.csv").open(encoding="utf-8-sig", newline="") as file:
        scores = [
            int(row["score"])
            for row in csv.DictReader(file)
            if MONDAY <= date.fromisoformat(row["responded_at"][:10]) <= SUNDAY
        ]
    promoters, detractors = sum(s >= 9 for s in scores), sum(s <= 6 for s in scores)
    return {
        "responses": len(scores),
        "nps": round(100 * (promoters - detractors) / len(scores)),
        "detractors": detractors,
        "promoters": promoters,
        "passives": len(scores) - promoters - detractors,
    }


def test_a_report_holds_what_a_plain_count_finds(empty_app, visitor) -> None:
    page = visitor.open(f"{empty_app.url}/data")
    page.get_by_role("button", name=re.compile("Load the sample", re.I)).first.click()
    expect(page.get_by_text(re.compile("11,905")).first).to_be_visible()
    page = visitor.open(f"{empty_app.url}/weekly?period=2026-W40")
    counted = recounted()
    lead = f"The NPS of the week is {counted['nps']} "
    expect(page.get_by_text(lead).first).to_be_visible()

    files = {}
    for label in ("PowerPoint", "PDF", "HTML"):
        with page.expect_download(timeout=60_000) as found:
            page.get_by_role("button", name=label, exact=True).click()
        files[label] = Path(found.value.path()).read_bytes()
        assert "2026-W40" in found.value.suggested_filename

    deck = pptx.Presentation(io.BytesIO(files["PowerPoint"]))
    slides = [
        shape.text_frame.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    pdf = " ".join(part.extract_text() for part in pypdf.PdfReader(io.BytesIO(files["PDF"])).pages)
    people = (
        f"{counted['detractors']} detractors to call, {counted['passives']} passives to win over "
        f"and {counted['promoters']} promoters to thank."
    )
    for text in (" ".join(slides), " ".join(notes), " ".join(pdf.split())):
        assert lead in text
        assert f"{counted['responses']} responses" in text
        assert people in text
    html = files["HTML"].decode()
    assert lead in html
    assert people in html
    # Plotly's own source names addresses it is never asked to open; the page itself names none.
    own = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", own)
