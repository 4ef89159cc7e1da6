"""What is said about a shift nobody announced: when, and from what to what; never why."""

import pandas as pd

from nps_app.view.tables import (
    count_text,
    dates_text,
    day_text,
    interval_text,
    listed,
    nps_text,
    number_text,
    responses_text,
    rounded_score,
)
from nps_core.language import tr, tr_plural


def question(row: pd.Series) -> str:
    """Ask for the product change behind a shift.

    >>> question(pd.Series({"date": pd.Timestamp(2026, 3, 12)}))
    'Something moved around 12 March 2026: add a product change?'
    """
    return tr("Something moved around {day}: add a product change?", day=day_text(row["date"]))


def moved_text(row: pd.Series) -> str:
    """Write how far the NPS moved, with the interval.

    >>> moved_text(pd.Series({"before_nps": 35.2, "after_nps": 20.9, "difference": -14.3,
    ...                       "low": -18.2, "high": -10.1}))
    'NPS 35 before, 21 after: −14 points (−18 to −10)'
    """
    return tr_plural(
        "NPS {before} before, {after} after: {size} point ({interval})",
        "NPS {before} before, {after} after: {size} points ({interval})",
        rounded_score(row["difference"]),
        before=nps_text(row["before_nps"]),
        after=nps_text(row["after_nps"]),
        size=number_text(row["difference"], signed=True),
        interval=interval_text(row["low"], row["high"]),
    )


def stretches_text(row: pd.Series) -> str:
    """Name the two stretches that were compared, and how many answered in each.

    >>> stretches_text(pd.Series({"before_start": pd.Timestamp(2026, 1, 1),
    ...     "date": pd.Timestamp(2026, 3, 12), "after_end": pd.Timestamp(2026, 6, 30),
    ...     "before_responses": 1204, "after_responses": 980}))
    '1 Jan to 11 Mar 2026, 1,204 responses; 12 Mar to 30 Jun 2026, 980'
    """
    last = row["date"] - pd.Timedelta(days=1)
    return tr(
        "{before}, {responses}; {after}, {after_responses}",
        before=dates_text(row["before_start"], last),
        responses=responses_text(row["before_responses"]),
        after=dates_text(row["date"], row["after_end"]),
        after_responses=count_text(row["after_responses"]),
    )


def how_found(dispersion: float) -> str:
    """Say how the shifts were looked for and what they do not tell.

    >>> how_found(1.24)[:60]
    'The counts of each day, for the responses chosen above, are '
    """
    how = tr(
        "The counts of each day, for the responses chosen above, are cut where the mix of "
        "promoters, passives and detractors is likeliest to have changed and stayed changed, for "
        "7 days or more; a cut is suggested if the NPS moved with it and no product change lies "
        "within 10 days."
    )
    limits = tr(
        "In two years without any shift, at most 5 in 100 such series "
        "show one. The day may be some days off, a slow drift shows as steps, and what moved the "
        "NPS is not known: it may be who answered."
    )
    if dispersion < 1.05:
        return f"{how} {limits}"
    restless = tr(
        "Here the weeks vary {times} times as much as counting alone explains; a shift "
        "has to stand out from that, and its interval is wider for it.",
        times=number_text(dispersion, 1),
    )
    return f"{how} {restless} {limits}"


def alt_text(shown: pd.DataFrame) -> str:
    """Name the marked days for a reader who cannot see the chart; "" for none.

    >>> alt_text(pd.DataFrame({"date": [pd.Timestamp(2026, 3, 12)]}))
    '; something moved around 12 March 2026'
    """
    days = listed(day_text(day) for day in shown["date"])
    return tr("; something moved around {days}", days=days) if days else ""
