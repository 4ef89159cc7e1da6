"""A display on the wall in a real browser: nobody touches it, whatever happens to the server."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from nps_app.store import SavedView, WallLink, open_store
from nps_core.measure import ProductChange
from tests.storing import commit_rows

if TYPE_CHECKING:
    from tests.e2e.conftest import App, Visitor

HOSTILE = (
    '"><img src="http://t.example/p.png" onerror="window.hurt=1"><script>window.hurt=1</script>'
)
RECOVERED_MS = 30_000


def rows(plan: str, scores: str, start: date, days: int = 90) -> list[dict[str, object]]:
    """A response a day from `start` on, the scores of "9,10,3" in turn."""
    turn = [int(score) for score in scores.split(",")]
    return [
        {
            "response_id": f"{plan}-{start}-{at}",
            "responded_at": pd.Timestamp(start + timedelta(days=at)),
            "score": turn[at % len(turn)],
            "comment": "a comment nobody may read here",
            "plan": plan,
        }
        for at in range(days)
    ]


def fill(
    folder: Path, responses: list[dict[str, object]], change: str = "Billing v2"
) -> SimpleNamespace:
    """Store the responses, a product change, two views and a wall link of the second."""
    store = open_store(folder / "nps.duckdb")
    commit_rows(store, responses)
    store.save_change(ProductChange(date.today() - timedelta(days=40), change))
    pro = store.save_view(SavedView("Pro customers", query="segment=plan:Pro"))
    free = store.save_view(SavedView("Free customers", query="segment=plan:Free"))
    _, token = store.create_wall_link(WallLink("Lobby", views=(free.id,), every=5))
    store.close()
    return SimpleNamespace(pro=pro.id, free=free.id, token=token)


@pytest.fixture(scope="module")
def made() -> SimpleNamespace:
    return SimpleNamespace()


@pytest.fixture(scope="module")
def app(start_app: Callable[..., App], made: SimpleNamespace) -> App:
    """Pro: 2 promoters and 1 detractor of 3, NPS 33; Free: 1 of 3 each, NPS 0; together 17."""
    start = date.today() - timedelta(days=89)
    responses = [*rows("Pro", "9,10,3", start), *rows("Free", "9,8,3", start)]
    return start_app(lambda folder: vars(made).update(vars(fill(folder, responses))))


def opened(visitor: Visitor, app: App, query: str = "") -> Page:
    page = visitor.page
    page.goto(f"{app.url}/wall{query}")
    expect(page.locator("#nps-wall[data-state=fresh][data-refreshes]")).to_be_visible()
    return page


def number(page: Page) -> str:
    return page.locator("#nps-wall .frame:not([hidden]) .nps").inner_text()


def on_top(page: Page) -> bool:
    """Whether the picture covers the whole screen, whatever Streamlit shows."""
    return page.evaluate(
        """() => [[.5, .5], [.02, .02], [.98, .98], [.5, .02]].every(([x, y]) => {
            const at = document.elementFromPoint(x * innerWidth, y * innerHeight);
            return at !== null && at.closest("#nps-wall") !== null;
        })"""
    )


def test_the_wall_shows_what_a_hand_count_gives(app: App, visitor: Visitor) -> None:
    page = opened(visitor, app)
    wall = page.locator("#nps-wall")
    assert number(page) == "17"  # 90 of 180 promoters less 60 detractors
    expect(wall).to_contain_text("180 responses")
    expect(wall).to_contain_text("50 %")
    expect(wall).to_contain_text("33 %")
    expect(wall).to_contain_text("Billing v2")
    expect(wall).to_contain_text(re.compile(r"Data as of \d\d:\d\d"))
    expect(wall).not_to_contain_text("a comment nobody may read here")
    assert "nobody may read" not in page.content()


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1366, 768), (1080, 1920)])
def test_it_fills_the_screen_without_scroll_or_cut_off_words(
    app: App, new_visitor: Callable[..., Visitor], size: tuple[int, int]
) -> None:
    wide, high = size
    guest = new_visitor(viewport={"width": wide, "height": high})
    page = opened(guest, app, "?look=contrast")
    found = page.evaluate(
        """() => ({
            scrolls: document.scrollingElement.scrollHeight > innerHeight ||
                     document.scrollingElement.scrollWidth > innerWidth,
            stage: document.querySelector("#nps-wall .stage").getBoundingClientRect().toJSON(),
            small: [...document.querySelectorAll("#nps-wall .frame:not([hidden]) *")]
              .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
              .map((e) => parseFloat(getComputedStyle(e).fontSize) *
                (e.closest("svg") ? e.closest("svg").getBoundingClientRect().width /
                  e.closest("svg").viewBox.baseVal.width : 1)),
            cut: [...document.querySelectorAll("#nps-wall .frame:not([hidden]) section")]
              .filter((e) => e.scrollHeight > e.clientHeight + 1).map((e) => e.className),
        })"""
    )
    assert not found["scrolls"]
    stands = high > wide
    across = min(wide, high * 9 / 16 if stands else high * 16 / 9)
    assert found["stage"]["width"] == pytest.approx(across, abs=1)
    assert found["cut"] == []
    # 28 units of 1080: what can be read from five metres; the chart of a standing screen is
    # as wide as the screen and its letters smaller with it.
    least = 22 * wide / 1080 if stands else 27.5 * min(wide / 1920, high / 1080)
    assert min(found["small"]) >= least
    assert on_top(page)


@pytest.mark.parametrize("look", ["dark", "light", "contrast"])
def test_no_serious_violation_of_accessibility(app: App, visitor: Visitor, look: str) -> None:
    page = opened(visitor, app, f"?look={look}")
    page.wait_for_timeout(700)  # the picture has faded in
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_views_take_turns(app: App, visitor: Visitor, made: SimpleNamespace) -> None:
    page = opened(visitor, app, f"?views={made.pro},{made.free}&every=5")
    wall = page.locator("#nps-wall")
    expect(wall.get_by_role("heading", name="Pro customers")).to_be_visible()
    assert number(page) == "33"
    expect(wall).to_contain_text("View 1 of 2")
    expect(wall.get_by_role("heading", name="Free customers")).to_be_visible(timeout=8_000)
    assert number(page) == "0"
    expect(wall).to_contain_text("plan: Free")
    expect(wall.get_by_role("heading", name="Pro customers")).to_be_visible(timeout=8_000)


def test_it_outlives_its_server_and_comes_back_by_itself(
    start_app: Callable[..., App], visitor: Visitor
) -> None:
    start = date.today() - timedelta(days=89)
    app = start_app(lambda folder: fill(folder, rows("Pro", "9,10,3", start)))
    page = opened(visitor, app, "?every=5")
    wall = page.locator("#nps-wall")
    assert number(page) == "33"

    app.stop()
    expect(wall.get_by_role("alert")).to_contain_text(re.compile(r"No connection since \d\d:\d\d"))
    expect(wall).to_have_attribute("data-state", "red")
    assert number(page) == "33"
    assert on_top(page)

    app.start()
    expect(wall).to_have_attribute("data-state", "fresh", timeout=RECOVERED_MS)
    expect(wall.get_by_role("alert")).to_be_hidden()
    assert number(page) == "33"
    assert on_top(page)


def test_a_failure_changes_neither_the_look_nor_the_language_of_a_link(
    start_app: Callable[..., App], visitor: Visitor
) -> None:
    start = date.today() - timedelta(days=89)
    made: dict[str, str] = {}

    def prepare(folder: Path) -> None:
        fill(folder, rows("Pro", "9,10,3", start))
        store = open_store(folder / "nps.duckdb")
        link = WallLink("Window", every=5, look="light", language="fr")
        made["token"] = store.create_wall_link(link)[1]
        store.close()

    app = start_app(prepare)
    page = opened(visitor, app, f"?key={made['token']}")
    file = app.data / "nps.duckdb"
    file.rename(app.data / "elsewhere")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Les données sont illisibles depuis", timeout=15_000)
    expect(page.locator("html")).to_have_attribute("data-look", "light")
    expect(page.locator("#nps-wall")).to_have_attribute("data-state", "red", timeout=25_000)
    assert number(page) == "33"
    (app.data / "elsewhere").rename(file)
    expect(page.locator("#nps-wall")).to_have_attribute("data-state", "fresh", timeout=30_000)
    expect(alert).to_be_hidden()


def test_a_restarted_browser_shows_the_last_picture_at_once(
    start_app: Callable[..., App], visitor: Visitor
) -> None:
    start = date.today() - timedelta(days=89)
    app = start_app(lambda folder: fill(folder, rows("Pro", "9,10,3", start)))
    page = opened(visitor, app, "?every=5")
    # The page comes and the app behind it does not: nothing of Streamlit answers any more.
    visitor.context.route("**/static/js/**", lambda route: route.abort())
    page.reload()
    expect(page.locator("#nps-wall .nps").first).to_have_text("33", timeout=3_000)
    expect(page.locator("#nps-wall")).to_contain_text(re.compile(r"Data as of \d\d:\d\d"))


def test_an_import_appears_within_a_minute(
    start_app: Callable[..., App], new_visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    start = date.today() - timedelta(days=89)
    app = start_app(lambda folder: fill(folder, rows("Pro", "9,10,3", start)))
    display, marketer = new_visitor(), new_visitor()
    page = opened(display, app)
    assert number(page) == "33"
    lines = [f"{start + timedelta(days=day)},10" for day in range(90)]
    export = tmp_path / "more.csv"
    export.write_text("\n".join(["responded_at,score", *lines]), encoding="utf-8")
    desk = marketer.open(f"{app.url}/data")
    desk.locator('input[type="file"]').set_input_files(export)
    desk.get_by_role("button", name=re.compile(r"^Import [\d,]+ response")).click()
    began = time.monotonic()
    # 60 + 90 promoters less 30 detractors of 180.
    expect(page.locator("#nps-wall .nps").first).to_have_text("67", timeout=60_000)
    assert time.monotonic() - began < 60


def test_hostile_names_stay_text(start_app: Callable[..., App], visitor: Visitor) -> None:
    start = date.today() - timedelta(days=89)
    responses = [*rows(HOSTILE, "9,10,3", start), *rows("Free", "0,8,3", start)]
    app = start_app(lambda folder: fill(folder, responses, change=HOSTILE))
    page = opened(visitor, app, "?views=<img src=x onerror=window.hurt=1>&every=]>")
    expect(page.locator("#nps-wall .change .name")).to_contain_text('"><img src=')
    expect(page.locator("#nps-wall .groups")).to_contain_text('"><img src=')
    expect(page.locator("#nps-wall .banner")).to_contain_text("is no list of views")
    assert page.evaluate("window.hurt") is None
    assert page.locator("#nps-wall img, #nps-wall script").count() == 0
    assert visitor.outside() == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?views=999", "There is no view 999: it was deleted, or never made."),
        ("?views=abc", "“abc” is no list of views"),
        ("?every=2", "“2” is no time for a view"),
        ("?look=pink", "“pink” is no look"),
    ],
)
def test_what_cannot_be_shown_is_said_calmly(
    app: App, visitor: Visitor, query: str, words: str
) -> None:
    page = opened(visitor, app, query)
    expect(page.locator("#nps-wall")).to_contain_text(words)
    expect(page.locator('[data-testid="stException"], [data-testid="stAlert"]')).to_have_count(0)


def test_an_empty_store_is_said_calmly(empty_app: App, visitor: Visitor) -> None:
    page = opened(visitor, empty_app)
    expect(page.locator("#nps-wall")).to_contain_text("No responses yet.")


def test_a_link_shows_its_own_views_and_dies_when_revoked(
    start_app: Callable[..., App], new_visitor: Callable[..., Visitor]
) -> None:
    start = date.today() - timedelta(days=89)
    made: dict[str, object] = {}
    responses = [*rows("Pro", "9,10,3", start), *rows("Free", "9,8,3", start)]
    app = start_app(lambda folder: made.update(vars(fill(folder, responses))))
    display, person = new_visitor(), new_visitor()
    page = opened(display, app, f"?views={made['pro']}&key={made['token']}")
    expect(page.locator("#nps-wall h1").first).to_have_text("Free customers")
    assert number(page) == "0"
    desk = person.open(f"{app.url}/wall_links")
    desk.get_by_role("button", name=re.compile("Revoke")).first.click()
    desk.get_by_role("button", name="Revoke it").click()
    expect(page.locator("#nps-wall .nps")).to_have_count(0, timeout=60_000)
