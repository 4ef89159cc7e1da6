"""Sums of a score's definition over groups, periods and trailing windows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
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
    alone, joined = used.only(used.account < 0), used.only(used.account >= 0)
    accounts = joined.account.max(initial=0) + 1
    unit = used.weight is used.n
    amounts = (joined.n, joined.weight * (joined.category - 1))
    owner, start, stop, (count, balance, *weights) = _stretches(
        joined.group * accounts + joined.account,
        joined.start,
        joined.stop,
        grid.periods,
        amounts if unit else (*amounts, joined.weight),
    )
    total = count if unit else weights[0]
    there = count > 0
    balance, total = balance[there], total[there]
    add = _adder(grid, owner[there] // accounts, start[there], stop[there])
    many = _whole(add(np.ones(len(total))))
    squares = _by_category(alone, grid, alone.square)
    products = (
        squares[:, 0] + squares[:, 2] + add(balance * balance),
        squares[:, 2] - squares[:, 0] + add(balance * total),
        squares.sum(axis=1) + add(total * total),
    )
    counts = _by_category(used, grid, used.n)
    return Sums(
        counts=_whole(counts),
        weights=counts if unit else _by_category(used, grid, used.weight),
        squares=(counts if unit else _by_category(used, grid, used.square)).sum(axis=1),
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
    nobody = used.respondent < 0
    n = np.where(nobody, 1, used.n)
    if nobody.any():
        each = np.repeat(np.arange(len(nobody)), np.where(nobody, used.n, 1))
        used, n, nobody = used.only(each), n[each], nobody[each]
    known = used.respondent.max(initial=0) + 1
    respondent = np.where(nobody, known + np.cumsum(nobody), used.respondent)
    people, accounts = known + nobody.sum() + 1, used.account.max(initial=0) + 1
    owner, start, stop, (n, low, high) = _stretches(
        (used.group * accounts + used.account) * people + respondent,
        used.start,
        used.stop,
        grid.periods,
        (n, n * (used.category == 0), n * (used.category == 2)),
    )
    there = n > 0
    n = n[there]
    owner, start, stop, (m, low, high, square) = _stretches(
        owner[there] // people,
        start[there],
        stop[there],
        grid.periods,
        (there[there], low[there] / n, high[there] / n, 1 / n),
    )
    there = m > 0
    m = m[there]
    low, high, square = low[there] / m, high[there] / m, square[there] / m**2
    add = _adder(grid, owner[there] // accounts, start[there], stop[there])
    balance = high - low
    number, of_low, of_high = (add(values) for values in (np.ones(len(m)), low, high))
    many = _whole(number)
    return Sums(
        counts=counts,
        weights=np.stack([of_low, np.maximum(number - of_low - of_high, 0), of_high], axis=1),
        squares=add(square),
        clusters=many,
        accounts=many,
        products=np.stack([add(balance * balance), add(balance), number], axis=1),
    )


def _stretches(
    owner: Ints, start: Ints, stop: Ints, periods: int, amounts: tuple[NDArray[Any], ...]
) -> tuple[Ints, Ints, Ints, list[NDArray[Any]]]:
    """What each owner has, and from when to when: owner, start, stop and the sums of the amounts.

    An amount is there from its start up to its stop.
    """
    brief = bool((stop == start + 1).all())
    if not brief:
        ends = stop < periods
        owner, start = np.append(owner, owner[ends]), np.append(start, stop[ends])
        amounts = tuple(np.append(values, -(1 * values[ends])) for values in amounts)
    key = owner * periods + start
    order = np.argsort(key)
    key = key[order]
    begins = np.flatnonzero(np.diff(key, prepend=-1))
    key = key[begins]
    owner, start = key // periods, key % periods
    if not len(key):
        return owner, start, start, [np.zeros(0) for _ in amounts]
    sums = [np.add.reduceat(1 * values[order], begins) for values in amounts]
    if brief:
        return owner, start, start + 1, sums
    first = np.diff(owner, prepend=-1) > 0
    before = np.maximum.accumulate(np.where(first, np.arange(len(owner)), 0)) - 1
    held: list[NDArray[Any]] = []
    for values in sums:
        total = np.append(np.cumsum(_wide(values)), _wide(0 * values[:1]))
        held.append((total[:-1] - total[before]).astype(values.dtype))
    return owner, start, np.append(np.where(first[1:], periods, start[1:]), periods), held


def _by_category(entries: Entries, grid: Grid, values: NDArray[Any]) -> Floats:
    thrice = replace(grid, groups=3 * grid.groups)
    add = _adder(thrice, 3 * entries.group + entries.category, entries.start, entries.stop)
    sums = add(values).reshape(grid.groups, 3, grid.periods)
    return np.moveaxis(sums, 1, 2).reshape(grid.groups * grid.periods, 3)


def _adder(grid: Grid, group: Ints, start: Ints, stop: Ints) -> Callable[[NDArray[Any]], Floats]:
    """A function that adds values, one a stretch of time of a group, in each cell of the grid."""
    if (stop == start + 1).all():
        cell, size = group * grid.periods + start, grid.groups * grid.periods
        return lambda values: np.bincount(cell, values, size).astype("float64")
    rows = grid.periods + 1
    begin, end, size = group * rows + start, group * rows + stop, grid.groups * rows

    def add(values: NDArray[Any]) -> Floats:
        steps = _wide(np.bincount(begin, values, size)) - np.bincount(end, values, size)
        running = np.cumsum(steps.reshape(grid.groups, rows)[:, :-1], axis=1)
        return running.astype("float64").ravel()

    return add


def _wide(values: NDArray[Any]) -> NDArray[Any]:
    """Fractions wider than a double where the machine can: what is added is subtracted later."""
    return values.astype(np.longdouble) if values.dtype.kind == "f" else values


def _whole(values: Floats) -> Ints:
    return np.rint(values).astype("int64")
