"""The table of figures, printed and recorded with what they were measured on."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import psutil  # type: ignore[import-untyped]

from benchmarks.figure import Figure

PAGE: Final = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEADER: Final = ["benchmark", "target", "figure", "naive pandas", "ratio", ""]
PACKAGES: Final = ("streamlit", "pandas", "pyarrow", "narwhals", "duckdb", "plotly")
REASONS: Final = "<!-- Written by hand below; kept by `make bench`. -->"


@dataclass(frozen=True)
class Circumstances:
    """When, on what and beside how much other work the figures were measured."""

    day: str
    processor: str
    cores: int
    memory: float
    load: float
    versions: str

    @classmethod
    def now(cls) -> "Circumstances":
        """This machine at this moment; memory in GiB, load averaged over five minutes."""
        versions = [f"Python {platform.python_version()}"]
        versions += [f"{package} {version(package)}" for package in PACKAGES]
        return cls(
            day=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            processor=_processor(),
            cores=os.cpu_count() or 1,
            memory=psutil.virtual_memory().total / 2**30,
            load=psutil.getloadavg()[1],
            versions=", ".join(versions),
        )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def text(figures: Sequence[Figure], failures: Mapping[str, str]) -> str:
    """The table with aligned columns, then what failed."""
    rows = [HEADER, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines += [f"{name} failed: {reason}" for name, reason in failures.items()]
    return "\n".join(lines)


def record(figures: Sequence[Figure], failures: Mapping[str, str], measured: Circumstances) -> None:
    """Write docs/benchmarks.md; what stands below its marker line is kept as it is."""
    kept = ""
    if PAGE.exists():
        kept = PAGE.read_text(encoding="utf-8").partition(REASONS)[2]
    rows = [HEADER, ["---"] * len(HEADER), *(figure.cells() for figure in figures)]
    notes = [f"- {figure.name}: {figure.note}" for figure in figures if figure.note]
    failed = [f"- {name} could not be measured: {reason}" for name, reason in failures.items()]
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` (`python -m benchmarks`) on {measured.day}: "
        f"{measured.processor}, {measured.cores} cores, {measured.memory:.0f} GiB; "
        f"{measured.versions}. Load average when it began: {measured.load:.1f}.",
        "",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
        "How each was taken:",
        "",
        *notes,
        *failed,
        "",
        "The naive versions (benchmarks/naive.py) label each row with `apply` and score each "
        "period with `groupby.apply`, in the same run on the same rows; the weekly one must give "
        "the same numbers.",
        "",
        REASONS,
    ]
    PAGE.write_text("\n".join(lines) + (kept or "\n"), encoding="utf-8")
