"""The dates of a file of product changes: one order of day and month for the whole column."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

from nps_core.intake.mapping import DAY_FIRST, MONTH_FIRST

EARLIEST_YEAR: Final = 1990
LATEST_YEAR: Final = 2100

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier",
            "feb february fev fevr fevrier",
            "mar march mars",
            "apr april avr avril",
            "may mai",
            "jun june juin",
            "jul july juil juillet",
            "aug august aou aout",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december decembre",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME: Final = r"(?:[T ,].*)?"
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})[/.](\d{{1,2}})[/.](\d{{1,2}}){_TIME}")
_DOTTED: Final = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}|\d{{2}}){_TIME}")
_NUMERIC: Final = re.compile(rf"(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}|\d{{2}}){_TIME}")
_WEEKDAY: Final = r"(?:[a-z]+\.?,? )?"
_DAY_NAMED: Final = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er)?[ -]([a-z]+)\.?,?[ -](\d{{4}})"
)
_NAMED_DAY: Final = re.compile(rf"{_WEEKDAY}([a-z]+)\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})")


def date_order_of(texts: Sequence[str]) -> str | None:
    """Which of day and month comes first in a column, or None when its values do not tell.

    `texts` are the cells of the column. None also when some cells can only be day first and
    others only month first. A column in which the order changes no date counts as day first.

    >>> date_order_of(["03/04/2026", "25/04/2026"])
    'day_first'
    >>> date_order_of(["03/04/2026"]) is None
    True
    """
    pairs = [(int(m[1]), int(m[2])) for t in texts if (m := _NUMERIC.fullmatch(t.strip()))]
    first_is_day = any(first > 12 for first, _ in pairs)
    second_is_day = any(second > 12 for _, second in pairs)
    if first_is_day != second_is_day:
        return DAY_FIRST if first_is_day else MONTH_FIRST
    undecided = first_is_day or any(first != second for first, second in pairs)
    return None if undecided else DAY_FIRST


def ambiguous_example(texts: Sequence[str]) -> str:
    """The first cell that is one date day first and another month first; "" without one.

    >>> ambiguous_example(["2026-01-02", "25/04/2026", "03/04/2026"])
    '03/04/2026'
    """
    for text in texts:
        found = _NUMERIC.fullmatch(text.strip())
        if found and found[1] != found[2] and max(int(found[1]), int(found[2])) <= 12:
            return text.strip()
    return ""


def read_date(text: str, order: str) -> date | None:
    """The day a cell names, or None when it names none between 1990 and 2100.

    `order` ("day_first" | "month_first") settles 03/04/2026; with dots the day is first. A time
    that names its zone is turned to UTC first, any other time of day is dropped. Months may be
    English or French words.

    >>> read_date("12 août 2026", "month_first")
    datetime.date(2026, 8, 12)
    >>> read_date("2026-08-12T23:30:00-05:00", "day_first")
    datetime.date(2026, 8, 13)
    >>> read_date("31/02/2026", "day_first") is None
    True
    """
    text = text.strip()
    found = (_iso(text) if _ISO.match(text) else None) or _numeric(text, order) or _named(text)
    return found if found and EARLIEST_YEAR <= found.year <= LATEST_YEAR else None


def _iso(text: str) -> date | None:
    try:
        moment = datetime.fromisoformat(text.removesuffix(" UTC"))
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


def _numeric(text: str, order: str) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _DOTTED.fullmatch(text):
        return _day(found[3], found[2], found[1])
    if found := _NUMERIC.fullmatch(text):
        first, second, year = found.groups()
        return _day(year, second, first) if order == DAY_FIRST else _day(year, first, second)
    return None


def _named(text: str) -> date | None:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    if found := _DAY_NAMED.fullmatch(plain):
        day, month, year = found.groups()
    elif found := _NAMED_DAY.fullmatch(plain):
        month, day, year = found.groups()
    else:
        return None
    return _day(year, str(_MONTHS.get(month, 0)), day)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
