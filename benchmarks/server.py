"""The real app in a process of its own, and a browser in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).parents[1]
FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS: Final = 60_000
QUIET_SECONDS: Final = 0.4


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium: the one CHROMIUM names, the system's, or Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def app(data: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The address and the process of an app on that folder, from the moment it is spawned."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"NPS_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}", psutil.Process(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def listening(url: str) -> None:
    """Wait until the app takes connections; raises TimeoutError after a minute."""
    host, port = url.removeprefix("http://").split(":")
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < deadline:
        with socket.socket() as client:
            if client.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError("the app did not start within a minute")


def settled(page: Page) -> None:
    """Wait until the script has run and nothing drawn is stale."""
    ready = '[data-testid="stApp"][data-test-script-state="notRunning"]'
    page.wait_for_selector(ready, timeout=PATIENCE_MS)
    page.wait_for_function(
        "() => document.querySelectorAll('[data-stale=\"true\"]').length === 0",
        timeout=PATIENCE_MS,
    )


def processor_seconds(process: psutil.Process) -> float:
    """CPU time the app has used so far, all its threads and helpers; in steps of 10 ms."""
    spent = 0.0
    for each in (process, *process.children(recursive=True)):
        times = each.cpu_times()
        spent += times.user + times.system
    return spent


def quiet(process: psutil.Process) -> None:
    """Wait until the app has used no CPU worth counting for a while."""
    before = processor_seconds(process)
    while True:
        time.sleep(QUIET_SECONDS)
        after = processor_seconds(process)
        if after - before <= 0.01:
            return
        before = after
