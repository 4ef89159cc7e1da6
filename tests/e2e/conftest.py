"""The real app in its own process, and a Chromium that records every request it makes."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

# Two browsers and a server share what may be two cores: five seconds are not always enough.
expect.set_options(timeout=30_000)

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
RUN_MS = 60_000
QUIET_MS = 400
# A click reaches the server a moment later, and one run may ask for the next: between them the
# page looks as if it were at rest.
QUIET = """(long) => {
  const app = document.querySelector("[data-testid=stApp]");
  const quiet = app?.dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]");
  window.quietSince = quiet ? window.quietSince ?? performance.now() : undefined;
  return quiet && performance.now() - window.quietSince >= long;
}"""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_BROWSER = (
    "The browser tests need Chromium and none was found. Install it (Debian and Ubuntu: "
    "apt-get install chromium; elsewhere: python -m playwright install chromium), or name the "
    "program in the environment variable CHROMIUM."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # A file's tests share a server, so one worker takes them; the longest file is alone in its
    # group, for the rest to run beside it.
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            group = "accessibility" if item.path.stem == "test_accessibility" else "browser"
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(group))


@dataclass
class App:
    """The dashboard served on a free port of 127.0.0.1, storing into `data`."""

    data: Path
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "streamlit", "run", "dashboard.py"),
                    *("--server.address", "127.0.0.1", "--server.port", str(self.port)),
                ],
                cwd=ROOT,
                env=os.environ | {"NPS_DATA": str(self.data)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        self.stop()
        pytest.fail(f"The app did not start. Its log:\n{self.log.read_text()}")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def restart(self) -> None:
        self.stop()
        self.start()


@dataclass
class Visitor:
    """One browser of its own, with all that its pages asked the network for."""

    context: BrowserContext
    page: Page
    requests: list[str]

    def outside(self) -> list[str]:
        return [url for url in self.requests if not _local(url)]

    def open(self, url: str) -> Page:
        self.page.goto(url)
        return self.settled()

    def settled(self) -> Page:
        """The page once the script has run, what it drew is there, and no other run follows."""
        self.page.evaluate("() => { window.quietSince = undefined }")
        self.page.wait_for_function(QUIET, arg=QUIET_MS, timeout=RUN_MS)
        return self.page


def _local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "about") or parts.hostname == "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        named = os.environ.get("CHROMIUM") or next(
            filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
        )
        if named is None and not Path(playwright.chromium.executable_path).exists():
            pytest.fail(NO_BROWSER)
        browser = playwright.chromium.launch(executable_path=named, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def start_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., App]]:
    """`start_app(prepare=None)`: a started App on an own folder.

    `prepare` is called with the folder before the app opens it, to put data there.
    """
    started: list[App] = []

    def start(prepare: Callable[[Path], None] | None = None) -> App:
        folder = tmp_path_factory.mktemp("app")
        app = App(data=folder / "data", port=free_port(), log=folder / "app.log")
        app.data.mkdir()
        if prepare:
            prepare(app.data)
        started.append(app)
        app.start()
        return app

    yield start
    for app in started:
        app.stop()


@pytest.fixture
def empty_app(start_app: Callable[..., App]) -> Iterator[App]:
    """The app as it is first met: nothing stored."""
    app = start_app()
    yield app
    app.stop()


@pytest.fixture
def new_visitor(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """`new_visitor(**context options)`: a browser of its own; at the end, that none of them
    asked for anything outside 127.0.0.1."""
    visitors: list[Visitor] = []

    def new(**options: object) -> Visitor:
        context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}} | options)
        context.set_default_timeout(RUN_MS)
        requests: list[str] = []
        context.on("request", lambda request: requests.append(request.url))
        page = context.new_page()
        page.on("websocket", lambda socket: requests.append(socket.url))
        visitors.append(Visitor(context, page, requests))
        return visitors[-1]

    yield new
    outside = [url for visitor in visitors for url in visitor.outside()]
    for visitor in visitors:
        visitor.context.close()
    assert outside == []


@pytest.fixture
def visitor(new_visitor: Callable[..., Visitor]) -> Visitor:
    return new_visitor()
