"""Help yourself: the tour, the glossary, copying, and from a figure to its responses and back."""

import base64
import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="module")
def app(start_app: Callable[..., Any], chromium: Any) -> Any:
    """The app with the sample data loaded, as a person loads it."""
    app = start_app()
    page = chromium.new_page()
    page.goto(f"{app.url}/data")
    page.get_by_role("button", name=re.compile("Load the sample", re.I)).first.click()
    expect(page.get_by_text(re.compile("11,905")).first).to_be_visible()
    page.close()
    return app


def enterprise(lowest: int, highest: int) -> int:
    """How many of Enterprise gave a score from `lowest` to `highest`, counted from the file."""
    with (ROOT / "samples" / "responses.csv").open(encoding="utf-8-sig", newline="") as file:
        return sum(
            row["company_size"] == "Enterprise" and lowest <= int(row["score"]) <= highest
            for row in csv.DictReader(file)
        )


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def test_the_tour_is_offered_once_walks_five_stops_and_can_be_taken_again(app, new_visitor) -> None:
    visitor = new_visitor()
    page = visitor.open(app.url)
    bar = page.locator(".st-key-tour_bar")
    expect(bar).to_contain_text("First time here?")
    assert serious(page) == []
    with page.expect_response(re.compile("first-visit")):
        bar.get_by_role("button", name="Start").click()
    for place, path in enumerate(["/", "/", "/trend", "/segments", "/data"], start=1):
        expect(bar).to_contain_text(f"{place} of 5")
        expect(page).to_have_url(app.url + path)
        visitor.settled()
        if place < 5:
            bar.get_by_role("button", name="Next").click()
    bar.get_by_role("button", name="Done").click()
    expect(bar).to_have_count(0)
    # Not again in this browser, unless asked for.
    visitor.open(f"{app.url}/segments")
    expect(bar).to_have_count(0)
    page.get_by_role("button", name="Guided tour").click()
    expect(bar).to_contain_text("1 of 5")
    # What the first stop talks about is in sight beneath the bar.
    expect(page.locator(".st-key-figure_the_score")).to_be_in_viewport()


def test_the_glossary_opens_beside_the_page_is_searched_and_closes_by_escape(
    app, new_visitor
) -> None:
    visitor = new_visitor(locale="en-GB")
    page = visitor.open(f"{app.url}/segments?by=industry")
    page.get_by_role("button", name="Glossary").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Washout")
    assert drawer.evaluate("drawer => drawer.contains(document.activeElement)")
    drawer.get_by_label("Look for a word").fill("minimum")
    drawer.get_by_label("Look for a word").press("Enter")
    expect(drawer).not_to_contain_text("Washout")
    expect(drawer).to_contain_text("Groups with fewer responses than this show no figures")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(page).to_have_url(f"{app.url}/segments?by=industry")


def test_a_figure_leads_to_its_responses_and_back_to_the_same_choices(app, new_visitor) -> None:
    visitor = new_visitor(locale="en-GB")
    page = visitor.open(f"{app.url}/?size=Enterprise&compare=month")
    page.locator(".st-key-responses_categories button").click()
    detractors = enterprise(0, 6)
    page.get_by_role("link", name=f"Detractors · {detractors}").click()
    expect(page.get_by_role("heading", name=f"{detractors} of 11,905 responses")).to_be_visible()
    page.get_by_role("link", name="Back to Overview").click()
    expect(page.locator(".st-key-figure_the_score")).to_be_visible()
    expect(page).to_have_url(re.compile("compare=month"))
    expect(page).to_have_url(re.compile("size=Enterprise"))


def test_a_click_on_a_mark_leads_to_its_responses(app, new_visitor) -> None:
    visitor = new_visitor(locale="en-GB")
    page = visitor.open(f"{app.url}/?size=Enterprise")
    bar = page.locator(".st-key-chart_nps-scores .point").nth(9)
    bar.hover(force=True)
    bar.click(force=True, delay=60)
    expect(
        page.get_by_role("heading", name=f"{enterprise(9, 9):,} of 11,905 responses")
    ).to_be_visible()
    assert serious(page) == []
    # One click is one step back, to the page as it was left.
    page.go_back()
    expect(page.locator(".st-key-figure_the_score")).to_be_visible()
    expect(page).to_have_url(f"{app.url}/?size=Enterprise")


def save_view(page: Page, name: str) -> None:
    page.get_by_role("button", name="Views", exact=True).click()
    page.get_by_role("button", name="Save this view").click()
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_text("Pin it above every page").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name=name).first).to_be_visible()


def test_a_compared_view_leads_to_its_responses_and_back_to_the_filter_above(
    app, new_visitor
) -> None:
    visitor = new_visitor(locale="en-GB")
    page = visitor.open(f"{app.url}/trend?size=Enterprise&every=month")
    save_view(page, "Large accounts")
    page = visitor.open(f"{app.url}/?size=SMB")
    save_view(page, "Small accounts")
    compared = f"{app.url}/compare?views=1&views=2&industry=Retail"
    page = visitor.open(compared)
    visitor.settled()
    page.locator(".st-key-responses_view_1 button").click()
    everybody = f"{enterprise(0, 10):,}"
    page.get_by_role("link", name=f"All · {everybody}").click()
    listed = page.get_by_role("heading", name=f"{everybody} of 11,905 responses")
    expect(listed).to_be_visible()
    expect(page).to_have_url(re.compile("size=Enterprise"))
    assert "industry=Retail" not in page.url.replace("industry%3DRetail", "")
    page.get_by_role("link", name="Back to Compare views").click()
    expect(page.get_by_role("heading", name="Small accounts")).to_be_visible()
    expect(page).to_have_url(re.compile("industry=Retail"))
    expect(page).to_have_url(re.compile("views=1&views=2"))
    page.go_back()
    expect(listed).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Small accounts")).to_be_visible()
    expect(page).to_have_url(re.compile("industry=Retail"))


def test_from_a_view_opened_in_the_app_one_step_leads_back(app, new_visitor) -> None:
    visitor = new_visitor(locale="en-GB")
    page = visitor.open(f"{app.url}/segments?industry=Retail&by=company_size")
    if not page.get_by_role("link", name="Large accounts").count():
        visitor.open(f"{app.url}/trend?size=Enterprise&every=month")
        save_view(page, "Large accounts")
        visitor.open(f"{app.url}/segments?industry=Retail&by=company_size")
    page.get_by_role("link", name="Large accounts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trend")
    expect(page).to_have_url(f"{app.url}/trend?every=month&size=Enterprise")
    visitor.settled()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Segments")
    expect(page).to_have_url(f"{app.url}/segments?industry=Retail&by=company_size")


def test_a_chart_and_its_data_are_copied_with_one_click(app, new_visitor) -> None:
    visitor = new_visitor(locale="en-GB", permissions=CLIPBOARD)
    page = visitor.open(f"{app.url}/?size=Enterprise")
    page.locator(".st-key-download_nps-scores button").click()
    said = page.locator(".copies [role=status]").last
    page.get_by_role("button", name="Copy data").click()
    expect(said).to_have_text("Copied")
    lines = page.evaluate("navigator.clipboard.readText()").strip().splitlines()
    assert lines[0].split("\t") == ["score", "n", "share"]
    assert [int(line.split("\t")[1]) for line in lines[1:]] == [
        enterprise(score, score) for score in range(11)
    ]
    page.get_by_role("button", name="Copy picture").click()
    expect(said).to_have_text("Copied")
    picture = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const bytes = new Uint8Array(await (await item.getType("image/png")).arrayBuffer());
          return btoa(String.fromCharCode(...bytes));
        }"""
    )
    data = base64.b64decode(picture)
    assert data.startswith(b"\x89PNG")
    # A picture of one colour, with nothing drawn on it, would be a tenth of this.
    assert len(data) > 10_000


def test_where_copying_is_not_allowed_the_page_says_so(app, new_visitor) -> None:
    visitor = new_visitor(locale="en-GB")
    visitor.page.add_init_script(
        "navigator.clipboard.write = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    page = visitor.open(app.url)
    page.locator(".st-key-download_nps-categories button").click()
    page.get_by_role("button", name="Copy data").click()
    expect(page.locator(".copies [role=status]").last).to_contain_text("does not allow copying")
