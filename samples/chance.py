"""Seeded chance that gives the same draws on every Python version."""

import random
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

SEED: Final = 301000

Item = TypeVar("Item")


class Chance:
    """Draws built from `random.Random.random()` alone, the one method Python promises to keep.

    `choices`, `shuffle`, `gauss` and the mathematical functions may change in the last digit
    between versions and platforms; the committed files must not.

    >>> Chance(1).below(10) == Chance(1).below(10)
    True
    """

    def __init__(self, stream: int) -> None:
        self._draw = random.Random(SEED + stream).random

    def happens(self, probability: float) -> bool:
        """True with the given probability, in [0, 1]."""
        return self._draw() < probability

    def below(self, end: int) -> int:
        """A whole number in [0, end)."""
        return int(self._draw() * end)

    def between(self, first: int, last: int) -> int:
        """A whole number in [first, last]."""
        return first + self.below(last - first + 1)

    def bell(self, deviation: float) -> float:
        """A nearly normal number around 0: twelve uniform draws added up (Irwin-Hall)."""
        return (sum(self._draw() for _ in range(12)) - 6) * deviation

    def one_of(self, items: Sequence[Item]) -> Item:
        """One item, each equally likely."""
        return items[self.below(len(items))]

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """One key, with a probability in proportion to its weight.

        >>> Chance(1).weighted({"only": 3.0, "never": 0.0})
        'only'
        """
        left = self._draw() * sum(weights.values())
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return next(item for item, weight in reversed(list(weights.items())) if weight)
