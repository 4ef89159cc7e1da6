"""The app on a folder of its own with the sample data, on one port through every restart."""

import csv
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import psutil  # type: ignore[import-untyped]
from playwright.sync_api import Browser

from benchmarks.server import PATIENCE_MS, ROOT, listening
from nps_app.parsing import parse_upload
from nps_app.store import SavedView, open_store
from nps_app.view.wall.asked import REFRESH_VARIABLE
from nps_core.measure import ProductChange

SAMPLES: Final = ROOT / "samples"
IMPORTED: Final = 20
"""Responses a file holds that is imported in between."""


def fill(folder: Path) -> str:
    """Store the sample data and two views; give the query of a wall that turns through them."""
    with closing(open_store(folder / "nps.duckdb")) as store:
        data = (SAMPLES / "responses.csv").read_bytes()
        with parse_upload(data, "responses.csv") as parsed:
            store.commit(parsed)
        with (SAMPLES / "product_changes.csv").open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                store.save_change(ProductChange(date.fromisoformat(row["date"]), row["title"]))
        views = [
            store.save_view(SavedView("Enterprise", query="size=Enterprise")),
            store.save_view(SavedView("Last 90 days", query="dates=90d")),
        ]
    return f"views={','.join(str(view.id) for view in views)}&every=5"


@dataclass
class Server:
    """The app, its displays refreshed every `refresh` seconds."""

    folder: Path
    refresh: float
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, the first time on a free port, and wait until it takes connections."""
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
        command += ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"NPS_DATA": str(self.folder), REFRESH_VARIABLE: str(self.refresh)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        listening(self.url)

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def megabytes(self) -> float:
        """Its resident memory, helpers included."""
        if self.process is None:
            return 0.0
        this = psutil.Process(self.process.pid)
        each = [this, *this.children(recursive=True)]
        return float(sum(process.memory_info().rss for process in each)) / 1e6


def import_more(browser: Browser, url: str, folder: Path, number: int) -> None:
    """Import a small file as a person does, in a browser window that is closed after it."""
    lines = [f"more-{number}-{at},2026-10-31,{(at * 7) % 11}" for at in range(IMPORTED)]
    export = folder / f"more-{number}.csv"
    export.write_text("\n".join(["response_id,responded_at,score", *lines]), encoding="utf-8")
    page = browser.new_page()
    try:
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{url}/data")
        page.locator('input[type="file"]').set_input_files(export)
        page.get_by_role("button", name=f"Import {IMPORTED} responses").click()
        page.get_by_text("is imported:", exact=False).wait_for()
    finally:
        page.close()
    time.sleep(1)
