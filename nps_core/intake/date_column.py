"""A whole column of dates: one day and month order for all of it, then every cell to UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from nps_core.intake import reasons
from nps_core.intake.columnar import encode
from nps_core.intake.date_numbers import read_two_first
from nps_core.intake.dates import (
    EARLIEST,
    Unread,
    day_and_month,
    latest,
    parse_date,
    to_utc,
)
from nps_core.intake.mapping import DAY_FIRST, MONTH_FIRST
from nps_core.intake.reasons import CODES

_UTC: Final = pa.timestamp("us", "UTC")
_DAY: Final = r"^\d{4}-\d{2}-\d{2}"
_CLOCK: Final = r"\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?"
_SLICE: Final = 65_536


@dataclass(frozen=True, eq=False)
class DateColumn:
    """A column read as dates: `at` datetime64[us] naive UTC (NaT where none), `timed` per row.

    `why` has the reason code of each row without a date, 0 for the others.
    """

    at: npt.NDArray[np.datetime64]
    timed: npt.NDArray[np.bool_]
    why: npt.NDArray[np.int8]


@dataclass(frozen=True)
class DateOrder:
    """What the values of a column prove about day and month.

    `order` is None when nothing needs or settles it; `unsettled` when some cells need it and
    nothing settles it; `contradictory` when both orders are proven.
    """

    order: str | None = None
    unsettled: bool = False
    contradictory: bool = False


def proven_order(column: pa.ChunkedArray) -> DateOrder:
    """Whether days stand before months, by the cells where only one of the two can be.

    Dots between the numbers are day first everywhere they are used.

    >>> proven_order(pa.chunked_array([["03/04/2025", "25/04/2025"]]))
    DateOrder(order='day_first', unsettled=False, contradictory=False)
    >>> proven_order(pa.chunked_array([["03/04/2025"]])).unsettled
    True
    """
    shapes = _shapes(column)
    day_first = any(a > 12 >= b for a, b, _ in shapes)
    month_first = any(b > 12 >= a for a, b, _ in shapes)
    if day_first and month_first:
        return DateOrder(unsettled=True, contradictory=True)
    if day_first or month_first:
        return DateOrder(DAY_FIRST if day_first else MONTH_FIRST)
    if shapes and all(separator == "." for _, _, separator in shapes):
        return DateOrder(DAY_FIRST)
    return DateOrder(unsettled=any(a != b for a, b, _ in shapes))


def _shapes(column: pa.ChunkedArray) -> set[tuple[int, int, str]]:
    numeric = pc.match_substring_regex(column, r"^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
    heads = pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(column.filter(numeric)), 0, 11)
    return {shape for shape in map(day_and_month, encode(heads)[0]) if shape}


def parse_dates(
    column: pa.ChunkedArray,
    order: str | None = None,
    zone: tzinfo = UTC,
    today: date | None = None,
) -> DateColumn:
    """Every cell of a column as naive UTC; times that name no zone are in `zone`.

    >>> parsed = parse_dates(pa.chunked_array([["2025-03-01T10:00:00Z", "soon"]]))
    >>> parsed.at.tolist(), parsed.why.tolist() == [0, CODES["date_unparseable"]]
    ([datetime.datetime(2025, 3, 1, 10, 0), None], True)
    """
    rows = column.length()
    at = np.full(rows, np.datetime64("NaT"), "datetime64[us]")
    timed = np.zeros(rows, bool)
    why = np.zeros(rows, np.int8)
    start = 0
    for chunk in column.chunks:
        for offset in range(0, len(chunk), _SLICE):
            part = chunk.slice(offset, _SLICE)
            stop = start + len(part)
            _read(part, at[start:stop], timed[start:stop], why[start:stop], order, zone, today)
            start = stop
    early, late = at < np.datetime64(EARLIEST), at >= np.datetime64(latest(today))
    why[early], why[late] = CODES[reasons.DATE_OUT_OF_RANGE], CODES[reasons.DATE_FUTURE]
    at[early | late] = np.datetime64("NaT")
    return DateColumn(at, timed, why)


def _read(
    cells: pa.Array,
    at: npt.NDArray[np.datetime64],
    timed: npt.NDArray[np.bool_],
    why: npt.NDArray[np.int8],
    order: str | None,
    zone: tzinfo,
    today: date | None,
) -> None:
    """Fill the slices `at`, `timed` and `why`: plain shapes by Arrow, the rest a text at a time."""
    left = np.ones(len(cells), bool)
    for pattern, has_time, read in _PLAIN:
        mask = pc.fill_null(pc.match_substring_regex(cells, pattern), False)
        where = mask.to_numpy(zero_copy_only=False)
        if not where.any():
            continue
        try:
            stamps = read(cells.filter(mask), zone)
        except pa.ArrowInvalid:
            continue
        at[where] = stamps.cast(pa.int64()).to_numpy().view("datetime64[us]")
        timed[where] = has_time
        left &= ~where
    if order in (DAY_FIRST, MONTH_FIRST) and left.any():
        naive, with_time, read_here = read_two_first(cells, order == DAY_FIRST)
        read_here &= left
        try:
            zoned = _in_zone(pa.array(naive[read_here]), zone)
        except pa.ArrowInvalid:
            read_here[:] = False
        else:
            moved = zoned.cast(pa.int64()).to_numpy().view("datetime64[us]")
            at[read_here] = np.where(with_time[read_here], moved, naive[read_here])
            timed[read_here] = with_time[read_here]
            left &= ~read_here
    rows = np.flatnonzero(left)
    if len(rows):
        values, codes = encode(pa.chunked_array([cells.take(pa.array(rows))]))
        read_ones = [_one(value, order, zone, today) for value in [*values, ""]]
        at[rows] = np.array([one[0] for one in read_ones], "datetime64[us]")[codes]
        timed[rows] = np.array([one[1] for one in read_ones], bool)[codes]
        why[rows] = np.array([one[2] for one in read_ones], np.int8)[codes]


def _one(
    text: str, order: str | None, zone: tzinfo, today: date | None
) -> tuple[datetime | None, bool, int]:
    moment = parse_date(text, order)
    if isinstance(moment, Unread):
        return None, False, CODES[moment.reason]
    read = to_utc(moment, zone, today)
    if isinstance(read, Unread):
        return None, False, CODES[read.reason]
    return read, moment.timed, 0


def _zoned(cells: pa.Array, zone: tzinfo) -> pa.Array:
    return cells.cast(_UTC)


def _naive(cells: pa.Array, zone: tzinfo) -> pa.Array:
    return _in_zone(cells.cast(pa.timestamp("us")), zone)


def _in_zone(naive: pa.Array, zone: tzinfo) -> pa.Array:
    # A time skipped by a clock change raises here and is then read one at a time.
    return naive if zone is UTC else pc.assume_timezone(naive, str(zone), ambiguous="earliest")


def _days(cells: pa.Array, zone: tzinfo) -> pa.Array:
    return cells.cast(pa.timestamp("us"))


def _seconds(cells: pa.Array, zone: tzinfo) -> pa.Array:
    return pc.multiply_checked(cells.cast(pa.int64()), 10**6)


def _milliseconds(cells: pa.Array, zone: tzinfo) -> pa.Array:
    return pc.multiply_checked(cells.cast(pa.int64()), 10**3)


_PLAIN: Final = (
    (_DAY + r"[ T]" + _CLOCK + r"(?:Z|[+-]\d{2}:?\d{2})$", True, _zoned),
    (_DAY + r"[ T]" + _CLOCK + r"$", True, _naive),
    (_DAY + r"$", False, _days),
    (r"^\d{10}$", True, _seconds),
    (r"^\d{13}$", True, _milliseconds),
)
"""The shapes that Arrow reads a million at a time: pattern, has a time of day, reader."""
