"""How numbers, dates and lists read on a page, in the reader's language: the only rounding."""

import functools
import math
from collections.abc import Iterable
from datetime import date
from typing import Final

import pandas as pd
from babel import Locale

from nps_app.view.group_words import UNKNOWN as UNKNOWN
from nps_app.view.group_words import column_label as column_label
from nps_app.view.group_words import group_names as group_names
from nps_app.view.group_words import value_label as value_label
from nps_app.view.numerals import MINUS as MINUS
from nps_app.view.numerals import figures_text as figures_text
from nps_app.view.numerals import number_text as number_text
from nps_core.language import FRENCH, current_language, mark, tr, tr_in, tr_plural

NO_RESPONSES: Final = mark("No responses")
_ARROWS: Final = {
    mark("up"): "▲",
    mark("down"): "▼",
    mark("no clear change"): "●",
    mark("too few responses"): "○",
}


@functools.cache
def _months(language: str, width: str) -> tuple[str, ...]:
    names = Locale(language).months["format"][width]
    return tuple(names[month] for month in range(1, 13))


def month_text(month: int) -> str:
    """Name a month from 1 to 12, as short as a date has it.

    >>> month_text(8)
    'Aug'
    """
    return _months(current_language(), "abbreviated")[month - 1]


def listed(items: Iterable[str]) -> str:
    """Write a list for a sentence.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    *first, last = [*items] or [""]
    return tr("{first} and {last}", first=", ".join(first), last=last) if first else last


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
    return "–" if pd.isna(value) else number_text(float(value))


def count_text(value: float) -> str:
    """Write a count with thousands separated.

    >>> count_text(1204)
    '1,204'
    """
    return figures_text(f"{int(value):,}")


def p_text(p: float) -> str:
    """Write a p-value for a sentence; none is nought.

    >>> p_text(0.01234), p_text(0.00001)
    ('p = 0.0123', 'p < 0.0001')
    """
    return figures_text("p < 0.0001" if p < 1e-4 else f"p = {p:.4f}")


def responses_text(value: float) -> str:
    """Write how many responses there are, in words that fit one and none.

    >>> responses_text(0), responses_text(1), responses_text(1204)
    ('No responses', '1 response', '1,204 responses')
    """
    if pd.isna(value) or int(value) == 0:
        return tr(NO_RESPONSES)
    return tr_plural("1 response", "{n} responses", value, n=count_text(value))


def share_text(part: float, whole: float) -> str:
    """Write a share in whole per cent; "<1 %" for a part that would round away.

    >>> share_text(58, 100), share_text(1, 1000), share_text(0, 10), share_text(0, 0)
    ('58 %', '<1 %', '0 %', '–')
    """
    if not whole:
        return "–"
    percent = 100 * part / whole
    if 0 < percent < 0.5:
        return tr("<{n} %", n=1)
    return percent_text(percent)


def percent_text(percent: float, decimals: int = 0) -> str:
    """Write a number of per cent.

    >>> percent_text(57.6)
    '58 %'
    """
    return tr("{n} %", n=number_text(percent, decimals))


def interval_text(low: float, high: float) -> str:
    """Write the ends of an interval.

    >>> interval_text(37.6, 46.2)
    '38 to 46'
    """
    if pd.isna(low) or pd.isna(high):
        return "–"
    return tr("{low} to {high}", low=number_text(low), high=number_text(high))


def level_text(level: float = 0.95) -> str:
    """Name an interval by its level.

    >>> level_text(0.95)
    '95 % interval'
    """
    return tr("{level} % interval", level=figures_text(f"{level * 100:g}"))


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
        return tr(verdict)
    clear = verdict in ("up", "down")
    decimals = move_decimals(difference, low, high) if clear else 0
    ends = {"low": number_text(low, decimals), "high": number_text(high, decimals)}
    if clear:
        size = number_text(abs(difference), decimals)
        sentence = mark("up {size} ({low} to {high})"), mark("down {size} ({low} to {high})")
        return tr(sentence[verdict == "down"], size=size, **ends)
    return tr(
        "{verdict}, {size} ({low} to {high})",
        verdict=tr(verdict),
        size=number_text(difference, signed=True),
        **ends,
    )


def move_decimals(difference: float, low: float, high: float) -> int:
    """How many decimals a clear difference needs, so that neither it nor an end reads as 0.

    >>> move_decimals(6.2, 1.1, 11.3), move_decimals(6.2, 0.3, 11.3)
    (0, 1)
    """
    return 1 if min(abs(difference), abs(low), abs(high)) < 0.5 else 0


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
        size = number_text(abs(difference), 1 if abs(difference) < 0.5 else 0)
        said = tr("up {size}", size=size) if verdict == "up" else tr("down {size}", size=size)
        return f"{arrow(verdict)} {said}"
    return tr(verdict)


def _of_month(day: date | pd.Timestamp) -> str:
    """The day's number; the first of a French month is "1er"."""
    return "1er" if day.day == 1 and current_language() == FRENCH else str(day.day)


def day_month_text(day: date | pd.Timestamp) -> str:
    """Write a day whose year stands elsewhere.

    >>> day_month_text(date(2026, 8, 2))
    '2 Aug'
    """
    return f"{_of_month(day)} {month_text(day.month)}"


def date_text(day: date | pd.Timestamp | None) -> str:
    """Write a day.

    >>> date_text(date(2026, 8, 2))
    '2 Aug 2026'
    """
    if day is None or pd.isna(day):
        return tr_in("day", "no date")
    return f"{day_month_text(day)} {day.year}"


def day_text(day: date | pd.Timestamp) -> str:
    """Write a day with its month in full, for a sentence.

    >>> day_text(date(2026, 3, 12))
    '12 March 2026'
    """
    month = _months(current_language(), "wide")[day.month - 1]
    return f"{_of_month(day)} {month} {day.year}"


def dates_text(first: date | pd.Timestamp, last: date | pd.Timestamp, *, year: bool = True) -> str:
    """Write a span of days, both inclusive; without the `year` where something else names it.

    In French it reads "1er juil. au 30 sept. 2026": a sentence puts its "du" before it.

    >>> dates_text(date(2026, 7, 1), date(2026, 9, 30))
    '1 Jul to 30 Sep 2026'
    >>> dates_text(date(2025, 12, 29), date(2026, 1, 4))
    '29 Dec 2025 to 4 Jan 2026'
    >>> dates_text(date(2025, 12, 29), date(2026, 1, 4), year=False)
    '29 Dec to 4 Jan'
    """
    same_year = not year or first.year == last.year
    return tr_in(
        "dates",
        "{first} to {last}",
        first=day_month_text(first) if same_year else date_text(first),
        last=date_text(last) if year else day_month_text(last),
    )


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
        return tr("week of {date}", date=date_text(start))
    if every == "month":
        return f"{month_text(start.month)} {start.year}"
    if every == "quarter":
        return tr("Q{quarter} {year}", quarter=(start.month - 1) // 3 + 1, year=start.year)
    return str(start.year)
