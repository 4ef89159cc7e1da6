"""One measured figure with its target and its naive counterpart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, in `unit`; `at_least` says that more is better.

    `naive` is the same work by a plain pandas program in the same run, None where no such program
    exists; `note` says what a reader must know to trust or repeat the figure.
    """

    name: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    naive: float | None = None
    ratio_target: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times better than naive; above 1 is better, whatever the unit.

        >>> Figure("x", 20, "ms", naive=100).ratio
        5.0
        """
        if self.naive is None:
            return None
        return self.value / self.naive if self.at_least else self.naive / self.value

    @property
    def met(self) -> bool:
        """Whether the target holds, and the ratio's own target where there is one.

        >>> Figure("x", 70, "ms", target=60).met, Figure("x", 9, "rows/s", 5, at_least=True).met
        (False, True)
        """
        if self.target is not None:
            kept = self.value >= self.target if self.at_least else self.value <= self.target
            if not kept:
                return False
        return self.ratio_target is None or (self.ratio or 0) >= self.ratio_target

    def cells(self) -> list[str]:
        """The row of the printed table: name, target, figure, naive, ratio, verdict."""
        bound = "at least" if self.at_least else "at most"
        target = "" if self.target is None else f"{bound} {self.target:,.0f} {self.unit}"
        if self.ratio_target is not None:
            target += f", {self.ratio_target:.0f}x naive"
        verdict = "met" if self.met else "missed"
        return [
            self.name,
            target,
            f"{_three_digits(self.value)} {self.unit}",
            "" if self.naive is None else f"{_three_digits(self.naive)} {self.unit}",
            "" if self.ratio is None else f"{self.ratio:.1f}x",
            verdict if target else "",
        ]


def _three_digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
