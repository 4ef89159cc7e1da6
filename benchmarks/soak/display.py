"""Wall displays in headless Chromium, and what they and their server hold in memory."""

import time
from dataclasses import dataclass
from typing import Final

import psutil  # type: ignore[import-untyped]
from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.server import PATIENCE_MS

_STATE: Final = """() => {
  const wall = document.getElementById("nps-wall");
  const nps = wall.querySelector(".frame:not([hidden]) .nps");
  return {refreshes: Number(wall.dataset.refreshes || 0), state: wall.dataset.state,
          nps: nps ? nps.textContent : "", banner: wall.querySelector(".banner").textContent};
}"""
_LOST_SECONDS: Final = 300


@dataclass(frozen=True)
class Sample:
    """What was held after so many refreshes, in megabytes.

    `heap` is the JavaScript heap after a garbage collection, the most of any display; `renderers`
    the resident memory of Chromium's renderer processes, of one display on average.
    """

    refreshes: int
    server: float
    heap: float
    renderers: float


class Display:
    """One screen: a page that is opened once and never touched again."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.page: Page = browser.new_page(viewport={"width": 1920, "height": 1080})
        self.page.goto(url)
        self.page.wait_for_selector("#nps-wall[data-refreshes]", timeout=PATIENCE_MS)
        self.devtools: CDPSession = self.page.context.new_cdp_session(self.page)
        self.reloads = 0
        self._before = 0
        self._last = 0

    def refreshes(self) -> int:
        """How often it was refreshed since it was opened, reloads of the page included."""
        seen = int(self.look()["refreshes"])
        if seen < self._last:
            self._before += self._last
            self.reloads += 1
        self._last = seen
        return self._before + seen

    def look(self) -> dict[str, str]:
        """What is on the screen; an empty screen while the page is being reloaded."""
        try:
            found: dict[str, str] = self.page.evaluate(_STATE)
        except Exception:
            return {"refreshes": "0", "state": "", "nps": "", "banner": ""}
        return found

    def heap(self) -> float:
        """Megabytes of its JavaScript heap after a garbage collection."""
        self.devtools.send("HeapProfiler.collectGarbage")
        return float(self.devtools.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def renderers(browser: Browser) -> float:
    """Resident megabytes of all renderer processes together."""
    session = browser.new_browser_cdp_session()
    try:
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    finally:
        session.detach()
    ids = [process["id"] for process in processes if process["type"] == "renderer"]
    return float(sum(_resident(number) for number in ids)) / 1e6


def _resident(number: int) -> int:
    try:
        return int(psutil.Process(number).memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def wait_for(displays: list[Display], refreshes: int) -> None:
    """Wait until every display has had that many; TimeoutError when none comes any more."""
    last, since = -1, time.monotonic()
    while True:
        fewest = min(display.refreshes() for display in displays)
        if fewest >= refreshes:
            return
        if fewest != last:
            last, since = fewest, time.monotonic()
        elif time.monotonic() - since > _LOST_SECONDS:
            raise TimeoutError(f"no refresh for {_LOST_SECONDS} s, after {fewest}")
        time.sleep(1)
