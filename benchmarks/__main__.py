"""Run every benchmark and record the table: ``python -m benchmarks`` (or ``make bench``).

Names of benchmarks may follow, to run only those; then nothing is recorded.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from benchmarks import (
    first_paint,
    import_csv,
    page_first_view,
    page_rerun,
    report,
    segment_scan,
    verdict_speed,
    weekly_exports,
    weekly_tally,
)
from benchmarks.figure import Figure

STEPS: Final[dict[str, Callable[[Path], list[Figure]]]] = {
    "import": import_csv.narrow,
    "import-naive": import_csv.plain,
    "import-wide": import_csv.wide,
    "tally-1m": weekly_tally.one_million,
    "tally-10m": weekly_tally.ten_million,
    "segment-scan": segment_scan.million,
    "verdicts": verdict_speed.verdicts,
    "moves": verdict_speed.moves,
    "definitions": verdict_speed.definitions,
    "exports": weekly_exports.exports,
    "rerun": page_rerun.pages,
    "first-view-moves": page_first_view.moves,
    "first-view-plans": page_first_view.plans,
    "paint": first_paint.paint,
}
STEP_SECONDS: Final = 300
"""No benchmark may run longer."""


def main(arguments: Sequence[str]) -> int:
    """Run the steps, each in a process of its own; 1 when one of them failed, else 0."""
    if arguments[:1] == ["--step"]:
        _run_here(arguments[1], Path(arguments[2]))
        return 0
    unknown = set(arguments) - set(STEPS)
    if unknown:
        print(f"No benchmark {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}.")
        return 2
    began = report.Circumstances.now()
    found: dict[str, list[Figure]] = {}
    failures: dict[str, str] = {}
    for name in arguments or STEPS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            found[name] = _run_apart(name)
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            failures[name] = f"{type(error).__name__}: {_last_line(error)}"
    figures = _with_naive_import(found)
    print(report.text(figures, failures))
    if not arguments:
        report.record(figures, failures, began)
    return 1 if failures else 0


def _run_here(name: str, answer: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="nps-benchmark-") as folder:
        figures = STEPS[name](Path(folder))
    answer.write_text(json.dumps([asdict(figure) for figure in figures]))


def _run_apart(name: str) -> list[Figure]:
    """A step in a fresh process: its memory and its caches are its own.

    Whatever happens, nothing of it stays: neither its server and browser nor its files.
    """
    with tempfile.TemporaryDirectory(prefix="nps-benchmark-", ignore_cleanup_errors=True) as folder:
        answer = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "benchmarks", "--step", name, str(answer)]
        step = subprocess.Popen(
            command,
            env=os.environ | {"TMPDIR": folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            _, complaint = step.communicate(timeout=STEP_SECONDS)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(step.pid, signal.SIGKILL)
            step.wait()
        if step.returncode:
            raise subprocess.CalledProcessError(step.returncode, command, stderr=complaint)
        return [Figure(**fields) for fields in json.loads(answer.read_text())]


def _last_line(error: Exception) -> str:
    lines = str(getattr(error, "stderr", "") or error).strip().splitlines()
    return lines[-1] if lines else "no message"


def _with_naive_import(found: dict[str, list[Figure]]) -> list[Figure]:
    """All figures in order, the naive import's speed and memory beside those they belong to."""
    naive = found.pop("import-naive", None)
    if naive and "import" in found:
        speed, memory = naive
        rows, child, parent = found["import"]
        found["import"] = [
            replace(rows, naive=speed.value),
            replace(child, naive=memory.value),
            parent,
        ]
    return [figure for figures in found.values() for figure in figures]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
