"""Run the soak: ``python -m benchmarks.soak`` (or ``make soak``); it takes over an hour.

``--refreshes 1000`` makes it shorter, ``--displays 3`` leaves the single display out; with
``--record`` the tables go into docs/wall.md, as they do when all of it is run.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from benchmarks import server as machine
from benchmarks.report import Circumstances
from benchmarks.soak.display import Display, Sample, renderers, wait_for
from benchmarks.soak.report import Outage, Run, record, text
from benchmarks.soak.workspace import Server, fill, import_more

ALL: Final = 10_000
EVERY: Final = 500
DISPLAYS: Final = 3
AWAY_SECONDS: Final = 60
PATIENCE_SECONDS: Final = 120


def main(arguments: Sequence[str]) -> int:
    """Run it and print the tables; 1 when something promised was not kept, else 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.soak")
    parser.add_argument("--refreshes", type=int, default=ALL)
    parser.add_argument("--refresh-seconds", type=float, default=0.2)
    parser.add_argument("--displays", type=int, nargs="+", default=[1, DISPLAYS])
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args(arguments)
    # Ended from outside, it still takes its server and its browsers with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    began = Circumstances.now()
    with tempfile.TemporaryDirectory(prefix="nps-soak-") as name:
        folder = Path(name)
        server = Server(folder, asked.refresh_seconds)
        wall = fill(folder)
        server.start()
        try:
            with machine.browser() as browser:
                address = f"{server.url}/wall?{wall}"
                runs = [
                    _soak(browser, server, address, number, asked.refreshes, folder)
                    for number in asked.displays
                ]
                outage = _outage(browser, server, address)
        finally:
            server.kill()
    report = text(runs, outage, began)
    print(report)
    if asked.record or (asked.refreshes == ALL and asked.displays == [1, DISPLAYS]):
        record(report)
    return 0 if all(run.kept() for run in runs) and outage.kept() else 1


def _soak(
    browser: Browser, server: Server, address: str, number: int, refreshes: int, folder: Path
) -> Run:
    imports = number > 1
    name = f"{number} displays, imports in between" if imports else "1 display"
    displays = [Display(browser, address) for _ in range(number)]
    samples, done = [], 0
    if imports:
        # The first import loads what reads files; it is warm-up, however short the run.
        import_more(browser, server.url, folder, done)
    step = min(EVERY, max(refreshes // 10, 1))
    for mark in range(step, refreshes + 1, step):
        wait_for(displays, mark)
        heap = max(display.heap() for display in displays)
        samples.append(Sample(mark, server.megabytes(), heap, renderers(browser) / number))
        print(f"{name}: {samples[-1]}", file=sys.stderr, flush=True)
        if imports and mark % min(EVERY, refreshes // 2) == 0:
            done += 1
            import_more(browser, server.url, folder, done)
    for display in displays:
        display.page.close()
    return Run(name, tuple(samples), sum(display.reloads for display in displays), done)


def _outage(browser: Browser, server: Server, address: str) -> Outage:
    displays = [Display(browser, address) for _ in range(DISPLAYS)]
    shown = [display.look()["nps"] for display in displays]
    server.kill()
    stayed, until = True, time.monotonic() + AWAY_SECONDS
    while time.monotonic() < until:
        time.sleep(5)
        seen = [display.look() for display in displays]
        stayed = stayed and all(one["nps"] for one in seen)
    stayed = stayed and all(shown) and all(one["state"] == "red" for one in seen)
    server.start()
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE_SECONDS:
        if all(display.look()["state"] == "fresh" for display in displays):
            break
        time.sleep(0.5)
    return Outage(AWAY_SECONDS, stayed, time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
