"""What a page looks like while it comes, and when the browser turns dark under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from nps_app.view.charts.theme import palette
from tests.e2e.test_accessibility import _prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import App, Visitor

SHIFTS = """
window.npsShifted = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) window.npsShifted += shift.value;
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def app(start_app: Callable[..., App]) -> App:
    return start_app(_prepare)


def rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


def test_charts_turn_with_the_browser_while_the_page_is_open(
    app: App, new_visitor: Callable[..., Visitor]
) -> None:
    visitor = new_visitor(color_scheme="light")
    page = visitor.open(f"{app.url}/trend")
    paper = page.locator(".js-plotly-plot .main-svg").first
    expect(paper).to_have_css("background-color", rgb(palette("light").background))
    page.emulate_media(color_scheme="dark")
    expect(paper).to_have_css("background-color", rgb(palette("dark").background))


# What is called good: a tenth of the window, moved by its own height.
@pytest.mark.parametrize("name", ["trend", "segments", "methods"])
def test_little_moves_while_a_page_comes(app: App, visitor: Visitor, name: str) -> None:
    visitor.page.add_init_script(SHIFTS)
    page = visitor.open(f"{app.url}/{name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("window.npsShifted") <= 0.1
