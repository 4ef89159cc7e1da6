"""How likely an answer is on each day: weekdays, holidays, and the two survey seasons a year."""

from datetime import date, timedelta
from functools import cache
from typing import Final

from samples.chance import Chance
from samples.customers import FIRST_DAY, LAST_DAY

WEEKDAYS: Final = (1.0, 1.25, 1.2, 1.15, 0.8, 0.16, 0.12)
"""Monday to Sunday."""

HOLIDAYS: Final = (
    ((12, 22), (12, 31), 0.2),
    ((1, 1), (1, 3), 0.3),
    ((7, 14), (7, 31), 0.75),
    ((8, 1), (8, 24), 0.5),
    ((5, 1), (5, 1), 0.15),
    ((5, 8), (5, 8), 0.5),
    ((11, 11), (11, 11), 0.6),
)
"""First and last (month, day), and the share of the usual volume that is left."""

WAVES: Final = (date(2025, 3, 11), date(2025, 9, 30), date(2026, 3, 17), date(2026, 9, 16))
"""The middle of each relational season."""

HALF_YEARS: Final = (
    date(2024, 11, 1),
    date(2025, 5, 1),
    date(2025, 11, 1),
    date(2026, 5, 1),
    date(2026, 11, 1),
)


def day_weight(day: date) -> float:
    """The volume of a day against an ordinary one.

    >>> day_weight(date(2025, 3, 4)), day_weight(date(2025, 12, 25)) < 0.3
    (1.25, True)
    """
    weight = WEEKDAYS[day.weekday()]
    for first, last, left in HOLIDAYS:
        if first <= (day.month, day.day) <= last:
            weight *= left
    return weight


def season_weight(day: date) -> float:
    """How many relational surveys go out on a day, against one outside the seasons."""
    distance = min(abs((day - wave).days) for wave in WAVES)
    return 5.5 - 4.5 * distance / 35 if distance < 35 else 1.0


@cache
def sending_weights(first: date, last: date) -> dict[date, float]:
    """How likely an account's relational survey goes out on each day from first to last."""
    return {day: day_weight(day) * season_weight(day) for day in days_between(first, last)}


def days_between(first: date, last: date) -> list[date]:
    """Every day from first to last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def answer_day(chance: Chance, sent: date, patience: int) -> date | None:
    """The day someone answers a survey sent on `sent`, within `patience` days.

    None when that falls after the end of the data.
    """
    weights = {
        day: day_weight(day) / (1 + n)
        for n, day in enumerate(days_between(sent, sent + timedelta(days=patience)))
    }
    day = chance.weighted(weights)
    return day if FIRST_DAY <= day <= LAST_DAY else None
