"""The script of a wall display alone, its app played by the test: clocks, storage, silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, Route, expect

from nps_app.web.notice import link_closed
from nps_app.web.wall_watch import _SCRIPT, WATCH_TAG

if TYPE_CHECKING:
    from tests.e2e.conftest import Visitor

# Nobody listens there: every answer comes from the test.
ADDRESS = "http://127.0.0.1:9/wall?key=k"
START = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
WORDS = {
    "asof": "Data as of {time}, {ago}",
    "now": "just now",
    "lost": "No connection since {time}",
    "failed": "Cannot be read since {time}",
    "turn": "",
    "remarks": "",
}
FULL = """
const real = Storage.prototype.setItem;
Storage.prototype.setItem = function (name, value) {
  if (value.length > 60 && window.full) throw new DOMException("full", "QuotaExceededError");
  real.call(this, name, value);
};
"""
DISABLED = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {get() { throw new DOMException("no", "SecurityError"); }});
}
"""


class Screen:
    """A display whose time stands still until `pass_by`, and whose app says what a test says."""

    def __init__(self, page: Page, language: str = "en") -> None:
        self.page = page
        self.alive = True
        self.refused = ""
        self.loads = 0
        self._language = language
        self._now = START
        self._beats = 0
        page.clock.install(time=START)
        page.route("**/*", self._answer)

    def open(self) -> Screen:
        self.page.goto(ADDRESS)
        self.page.clock.pause_at(self._now + timedelta(seconds=1))
        self._now += timedelta(seconds=1)
        return self

    def beat(self, picture: str = "<h1>one</h1>", **more: object) -> None:
        """A refresh: its picture, then half a second for it to be seen."""
        self._beats += 1
        beat = {"at": self._beats, "refresh": 15, "every": 20, "look": "dark", "language": "en",
                "order": [picture], "failed": False, "closed": False,
                "version": self.page.evaluate("document.querySelector('script').dataset.version"),
                "words": WORDS} | more  # fmt: skip
        self.page.evaluate(
            """([picture, beat]) => {
                document.getElementById("root").replaceChildren();
                const add = (data) => Object.assign(document.getElementById("root")
                  .appendChild(document.createElement("div")).dataset, data);
                add({wallPart: picture, picture});
                add({wallBeat: beat});
            }""",
            [picture, json.dumps(beat)],
        )
        self.pass_by(1)

    def pass_by(self, seconds: int) -> None:
        """Let time pass, half a second by half a second, with what answers come meanwhile."""
        for _ in range(2 * seconds):
            try:
                self.page.clock.run_for(500)
                self.page.evaluate("0")
            except Error:
                # The display opened its page anew in this very moment.
                self.page.wait_for_load_state()
        self._now += timedelta(seconds=seconds)

    def set_clock(self, moment: datetime) -> None:
        self._now = moment
        self.page.clock.set_system_time(moment)

    def state(self) -> str:
        return self.page.locator("#nps-wall").get_attribute("data-state") or ""

    def text(self) -> str:
        return self.page.locator("#nps-wall").inner_text()

    def kept_time(self) -> float:
        """The time a reload would say, in milliseconds."""
        return float(
            self.page.evaluate(
                "Object.entries(localStorage).find(([name]) => name.endsWith(' good'))[1]"
            )
        )

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/livez" and self.alive:
            route.fulfill(body="ok")
        elif path == "/wall/watch.js":
            route.fulfill(body=_SCRIPT, content_type="text/javascript")
        elif path == "/wall" and self.refused:
            self.loads += route.request.is_navigation_request()
            route.fulfill(status=403, body=self.refused, content_type="text/html")
        elif path == "/wall" and self.alive:
            self.loads += route.request.is_navigation_request()
            head = f'<!DOCTYPE html><html lang="{self._language}"><head>{WATCH_TAG}</head>'
            body = f'{head}<body><div id="root"></div></body></html>'
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
        else:
            route.abort()


@pytest.fixture
def screen(visitor: Visitor) -> Screen:
    return Screen(visitor.page).open()


def test_a_page_that_is_a_day_old_opens_anew_with_its_picture(screen: Screen) -> None:
    screen.beat()
    screen.set_clock(START + timedelta(hours=23, minutes=59))
    screen.beat()
    screen.pass_by(10)
    assert screen.loads == 1
    screen.set_clock(START + timedelta(hours=24, minutes=1))
    screen.beat()
    screen.pass_by(10)
    assert screen.loads == 2
    assert "one" in screen.text()
    screen.beat()
    screen.pass_by(10)
    assert (screen.loads, screen.state()) == (2, "fresh")


def test_red_after_three_missed_refreshes_and_not_before(screen: Screen) -> None:
    screen.beat()
    screen.pass_by(44)
    assert screen.state() == "fresh"
    screen.pass_by(5)
    assert screen.state() == "red"
    assert "No connection since" in screen.text()
    assert "one" in screen.text()
    screen.beat()
    assert screen.state() == "fresh"


def test_a_picture_there_was_no_room_to_keep_leaves_the_kept_one_its_time(
    new_visitor: Callable[..., Visitor],
) -> None:
    page = new_visitor().page
    page.add_init_script(FULL)
    screen = Screen(page).open()
    screen.beat("<h1>one</h1>")
    first = screen.kept_time()
    page.evaluate("window.full = true")
    for _ in range(3):
        screen.beat("<h1>two</h1>")
    assert "two" in screen.text()
    assert screen.kept_time() == first
    page.evaluate("window.full = false")
    screen.beat("<h1>two</h1>")
    assert screen.kept_time() > first
    page.reload()
    screen.pass_by(1)
    assert "two" in screen.text()


def test_without_storage_the_screen_works_all_the_same(
    new_visitor: Callable[..., Visitor],
) -> None:
    page = new_visitor().page
    page.add_init_script(DISABLED)
    screen = Screen(page).open()
    screen.beat()
    assert "one" in screen.text()
    assert screen.state() == "fresh"
    # At 50 seconds it opens its page anew, with nothing kept.
    screen.pass_by(47)
    assert screen.state() == "red"
    assert "one" in screen.text()


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=1)])
def test_a_clock_that_jumps_holds_up_no_way_back(screen: Screen, jump: timedelta) -> None:
    screen.beat()
    screen.set_clock(START + jump)
    screen.pass_by(2)
    screen.beat()
    assert screen.state() == "fresh"
    # The server lives and says nothing: the page is opened anew.
    before = screen.loads
    screen.pass_by(60)
    assert screen.loads > before


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Nothing could be read since"), ("fr", "Rien n’a pu être lu depuis")],
)
def test_a_screen_without_any_picture_says_since_when_through_its_reloads(
    visitor: Visitor, language: str, said: str
) -> None:
    screen = Screen(visitor.page, language).open()
    screen.pass_by(30)
    assert screen.state() != "red"
    screen.pass_by(60)
    assert screen.loads > 1
    expect(visitor.page.get_by_role("alert")).to_contain_text(said)
    assert screen.state() == "red"
    screen.beat()
    assert screen.state() == "fresh"
    expect(visitor.page.get_by_role("alert")).to_be_hidden()


def test_a_store_that_could_never_be_read_turns_the_screen_red_too(screen: Screen) -> None:
    for _ in range(5):
        screen.beat("<p>The data cannot be read.</p>", failed=True)
        screen.pass_by(14)
    assert screen.state() == "red"
    assert "Nothing could be read since" in screen.text()


def test_a_refusal_of_somebody_between_leaves_the_picture_on_the_screen(screen: Screen) -> None:
    screen.beat()
    screen.refused = "<h1>Blocked by the firewall</h1>"
    screen.pass_by(120)
    assert screen.loads == 1
    assert "one" in screen.text()
    assert screen.state() == "red"
    screen.refused = ""
    screen.pass_by(15)
    assert screen.loads > 1


def test_a_refusal_of_the_dashboard_itself_takes_the_picture_off(screen: Screen) -> None:
    screen.beat()
    screen.refused = bytes(link_closed(None).body).decode()
    screen.pass_by(120)
    expect(screen.page.get_by_role("heading", name="switched off")).to_be_visible()
    assert "one" not in screen.page.evaluate("JSON.stringify(localStorage)")


def test_a_revoked_link_is_no_alarm(screen: Screen) -> None:
    screen.beat()
    for _ in range(5):
        screen.beat("<p>This link was revoked.</p>", closed=True)
        screen.pass_by(14)
    assert "This link was revoked." in screen.text()
    assert screen.state() != "red"
    assert "one" not in screen.page.evaluate("JSON.stringify(localStorage)")
