"""Text to a moment in UTC, a cell at a time; which number is the day comes from outside."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from nps_core.errors import NpsError
from nps_core.intake import reasons
from nps_core.intake.mapping import DAY_FIRST, MONTH_FIRST
from nps_core.intake.month_names import month_of, without_weekday
from nps_core.intake.text import NO_ANSWER, narrow, quote
from nps_core.language import tr

EARLIEST: Final = datetime(1990, 1, 1)
"""Online surveys are younger than this."""

LATEST_WITHOUT_TODAY: Final = datetime(2038, 1, 19)
"""Where the future begins when nobody says what today is: the end of 32-bit time stamps."""

_LONGEST: Final = 80

_AMERICAN: Final = {"e": -5, "c": -6, "m": -7, "p": -8}
"""Hours from UTC of EST, CST, MST and PST; EDT and so on are one more. RFC 822, section 5.1;
every other abbreviation means different zones in different countries."""

NEITHER: Final = "neither"
"""An order that allows none: for columns that hold both and nobody has said which is meant."""

_TIME: Final = (
    r"(?:[ t,]+(?:at |um |à )?(?P<h>\d{1,2})[:h](?P<mi>\d{2})"
    r"(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"(?:\s*(?P<p>[ap])\.?\s?m\.?(?![a-z]))?)?"
)
_ZONE: Final = (
    r"(?:\s*(?P<z>z|\(?(?:utc|gmt)\)?\s*(?:[+-]\d{1,2}(?::?\d{2})?)?\)?|[+-]\d{2}(?::?\d{2})?"
    r"|\(?[ecmp][sd]t\)?"
    r"|\[?[a-z]+(?:_[a-z]+)*/[a-z_/+-]+\d{0,2}\]?))?"
)


def _whole(day: str) -> re.Pattern[str]:
    return re.compile(day + _TIME + _ZONE, re.ASCII)


_YEAR_FIRST: Final = _whole(r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})")
_TWO_FIRST: Final = r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})"
_EITHER: Final = _whole(_TWO_FIRST)
_HEAD: Final = re.compile(_TWO_FIRST + r"(?!\d)", re.ASCII)
_WEEK: Final = _whole(r"(?P<y>\d{4})-?w(?P<w>\d{2})-?(?P<wd>[1-7])")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[t ]?(\d{2})(\d{2})(\d{2})?)?z?", re.ASCII)
_YEAR_MONTH: Final = re.compile(r"(\d{4})[-/.]?(\d{2})", re.ASCII)
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_NUMBER: Final = re.compile(r"(\d+)(?:\.(\d+))?", re.ASCII)
_NAMED: Final = tuple(
    re.compile(pattern + _TIME.replace(r"[ t,]+", r"[ t,]+(?:-\s)?") + _ZONE)
    for pattern in (
        r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[-/ .]*(?:de |of )?(?P<n>[^\W\d]{3,12})\.?"
        r"[-/ .,]*(?:de |del )?(?P<y>\d{4}|\d{2})",
        r"(?P<n>[^\W\d]{3,12})\.?[-/ .]*(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[-/ ]+)(?P<y>\d{4})",
        r"(?P<y>\d{4})[-/ .]+(?P<n>[^\W\d]{3,12})\.?[-/ .]+(?P<d>\d{1,2})",
        r"(?P<n>[^\W\d]{3,12})\.?[-/ .,]+(?:de |del )?(?P<y>\d{4})(?P<d>)",
    )
)
_ZONE_NAME: Final = re.compile(r"(?<=[+-]\d{4}) \([^()\d]+\)$", re.ASCII)
"""What browsers write after an offset: "GMT+0100 (Central European Standard Time)"."""
_EXCEL_EPOCH: Final = datetime(1899, 12, 30)
_SERIALS: Final = (32_874, 73_050)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as written: naive `at`, its own `zone` if it names one, `timed` with a time of day."""

    at: datetime
    zone: tzinfo | None = None
    timed: bool = True


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that is no date, and why."""

    reason: str


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def find_zone(name: str) -> tzinfo:
    """The time zone of an IANA name; `NpsError` when there is none of that name.

    >>> find_zone("Europe/Paris").key
    'Europe/Paris'
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise NpsError(
            tr(
                "The time zone {name} is not known. Give a name such as Europe/Paris.",
                name=quote(name),
            )
        ) from None


def day_and_month(text: str) -> tuple[int, int, str] | None:
    """The two numbers before the year and their separator, when only the order tells them apart.

    >>> day_and_month("03/04/2025 10:00"), day_and_month("2025-03-04")
    ((3, 4, '/'), None)
    """
    found = _HEAD.match(_clean(text[:_LONGEST]))
    return (int(found["a"]), int(found["b"]), found["sep"]) if found else None


@lru_cache(maxsize=65_536)
def parse_date(text: str, order: str | None = None) -> Moment | Unread:
    """One cell as a date, or the reason it is none; `order` settles 03/04/2025.

    Read are ISO 8601 with weeks, 24:00 and leap seconds; year first; day or month first by
    `order` ("day_first", "month_first", None); month names in six languages; yyyymm and yyyymmdd;
    Excel serial days of 1990 to 2099; Unix seconds, milliseconds and microseconds. A two-digit
    year belongs to this century. A month without a day is its first day.

    >>> parse_date("2025-03-01T10:00:00+02:00").at
    datetime.datetime(2025, 3, 1, 10, 0)
    >>> parse_date("3 mars 2025").at, parse_date("03/04/2025", "day_first").at
    (datetime.datetime(2025, 3, 3, 0, 0), datetime.datetime(2025, 4, 3, 0, 0))
    >>> parse_date("03/04/2025"), parse_date("13/04/2025", "month_first")
    (Unread(reason='date_ambiguous'), Unread(reason='date_inconsistent'))
    """
    if len(text) > _LONGEST:
        return Unread(reasons.DATE_UNPARSEABLE)
    cell = _clean(text)
    if cell in NO_ANSWER:
        return Unread(reasons.DATE_MISSING)
    try:
        return _read(cell, order) or Unread(reasons.DATE_UNPARSEABLE)
    except (ValueError, OverflowError, NpsError):
        return Unread(reasons.DATE_UNPARSEABLE)


def _clean(text: str) -> str:
    return _ZONE_NAME.sub("", " ".join(narrow(text).casefold().replace("\u202f", " ").split()))


def _read(cell: str, order: str | None) -> Moment | Unread | None:
    if found := _YEAR_FIRST.fullmatch(cell):
        return _moment(found, int(found["y"]), int(found["m"]), int(found["d"]))
    if found := _EITHER.fullmatch(cell):
        return _either(found, order)
    if found := _WEEK.fullmatch(cell):
        day = date.fromisocalendar(int(found["y"]), int(found["w"]), int(found["wd"]))
        return _moment(found, day.year, day.month, day.day)
    if found := _NUMBER.fullmatch(cell):
        return _number(found[1], found[2] or "")
    if found := _COMPACT.fullmatch(cell):
        parts = [int(part) for part in found.groups() if part]
        return Moment(datetime(*parts), UTC if cell.endswith("z") else None, len(parts) > 3)  # type: ignore[arg-type]
    if found := _YEAR_MONTH.fullmatch(cell):
        return Moment(datetime(int(found[1]), int(found[2]), 1), timed=False)
    if found := _MONTH_YEAR.fullmatch(cell):
        return Moment(datetime(int(found[2]), int(found[1]), 1), timed=False)
    plain = without_weekday(cell)
    for pattern in _NAMED:
        if (found := pattern.fullmatch(plain)) and (month := month_of(found["n"])):
            return _moment(found, _year(found["y"]), month, int(found["d"] or 1))
    return None


def _either(found: re.Match[str], order: str | None) -> Moment | Unread:
    a, b, year = int(found["a"]), int(found["b"]), _year(found["y"])
    if order in (None, NEITHER) and a != b:
        if a <= 12 and b <= 12:
            return Unread(reasons.DATE_AMBIGUOUS)
        if order == NEITHER:
            return Unread(reasons.DATE_INCONSISTENT)
        order = DAY_FIRST if a > 12 else MONTH_FIRST
    day, month = (b, a) if order == MONTH_FIRST else (a, b)
    if month > 12 >= day > 0:
        return Unread(reasons.DATE_INCONSISTENT)
    return _moment(found, year, month, day)


def _year(text: str) -> int:
    return 2000 + int(text) if len(text) == 2 else int(text)


def _moment(found: re.Match[str], year: int, month: int, day: int) -> Moment:
    start = datetime(year, month, day)
    if found["h"] is None:
        return Moment(start, timed=False)
    hour, minute, second = int(found["h"]), int(found["mi"]), int(found["s"] or 0)
    if found["p"]:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if found["p"] == "p" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError("no such time")
    micro = int((found["f"] or "0").ljust(6, "0")[:6])
    at = start + timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
    return Moment(at, _zone(found["z"]) if found["z"] else None)


def _zone(text: str) -> tzinfo:
    bare = text.strip("()[] ").replace(")", "")
    if "/" in bare:
        return find_zone(_zone_names().get(bare, bare))
    if len(bare) == 3 and bare[0] in _AMERICAN:
        return timezone(timedelta(hours=_AMERICAN[bare[0]] + (bare[1] == "d")))
    offset = re.sub(r"^(?:utc|gmt|z)\s*", "", bare)
    if not offset:
        return UTC
    found = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})?", offset)
    if not found or int(found[2]) > 14 or int(found[3] or 0) > 59:
        raise ValueError("no such offset")
    span = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-span if found[1] == "-" else span)


def _number(whole: str, fraction: str) -> Moment | None:
    value = int(whole)
    if len(whole) in (6, 8) and not fraction:
        found = _YEAR_MONTH.fullmatch(whole) or _COMPACT.fullmatch(whole)
        assert found
        day = int(found[3]) if len(whole) == 8 else 1
        return Moment(datetime(int(found[1]), int(found[2]), day), timed=False)
    if len(whole) in (12, 14) and not fraction and (found := _COMPACT.fullmatch(whole)):
        return Moment(datetime(*(int(part) for part in found.groups() if part)))  # type: ignore[arg-type]
    if _SERIALS[0] <= value < _SERIALS[1]:
        part = timedelta(microseconds=round(float(f"0.{fraction or 0}") * 86_400e3) * 1000)
        return Moment(_EXCEL_EPOCH + timedelta(days=value) + part, timed=bool(part))
    scale = {9: 1, 10: 1, 12: 1_000, 13: 1_000, 15: 10**6, 16: 10**6}.get(len(whole))
    if scale is None:
        return None
    micros = value * (10**6 // scale) + (round(float(f"0.{fraction or 0}") * 10**6) // scale)
    return Moment(datetime(1970, 1, 1) + timedelta(microseconds=micros), UTC)


def to_utc(moment: Moment, zone: tzinfo, today: date | None = None) -> datetime | Unread:
    """A moment as naive UTC; times without a zone are in `zone`, days without a time stay that day.

    Before `EARLIEST` it is out of range; more than one day after `today` (or, without it,
    from `LATEST_WITHOUT_TODAY` on) it is in the future. A local time skipped by a clock change
    is read with the offset before the change.

    >>> to_utc(parse_date("2025-07-01 12:00"), find_zone("Europe/Paris"))
    datetime.datetime(2025, 7, 1, 10, 0)
    >>> to_utc(parse_date("2099-01-01"), UTC)
    Unread(reason='date_future')
    """
    limit = latest(today)
    if moment.at >= limit + timedelta(days=1):
        return Unread(reasons.DATE_FUTURE)
    if moment.at < EARLIEST:
        return Unread(reasons.DATE_OUT_OF_RANGE)
    at = moment.at
    if moment.timed:
        at = at.replace(tzinfo=moment.zone or zone).astimezone(UTC).replace(tzinfo=None)
    if at < EARLIEST:
        return Unread(reasons.DATE_OUT_OF_RANGE)
    return Unread(reasons.DATE_FUTURE) if at >= limit else at


def latest(today: date | None) -> datetime:
    """The first moment that counts as the future: the end of the day after `today`.

    >>> latest(date(2025, 3, 1))
    datetime.datetime(2025, 3, 3, 0, 0)
    """
    if today is None:
        return LATEST_WITHOUT_TODAY
    return datetime(today.year, today.month, today.day) + timedelta(days=2)
