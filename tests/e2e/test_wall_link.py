"""A wall link from start to end: made, opened in a clean browser, alone there, revoked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.openid_provider import Provider, start_provider
from tests.serving import Served, dashboard

if TYPE_CHECKING:
    from tests.e2e.conftest import Visitor

# 30 promoters and 10 detractors of 40.
THE_NPS = "50"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    provider, server = start_provider()
    yield provider
    server.shutdown()


@pytest.fixture(scope="module", params=["sign-in", "open"])
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, provider: Provider
) -> Iterator[Served]:
    """A dashboard where everybody signs in, and one without."""
    secrets = provider.secrets if request.param == "sign-in" else None
    with dashboard(tmp_path_factory.mktemp("app") / "data", secrets) as served:
        served.provider = provider if secrets else None
        yield served


def make_link(page: Page, name: str) -> str:
    """Make a link on the page; gives the address shown."""
    page.get_by_role("button", name="New wall link").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill(name)
    dialog.get_by_role("button", name="Make the link").click()
    expect(dialog.get_by_text("Copy it now: it is not shown again")).to_be_visible()
    address = dialog.locator("code").inner_text()
    dialog.get_by_role("button", name="I have copied it").click()
    expect(dialog).to_have_count(0)
    return address


def test_a_link_is_made_shown_once_opens_its_page_alone_and_dies_when_revoked(
    app: Served, new_visitor: Callable[..., Visitor], provider: Provider
) -> None:
    person = new_visitor()
    page = person.open(f"{app.url}/wall_links")
    needs = page.get_by_text("Screens elsewhere need a sign-in")
    expect(needs).to_have_count(0 if app.provider else 1)
    address = make_link(page, "Room ![x](http://t.example/p.png)")
    key = address.partition("key=")[2]
    assert len(key) >= 22, "128 bits or more"
    page.reload()
    person.settled()
    assert key not in page.content()
    expect(page.get_by_text("Room ![x](")).to_be_visible()

    provider.person, kept = None, provider.person
    try:
        screen = new_visitor(viewport={"width": 1920, "height": 1080})
        screen.page.goto(address)
        wall = screen.page.locator("#nps-wall")
        expect(wall.get_by_text(THE_NPS, exact=True).first).to_be_visible()
        for path in ("data", "", "segments", "wall_links", "responses"):
            other = screen.context.new_page()
            other.goto(f"{app.url}/{path}")
            refused = "The sign-in did not work" if app.provider else "shows a wall display"
            expect(other.get_by_role("heading", name=refused)).to_be_visible()
            expect(other.get_by_text("Product changes")).to_have_count(0)
            other.close()
        expect(wall.get_by_text(THE_NPS, exact=True).first).to_be_visible()

        # The newest link stands first.
        page.get_by_role("button", name="Revoke…").first.click()
        expect(page.get_by_role("dialog").get_by_text("Room ![x](")).to_be_visible()
        page.get_by_role("button", name="Revoke it").click()
        began = time.monotonic()
        expect(wall.get_by_text(THE_NPS, exact=True)).to_have_count(0, timeout=60_000)
        assert time.monotonic() - began < 60
        off = screen.page.get_by_role("heading", name="This wall display is switched off")
        expect(off).to_be_visible(timeout=60_000)
        kept_by_browser = screen.page.evaluate("JSON.stringify(localStorage)")
        assert "nps-wall" not in kept_by_browser
        screen.page.reload()
        expect(off).to_be_visible()
    finally:
        provider.person = kept
    expect(page.get_by_text("Revoked links")).to_be_visible()


def test_a_browser_of_this_machine_can_leave_the_wall(
    app: Served, new_visitor: Callable[..., Visitor]
) -> None:
    if app.provider:
        person = new_visitor()
        person.open(f"{app.url}/planner")
        person.page.goto(f"{app.url}/wall?key={app.keys['hall']}")
        person.open(f"{app.url}/planner")
        expect(person.page.get_by_role("button", name="Sign out")).to_be_visible()
        return
    screen = new_visitor()
    screen.page.goto(f"{app.url}/wall?key={app.keys['hall']}")
    expect(screen.page.locator("#nps-wall")).to_be_visible()
    screen.page.goto(f"{app.url}/planner")
    screen.page.get_by_role("button", name="Leave the wall display").click()
    screen.settled()
    expect(screen.page.get_by_role("link", name="Overview")).to_be_visible()
