"""Where the labels of product changes stand above a wall's trend: none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Final

from nps_app.view.charts.lettering import fitted, pixels
from nps_app.view.tables import arrow
from nps_core.language import tr

ROWS: Final = 3
TITLE: Final = 30
WORDS: Final = 28
_LONGEST: Final = 560.0
_APART: Final = 24.0
_CLEAR: Final = 8.0
_BESIDE: Final = 10.0
"""Units of air behind a label."""


@dataclass(frozen=True)
class Label:
    """One label: where its line stands, its two lines of text, its box and its row, 0 lowest.

    `merged` counts the product changes it stands for.
    """

    at: float
    title: str
    words: str
    verdict: str
    merged: int = 1
    left: float = 0.0
    right: float = 0.0
    row: int = 0


def place(labels: Sequence[Label], left: float, right: float, merge: str) -> list[Label]:
    """Give each label its box between `left` and `right`, and a row, at most `ROWS` of them.

    A label begins at its line, or further left where it would leave the plot. No two boxes of a
    row touch and no line crosses a label: the line of a marker ends at its own row. Where that
    needs more rows, the two closest markers become one, titled `merge` with its number in `{n}`.
    """
    kept = sorted(labels, key=lambda label: label.at)
    while True:
        boxed = [_boxed(label, left, right) for label in kept]
        placed = _rows(boxed)
        if placed is not None or len(kept) < 2:
            return placed or boxed
        gaps = [later.at - earlier.at for earlier, later in pairwise(kept)]
        close = gaps.index(min(gaps))
        kept[close : close + 2] = [_together(kept[close], kept[close + 1], merge)]


def _together(first: Label, second: Label, merge: str) -> Label:
    number = first.merged + second.merged
    same = first.verdict == second.verdict
    return Label(
        second.at,
        merge.format(n=number),
        f"{arrow(first.verdict)} {tr(first.verdict)}" if same else "",
        first.verdict if same else "",
        merged=number,
    )


def _boxed(label: Label, left: float, right: float) -> Label:
    title = fitted(label.title, _LONGEST, TITLE)
    wide = max(pixels(title, TITLE), 0.9 * pixels(label.words, WORDS)) + _BESIDE
    start = max(left, min(label.at, right - wide))
    return replace(label, title=title, left=start, right=start + wide)


def _rows(boxed: Sequence[Label]) -> list[Label] | None:
    """Raise labels until nothing touches; None when that needs more rows than there are."""
    rows = [0] * len(boxed)
    for _ in range(ROWS * len(boxed) ** 2 + 1):
        raised = _raised(boxed, rows)
        if raised is None:
            return [replace(label, row=row) for label, row in zip(boxed, rows, strict=True)]
        if rows[raised] + 1 >= ROWS:
            return None
        rows[raised] += 1
    return None


def _raised(boxed: Sequence[Label], rows: Sequence[int]) -> int | None:
    """The first label that has to be one row higher; None when all stand well."""
    for earlier, later in combinations(range(len(boxed)), 2):
        one, other = boxed[earlier], boxed[later]
        if one.left > other.right + _APART or other.left > one.right + _APART:
            continue
        crossed = one.left - _CLEAR < other.at < one.right + _CLEAR
        crossing = other.left - _CLEAR < one.at < other.right + _CLEAR
        if crossed and rows[earlier] <= rows[later]:
            return earlier
        if crossing and rows[later] <= rows[earlier]:
            return later
        if rows[earlier] == rows[later]:
            return earlier
    return None
