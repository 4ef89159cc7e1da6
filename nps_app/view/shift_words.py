"""What is said about a shift nobody announced: when, and from what to what; never why."""

from datetime import date
from typing import Final

import pandas as pd

from nps_app.view.tables import (
    count_text,
    dates_text,
    interval_text,
    nps_text,
    responses_text,
)

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_text(day: date | pd.Timestamp) -> str:
    """Write a day with its month in full.

    >>> day_text(date(2026, 3, 12))
    '12 March 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def question(row: pd.Series) -> str:
    """Ask for the product change behind a shift.

    >>> question(pd.Series({"date": pd.Timestamp(2026, 3, 12)}))
    'Something moved around 12 March 2026: add a product change?'
    """
    return f"Something moved around {day_text(row['date'])}: add a product change?"


def moved_text(row: pd.Series) -> str:
    """Write how far the NPS moved, with the interval.

    >>> moved_text(pd.Series({"before_nps": 35.2, "after_nps": 20.9, "difference": -14.3,
    ...                       "low": -18.2, "high": -10.1}))
    'NPS 35 before, 21 after: −14 points (−18 to −10)'
    """
    size = nps_text(row["difference"])
    sign = "+" if row["difference"] > 0 and size != "0" else ""
    points = "point" if size in ("1", "−1") else "points"
    return (
        f"NPS {nps_text(row['before_nps'])} before, {nps_text(row['after_nps'])} after: "
        f"{sign}{size} {points} ({interval_text(row['low'], row['high'])})"
    )


def stretches_text(row: pd.Series) -> str:
    """Name the two stretches that were compared, and how many answered in each.

    >>> stretches_text(pd.Series({"before_start": pd.Timestamp(2026, 1, 1),
    ...     "date": pd.Timestamp(2026, 3, 12), "after_end": pd.Timestamp(2026, 6, 30),
    ...     "before_responses": 1204, "after_responses": 980}))
    '1 Jan to 11 Mar 2026, 1,204 responses; 12 Mar to 30 Jun 2026, 980'
    """
    last = row["date"] - pd.Timedelta(days=1)
    return (
        f"{dates_text(row['before_start'], last)}, {responses_text(row['before_responses'])}; "
        f"{dates_text(row['date'], row['after_end'])}, {count_text(row['after_responses'])}"
    )


def how_found(dispersion: float) -> str:
    """Say how the shifts were looked for and what they do not tell.

    >>> how_found(1.24)[:60]
    'The counts of each day, for the responses chosen above, are '
    """
    restless = (
        f"Here the weeks vary {dispersion:.1f} times as much as counting alone explains; a shift "
        "has to stand out from that, and its interval is wider for it. "
        if dispersion >= 1.05
        else ""
    )
    return (
        "The counts of each day, for the responses chosen above, are cut where the mix of "
        "promoters, passives and detractors is likeliest to have changed and stayed changed, for "
        "7 days or more; a cut is suggested if the NPS moved with it and no product change lies "
        f"within 10 days. {restless}In two years without any shift, at most 5 in 100 such series "
        "show one. The day may be some days off, a slow drift shows as steps, and what moved the "
        "NPS is not known: it may be who answered."
    )


def alt_text(shown: pd.DataFrame) -> str:
    """Name the marked days for a reader who cannot see the chart; "" for none.

    >>> alt_text(pd.DataFrame({"date": [pd.Timestamp(2026, 3, 12)]}))
    '; something moved around 12 March 2026'
    """
    days = " and ".join(day_text(day) for day in shown["date"])
    return f"; something moved around {days}" if days else ""
