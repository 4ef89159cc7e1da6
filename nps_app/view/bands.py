"""Bands of a number as people write them: "1-50, 51-200, 201+"."""

import math
import re
from decimal import Decimal
from typing import Final

from nps_core.errors import NpsError
from nps_core.language import tr

Band = tuple[str, float | None, float | None]
"""Label, lowest, below: from `lowest` to less than `below`, None being open."""

_NUMBER: Final = r"[-−]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?"
_LARGEST: Final = 1e15
"""Beyond it whole numbers are no longer told apart."""

_FROM_TO: Final = re.compile(rf"({_NUMBER})\s*(?:-|–|—|to|à)\s*({_NUMBER})")
_FROM: Final = re.compile(rf"(?:({_NUMBER})\s*\+|>=\s*({_NUMBER}))")
_BELOW: Final = re.compile(rf"<\s*({_NUMBER})")


def read_bands(text: str) -> tuple[Band, ...]:
    """Read bands separated by commas, semicolons or lines, each with a name before it or not.

    "1-50" holds 1 to 50, both; where the next band begins at 51, whatever lies between 50 and
    51 belongs to the first, and where it begins at 50, 50 belongs to the next. "201+" and
    ">=201" are open above, "<10" below. Raises NpsError for a part that is none of these.

    >>> read_bands("small: 1-50, 51-200, 201+")
    (('small', 1.0, 51.0), ('51–200', 51.0, 201.0), ('201+', 201.0, None))
    """
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    if not parts:
        raise NpsError(tr("Write at least one band, such as: 1-50, 51-200, 201+"))
    read = [_read(part) for part in parts]
    starts = {lowest for _, lowest, _, _ in read if lowest is not None}
    return tuple(
        (label, lowest, below if last is None else _end(lowest, last, starts))
        for label, lowest, last, below in read
    )


def bands_text(bands: tuple[Band, ...]) -> str:
    """Write bands so that `read_bands` reads them again.

    >>> bands_text((("small", 1.0, 51.0), ("51+", 51.0, None), ("tiny", None, 1.0)))
    'small: 1-50, 51+, tiny: <1'
    """
    starts = {lowest for _, lowest, _ in bands if lowest is not None}
    return ", ".join(_written(*band, starts) for band in bands)


def _written(label: str, lowest: float | None, below: float | None, starts: set[float]) -> str:
    if below is None:
        words = f"{_digits(lowest or 0.0)}+"
    elif lowest is None:
        words = f"<{_digits(below)}"
    else:
        words = f"{_digits(lowest)}-{_digits(_last(lowest, below, starts))}"
    return words if label == words.replace("-", "–") else f"{label}: {words}"


def _digits(number: float) -> str:
    """Every digit of a number, without an exponent."""
    return f"{Decimal(repr(number)):f}".removesuffix(".0")


def _last(lowest: float, below: float, starts: set[float]) -> float:
    """The last number to write for a band so that `_end` gives `below` again."""
    near = (below - 1, math.nextafter(below, -math.inf))
    fit = (last for last in near if last >= lowest and _end(lowest, last, starts) == below)
    return next(fit, below)


def _read(part: str) -> tuple[str, float | None, float | None, float | None]:
    """Label, lowest, last (inclusive) and below of one band; either of the last two is None."""
    name, colon, words = (text.strip() for text in part.rpartition(":"))
    if found := _FROM_TO.fullmatch(words):
        first, last = _value(found[1]), _value(found[2])
        if first > last:
            raise NpsError(
                tr(
                    "The band “{band}” ends below its start. Write the lower number first.",
                    band=words,
                )
            )
        return name if colon else f"{found[1]}–{found[2]}", first, last, None
    if found := _FROM.fullmatch(words):
        number = found[1] or found[2]
        return name if colon else f"{number}+", _value(number), None, None
    if found := _BELOW.fullmatch(words):
        return name if colon else f"<{found[1]}", None, None, _value(found[1])
    raise NpsError(
        tr(
            "“{band}” is no band. Allowed: 1-50, 201+ or <10, with a name before it or "
            "without, such as small: 1-50",
            band=words,
        )
    )


def _value(digits: str) -> float:
    number = float(re.sub(r"\s", "", digits).replace("−", "-"))
    if abs(number) > _LARGEST:
        raise NpsError(
            tr("“{number}” is too large for a band: 1,000,000,000,000,000 at most.", number=digits)
        )
    return number


def _end(first: float | None, last: float, starts: set[float]) -> float:
    """Where a band written as "first-last" ends, next to what begins near its last number."""
    if last in starts and last != first:
        return last
    return last + 1 if last + 1 in starts else math.nextafter(last, math.inf)
