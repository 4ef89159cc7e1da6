"""The two benchmark lines a person can edit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

SETTING: Final = "benchmarks"


@dataclass(frozen=True)
class Benchmarks:
    """A band of typical scores and a line for an outstanding one, in NPS points.

    The defaults are those often named for SaaS: 28 to 31 typical, 50 outstanding.

    >>> Benchmarks().typical_high
    31.0
    """

    typical_low: float = 28.0
    typical_high: float = 31.0
    outstanding: float = 50.0

    @classmethod
    def from_setting(cls, stored: Mapping[str, Any] | None) -> "Benchmarks":
        """Read a stored setting; anything that is not three scores gives the defaults.

        >>> Benchmarks.from_setting({"typical_low": 10, "typical_high": 5, "outstanding": 60})
        Benchmarks(typical_low=5.0, typical_high=10.0, outstanding=60.0)
        >>> Benchmarks.from_setting({"typical_low": "high"}) == Benchmarks()
        True
        """
        try:
            given = {name: float((stored or {})[name]) for name in asdict(cls())}
        except (KeyError, TypeError, ValueError):
            return cls()
        if not all(-100 <= value <= 100 for value in given.values()):
            return cls()
        low, high = sorted((given["typical_low"], given["typical_high"]))
        return cls(low, high, given["outstanding"])

    def to_setting(self) -> dict[str, float]:
        """Give what the store keeps."""
        return asdict(self)
