"""Where the labels of product changes stand above a wall's trend: none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
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

_MOST: Final = 8
"""Markers whose ways to stand are all tried: 256."""


@dataclass(frozen=True)
class Label:
    """One label: where its line stands, its two lines of text, its box and its row, 0 lowest.

    `merged` counts the product changes it stands for; a `leftwards` one ends at its line.
    """

    at: float
    title: str
    words: str
    verdict: str
    merged: int = 1
    left: float = 0.0
    right: float = 0.0
    row: int = 0
    leftwards: bool = False


def place(labels: Sequence[Label], left: float, right: float, merge: str) -> list[Label]:
    """Give each label its box between `left` and `right`, and a row, at most `ROWS` of them.

    A label begins or ends at its line. No two boxes of a row touch and no line crosses a label:
    the line of a marker ends at its own row. Of all ways to stand the one of fewest rows is
    taken. Where none fits, the two closest markers become one, titled `merge` with its number in
    `{n}`.
    """
    kept = sorted(labels, key=lambda label: label.at)
    while True:
        placed = _placed(kept, left, right) if len(kept) <= _MOST else None
        if placed is not None or len(kept) < 2:
            return placed or []
        gaps = [later.at - earlier.at for earlier, later in pairwise(kept)]
        close = gaps.index(min(gaps))
        kept[close : close + 2] = [_together(kept[close], kept[close + 1], merge)]


def _placed(kept: Sequence[Label], left: float, right: float) -> list[Label] | None:
    """The way to stand of fewest rows, then of fewest labels that end at their line."""
    ways = []
    for sides in product(*(_boxes(label, left, right) for label in kept)):
        rows = _rows(sides)
        if rows is not None:
            ways.append((max(rows, default=0), sum(box.leftwards for box in sides), rows, sides))
    if not ways:
        return None
    _, _, rows, sides = min(ways, key=lambda way: way[:2])
    return [replace(box, row=row) for box, row in zip(sides, rows, strict=True)]


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


def _boxes(label: Label, left: float, right: float) -> list[Label]:
    """The boxes a label may have: from its line, up to it, or else as far as there is room."""
    title = fitted(label.title, min(_LONGEST, right - left - _BESIDE), TITLE)
    wide = max(pixels(title, TITLE), 0.82 * pixels(label.words, WORDS)) + _BESIDE
    after = replace(label, title=title, left=label.at, right=label.at + wide)
    before = replace(label, title=title, left=label.at - wide, right=label.at, leftwards=True)
    inside = [box for box in (after, before) if left <= box.left and box.right <= right]
    return inside or [replace(after, left=right - wide, right=right)]


def _rows(boxes: Sequence[Label]) -> list[int] | None:
    """Raise labels until nothing touches; None when that needs more rows than there are."""
    rows = [0] * len(boxes)
    while (raised := _raised(boxes, rows)) is not None:
        rows[raised] += 1
        if rows[raised] >= ROWS:
            return None
    return rows


def _raised(boxes: Sequence[Label], rows: Sequence[int]) -> int | None:
    """The first label that has to be one row higher; None when all stand well."""
    for earlier, later in combinations(range(len(boxes)), 2):
        one, other = boxes[earlier], boxes[later]
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
