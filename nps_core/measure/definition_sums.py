"""Sums of a score's definition over groups, periods and trailing windows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nps_core.measure.definition_rows import Entries, Grid, Ints
from nps_core.measure.interval import Floats


@dataclass(frozen=True)
class Sums:
    """What the score of each cell of the grid is made of.

    `counts` and `weights` are (cells, 3): of detractors, passives and promoters. `squares` is the
    sum of squared weights. `clusters` are accounts and single responses without one, `accounts`
    the former alone. With A the sum over a cluster of weight times s, and B of weight, `products`
    (cells, 3) holds the sums over clusters of A A, A B and B B.
    """

    counts: Ints
    weights: Floats
    squares: Floats
    clusters: Ints
    accounts: Ints
    products: Floats


def of_responses(entries: Entries, grid: Grid) -> Sums:
    """The sums where every response counts with a weight of its own."""
    used = entries.only(entries.stop > entries.start)
    alone = used.only(used.account < 0)
    joined = used.only(used.account >= 0)
    accounts = joined.account.max(initial=0) + 1
    owner, start, stop, (count, total, balance) = _states(
        joined.group * accounts + joined.account,
        joined,
        grid,
        (joined.n, joined.weight, joined.weight * (joined.category - 1)),
    )
    there = count > 0
    summed = _summing(grid, owner[there] // accounts, start[there], stop[there])
    balance, total = balance[there], total[there]
    many = _whole(summed(np.ones(len(total))))
    squares = _by_category(alone, grid, alone.square)
    products = (
        squares[:, 0] + squares[:, 2] + summed(balance * balance),
        squares[:, 2] - squares[:, 0] + summed(balance * total),
        squares.sum(axis=1) + summed(total * total),
    )
    return Sums(
        counts=_whole(_by_category(used, grid, used.n)),
        weights=_by_category(used, grid, used.weight),
        squares=_by_category(used, grid, used.square).sum(axis=1),
        clusters=many + _whole(_by_category(alone, grid, alone.n).sum(axis=1)),
        accounts=many,
        products=np.stack(products, axis=1),
    )


def of_accounts(entries: Entries, grid: Grid) -> Sums:
    """The sums where every account counts once, with the mean of its respondents.

    A respondent who answered several times counts with the mean of these answers. A response
    without a respondent stands for one of its own; those without an account are not used.
    """
    used = entries.only((entries.stop > entries.start) & (entries.account >= 0))
    counts = _whole(_by_category(used, grid, used.n))
    used, respondent, people = _respondents(used)
    accounts = used.account.max(initial=0) + 1
    owner, start, _, (n, low, high) = _states(
        (used.group * accounts + used.account) * people + respondent,
        used,
        grid,
        (used.n, used.n * (used.category == 0), used.n * (used.category == 2)),
    )
    there = n > 0
    each = np.where(there, n, 1.0)
    first = _first(owner)
    means = (there, low / each, high / each, np.where(there, 1 / each, 0.0))
    steps = [_steps(values, first) for values in means]
    owner, start, stop, (m, low, high, square) = _running(
        owner // people, start, grid.periods, steps
    )
    there = m > 0.5
    start, stop, group, each = start[there], stop[there], owner[there] // accounts, m[there]
    low, high, square = low[there] / each, high[there] / each, square[there] / each**2

    summed = _summing(grid, group, start, stop)
    balance = high - low
    number, of_low, of_high = (summed(values) for values in (np.ones(len(low)), low, high))
    many = _whole(number)
    return Sums(
        counts=counts,
        weights=np.stack([of_low, np.maximum(number - of_low - of_high, 0), of_high], axis=1),
        squares=summed(square),
        clusters=many,
        accounts=many,
        products=np.stack([summed(balance * balance), summed(balance), number], axis=1),
    )


def _respondents(used: Entries) -> tuple[Entries, Ints, int]:
    """Entries of one respondent each, the numbers of these, and one more than the highest."""
    nobody = used.respondent < 0
    used = used.only(np.repeat(np.arange(len(nobody)), np.where(nobody, used.n, 1)))
    nobody = used.respondent < 0
    known = used.respondent.max(initial=0) + 1
    respondent = np.where(nobody, known + np.cumsum(nobody), used.respondent)
    used.n[nobody] = 1
    return used, respondent, int(known + nobody.sum() + 1)


def _by_category(entries: Entries, grid: Grid, values: NDArray[Any]) -> Floats:
    columns = []
    for category in range(3):
        kept = entries.category == category
        group, start, stop = entries.group[kept], entries.start[kept], entries.stop[kept]
        columns.append(_summing(grid, group, start, stop)(values[kept]))
    return np.stack(columns, axis=1)


def _summing(grid: Grid, group: Ints, start: Ints, stop: Ints) -> Callable[[NDArray[Any]], Floats]:
    """A function that adds values, one a stretch of time in a group, in each cell of the grid."""

    def summed(values: NDArray[Any]) -> Floats:
        steps = _at(grid, group, start, values) - _at(grid, group, stop, values)
        return np.cumsum(steps[:, :-1], axis=1).astype("float64").ravel()

    return summed


def _at(grid: Grid, group: Ints, time: Ints, values: NDArray[Any]) -> NDArray[np.longdouble]:
    # Wider than a double where the machine can: what was added is subtracted again later.
    rows = grid.periods + 1
    sums = np.bincount(group * rows + time, values, grid.groups * rows)
    return sums.astype(np.longdouble).reshape(grid.groups, rows)


def _states(
    owner: Ints, entries: Entries, grid: Grid, amounts: tuple[NDArray[Any], ...]
) -> tuple[Ints, Ints, Ints, list[Floats]]:
    """What each owner holds, stretch by stretch: owner, start, stop and the sums of the amounts."""
    ends = entries.stop < grid.periods
    return _running(
        np.concatenate([owner, owner[ends]]),
        np.concatenate([entries.start, entries.stop[ends]]),
        grid.periods,
        [np.concatenate([values, -values[ends]]) for values in amounts],
    )


def _running(
    owner: Ints, time: Ints, periods: int, steps: list[NDArray[Any]]
) -> tuple[Ints, Ints, Ints, list[Floats]]:
    if not len(owner):
        return owner, time, time, [np.zeros(0) for _ in steps]
    key = owner * periods + time
    order = np.argsort(key)
    in_order = key[order]
    begins = np.flatnonzero(np.append(True, np.diff(in_order) != 0))
    key = in_order[begins]
    owner, time = key // periods, key % periods
    first = _first(owner)
    before = np.maximum.accumulate(np.where(first, np.arange(len(owner)), 0)) - 1
    held = []
    for values in steps:
        total = np.cumsum(np.add.reduceat(values[order], begins), dtype=np.longdouble)
        held.append(np.where(before < 0, total, total - total[before]).astype("float64"))
    until = np.append(np.where(first[1:], periods, time[1:]), periods)
    return owner, time, until, held


def _first(owner: Ints) -> NDArray[np.bool_]:
    return np.append(True, np.diff(owner) != 0) if len(owner) else np.zeros(0, dtype=np.bool_)


def _steps(values: NDArray[Any], first: NDArray[np.bool_]) -> Floats:
    """How much each value differs from the one before it of the same owner."""
    numbers = values.astype("float64")
    before = np.append(0.0, numbers[:-1])[: len(numbers)]
    return numbers - np.where(first, 0.0, before)


def _whole(values: Floats) -> Ints:
    return np.rint(values).astype("int64")
