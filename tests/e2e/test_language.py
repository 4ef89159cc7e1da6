"""Whose language is spoken: the browser's, else the one the address names, wherever one goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from playwright.sync_api import expect

from nps_app.store import SavedView, open_store
from tests.storing import commit_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.e2e.conftest import App, Visitor

OVERVIEW = {"en": "Overview", "fr": "Vue d’ensemble"}
TREND = {"en": "Trend", "fr": "Tendance"}
PAGES = {
    "trend": TREND,
    "segments": {"en": "Segments", "fr": "Segments"},
    "planner": {"en": "Planner", "fr": "Planification"},
    "": OVERVIEW,
}


def stored(folder: Path) -> None:
    """Forty responses of October and a saved view of the trend by week."""
    store = open_store(folder / "nps.duckdb")
    frame = pd.DataFrame(
        {
            "response_id": [str(n) for n in range(40)],
            "responded_at": [f"2026-10-{1 + n % 28:02}" for n in range(40)],
            "score": [9] * 30 + [3] * 10,
        }
    )
    commit_rows(store, frame)
    store.save_view(SavedView("By week", page="trend", query="every=week"))
    store.close()


@pytest.fixture(scope="module")
def app(start_app: Callable[..., App]) -> App:
    return start_app(stored)


def spoken(page: Page, titles: dict[str, str], language: str) -> None:
    expect(page.get_by_role("heading", name=titles[language], exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize(
    ("browser", "query", "language"),
    [
        ("fr-CA", "", "fr"),
        ("de-DE,fr;q=0.5", "", "fr"),
        ("de-DE", "", "en"),
        ("en-US", "?lang=fr", "fr"),
        ("fr-FR", "?lang=en", "en"),
        ("fr-FR", "?lang=xx", "fr"),
        ("en-US", "?lang=xx&lang=fr", "fr"),
    ],
)
def test_the_browser_is_asked_unless_the_address_says(
    app: App, new_visitor: Callable[..., Visitor], browser: str, query: str, language: str
) -> None:
    visitor = new_visitor(extra_http_headers={"Accept-Language": browser})
    spoken(visitor.open(f"{app.url}/{query}"), OVERVIEW, language)


def test_what_is_picked_stays_over_pages_the_back_button_links_and_views(
    app: App, new_visitor: Callable[..., Visitor]
) -> None:
    visitor = new_visitor(locale="en-US")
    page = visitor.open(app.url)
    spoken(page, OVERVIEW, "en")
    page.get_by_role("radio", name="Français").click()
    spoken(page, OVERVIEW, "fr")
    expect(page).to_have_url(re.compile(r"\?lang=fr"))
    page.get_by_role("link", name="Tendance").click()
    spoken(page, TREND, "fr")
    expect(page).to_have_url(re.compile(r"/trend\?.*lang=fr"))
    page.go_back()
    spoken(page, OVERVIEW, "fr")
    expect(page).to_have_url(re.compile(r"\?lang=fr"))

    page.get_by_role("button", name="Copier le lien").click()
    copied = page.get_by_test_id("stCode").locator("code").inner_text()
    assert "lang=fr" in copied
    other = new_visitor(locale="en-US")
    spoken(other.open(copied), OVERVIEW, "fr")

    view = visitor.open(f"{app.url}/view?id=1&lang=fr")
    spoken(view, TREND, "fr")
    expect(view).to_have_url(re.compile(r"/trend\?(?=.*every=week)(?=.*lang=fr)"))
    view.get_by_role("radio", name="English").click()
    spoken(view, TREND, "en")
    expect(view).to_have_url(re.compile(r"every=week"))


def test_two_visitors_in_two_languages_each_read_their_own(
    app: App, new_visitor: Callable[..., Visitor]
) -> None:
    visitors = {"en": new_visitor(locale="en-US"), "fr": new_visitor(locale="fr-FR")}
    for path, titles in PAGES.items():
        for visitor in visitors.values():
            visitor.page.goto(f"{app.url}/{path}")
        for language, visitor in visitors.items():
            spoken(visitor.settled(), titles, language)
        said = {name: one.page.locator(".stMain").inner_text() for name, one in visitors.items()}
        assert "réponses" not in said["en"]
        assert "responses" not in said["fr"]


def test_a_wall_speaks_its_language_after_each_refresh(
    app: App, new_visitor: Callable[..., Visitor]
) -> None:
    page = new_visitor(locale="en-US").open(f"{app.url}/wall?lang=fr")
    picture = page.locator("article").first
    expect(picture).to_contain_text("Promoteurs")
    # A refresh is a run of the wall's fragment alone, which never settles the language itself.
    first = page.locator("[data-wall-beat]").get_attribute("data-wall-beat")
    page.wait_for_function(
        "first => document.querySelector('[data-wall-beat]')?.dataset.wallBeat !== first",
        arg=first,
    )
    expect(picture).to_contain_text("Promoteurs")
