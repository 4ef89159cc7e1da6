"""The whole path in a real browser: from an export to a number, a marker and a shared link."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.e2e.conftest import App, Visitor

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "responses.csv"
HOSTILE = ROOT / "tests" / "data" / "bad_files" / "600_hostile_comments.csv"
READ_MS = 60_000


def counted(**segments: str) -> tuple[int, int]:
    """NPS and responses of the sample, counted with nothing but the csv module."""
    with SAMPLE.open(newline="", encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if all(r[k] == v for k, v in segments.items())]
    scores = [int(row["score"]) for row in rows]
    lead = sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)
    return round(100 * lead / len(scores)), len(scores)


def upload(visitor: Visitor, app: App, file: Path) -> Page:
    page = visitor.open(f"{app.url}/data")
    page.locator('input[type="file"]').set_input_files(file)
    button = page.get_by_role("button", name=re.compile(r"^Import [\d,]+ response"))
    button.click(timeout=READ_MS)
    expect(page.get_by_text("is imported:", exact=False)).to_be_visible(timeout=READ_MS)
    return visitor.settled()


def pick(visitor: Visitor, pill: str, option: str) -> None:
    page = visitor.page
    page.get_by_role("button", name=re.compile(f"^{pill}")).first.click()
    box = page.get_by_role("combobox", name=re.compile(f"^{pill}|^Selected.*{pill}")).last
    box.click()
    page.get_by_role("option", name=re.compile(rf"^{option} · ")).click()
    visitor.settled()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def shows_score(page: Page, nps: int, n: int, total: int) -> None:
    expect(page.get_by_text(f"{n:,} of {total:,} responses")).to_be_visible()
    card = page.locator('[data-testid="stVerticalBlock"]').filter(has_text="Net Promoter Score")
    expect(card.get_by_text(str(nps).replace("-", "−"), exact=True).first).to_be_visible()
    expect(page.get_by_text(re.compile(rf"95 % interval .* · {n:,} responses"))).to_be_visible()


def test_an_export_becomes_a_number_a_marker_and_a_link_a_colleague_opens(
    empty_app: App, new_visitor: Callable[..., Visitor]
) -> None:
    marketer = new_visitor()
    page = upload(marketer, empty_app, SAMPLE)
    page.get_by_role("link", name="Overview").first.click()
    marketer.settled()
    everybody = counted()
    shows_score(page, *everybody, everybody[1])

    pick(marketer, "Company size", "Enterprise")
    pick(marketer, "Industry", "Fintech")
    chosen = counted(company_size="Enterprise", industry="Fintech")
    shows_score(page, *chosen, everybody[1])

    page.get_by_role("link", name="Product changes").first.click()
    marketer.settled()
    page.get_by_role("button", name="Add a change").first.click()
    page.get_by_role("spinbutton", name=re.compile("year, Date it shipped")).click()
    page.keyboard.type("20260302")
    page.get_by_label("Title").fill("Billing v2")
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Added “Billing v2”.")).to_be_visible()
    marketer.settled()

    page.get_by_role("link", name="Trend").first.click()
    marketer.settled()
    marker = page.locator(".js-plotly-plot").get_by_text("Billing v2")
    expect(marker.first).to_be_visible()

    page.get_by_role("button", name="Copy link").click()
    link = page.locator('[data-testid="stCode"] code').inner_text()
    colleague = new_visitor()
    theirs = colleague.open(link)
    expect(theirs.get_by_text(f"{chosen[1]:,} of {everybody[1]:,} responses")).to_be_visible()
    expect(theirs.locator(".js-plotly-plot").get_by_text("Billing v2").first).to_be_visible()
    theirs.get_by_role("link", name="Overview").first.click()
    colleague.settled()
    shows_score(theirs, *chosen, everybody[1])


def test_a_deep_link_is_the_first_thing_asked_after_a_restart(
    empty_app: App, new_visitor: Callable[..., Visitor]
) -> None:
    upload(new_visitor(), empty_app, SAMPLE)
    empty_app.restart()
    visitor = new_visitor()
    page = visitor.open(f"{empty_app.url}/segments?size=Small")
    n = counted(company_size="Small")[1]
    expect(page.get_by_text(f"{n:,} of {counted()[1]:,} responses")).to_be_visible()
    expect(page.get_by_role("link", name="Overview").first).to_be_visible()
    expect(page.get_by_role("heading", name="Segments")).to_be_visible()


def test_hostile_comments_are_only_text(
    empty_app: App, new_visitor: Callable[..., Visitor]
) -> None:
    visitor = new_visitor()
    # On every page the visitor opens, so before any script of the page runs.
    visitor.context.add_init_script("window.alert = () => { window.attacked = true }")
    page = upload(visitor, empty_app, HOSTILE)
    for name in ("Overview", "Trend", "Segments", "Product changes", "Data"):
        page.get_by_role("link", name=name, exact=True).first.click()
        visitor.settled()
        assert page.evaluate("() => window.attacked") is None
        made = "[src*='evil.example'], [href*='evil.example'], [data*='evil.example']"
        assert page.locator(made).count() == 0
    page.get_by_role("link", name="Trend", exact=True).first.click()
    expect(page.get_by_role("combobox", name=re.compile("Look into"))).to_be_visible()
    # A list opened while the page is still being drawn is closed by what is drawn next.
    visitor.settled()
    page.get_by_role("combobox", name=re.compile("Look into")).press("ArrowDown")
    page.get_by_role("option").first.click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    assert page.evaluate("() => window.attacked") is None
    # That nothing outside was asked is checked for every visitor when the test ends.
    assert visitor.outside() == []
