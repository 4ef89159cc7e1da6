"""Server CPU of a page after a filter change, and of a second look at the same view."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psutil  # type: ignore[import-untyped]
from playwright.sync_api import Page

from benchmarks import naive, server
from benchmarks.data import MILLION, write_store
from benchmarks.figure import Figure
from benchmarks.measuring import best_of_processor_time
from nps_app.store import open_store

PAGES: Final = {
    "Overview": "",
    "Trend": "trend",
    "Segments": "segments",
    "Product changes": "product_changes",
}
INDUSTRIES: Final = ("Fintech", "Healthcare", "Logistics", "Retail", "Software")
NAIVE_CHOICES: Final = {"industry": ["Fintech", "Healthcare"]}


def pages(folder: Path) -> list[Figure]:
    """Both figures for each page, at 1M rows."""
    write_store(folder / "nps.duckdb", MILLION)
    plain = _naive_milliseconds(folder / "nps.duckdb")
    first: list[Figure] = []
    second: list[Figure] = []
    with server.browser() as chromium, server.app(folder) as (url, process):
        server.listening(url)
        for title, path in PAGES.items():
            page = chromium.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{url}/{path}")
            server.settled(page)
            # Half of the values are picked on each page: the next page starts with other views.
            fresh, known = _filter_there_and_back(page, process, title)
            page.close()
            first.append(
                Figure(
                    f"{title}: rerun after a filter change, 1M rows",
                    round(statistics.median(fresh) * 1000, 1),
                    "ms CPU",
                    250,
                    naive=plain,
                    note=f"median of {len(fresh)} views never seen before, server process only",
                )
            )
            second.append(
                Figure(
                    f"{title}: second look at the same view, 1M rows",
                    round(statistics.median(known) * 1000, 1),
                    "ms CPU",
                    60,
                    naive=plain,
                    note=f"median of {len(known)} views seen before, server process only",
                )
            )
    return [*first, *second]


def _filter_there_and_back(
    page: Page, process: psutil.Process, title: str
) -> tuple[list[float], list[float]]:
    """CPU seconds of each value picked one after another, then of each taken away again."""
    page.locator(".st-key-open_industry button").first.click()
    field = page.locator('[data-testid="stPopoverBody"] [role="combobox"]').first
    field.wait_for()

    def pick(value: str) -> Callable[[], None]:
        def act() -> None:
            field.click()
            page.get_by_role("option").filter(has_text=value).first.click()

        return act

    fresh = [_spent(page, process, pick(value)) for value in INDUSTRIES]
    known = [_spent(page, process, lambda: field.press("Backspace")) for _ in INDUSTRIES[1:]]
    return fresh, known


def _spent(page: Page, process: psutil.Process, act: Callable[[], None]) -> float:
    server.quiet(process)
    before = server.processor_seconds(process)
    act()
    time.sleep(0.1)
    server.settled(page)
    server.quiet(process)
    return server.processor_seconds(process) - before


def _naive_milliseconds(path: Path) -> float:
    store = open_store(path)
    frame = store.responses().df()
    store.close()
    return 1000 * best_of_processor_time(2, lambda: naive.overview(frame, NAIVE_CHOICES))
