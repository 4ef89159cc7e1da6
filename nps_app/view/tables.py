"""How numbers and dates read on a page: the only rounding."""

import math
from datetime import date
from typing import Any, Final

import pandas as pd

from nps_core.columns import NAMED_SEGMENTS, SURVEY_TYPE

NO_RESPONSES: Final = "No responses"
UNKNOWN: Final = "Unknown"
NO_VALUE: Final = f"{UNKNOWN} (no value)"
MINUS: Final = "\u2212"
"""The typographic minus, on screens alone: downloads keep the hyphen that programs read."""

_COLUMNS: Final = {
    name: name.replace("_", " ").capitalize() for name in (*NAMED_SEGMENTS, SURVEY_TYPE)
}
_ARROWS: Final = {"up": "▲", "down": "▼", "no clear change": "●", "too few responses": "○"}
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def _rounded(value: float, decimals: int = 0) -> str:
    """Round half away from zero, as people do by hand, and never show a minus zero."""
    scale = 10**decimals
    size = math.floor(abs(value) * scale + 0.5) / scale
    text = f"{size:,.{decimals}f}"
    return f"{MINUS}{text}" if value < 0 and size else text


def rounded_score(value: float) -> int:
    """Round a score as `nps_text` does, for a column that is sorted by it.

    >>> rounded_score(-2.5)
    -3
    """
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def nps_text(value: float) -> str:
    """Write a score as a whole number without a percent sign; a missing one as a dash.

    >>> nps_text(42.5), nps_text(-0.4), nps_text(float("nan"))
    ('43', '0', '–')
    """
    return "–" if pd.isna(value) else _rounded(float(value))


def count_text(value: float) -> str:
    """Write a count with thousands separated.

    >>> count_text(1204)
    '1,204'
    """
    return f"{int(value):,}"


def p_text(p: float) -> str:
    """Write a p-value for a sentence; none is nought.

    >>> p_text(0.01234), p_text(0.00001)
    ('p = 0.0123', 'p < 0.0001')
    """
    return "p < 0.0001" if p < 1e-4 else f"p = {p:.4f}"


def responses_text(value: float) -> str:
    """Write how many responses there are, in words that fit one and none.

    >>> responses_text(0), responses_text(1), responses_text(1204)
    ('No responses', '1 response', '1,204 responses')
    """
    if pd.isna(value) or int(value) == 0:
        return NO_RESPONSES
    return "1 response" if int(value) == 1 else f"{count_text(value)} responses"


def share_text(part: float, whole: float) -> str:
    """Write a share in whole per cent; "<1 %" for a part that would round away.

    >>> share_text(58, 100), share_text(1, 1000), share_text(0, 10), share_text(0, 0)
    ('58 %', '<1 %', '0 %', '–')
    """
    if not whole:
        return "–"
    percent = 100 * part / whole
    return "<1 %" if 0 < percent < 0.5 else f"{_rounded(percent)} %"


def interval_text(low: float, high: float) -> str:
    """Write the ends of an interval.

    >>> interval_text(37.6, 46.2)
    '38 to 46'
    """
    return "–" if pd.isna(low) or pd.isna(high) else f"{_rounded(low)} to {_rounded(high)}"


def level_text(level: float = 0.95) -> str:
    """Name an interval by its level.

    >>> level_text(0.95)
    '95 % interval'
    """
    return f"{level * 100:g} % interval"


def difference_text(verdict: str, difference: float, low: float, high: float) -> str:
    """Write a difference behind its verdict word, with its interval, claiming no cause.

    One decimal appears where a clear difference, or an end of its interval, would read as 0.

    >>> difference_text("up", 5.2, 1.1, 9.4)
    'up 5 (1 to 9)'
    >>> difference_text("no clear change", 2.1, -3.0, 7.4)
    'no clear change, +2 (−3 to 7)'
    >>> difference_text("down", -0.44, -0.8, -0.1)
    'down 0.4 (−0.8 to −0.1)'
    >>> difference_text("too few responses", float("nan"), float("nan"), float("nan"))
    'too few responses'
    """
    if pd.isna(difference) or pd.isna(low) or pd.isna(high):
        return verdict
    clear = verdict in ("up", "down")
    decimals = 1 if clear and min(abs(difference), abs(low), abs(high)) < 0.5 else 0
    ends = f"({_rounded(low, decimals)} to {_rounded(high, decimals)})"
    if clear:
        return f"{verdict} {_rounded(abs(difference), decimals)} {ends}"
    size = _rounded(difference)
    sign = "" if size.startswith(MINUS) or size == "0" else "+"
    return f"{verdict}, {sign}{size} {ends}"


def arrow(verdict: str) -> str:
    """Give the sign in front of a verdict, so that it never rests on colour alone.

    >>> arrow("up"), arrow("down")
    ('▲', '▼')
    """
    return _ARROWS.get(verdict, "")


def change_label(verdict: str, difference: float) -> str:
    """Write a verdict as short as it gets: under a marker on a chart.

    >>> change_label("up", 6.2), change_label("no clear change", 1.0)
    ('▲ up 6', 'no clear change')
    """
    if verdict in ("up", "down") and not pd.isna(difference):
        decimals = 1 if abs(difference) < 0.5 else 0
        return f"{arrow(verdict)} {verdict} {_rounded(abs(difference), decimals)}"
    return verdict


def date_text(day: date | pd.Timestamp | None) -> str:
    """Write a day.

    >>> date_text(date(2026, 8, 2))
    '2 Aug 2026'
    """
    if day is None or pd.isna(day):
        return "no date"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def dates_text(first: date | pd.Timestamp, last: date | pd.Timestamp, *, year: bool = True) -> str:
    """Write a span of days, both inclusive; without the `year` where something else names it.

    >>> dates_text(date(2026, 7, 1), date(2026, 9, 30))
    '1 Jul to 30 Sep 2026'
    >>> dates_text(date(2025, 12, 29), date(2026, 1, 4))
    '29 Dec 2025 to 4 Jan 2026'
    >>> dates_text(date(2025, 12, 29), date(2026, 1, 4), year=False)
    '29 Dec to 4 Jan'
    """
    if not year:
        return f"{first.day} {_MONTHS[first.month - 1]} to {last.day} {_MONTHS[last.month - 1]}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} to {date_text(last)}"
    return f"{date_text(first)} to {date_text(last)}"


def period_end(start: date | pd.Timestamp, every: str) -> pd.Timestamp:
    """Give the last day of the period that begins at `start`.

    >>> period_end(date(2026, 7, 1), "quarter")
    Timestamp('2026-09-30 00:00:00')
    """
    steps = {
        "day": pd.DateOffset(days=1),
        "week": pd.DateOffset(days=7),
        "month": pd.DateOffset(months=1),
        "quarter": pd.DateOffset(months=3),
        "year": pd.DateOffset(years=1),
    }
    return pd.Timestamp(start) + steps[every] - pd.Timedelta(days=1)


def period_text(start: date | pd.Timestamp, every: str) -> str:
    """Name a period by its start: a day, an ISO week's Monday, a month, a quarter or a year.

    >>> [period_text(date(2026, 7, 1), every) for every in ("day", "month", "quarter", "year")]
    ['1 Jul 2026', 'Jul 2026', 'Q3 2026', '2026']
    >>> period_text(date(2026, 8, 10), "week")
    'week of 10 Aug 2026'
    """
    if every == "day":
        return date_text(start)
    if every == "week":
        return f"week of {date_text(start)}"
    if every == "month":
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if every == "quarter":
        return f"Q{(start.month - 1) // 3 + 1} {start.year}"
    return str(start.year)


def column_label(column: str) -> str:
    """Name a column for people: plain words for a canonical name, else its own header.

    >>> column_label("company_size"), column_label("plan")
    ('Company size', 'plan')
    """
    return _COLUMNS.get(column, column)


def value_label(value: Any) -> str:
    """Name a segment value; a missing one is "Unknown".

    >>> value_label(None), value_label("Fintech")
    ('Unknown', 'Fintech')
    """
    return UNKNOWN if pd.isna(value) else str(value)


def group_names(values: pd.Series) -> pd.Series:
    """Each value as the text it is shown by; a missing one is told apart from "Unknown".

    >>> group_names(pd.Series(["Unknown", None], dtype=object)).tolist()
    ['Unknown', 'Unknown (no value)']
    """
    texts = values.map(value_label).astype(object)
    missing = values.isna()
    return texts.mask(missing, NO_VALUE) if UNKNOWN in set(texts[~missing]) else texts
