"""Server time of a page opened for the first time, of a choice made on it, and of the way back."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import psutil  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from benchmarks import server
from benchmarks.data import MILLION, write_store
from benchmarks.figure import Figure


@dataclass(frozen=True)
class Opened:
    """A page by its address, and a choice on it: what is picked, and what was picked before."""

    title: str
    path: str
    picked: str
    before: str


MOVES: Final = (
    Opened("Trend", "trend", "month", "week"),
    Opened("Trend, score per account", "trend?score=accounts", "month", "week"),
    Opened("Segments", "segments", "Responses", "NPS"),
    Opened("What moved", "what_moved", "single segments", "pairs too"),
)
PLANS: Final = (
    Opened("Product changes", "product_changes", "56", "28"),
    Opened("A product change", "change?id=1", "All at once", "One at a time"),
    Opened("Planner", "planner", "Worst case", "As people answered"),
)
VALUES: Final = (
    ("size", "Small"),
    ("industry", "Fintech"),
    ("persona", "Admin"),
    ("survey", "relational"),
    ("segment", "plan:Team"),
)
"""A value to filter by in each column; every view filters by other columns than all before it."""

VISITS: Final = 3
SECONDS_TO_START: Final = 12
FIRST_LIMIT, AFTER_LIMIT = 1_000, 150
_WATCH: Final = """
    window.ran = 0;
    new MutationObserver(() => {
        const app = document.querySelector('[data-testid="stApp"]');
        const runs = app && app.dataset.testScriptState === 'running';
        if (runs && !window.since) window.since = performance.now();
        if (!runs && window.since) {
            window.ran += performance.now() - window.since;
            window.since = 0;
        }
    }).observe(document, {attributes: true, childList: true, subtree: true});
"""
"""Adds up in `window.ran` for how many milliseconds the page's script has been running."""


@dataclass(frozen=True)
class Spent:
    """What a view took: the server's processor, and from the script's start to its end."""

    processor: float
    wall: float


@dataclass(frozen=True)
class Visit:
    """One visitor: the page opened, a choice made for the first time, taken back, all reloaded."""

    opened: Spent
    picked: Spent
    back: Spent
    again: Spent


def moves(folder: Path) -> list[Figure]:
    """The pages that show what moved, as `views` measures them."""
    return views(folder, MOVES)


def plans(folder: Path) -> list[Figure]:
    """The pages of product changes and plans, as `views` measures them."""
    return views(folder, PLANS)


def views(folder: Path, pages: Sequence[Opened]) -> list[Figure]:
    """Three figures for each page, at 1M rows: first view, a choice made, a choice taken back."""
    write_store(folder / "nps.duckdb", MILLION)
    several = [some for size in (1, 2, 3) for some in combinations(VALUES, size)]
    with server.browser() as chromium, server.app(folder) as (url, process):
        server.listening(url)
        _overview(chromium.new_page(), url)
        # What the app imports by itself once it runs belongs to its start.
        time.sleep(SECONDS_TO_START)
        visits = {
            page: [
                _visit(chromium, process, url, _with_filter(page, chosen), page)
                for chosen in several[place :: len(pages)][:VISITS]
            ]
            for place, page in enumerate(pages)
        }
    first = [_first(page, seen) for page, seen in visits.items()]
    return [
        *first,
        *(_picked(*each) for each in visits.items()),
        *(_back(*e) for e in visits.items()),
    ]


def _overview(tab: Page, url: str) -> None:
    """The server has been used before, and the browser has the files that draw any page."""
    tab.goto(url)
    server.settled(tab)


def _with_filter(page: Opened, chosen: tuple[tuple[str, str], ...]) -> str:
    return f"{page.path}{'&' if '?' in page.path else '?'}{urlencode(chosen)}"


def _visit(chromium: Browser, process: psutil.Process, url: str, path: str, page: Opened) -> Visit:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    tab.add_init_script(_WATCH)
    _overview(tab, url)

    def pick(option: str) -> Callable[[], None]:
        control = tab.get_by_test_id("stMain").get_by_role("radio", name=option, exact=True)
        return lambda: control.first.click()

    visit = Visit(
        opened=_spent(tab, process, lambda: tab.goto(f"{url}/{path}")),
        picked=_spent(tab, process, pick(page.picked)),
        back=_spent(tab, process, pick(page.before)),
        again=_spent(tab, process, tab.reload),
    )
    context.close()
    return visit


def _spent(tab: Page, process: psutil.Process, act: Callable[[], object]) -> Spent:
    server.quiet(process)
    before, ran = server.processor_seconds(process), _ran(tab)
    act()
    time.sleep(0.1)
    server.settled(tab)
    server.quiet(process)
    now = _ran(tab)
    # A page loaded anew counts from 0.
    wall = now - ran if now >= ran else now
    return Spent(1000 * (server.processor_seconds(process) - before), wall)


def _ran(tab: Page) -> float:
    return float(tab.evaluate("window.ran || 0"))


def _first(page: Opened, seen: list[Visit]) -> Figure:
    other = statistics.median(visit.opened.processor for visit in seen[1:])
    wall = " and ".join(f"{visit.opened.wall:,.0f}" for visit in (seen[0], seen[-1]))
    return Figure(
        f"{page.title}: first view, 1M rows",
        round(seen[0].opened.processor, 1),
        "ms CPU",
        FIRST_LIMIT,
        note="a new visitor, filtered by columns nobody has filtered by; the server's process "
        "only, its Overview seen before, with what this page alone imports; "
        f"{other:,.0f} ms when opened with other such filters; the first and the last took {wall} "
        "ms by the clock, from the script's start to its end in the browser",
    )


def _picked(page: Opened, seen: list[Visit]) -> Figure:
    return Figure(
        f"{page.title}: “{page.picked}” picked for the first time, 1M rows",
        round(statistics.median(visit.picked.processor for visit in seen), 1),
        "ms CPU",
        AFTER_LIMIT,
        note=f"median of {len(seen)} views never seen before, server process only; "
        f"{statistics.median(visit.picked.wall for visit in seen):,.0f} ms by the clock",
    )


def _back(page: Opened, seen: list[Visit]) -> Figure:
    again = statistics.median(visit.again.processor for visit in seen)
    return Figure(
        f"{page.title}: back to “{page.before}”, 1M rows",
        round(statistics.median(visit.back.processor for visit in seen), 1),
        "ms CPU",
        AFTER_LIMIT,
        note=f"median of {len(seen)} views seen before, server process only; "
        f"{statistics.median(visit.back.wall for visit in seen):,.0f} ms by the clock; the link "
        f"opened by a second visitor: {again:,.0f} ms CPU",
    )
