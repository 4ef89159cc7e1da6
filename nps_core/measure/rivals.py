"""A rival explanation of a move with its own figure; first among them, who answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from nps_core.measure.compare import DOWN, NO_CLEAR_CHANGE, TOO_FEW, UP, Verdict, verdicts
from nps_core.measure.post_stratify import post_stratified_difference
from nps_core.measure.widened import Widening, widened_limits

RivalName = Literal["mix", "trend", "control", "same people"]

MOSTLY = 0.5
"""The share of a move from which on the mix explains it."""


@dataclass(frozen=True)
class Rival:
    """One rival explanation, checked with its own figure, or the reason it could not be.

    `difference`, `low`, `high` (points) and `p` are the move with this explanation taken out:
    at a fixed mix of `columns`, beyond the trend, beyond those the change was not for, among the
    same people. `verdict` is read from them. `missing` is "" or why there is nothing to check.
    `detail` is the whole result (`Adjusted`, `InterruptedSeries`, `DifferenceInDifferences`,
    `Movement`), None when nothing was checked.
    """

    name: RivalName
    verdict: Verdict
    difference: float
    low: float
    high: float
    p: float
    before_responses: int
    after_responses: int
    columns: tuple[str, ...] = ()
    missing: str = ""
    detail: Any = None


def unchecked(name: RivalName, why: str, columns: tuple[str, ...] = ()) -> Rival:
    """A rival nothing could be said about, and why."""
    nothing = float("nan")
    return Rival(name, TOO_FEW, nothing, nothing, nothing, nothing, 0, 0, columns, why)


def rival_of(
    name: RivalName,
    result: Any,
    sides: tuple[int, int],
    columns: tuple[str, ...],
    widening: Widening,
    level: float,
    minimum: int,
) -> Rival:
    """The rival that a difference (`Adjusted`, `DifferenceInDifferences`) makes, widened."""
    low, high, p = widened_limits(
        result.difference, result.low, result.high, result.p, widening, level
    )
    before, after = (np.array([number]) for number in sides)
    word = verdicts(np.array([low]), np.array([high]), before, after, minimum)[0]
    word = TOO_FEW if result.verdict == TOO_FEW else word
    return Rival(name, word, result.difference, low, high, p, *sides, columns, "", result)


def at_fixed_mix(
    before_counts: Any,
    after_counts: Any,
    columns: tuple[str, ...],
    widening: Widening,
    level: float,
    minimum: int,
) -> Rival:
    """The move with the shares of the groups in `columns` held at those of both sides together."""
    sides = int(before_counts["n"].sum()), int(after_counts["n"].sum())
    if not all(sides):
        return unchecked("mix", "no responses on one side", columns)
    held = post_stratified_difference(
        before_counts, after_counts, by=columns, level=level, minimum=minimum
    )
    return rival_of("mix", held, sides, columns, widening, level, minimum)


def explained_by(word: Verdict, difference: float, mix: Sequence[Rival]) -> Rival | None:
    """The mix that explains a move: with it held fixed, half or less is left, and not clear.

    Of several the one that leaves least. None when the move is not clear to begin with.

    >>> held = Rival("mix", "no clear change", 1.0, -5.0, 7.0, 0.7, 300, 300, ("plan",))
    >>> explained_by("up", 12.0, [held]).columns, explained_by("up", 1.5, [held])
    (('plan',), None)
    """
    if word not in (UP, DOWN):
        return None
    left = [
        rival
        for rival in mix
        if rival.verdict not in (word, TOO_FEW)
        and rival.difference * np.sign(difference) <= MOSTLY * abs(difference)
    ]
    return min(left, key=lambda rival: abs(rival.difference), default=None)


def masked_by(word: Verdict, mix: Sequence[Rival], tried: float = 0.05) -> Rival | None:
    """The mix that hides a move: none is clear in all, one is with this mix held fixed.

    Looked for over every mix in `mix`, so the p-value must pass `tried` divided by their number
    (Bonferroni).

    >>> held = Rival("mix", "up", 13.0, 5.0, 21.0, 0.002, 300, 300, ("plan",))
    >>> masked_by("no clear change", [held]).columns, masked_by("up", [held])
    (('plan',), None)
    """
    if word != NO_CLEAR_CHANGE:
        return None
    found = [r for r in mix if r.verdict in (UP, DOWN) and r.p <= tried / len(mix)]
    return min(found, key=lambda rival: rival.p, default=None)
