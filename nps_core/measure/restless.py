"""How far the NPS of neighbouring windows moves on ordinary days, beyond what chance explains."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nps_core.measure.interval import variance

_FEWEST_BLOCKS = 4.0
"""Placebos that do not overlap, below which shorter windows are tried: simulated with weeks that
move by 5 points of their own (benchmarks/proof), fewer let false alarms pass 6 %."""

_SHORTEST = 7
"""Days: shorter windows would mistake the rhythm of the week for unrest."""

_LEAST_RESPONSES = 5
_A_BLOCK = 1.25
"""Degrees of freedom of a block: placebos that overlap know a little more than separate ones."""


@dataclass(frozen=True)
class Restlessness:
    """What `restlessness` found.

    `excess` is the variance of the difference of two ordinary neighbouring windows beyond that of
    chance (on the scale -1..1, never negative); `df` the degrees of freedom it is known with;
    `placebos` how many pairs of windows were looked at; `shortened` whether they had to be shorter
    than the windows asked about. `placebos` 0 means that nothing could be checked.
    """

    excess: float
    df: float
    placebos: int
    shortened: bool


def restlessness(
    days: NDArray[np.datetime64],
    totals: NDArray[np.int64],
    at: np.datetime64,
    before_days: int,
    after_days: int,
    gap: int = 0,
    changes: Iterable[Any] = (),
) -> Restlessness:
    """How differently two windows come out on days on which nothing shipped.

    `days` and `totals` are the days with responses, in order, and their detractors, passives and
    promoters, (days, 3). The windows around `at` (`before_days`, then `gap` days left out, then
    `after_days`) are laid over all other days at which they straddle neither `at` nor one of
    `changes`, and the squared differences compared with those expected of independent answers:
    autocorrelated weeks, waves of surveys and accounts that answer together all show in it. Where
    the history is too short for four separate placebos, shorter windows stand in, and the excess
    found with them is taken to be that of the long ones: the cautious reading. With changes so
    dense that no placebo is left, those straddling other changes are taken too.

    Method: placebo tests in time (Abadie, Diamond and Hainmueller 2010, JASA 105: 493-505), here
    for a variance; kept promises are in docs/proof.md.

    >>> week = np.arange("2026-01-05", "2026-07-06", dtype="datetime64[D]")
    >>> calm = np.tile([2, 2, 4], (len(week), 1))
    >>> restlessness(week, calm, np.datetime64("2026-05-04"), 28, 28).excess
    0.0
    """
    if not len(days):
        return Restlessness(0.0, 0.0, 0, False)
    first = days[0]
    size = int((days[-1] - first).astype(int)) + 1
    running = np.zeros((size + 1, 3))
    running[1 + (days - first).astype(int)] = totals
    running = running.cumsum(axis=0)
    one = float(variance(running[-1:])[0])
    place = int((at - first).astype(int))
    others = [int((np.datetime64(day, "D") - first).astype(int)) for day in changes]
    found = Restlessness(0.0, 0.0, 0, False)
    for cuts in ([place, *others], [place]) if others else ([place],):
        before, after, left_out = before_days, after_days, gap
        while True:
            shortened = (before, after) != (before_days, after_days)
            found = _placebos(running, one, cuts, (before, after, left_out), shortened)
            enough = found.df + 1 >= _A_BLOCK * _FEWEST_BLOCKS
            if enough or min(before, after) <= _SHORTEST:
                break
            before, after, left_out = (
                max(before // 2, _SHORTEST),
                max(after // 2, _SHORTEST),
                left_out // 2,
            )
        if enough:
            break
    return found


def _placebos(
    running: NDArray[np.float64],
    one: float,
    cuts: list[int],
    shape: tuple[int, int, int],
    shortened: bool,
) -> Restlessness:
    before, after, gap = shape
    length = before + gap + after
    size = len(running) - 1
    starts = np.arange(0, max(0, size - length) + 1) if size >= length else np.arange(0)
    blocks, clear = 0.0, np.ones(len(starts), dtype=bool)
    edges = sorted({0, size, *(cut for cut in cuts if 0 < cut < size)})
    for low, high in pairwise(edges):
        blocks += (high - low) / length if high - low >= length else 0.0
    for cut in cuts:
        clear &= (starts + length <= cut) | (starts >= cut)
    begun = starts[clear]
    first = running[begun + before] - running[begun]
    second = running[begun + length] - running[begun + before + gap]
    answered = np.minimum(first.sum(axis=1), second.sum(axis=1)) >= _LEAST_RESPONSES
    first, second = first[answered], second[answered]
    if not len(first):
        return Restlessness(0.0, 0.0, 0, shortened)
    n1, n2 = first.sum(axis=1), second.sum(axis=1)
    moved = (second[:, 2] - second[:, 0]) / n2 - (first[:, 2] - first[:, 0]) / n1
    beyond = float(np.mean(moved**2 - one * (1 / n1 + 1 / n2)))
    known = max(_A_BLOCK * blocks * len(first) / len(begun) - 1, 0.0)
    # One degree of freedom is lent to "nothing beyond chance": with few placebos the estimate
    # itself is little more than chance.
    return Restlessness(max(0.0, beyond * known / (known + 1)), known + 1, len(first), shortened)
