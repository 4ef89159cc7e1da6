"""Text to plain numbers, for the optional columns beside the score: revenue, CSAT, CES."""

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from nps_core.intake.columnar import encode
from nps_core.intake.text import holds_no_answer, narrow

_AMOUNT: Final = re.compile(r"[+-]?(?:\d{1,3}(?:[ '’.,]\d{3})+|\d+)(?:[.,]\d+)?|[+-]?[.,]\d+")
_LABEL: Final = re.compile(r"(\d+)\s*[-–—:(].*|.*[-–—:(]\s*(\d+)\)?")


def parse_amount(text: str) -> float | None:
    """The number a cell holds, with currency signs and thousands separators, or None.

    A single comma or dot with three digits after it parts thousands only when other separators
    say so; "1,250" is None, for it may be either.

    >>> [parse_amount(cell) for cell in ("1 234,50 €", "$1,200.00", "4", "1,250", "5 - Great")]
    [1234.5, 1200.0, 4.0, None, 5.0]
    """
    bare = re.sub(r"[\s\u00a0\u202f]+", " ", narrow(text)).strip("€$£¥ %").strip()
    if found := _LABEL.fullmatch(bare):
        return float(found[1] or found[2])
    if not _AMOUNT.fullmatch(bare):
        return None
    digits = re.sub(r"[ '’]", "", bare)
    marks = re.findall(r"[.,]", digits)
    if len(marks) == 1 and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", digits) and digits == bare:
        return None
    if len(set(marks)) == 2:
        decimal = marks[-1]
        digits = digits.replace("," if decimal == "." else ".", "")
    elif len(marks) > 1:
        digits = re.sub(r"[.,]", "", digits)
    return float(digits.replace(",", "."))


def parse_amounts(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.float64], int]:
    """A column as float64, NaN where there is no number, and how many answers were not numbers.

    >>> values, unread = parse_amounts(pa.chunked_array([["4", "", "lots"]]))
    >>> values.tolist(), unread
    ([4.0, nan, nan], 1)
    """
    values, codes = encode(column)
    parsed = [parse_amount(value) for value in values]
    table = np.array([np.nan if n is None else n for n in parsed] + [np.nan], np.float64)
    odd = [n is None and not holds_no_answer(v) for v, n in zip(values, parsed, strict=True)]
    return table[codes], int(np.array([*odd, False], bool)[codes].sum())
