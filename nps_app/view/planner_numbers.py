"""How the Planner's figures read: margins, moves, rates, waits and dates."""

from datetime import date, timedelta
from typing import Final

import pandas as pd

from nps_app.view.tables import MINUS, count_text, date_text
from nps_core.measure.pace import Wait

POWERS: Final = {"4 times out of 5": 0.80, "9 times out of 10": 0.90, "19 times out of 20": 0.95}
_MOST_YEARS: Final = 10
_YEAR: Final = 365.25
_NEVER: Final = "never at this rate"


def _short(value: float) -> str:
    """Write one decimal under 10, none from there on, and none that is 0."""
    size = abs(value)
    tenths = int(10 * size + 0.5)
    text = f"{tenths / 10:g}" if tenths < 100 else f"{int(size + 0.5):,}"
    return f"{MINUS}{text}" if value < 0 and text != "0" else text


def margin_text(margin: float) -> str:
    """Write a margin in points.

    >>> margin_text(4.26), margin_text(5.0), margin_text(12.4), margin_text(float("nan"))
    ('±4.3', '±5', '±12', '–')
    """
    return "–" if pd.isna(margin) else f"±{_short(margin)}"


def points_text(points: float) -> str:
    """Write the size of a move, without its sign.

    >>> points_text(2.61), points_text(-1), points_text(0.02), points_text(0)
    ('2.6 points', '1 point', 'less than 0.1 points', '0 points')
    """
    size = abs(points)
    if 0 < size < 0.05:
        return "less than 0.1 points"
    text = _short(size)
    return f"{text} point" if text == "1" else f"{text} points"


def rate_text(per_day: float) -> str:
    """Write a pace in the unit that gives whole responses; "–" where it is not known.

    >>> rate_text(13.4), rate_text(2.25), rate_text(0.5), rate_text(0.05), rate_text(0)
    ('13 a day', '2.3 a day', '3.5 a week', '1.5 a month', 'none')
    """
    if pd.isna(per_day):
        return "–"
    if not per_day > 0:
        return "none"
    for unit, days in (("day", 1.0), ("week", 7.0), ("month", _YEAR / 12), ("year", _YEAR)):
        if per_day * days >= 1:
            return f"{_short(per_day * days + 1e-9)} a {unit}"
    return "fewer than one a year"


def days_text(days: float | None) -> str:
    """Write a number of days in days, weeks, months or years.

    >>> days_text(1), days_text(12), days_text(64), days_text(300), days_text(1400), days_text(None)
    ('1 day', '12 days', '9 weeks', '10 months', '3.8 years', 'never at this rate')
    """
    if days is None or pd.isna(days):
        return _NEVER
    if days < 21:
        return "1 day" if days == 1 else f"{count_text(days)} days"
    if days < 120:
        return f"{round(days / 7)} weeks"
    if days < 2 * _YEAR:
        return f"{round(days * 12 / _YEAR)} months"
    years = days / _YEAR
    return f"over {_MOST_YEARS} years" if years > _MOST_YEARS else f"{_short(years)} years"


def until_text(days: float | None, today: date) -> str:
    """Write the day that lies so many days ahead.

    >>> until_text(10, date(2026, 11, 22)), until_text(None, date(2026, 11, 22))
    ('2 Dec 2026', 'never at this rate')
    """
    if days is None or pd.isna(days):
        return _NEVER
    if days > _MOST_YEARS * _YEAR:
        return f"in over {_MOST_YEARS} years"
    return date_text(today + timedelta(days=int(days)))


def wait_text(found: Wait, today: date) -> str:
    """Write how long a wait is, the day it ends, and the days between which it may.

    >>> wait_text(Wait(25, 21, 31), date(2026, 11, 22))
    'about 4 weeks: until 17 Dec 2026 (likely between 13 Dec 2026 and 23 Dec 2026)'
    """
    if found.days is None:
        return _NEVER
    if found.days > _MOST_YEARS * _YEAR:
        return f"over {_MOST_YEARS} years"
    earliest, latest = until_text(found.low, today), until_text(found.high, today)
    likely = f" (likely between {earliest} and {latest})" if earliest != latest else ""
    if found.high is None or found.high > _MOST_YEARS * _YEAR:
        likely = f" (likely not before {earliest}, perhaps much later)"
    return f"about {days_text(found.days)}: until {until_text(found.days, today)}{likely}"
