"""A CSV upload end to end: child process, validation, store."""

import time
from pathlib import Path
from typing import Final

from benchmarks import naive
from benchmarks.data import FILE_LIMIT, MILLION, NARROW, WIDE, write_csv
from benchmarks.figure import Figure
from benchmarks.measuring import PeakOfChildren, peak_of_this_process
from nps_app.parsing import parse_upload
from nps_app.store import open_store

RUNS: Final = 2


def measure(folder: Path, columns: tuple[str, ...], rows: int) -> tuple[float, float, float]:
    """Seconds of the faster of two imports into an empty store, and the most memory the child and
    this process held, in megabytes."""
    source = folder / "export.csv"
    write_csv(source, columns, rows)
    data = source.read_bytes()
    if len(data) > FILE_LIMIT:
        raise AssertionError(f"{len(data):,} bytes are more than one upload may hold")
    with PeakOfChildren() as children:
        seconds = min(_once(data, folder / f"{run}.duckdb", rows) for run in range(RUNS))
    return seconds, children.megabytes, peak_of_this_process()


def _once(data: bytes, path: Path, rows: int) -> float:
    store = open_store(path)
    began = time.perf_counter()
    parsed = parse_upload(data, "export.csv")
    record = store.commit(parsed)
    seconds = time.perf_counter() - began
    parsed.close()
    store.close()
    if record.new != rows:
        raise AssertionError(f"{record.new:,} of {rows:,} rows were stored")
    return seconds


def narrow(folder: Path) -> list[Figure]:
    """A million rows of five columns, as many as one upload may hold."""
    seconds, child, parent = measure(folder, NARROW, MILLION)
    return [
        Figure(
            "CSV import end to end, 1M rows of 5 columns",
            MILLION / seconds,
            "rows/s",
            80_000,
            at_least=True,
            note="parse_upload in its child process, then store.commit; the faster of two runs",
        ),
        Figure("CSV import, peak memory of the child", child, "MB", 1000),
        Figure("CSV import, peak memory of the app's process", parent, "MB", 1000),
    ]


def wide(folder: Path) -> list[Figure]:
    """Eleven columns with comments, near the 50 MB of one upload."""
    rows = 300_000
    seconds, _, _ = measure(folder, WIDE, rows)
    return [
        Figure(
            "CSV import end to end, 300k rows of 11 columns",
            rows / seconds,
            "rows/s",
            note="no target of its own: what a full-width export costs",
        )
    ]


def plain(folder: Path) -> list[Figure]:
    """The naive import of the million rows."""
    source = folder / "export.csv"
    write_csv(source, NARROW, MILLION)
    began = time.perf_counter()
    naive.import_csv(source, folder / "naive.duckdb")
    seconds = time.perf_counter() - began
    return [
        Figure("naive speed", MILLION / seconds, "rows/s"),
        Figure("naive memory", peak_of_this_process(), "MB"),
    ]
