"""From the start of the server to the first figures on a browser's screen."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks import server
from benchmarks.data import MILLION, WIDE, write_csv, write_store
from benchmarks.figure import Figure

RUNS: Final = 3
NAIVE_SCRIPT: Final = "from benchmarks import naive; naive.first_figure({source!r})"


def paint(folder: Path) -> list[Figure]:
    """Seconds at 1M rows, the browser already open; the best of three cold starts."""
    write_store(folder / "nps.duckdb", MILLION)
    painted, complete = [], []
    with server.browser() as chromium:
        for _ in range(RUNS):
            began = time.perf_counter()
            with server.app(folder) as (url, _):
                server.listening(url)
                page = chromium.new_page(viewport={"width": 1440, "height": 900})
                page.goto(url)
                page.get_by_text("of 1,000,000 responses").wait_for(timeout=server.PATIENCE_MS)
                painted.append(time.perf_counter() - began)
                server.settled(page)
                complete.append(time.perf_counter() - began)
                page.close()
    source = folder / "export.csv"
    write_csv(source, WIDE, MILLION)
    began = time.perf_counter()
    script = NAIVE_SCRIPT.format(source=str(source))
    subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.DEVNULL)
    plain = time.perf_counter() - began
    return [
        Figure(
            "start to first paint, 1M rows",
            min(painted),
            "s",
            6,
            naive=plain,
            note="process start to the first text from the store; naive: read the CSV and score it",
        ),
        Figure(
            "start to the whole Overview, 1M rows",
            min(complete),
            "s",
            note="no target of its own: every chart of the page sent and drawn",
        ),
    ]
