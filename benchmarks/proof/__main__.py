"""Run every proof and record what it found: ``python -m benchmarks.proof`` (or ``make proof``).

Names of parts may follow, to run only those; then nothing is recorded. Ends with 1 when a promise
is not kept.
"""

import importlib
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from benchmarks.proof.promise import Promise
from benchmarks.report import Circumstances

PAGE: Final = Path(__file__).parents[2] / "docs" / "proof.md"
READING: Final = "<!-- Written by hand below; kept by `make proof`. -->"
PARTS: Final = (
    "coverage",
    "verdicts",
    "mix",
    "sample",
    "interrupted",
    "changepoints",
    "weekly",
    "segments",
    "planning",
)


def main(arguments: Sequence[str]) -> int:
    """Run the parts, two at a time; 0 when every promise is kept."""
    unknown = set(arguments) - set(PARTS)
    if unknown:
        print(f"No proof {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
        return 2
    began = Circumstances.now()
    parts = [name for name in PARTS if not arguments or name in arguments]
    with ProcessPoolExecutor(2) as pool:
        found = [promise for part in pool.map(_part, parts) for promise in part]
    lines = _lines(found)
    print("\n".join(lines))
    if not arguments:
        _record(lines, began)
    return 0 if all(promise.kept is not False for promise in found) else 1


def _part(name: str) -> list[Promise]:
    began = time.monotonic()
    found: list[Promise] = importlib.import_module(f"benchmarks.proof.{name}").promises()
    print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return found


def _lines(found: Sequence[Promise]) -> list[str]:
    lines: list[str] = []
    for section in dict.fromkeys(promise.section for promise in found):
        promises = [promise for promise in found if promise.section == section]
        lines += [f"## {section}", "", "| claim | figure | promised | kept |", "|---|---|---|---|"]
        for promise in promises:
            kept = {True: "yes", False: "**no**", None: ""}[promise.kept]
            lines.append(f"| {promise.claim} | {promise.figure:.3g} | {promise.limit} | {kept} |")
        details = dict.fromkeys(promise.detail for promise in promises if promise.detail)
        lines += ["", *(f"- {detail}" for detail in details), ""]
    return lines


def _record(lines: Sequence[str], began: Circumstances) -> None:
    by_hand = PAGE.read_text(encoding="utf-8").partition(READING)[2] if PAGE.exists() else ""
    head = [
        "# Proof",
        "",
        "What each method promises, and what exact enumeration or simulation found. "
        f"Written by `make proof` (`python -m benchmarks.proof`) on {began.day}: "
        f"{began.processor}, {began.cores} cores; {began.versions}. "
        "Figures without a promise are for comparison. "
        "Every draw is seeded: the same command gives the same figures.",
        "",
    ]
    PAGE.write_text("\n".join([*head, *lines, READING]) + (by_hand or "\n"), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
