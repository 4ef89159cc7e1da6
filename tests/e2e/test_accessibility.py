"""Every page can be read and worked by everybody: axe-core, contrast and the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from nps_app.parsing import parse_upload
from nps_app.store import SavedView, WallLink, open_store
from nps_core.measure import ProductChange

if TYPE_CHECKING:
    from tests.e2e.conftest import App, Visitor

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "responses.csv"
# Each page of pages/ with what it is opened with.
PAGES = {
    "overview": "",
    "weekly": "weekly",
    "trend": "trend",
    "segments": "segments?across=industry&n=200",
    "what_moved": "what_moved",
    "product_changes": "product_changes",
    "planner": "planner",
    "data": "data",
    "change": "change?id=1",
    "methods": "methods",
    "responses": "responses",
    "compare": "compare?views=1&views=2",
    "view": "view?id=99",
    "segment_builder": "segment_builder",
    "wall_links": "wall_links",
    "wall": "wall?views=1",
}
# Both themes and both widths; the other two pairs would say the same again for twice the time.
LOOKS = [("light", 1440), ("dark", 390)]
HEIGHTS = {1440: 900, 390: 844}
READ_MS = 60_000

# The contrast of every text and placeholder with what lies behind it, disabled ones too, which
# axe-core leaves out. Text of charts is checked with their palette (test_charts_theme.py).
LOW_CONTRAST = """() => {
  const pen = Object.assign(document.createElement("canvas"), {width: 1, height: 1})
    .getContext("2d", {willReadFrequently: true});
  const layer = (css) => {
    pen.clearRect(0, 0, 1, 1); pen.fillStyle = css; pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r / 255 * a / 255, g / 255 * a / 255, b / 255 * a / 255, a / 255];
  };
  const over = (top, below) => top.map((value, i) => value + below[i] * (1 - top[3]));
  const light = (layer) => {
    const [r, g, b] = layer.map((c) => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const contrast = (element, colour) => {
    let text = layer(colour), behind = [0, 0, 0, 0];
    const at = element.getBoundingClientRect();
    const y = at.y + at.height / 2;
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e), box = e.getBoundingClientRect();
      // A slider's value is drawn above the slider, not on its colour.
      const apart = e.closest("[data-testid=stSlider]") && (y < box.top || y > box.bottom);
      const parts = apart ? [] : ["::after", "::before", null];
      const own = parts.map((part) => getComputedStyle(e, part))
        .map((part) => layer(part.content === "none" ? "transparent" : part.backgroundColor))
        .reduce(over, [0, 0, 0, 0]);
      [text, behind] = [text, behind].map((it) => over(it, own).map((c) => c * style.opacity));
    }
    const [dark, bright] = [text, behind].map((it) => light(over(it, [1, 1, 1, 1]))).sort();
    return (bright + .05) / (dark + .05);
  };
  const low = [], seen = new Set();
  const look = (element, colour, words) => {
    const size = parseFloat(getComputedStyle(element).fontSize);
    const ratio = contrast(element, colour);
    if (ratio < (size >= 24 ? 3 : 4.5)) low.push(`${ratio.toFixed(2)} ${words.trim()}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.nodeValue, e = walker.currentNode.parentElement;
    if (!words.trim() || seen.has(e)) continue;
    seen.add(e);
    const box = e.getBoundingClientRect();
    if (e.closest("svg, script, style, noscript, [data-testid=stIconMaterial], canvas")) continue;
    if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    if (box.width > 1 && box.height > 1) look(e, getComputedStyle(e).color, words);
  }
  for (const e of document.querySelectorAll("input, textarea")) {
    if (e.placeholder && !e.value && e.checkVisibility({opacityProperty: true})) {
      look(e, getComputedStyle(e, "::placeholder").color, e.placeholder);
    }
  }
  return low;
}"""


def _prepare(folder: Path) -> None:
    store = open_store(folder / "nps.duckdb")
    parsed = parse_upload(SAMPLE.read_bytes(), SAMPLE.name)
    store.commit(parsed)
    parsed.close()
    store.save_change(ProductChange(date(2026, 3, 17), "New navigation", "For every account."))
    first = store.save_view(SavedView("Enterprise by month", "trend", "every=month", pinned=True))
    store.save_view(SavedView("Small accounts", "", "size=Small"))
    store.create_wall_link(WallLink("Lobby", (first.id or 0,)))
    store.close()


@pytest.fixture(scope="module")
def app(start_app: Callable[..., App]) -> App:
    return start_app(_prepare)


def problems(page: Page) -> list[str]:
    """What axe-core calls serious or critical, a skipped level of headings, and every text below
    the contrast it needs."""
    # What was drawn anew fades in: in between it has less contrast.
    page.wait_for_function(
        "() => document.getAnimations().every((it) => !(it instanceof CSSTransition))"
    )
    found = [
        f"{rule['id']}: {node['target'][-1]} {node['html'][:160]}"
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in ("serious", "critical") or rule["id"] == "heading-order"
        for node in rule["nodes"]
    ]
    return found + page.evaluate(LOW_CONTRAST)


def in_every_look(visitor: Visitor) -> dict[str, list[str]]:
    """The problems by theme and width, where there are any."""
    page, found = visitor.page, {}
    for theme, width in LOOKS:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=theme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
        visitor.settled()
        found[f"{theme} {width}"] = problems(page)
    return {look: listed for look, listed in found.items() if listed}


def test_every_page_of_the_app_is_looked_at() -> None:
    assert set(PAGES) == {path.stem for path in (ROOT / "pages").glob("*.py")}


@pytest.mark.parametrize("name", [name for name in PAGES if name != "wall"])
def test_a_page_has_no_serious_violation(app: App, visitor: Visitor, name: str) -> None:
    page = visitor.open(f"{app.url}/{PAGES[name]}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.get_by_text("Something went wrong").count() == 0
    assert in_every_look(visitor) == {}
    for chart in page.get_by_test_id("stPlotlyChart").all():
        expect(chart).to_have_role("figure")
        expect(chart).to_have_accessible_name(re.compile(r"\w.{10,}"))


@pytest.mark.parametrize("look", ["dark", "light", "contrast"])
def test_the_wall_has_no_serious_violation(app: App, visitor: Visitor, look: str) -> None:
    page = visitor.open(f"{app.url}/{PAGES['wall']}&look={look}")
    expect(page.locator(".nps-wall .nps")).to_be_visible()
    assert problems(page) == []


def _filter_list(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Company size")).click()
    page.get_by_role("combobox").last.click()
    expect(page.get_by_role("option").first).to_be_visible()


def _chosen_values(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Company size")).click()
    expect(page.locator("[data-tag]:visible").first).to_be_visible()
    # Read out as it is seen, without marks for its colour.
    expect(page.get_by_role("dialog", name="Company size: Small +1", exact=True)).to_be_visible()


def _dates(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^All time")).click()
    page.get_by_role("radio", name="Custom").check(force=True)
    page.get_by_role("button", name=re.compile("Choose date")).click()
    expect(page.get_by_role("grid").first).to_be_visible()


def _downloads(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Download")).first.click()
    expect(page.get_by_role("button", name=re.compile("PNG")).first).to_be_visible()


def _saving(page: Page) -> None:
    page.get_by_role("button", name="Views", exact=True).click()
    page.get_by_role("button", name="Save this view").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _menu(page: Page) -> None:
    page.get_by_role("button", name="Views", exact=True).click()
    expect(page.get_by_role("button", name="Save this view")).to_be_visible()


def _adding(page: Page) -> None:
    page.get_by_role("button", name="Add a change").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _wall_link(page: Page) -> None:
    page.get_by_role("button", name="New wall link").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _glossary(page: Page) -> None:
    page.get_by_role("button", name="Glossary").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _importing(page: Page) -> None:
    page.locator('input[type="file"]').first.set_input_files(
        {
            "name": "new.csv",
            "mimeType": "text/csv",
            "buffer": b"id,score,date,plan\nN1,9,2026-10-05,Team\nN2,77,2026-10-06,Team\n",
        }
    )
    offered = page.get_by_role("button", name="Import 1 response")
    expect(offered).to_be_visible(timeout=READ_MS)


def _refused(page: Page) -> None:
    page.locator('input[type="file"]').first.set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b\nx,y\n"}
    )
    expect(page.get_by_text("a.csv").first).to_be_visible(timeout=READ_MS)


STATES = {
    "the values of a filter": ("", _filter_list),
    "a filter with values": ("?size=Small&size=Enterprise", _chosen_values),
    "the days of a filter": ("", _dates),
    "the downloads of a chart": ("trend", _downloads),
    "the menu of views": ("segments", _menu),
    "saving a view": ("segments", _saving),
    "adding a product change": ("product_changes", _adding),
    "making a wall link": ("wall_links", _wall_link),
    "the glossary": ("trend", _glossary),
    "a file being imported": ("data", _importing),
    "a file that is refused": ("data", _refused),
}


# One theme each, in turn: what opens takes its colours from the page, which is seen in both.
@pytest.mark.parametrize(
    ("state", "theme"), list(zip(STATES, cycle(["light", "dark"]), strict=False))
)
def test_what_opens_has_no_serious_violation(
    app: App, new_visitor: Callable[..., Visitor], state: str, theme: str
) -> None:
    address, opened = STATES[state]
    visitor = new_visitor(color_scheme=theme)
    opened(visitor.open(f"{app.url}/{address}"))
    assert problems(visitor.settled()) == []


def test_text_of_too_little_contrast_is_found(visitor: Visitor) -> None:
    # 2.85:1 and 12.63:1 on white, as published tables of contrast have them.
    page = visitor.page
    page.set_content(
        "<p style='color:#999'>grey</p><p style='color:#333'>dark</p>"
        "<p style='opacity:.5'>faint</p><button disabled style='color:#999'>off</button>"
        "<input placeholder='type' style='color:#999'>"
    )
    found = [line.split()[1] for line in page.evaluate(LOW_CONTRAST)]
    assert found[:3] == ["grey", "faint", "off"]
    assert "dark" not in found


# The name of what has the focus, and whether what had it before looks different without it.
FOCUS = """() => {
  const look = (e) => [e, e.parentElement, e.parentElement.parentElement].map((it) => {
    const style = getComputedStyle(it);
    return [style.outline, style.boxShadow, style.borderColor].join();
  }).join();
  const before = window.hadFocus, shown = !before || before.look !== look(before.e);
  const e = document.activeElement;
  window.hadFocus = {e, look: look(e)};
  const name = e.querySelector("p")?.innerText ?? e.getAttribute("aria-label") ?? e.innerText;
  return [name.split("\\n")[0], shown];
}"""


def test_the_main_path_is_walked_with_the_tab_key(app: App, visitor: Visitor) -> None:
    page = visitor.open(f"{app.url}/trend")
    page.add_style_tag(content="* {transition: none !important}")
    names: list[str] = []
    while len(names) < 60 and "English" not in names:
        page.keyboard.press("Tab")
        name, shown = page.evaluate(FOCUS)
        assert shown, f"Nobody sees that {names[-1]!r} has the focus."
        names.append(name)
    path = ["Overview", "Data", "Company size", "Score", "Views", "Copy link"]
    path += ["Enterprise by month", "Download: NPS", "Look into", "How it works", "Glossary"]
    found = [next((i for i, name in enumerate(names) if part in name), None) for part in path]
    assert None not in found, str(names)
    assert found == sorted(found), str(names)
