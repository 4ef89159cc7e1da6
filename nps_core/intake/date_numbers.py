"""Dates such as 03/04/2025 2:15 PM, once their order is known, a whole column at a time."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_TWO_FIRST: Final = (
    r"^(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4})"
    r"(?:,?[T ](?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2}))?(?: ?(?P<p>[AaPp])[Mm])?)?$"
)

Mask = npt.NDArray[np.bool_]


def read_two_first(
    cells: pa.Array, day_first: bool
) -> tuple[npt.NDArray[np.datetime64], Mask, Mask]:
    """Naive moments (datetime64[us]), which have a time of day, and which cells were read.

    Only cells of this one shape that are dates in the order given are read; the others are left.

    >>> at, timed, read = read_two_first(pa.array(["3/4/2025 2:15 PM", "31/2/2025"]), True)
    >>> str(at[0]), timed.tolist(), read.tolist()
    ('2025-04-03T14:15:00.000000', [True, False], [True, False])
    """
    parts = pc.extract_regex(cells, _TWO_FIRST)
    read = pc.fill_null(pc.is_valid(parts), False).to_numpy(zero_copy_only=False).copy()

    def number(name: str) -> npt.NDArray[np.int64]:
        text = pc.fill_null(pc.struct_field(parts, name), "0")
        text = pc.if_else(pc.equal(text, ""), "0", text)
        return text.cast(pa.int64()).to_numpy(zero_copy_only=False)

    first, second, year = number("a"), number("b"), number("y")
    day, month = (first, second) if day_first else (second, first)
    hour, minute, second_of = number("h"), number("mi"), number("s")
    half = pc.fill_null(pc.utf8_lower(pc.struct_field(parts, "p")), "").to_numpy(
        zero_copy_only=False
    )
    timed = pc.fill_null(pc.not_equal(pc.struct_field(parts, "h"), ""), False).to_numpy(
        zero_copy_only=False
    )
    halved = half != ""
    read &= (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1)
    read &= (hour <= 23) & (minute <= 59) & (second_of <= 59)
    read &= ~halved | ((hour >= 1) & (hour <= 12))
    hour = np.where(halved, hour % 12 + np.where(half == "p", 12, 0), hour)
    months = np.where(read, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (np.where(read, day, 1) - 1)
    read &= days.astype("datetime64[M]") == months
    at = days.astype("datetime64[us]") + (
        (hour * 3600 + minute * 60 + second_of) * 1_000_000
    ).astype("timedelta64[us]")
    return at, timed & read, read
