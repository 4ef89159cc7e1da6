"""What the other date columns of a file say about the order of day and month in one of them."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nps_core.intake import reasons
from nps_core.intake.columnar import encode, sample
from nps_core.intake.date_column import parse_dates, proven_order
from nps_core.intake.mapping import DAY_FIRST, MONTH_FIRST
from nps_core.intake.reasons import CODES

_SAMPLE: Final = 2_000
_NEAR: Final = timedelta(days=2)
_YEAR: Final = timedelta(days=366)
_DAY: Final = timedelta(days=1)
_HEAD: Final = re.compile(r"\d{1,2}(?P<sep>[-/.])\d{1,2}(?P=sep)(?P<y>\d{4}|\d{2})(?!\d)", re.ASCII)


def order_from_other(
    column: pa.ChunkedArray, others: Sequence[pa.ChunkedArray], today: date | None = None
) -> str | None:
    """The order under which a column agrees, within two days, with another date of the same rows.

    Others must be readable themselves; None when no order is clearly the better one.

    >>> order_from_other(pa.chunked_array([["03/04/2025"]]), [pa.chunked_array([["2025-04-02"]])])
    'day_first'
    """
    cells = sample(column, _SAMPLE)
    for other in others:
        proven = proven_order(other)
        if proven.unsettled:
            continue
        beside = parse_dates(sample(other, _SAMPLE), proven.order, today=today).at
        shares = {}
        for order in (DAY_FIRST, MONTH_FIRST):
            gap = np.abs(parse_dates(cells, order, today=today).at - beside)
            known = ~np.isnat(beside)
            near = gap[known] <= np.timedelta64(_NEAR)
            shares[order] = float(near.mean()) if known.any() else 0.0
        best, worst = sorted(shares, key=lambda order: -shares[order])
        if shares[best] >= 0.9 and shares[worst] <= 0.7:
            return best
    return None


def order_alike(
    column: pa.ChunkedArray,
    others: Sequence[tuple[pa.ChunkedArray, bool]],
    today: date | None = None,
) -> str | None:
    """The order that columns written like this one prove, when the dates it gives make sense.

    Each of `others` comes with whether it is the time an answer began. None when they prove
    both orders or none, when the order would put dates into the future that the other order does
    not, most rows more than a year from the column that proves it, or most before their start.

    >>> days = pa.chunked_array([["03/04/2025", "05/04/2025"]])
    >>> order_alike(days, [(pa.chunked_array([["25/03/2025", "28/03/2025"]]), True)])
    'day_first'
    """
    written = _written(column)
    alike = [
        (other, start, proven)
        for other, start in others
        if (proven := proven_order(other)).order and _written(other) == written
    ]
    orders = {proven.order for _, _, proven in alike}
    if len(orders) != 1:
        return None
    order = orders.pop()
    cells = sample(column, _SAMPLE)
    read = parse_dates(cells, order, today=today)
    swapped = parse_dates(cells, MONTH_FIRST if order == DAY_FIRST else DAY_FIRST, today=today)
    future = CODES[reasons.DATE_FUTURE]
    if (read.why == future).sum() > (swapped.why == future).sum():
        return None
    for other, start, _ in alike:
        gap = read.at - parse_dates(sample(other, _SAMPLE), order, today=today).at
        gap = gap[~np.isnat(gap)]
        far = np.abs(gap) > np.timedelta64(_YEAR)
        early = (gap < np.timedelta64(-_DAY)) if start else np.zeros(len(gap), bool)
        if not len(gap) or max(far.mean(), early.mean()) > 0.5:
            return None
    return order


def _written(column: pa.ChunkedArray) -> set[tuple[str, int]]:
    """How the dates of a column are written: their separators, with how many digits of the year."""
    heads = pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(column), 0, 11)
    found = (_HEAD.match(text) for text in encode(heads)[0])
    return {(match["sep"], len(match["y"])) for match in found if match}
