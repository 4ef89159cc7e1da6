"""What a link says about the filter: short, stable parameters, one token a chosen value.

`?size=Enterprise&industry=Fintech&segment=plan:Pro&dates=90d` is the whole state, with
`&score=accounts` where another score than that of all responses is chosen. A missing value is `~`;
a value that itself begins with `~` gets one more. Columns the data brings along never become
parameter names: they ride in `segment` as `column:value`, "\\" and ":" escaped by "\\".
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from nps_core import columns as c
from nps_core.language import mark

PARAMETERS: Final = {
    c.COMPANY_SIZE: "size",
    c.INDUSTRY: "industry",
    c.PERSONA: "persona",
    c.SURVEY_TYPE: "survey",
}
SEGMENT: Final = "segment"
DATES: Final = "dates"
SCORE: Final = "score"

_MISSING: Final = "~"
PRESETS: Final = {
    "": mark("All time"),
    "7d": mark("Last 7 days"),
    "30d": mark("Last 30 days"),
    "90d": mark("Last 90 days"),
    "12m": mark("Last 12 months"),
    "year": mark("This year"),
}
"""Relative dates end on the day of the newest response, so a link shows what its sender saw."""

_PRESET_DAYS: Final = {"7d": 7, "30d": 30, "90d": 90}


@dataclass(frozen=True)
class Days:
    """A range of days, both inclusive; None is open."""

    start: date | None = None
    end: date | None = None


def value_token(value: str | None) -> str:
    """The token of a value; None is the missing one.

    >>> value_token(None), value_token("~x"), value_token("Pro")
    ('~', '~~x', 'Pro')
    """
    if value is None:
        return _MISSING
    return _MISSING + value if value.startswith(_MISSING) else value


def token_value(token: str) -> str | None:
    """The value a token stands for.

    >>> token_value("~"), token_value("~~x"), token_value("Pro")
    (None, '~x', 'Pro')
    """
    if token == _MISSING:
        return None
    return token[1:] if token.startswith(_MISSING) else token


def segment_token(column: str, value: str | None) -> str:
    r"""The token of a value in a column of the data's own.

    >>> segment_token("a:b", "c:d")
    'a\\:b:c:d'
    """
    return re.sub(r"([\\:])", r"\\\1", column) + ":" + value_token(value)


def token_segment(token: str) -> tuple[str, str | None] | None:
    r"""The column and value of a segment token, or None when it is not one.

    >>> token_segment("a\\:b:c:d"), token_segment("nothing")
    (('a:b', 'c:d'), None)
    """
    found = re.fullmatch(r"((?:[^\\:]|\\.)*):(.*)", token, re.DOTALL)
    if found is None:
        return None
    return re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL), token_value(found[2])


def days_token(start: date, end: date) -> str:
    """The token of a range of days a person picked.

    >>> days_token(date(2026, 1, 1), date(2026, 3, 31))
    '2026-01-01..2026-03-31'
    """
    return f"{start.isoformat()}..{end.isoformat()}"


def token_days(token: str, newest: date | None) -> Days | None:
    """The days a token stands for, relative ones ending on `newest`; None when it is not one.

    >>> token_days("7d", date(2026, 3, 10))
    Days(start=datetime.date(2026, 3, 4), end=datetime.date(2026, 3, 10))
    """
    if token == "":
        return Days()
    if token in PRESETS:
        if newest is None:
            return Days()
        if token == "year":
            return Days(date(newest.year, 1, 1), newest)
        if token == "12m":
            return Days(_a_year_before(newest) + timedelta(days=1), newest)
        return Days(newest - timedelta(days=_PRESET_DAYS[token] - 1), newest)
    first, separator, last = token.partition("..")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return Days(start, end) if separator and start <= end else None


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
