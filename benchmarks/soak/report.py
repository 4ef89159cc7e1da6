"""How memory grew, against what is promised, and the page it is recorded in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.report import Circumstances
from benchmarks.soak.display import Sample

PAGE: Final = Path(__file__).parents[2] / "docs" / "wall.md"
BEGIN: Final = "<!-- Written by `make soak`: from here -->"
END: Final = "<!-- to here. -->"
SERVER_LIMIT: Final = 5.0
BROWSER_LIMIT: Final = 10.0
WARM_SHARE: Final = 0.2
"""Share of the refreshes that warm up: caches fill, code is compiled."""


@dataclass(frozen=True)
class Run:
    """One part of the soak: its name, its samples, and how often pages reloaded themselves."""

    name: str
    samples: tuple[Sample, ...]
    reloads: int
    imports: int = 0

    def growth(self, what: str) -> float:
        """Megabytes per 1,000 refreshes after warm-up: the slope of least squares."""
        last = self.samples[-1].refreshes
        warm = [sample for sample in self.samples if sample.refreshes >= WARM_SHARE * last]
        if len(warm) < 2:
            return float("nan")
        at = np.array([sample.refreshes for sample in warm]) / 1000
        return float(np.polyfit(at, [getattr(sample, what) for sample in warm], 1)[0])

    def kept(self) -> bool:
        """Whether it grew no more than promised."""
        browser = max(self.growth("heap"), self.growth("renderers"))
        return self.growth("server") <= SERVER_LIMIT and browser <= BROWSER_LIMIT


@dataclass(frozen=True)
class Outage:
    """The server gone: whether every picture stayed, and seconds until all were fresh again."""

    away: float
    stayed: bool
    recovered: float

    def kept(self) -> bool:
        """Whether it went as promised."""
        return self.stayed and self.recovered <= 30


def text(runs: Sequence[Run], outage: Outage, measured: Circumstances) -> str:
    """The tables as Markdown."""
    lines = [
        f"{measured.day}, {measured.processor}, {measured.cores} cores, {measured.memory:.0f} GiB,",
        f"load {measured.load:.1f}; {measured.versions}.",
        "",
        "| run | refreshes of each display | imports | server, MB per 1,000 | JS heap | renderer |"
        " reloads | kept |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for run in runs:
        lines.append(
            f"| {run.name} | {run.samples[-1].refreshes:,} | {run.imports} "
            f"| {run.growth('server'):+.2f} | {run.growth('heap'):+.2f} "
            f"| {run.growth('renderers'):+.2f} | {run.reloads} | {_yes(run.kept())} |"
        )
    lines += [
        "",
        f"Allowed after warm-up (the first {WARM_SHARE:.0%} of a run): server {SERVER_LIMIT:g}, "
        f"browser {BROWSER_LIMIT:g} MB per 1,000 refreshes.",
        "",
        f"Server killed for {outage.away:.0f} s: picture stayed on every display: "
        f"{_yes(outage.stayed)}; all fresh again {outage.recovered:.0f} s after it answered "
        f"(allowed: 30): {_yes(outage.kept())}.",
    ]
    for run in runs:
        lines += ["", f"{run.name}, MB:", "", "| refreshes | server | JS heap | renderer |"]
        lines += ["|---|---|---|---|"]
        lines += [
            f"| {one.refreshes:,} | {one.server:.1f} | {one.heap:.1f} | {one.renderers:.1f} |"
            for one in run.samples
        ]
    return "\n".join(lines)


def record(report: str) -> None:
    """Put the report between the marks of docs/wall.md."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{report}\n{END}{after}", encoding="utf-8")


def _yes(kept: bool) -> str:
    return "yes" if kept else "NO"
