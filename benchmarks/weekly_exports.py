"""The weekly report as a command and as files, at 1M responses: from nothing, and once more."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.data import MILLION, write_store
from benchmarks.figure import Figure
from nps_app.view.weekly.export.files import KINDS
from nps_app.view.weekly.report import weekly_report
from nps_app.view.widgets.session import FOLDER_VARIABLE, current_store

WEEK: Final = "2026-W40"
LIMIT: Final = 10
"""Seconds that one export may take."""

_COMMAND: Final = "A process of its own, from its start: imports, a copy of the data, the file."
_FILE: Final = "In a running process; the report's tables counted before, the file made anew."


def exports(folder: Path) -> list[Figure]:
    """Seconds of each kind of file, with the processor's share of them in the note."""
    write_store(folder / "nps.duckdb", MILLION)
    os.environ[FOLDER_VARIABLE] = str(folder)
    found = [
        _figure(
            f"weekly report, the command, {ending}, 1M rows", _command(folder, ending), _COMMAND
        )
        for ending in KINDS
    ]
    first = time.perf_counter()
    report = weekly_report(WEEK)
    note = "Every table and figure of the page, counted for the first time."
    seconds = time.perf_counter() - first
    found.append(Figure("weekly report, its tables, 1M rows", seconds, "s", LIMIT, note=note))
    for ending, kind in KINDS.items():
        # What draws pictures starts with the first one and stays.
        kind.make(report)
        name = f"weekly report as {ending}, 1M rows"
        found.append(_figure(name, partial(kind.make, report), _FILE))
    current_store().close()
    return found


def _command(folder: Path, ending: str) -> Callable[[], object]:
    target = folder / f"report{ending}"
    arguments = ["-m", "nps_app.report", "--week", WEEK, "--to", str(target)]
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def _figure(name: str, work: Callable[[], object], how: str) -> Figure:
    before, began = _processor(), time.perf_counter()
    work()
    seconds, processor = time.perf_counter() - began, _processor() - before
    note = f"{how} {processor:.1f} s of processor, browsers that ended included."
    return Figure(name, seconds, "s", LIMIT, note=note)


def _processor() -> float:
    """Seconds of processor of this process and of its children that have ended."""
    spent = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)
