"""How the Planner's figures read: margins, moves, rates, waits and dates."""

from datetime import date, timedelta
from typing import Final

import pandas as pd

from nps_app.view.tables import count_text, date_text, number_text
from nps_core.language import mark, tr, tr_in, tr_plural
from nps_core.measure.pace import Wait

_YEAR: Final = 365.25
POWERS: Final = {
    0.80: mark("4 times out of 5"),
    0.90: mark("9 times out of 10"),
    0.95: mark("19 times out of 20"),
}
_RATES: Final = (
    (1.0, mark("{n} a day")),
    (7.0, mark("{n} a week")),
    (_YEAR / 12, mark("{n} a month")),
    (_YEAR, mark("{n} a year")),
)
_MOST_YEARS: Final = 10
_NEVER: Final = mark("never at this rate")


def _rounded(size: float) -> float:
    """Keep one decimal under 10, none from there on."""
    tenths = int(10 * size + 0.5)
    return tenths / 10 if tenths < 100 else float(int(size + 0.5))


def short_text(size: float) -> str:
    """Write a size with one decimal under 10, none from there on, and none that is 0.

    >>> short_text(4.26), short_text(5.04), short_text(12.4)
    ('4.3', '5', '12')
    """
    size = _rounded(size)
    return number_text(size, 0 if size.is_integer() else 1)


def margin_text(margin: float) -> str:
    """Write a margin in points.

    >>> margin_text(4.26), margin_text(5.0), margin_text(12.4), margin_text(float("nan"))
    ('±4.3', '±5', '±12', '–')
    """
    return "–" if pd.isna(margin) else f"±{short_text(margin)}"


def margin_points_text(margin: float) -> str:
    """Write a margin with its unit.

    >>> margin_points_text(4.26), margin_points_text(1.0)
    ('±4.3 points', '±1 point')
    """
    if pd.isna(margin):
        return "–"
    return tr_plural("{n} point", "{n} points", _rounded(margin), n=margin_text(margin))


def points_text(points: float) -> str:
    """Write the size of a move, without its sign.

    >>> points_text(2.61), points_text(-1), points_text(0.02), points_text(0)
    ('2.6 points', '1 point', 'less than 0.1 points', '0 points')
    """
    size = abs(points)
    if 0 < size < 0.05:
        return tr("less than {n} points", n=number_text(0.1, 1))
    return tr_plural("{n} point", "{n} points", _rounded(size), n=short_text(size))


def rate_text(per_day: float) -> str:
    """Write a pace in the unit that gives whole responses; "–" where it is not known.

    >>> rate_text(13.4), rate_text(2.25), rate_text(0.5), rate_text(0.05), rate_text(0)
    ('13 a day', '2.3 a day', '3.5 a week', '1.5 a month', 'none')
    """
    if pd.isna(per_day):
        return "–"
    if not per_day > 0:
        return tr_in("pace", "none")
    for days, words in _RATES:
        if per_day * days >= 1:
            return tr(words, n=short_text(per_day * days + 1e-9))
    return tr("fewer than one a year")


def days_text(days: float | None) -> str:
    """Write a number of days in days, weeks, months or years.

    >>> days_text(1), days_text(12), days_text(64), days_text(300), days_text(1400), days_text(None)
    ('1 day', '12 days', '9 weeks', '10 months', '3.8 years', 'never at this rate')
    """
    if days is None or pd.isna(days):
        return tr(_NEVER)
    if days < 21:
        return tr_plural("1 day", "{n} days", days, n=count_text(days))
    if days < 120:
        return tr("{n} weeks", n=round(days / 7))
    if days < 2 * _YEAR:
        return tr("{n} months", n=round(days * 12 / _YEAR))
    if days > _MOST_YEARS * _YEAR:
        return tr("over {n} years", n=_MOST_YEARS)
    return tr("{n} years", n=short_text(days / _YEAR))


def until_text(days: float | None, today: date) -> str:
    """Write the day that lies so many days ahead.

    >>> until_text(10, date(2026, 11, 22)), until_text(None, date(2026, 11, 22))
    ('2 Dec 2026', 'never at this rate')
    """
    if days is None or pd.isna(days):
        return tr(_NEVER)
    if days > _MOST_YEARS * _YEAR:
        return tr("in over {n} years", n=_MOST_YEARS)
    return date_text(today + timedelta(days=int(days)))


def wait_text(found: Wait, today: date) -> str:
    """Write how long a wait is, the day it ends, and the days between which it may.

    >>> wait_text(Wait(25, 21, 31), date(2026, 11, 22))
    'about 4 weeks: until 17 Dec 2026 (likely between 13 Dec 2026 and 23 Dec 2026)'
    """
    if found.days is None:
        return tr(_NEVER)
    if found.days > _MOST_YEARS * _YEAR:
        return tr("over {n} years", n=_MOST_YEARS)
    earliest, latest = until_text(found.low, today), until_text(found.high, today)
    words = mark("about {wait}: until {day}")
    if found.high is None or found.high > _MOST_YEARS * _YEAR:
        words = mark("about {wait}: until {day} (likely not before {earliest}, perhaps much later)")
    elif earliest != latest:
        words = mark("about {wait}: until {day} (likely between {earliest} and {latest})")
    return tr(
        words,
        wait=days_text(found.days),
        day=until_text(found.days, today),
        earliest=earliest,
        latest=latest,
    )
