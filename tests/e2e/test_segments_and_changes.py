"""The segments and product changes pages in a browser, on the sample data."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import expect

from nps_app.store import open_store
from nps_core.intake.changes_file import read_changes
from nps_core.measure import ProductChange
from tests.storing import commit_rows

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def put_samples(data: Path) -> None:
    frame = pd.read_csv(SAMPLES / "responses.csv", dtype=str)
    frame["score"] = frame["score"].astype(int)
    times = pd.to_datetime(frame["responded_at"], utc=True)
    frame["responded_at"] = times.dt.tz_localize(None)
    frame = frame.drop(columns=["mrr", "csat", "ces"])
    store = open_store(data / "nps.duckdb")
    commit_rows(store, frame)
    file = read_changes((SAMPLES / "product_changes.csv").read_bytes(), "product_changes.csv")
    store.save_changes(
        [ProductChange(r.date, r.title, r.note, r.link, r.segments) for r in file.changes]
    )
    store.close()


@pytest.fixture(scope="module")
def app(start_app: Callable[..., Any]) -> Any:
    return start_app(put_samples)


def counted(**wanted: str) -> tuple[int, int]:
    """NPS, rounded, and responses of the sample file, counted here by hand."""
    with (SAMPLES / "responses.csv").open(encoding="utf-8", newline="") as file:
        scores = [
            int(row["score"])
            for row in csv.DictReader(file)
            if all(row[name] == value for name, value in wanted.items())
        ]
    promoters, detractors = (sum(s >= 9 for s in scores), sum(s <= 6 for s in scores))
    return round(100 * (promoters - detractors) / len(scores)), len(scores)


def test_a_link_to_the_segments_opens_the_same_view_with_the_counted_figures(
    app: Any, visitor: Any
) -> None:
    page = visitor.open(f"{app.url}/segments?by=industry&across=company_size&order=Responses")
    expect(page.get_by_role("heading", name="Industry by Company size")).to_be_visible()
    nps, responses = counted(industry="Fintech")
    one = page.locator(".stPlotlyChart").first
    verdict = "(▲ above|▼ below)?"
    expect(one).to_contain_text(re.compile(rf"Fintech\s*{nps}\s*{verdict}\s*n {responses:,}"))
    nps, responses = counted(industry="Fintech", company_size="Small")
    pairs = page.locator(".stPlotlyChart").nth(1)
    written = str(nps).replace("-", "−")
    expect(pairs).to_contain_text(re.compile(rf"{written}\s*n {responses:,}"))
    assert "by=industry" in page.url
    assert "order=Responses" in page.url


def test_choosing_a_segment_puts_it_in_the_address(app: Any, visitor: Any) -> None:
    page = visitor.open(f"{app.url}/segments")
    page.get_by_role("combobox", name="Segment", exact=False).first.click()
    page.get_by_role("option", name="Persona").click()
    expect(page.get_by_role("heading", name="Persona: each against the rest")).to_be_visible()
    expect(page).to_have_url(re.compile("by=persona"))


@pytest.mark.parametrize("address", ["segments?by=industry&across=persona", "product_changes"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_a_phone(
    app: Any, new_visitor: Callable[..., Any], address: str, scheme: str
) -> None:
    visitor = new_visitor(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = visitor.open(f"{app.url}/{address}")
    expect(page.locator(".stPlotlyChart").first).to_be_visible()
    wide = page.evaluate(
        "[document.documentElement.scrollWidth, document.querySelector('.stMain').scrollWidth]"
    )
    assert max(wide) <= 390


def test_a_change_is_added_found_and_deleted_with_undo(app: Any, visitor: Any) -> None:
    page = visitor.open(f"{app.url}/product_changes")
    page.get_by_role("button", name="Add a change").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Title").fill("Billing v2")
    form.get_by_label("Link").fill("https://example.org/billing")
    form.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Added “Billing v2”.")).to_be_visible()
    # While it is drawn, the card of the change that stood here before shines through.
    visitor.settled()
    card = (
        page.locator("[class*='st-key-change_']")
        .filter(has=page.get_by_role("heading", name="Billing v2"))
        .last
    )
    expect(card.get_by_role("link", name="Open link")).to_have_attribute(
        "href", "https://example.org/billing"
    )
    card.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Deleted “Billing v2”.")).to_be_visible()
    expect(page.get_by_role("heading", name="Billing v2")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Billing v2")).to_be_visible()
    visitor.settled()
    card.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Deleted “Billing v2”.")).to_be_visible()


def test_an_edit_of_a_change_deleted_in_another_tab_is_told(
    app: Any, new_visitor: Callable[..., Any]
) -> None:
    mine, theirs = new_visitor(), new_visitor()
    page = mine.open(f"{app.url}/product_changes")
    page.get_by_role("button", name="Add a change").click()
    page.get_by_role("dialog").get_by_label("Title").fill("Short-lived")
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Short-lived")).to_be_visible()
    mine.settled()
    cards = "[class*='st-key-change_']"
    card = page.locator(cards).filter(has=page.get_by_role("heading", name="Short-lived")).last
    card.get_by_role("button", name="Edit").click()
    other = theirs.open(f"{app.url}/product_changes")
    card = other.locator(cards).filter(has=other.get_by_role("heading", name="Short-lived")).last
    card.get_by_role("button", name="Delete").click()
    other.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(other.get_by_text("Deleted “Short-lived”.")).to_be_visible()
    form = page.get_by_role("dialog")
    form.get_by_label("Title").fill("Rewritten")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("was deleted in the meantime")).to_be_visible()


def test_github_releases_are_previewed_and_a_second_import_adds_nothing(
    app: Any, visitor: Any
) -> None:
    releases = [
        {
            "tag_name": f"v{number}",
            "name": f"![x](http://127.0.0.2/{number}.png) release {number}",
            "body": "<img src=http://127.0.0.2/body.png>",
            "published_at": f"2026-0{number}-10T09:00:00Z",
            "html_url": f"https://github.com/acme/app/releases/tag/v{number}",
            "draft": number == 3,
            "prerelease": number == 4,
        }
        for number in range(1, 5)
    ]
    file = {
        "name": "releases.json",
        "mimeType": "application/json",
        "buffer": json.dumps(releases).encode(),
    }
    page = visitor.open(f"{app.url}/product_changes")
    page.get_by_role("button", name="Import changes").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog.get_by_text("1 draft release is left out")).to_be_visible()
    dialog.get_by_role("button", name="Add 2 changes").click()
    expect(page.get_by_text("Added 2 changes.")).to_be_visible()
    expect(page.get_by_role("heading", name="release 2")).to_be_visible()
    page.get_by_role("button", name="Import changes").click()
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog.get_by_text("2 already there")).to_be_visible()
    expect(dialog.get_by_role("button", name="Add 0 changes")).to_be_disabled()
