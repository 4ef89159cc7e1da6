"""Which columns to count together when every two of them are wanted."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np


def together(values: Mapping[str, int], most: int = 3_000) -> list[tuple[str, ...]]:
    """Which columns to tally together, so that every two stand in one tally of a bearable size.

    `values` is how many values each column has; a tally of several columns may have `most`
    combinations of them, one of two columns any number. Few large tallies are counted sooner
    than one for each pair.

    >>> together({"a": 3, "b": 4, "c": 5}), together({"a": 3, "b": 4, "c": 5}, most=20)
    ([('a', 'b', 'c')], [('a', 'b'), ('a', 'c'), ('b', 'c')])
    """
    names = list(values)
    left = set(combinations(names, 2))
    taken: list[tuple[str, ...]] = [(name,) for name in names] if len(names) < 2 else []
    while left:
        block = list(min(left, key=lambda pair: tuple(map(names.index, pair))))
        while True:
            size = int(np.prod([max(1, values[name]) for name in block], dtype="float64"))
            gains = {
                name: len({_pair(names, name, other) for other in block} & left)
                for name in names
                if name not in block and size * max(1, values[name]) <= most
            }
            best = max(gains, key=lambda name: gains[name], default=None)
            if best is None or not gains[best]:
                break
            block.append(best)
        block.sort(key=names.index)
        left -= set(combinations(block, 2))
        taken.append(tuple(block))
    return taken


def _pair(names: list[str], one: str, other: str) -> tuple[str, str]:
    return (one, other) if names.index(one) < names.index(other) else (other, one)
