"""What makes a period less than a whole one: said before anything is made of its figures."""

import pandas as pd

from nps_app.view.tables import date_text
from nps_app.view.weekly.look import Look, span
from nps_app.view.weekly.periods import WEEK, last_complete
from nps_core import columns as c
from nps_core.language import mark, tr, tr_plural


def caveats(look: Look) -> list[str]:
    """Sentences: still running, begun before the data, ended after it, or not the newest."""
    period, known, said = look.period, look.dates(), cut_short(look)
    if known is None:
        return said
    if known[1] < period.first:
        return [*said, tr("The newest response is of {date}.", date=date_text(known[1]))]
    latest = last_complete(look.today, period.every)
    if look.responses(span(period)) and period < latest and not _answered_since(look, latest.last):
        said.append(
            look.said(
                mark(
                    "Nothing has come in since: it is the last week with responses, while "
                    "{latest} is the last one over."
                ),
                mark(
                    "Nothing has come in since: it is the last month with responses, while "
                    "{latest} is the last one over."
                ),
                latest=latest.key if latest.every == WEEK else latest.words(),
            )
        )
    return said


def nothing_before(look: Look) -> str:
    """The sentence that there is nothing to compare with; "" when the data begins earlier."""
    known = look.dates()
    if known is not None and known[0] < look.period.first:
        return ""
    return look.said(
        mark("There are no responses from before this week to compare with."),
        mark("There are no responses from before this month to compare with."),
    )


def cut_short(look: Look) -> list[str]:
    """What makes the period's count less than a whole one's: today, or where the data ends."""
    period, known = look.period, look.dates()
    said = [running_words(look)] if look.running else []
    if known is None or not look.responses(span(period)):
        return said
    oldest, newest = known
    if period.first < oldest:
        said.append(
            look.said(
                mark("The data begins on {date}, after the week does."),
                mark("The data begins on {date}, after the month does."),
                date=date_text(oldest),
            )
        )
    if newest < period.last and not look.running:
        said.append(
            look.said(
                mark("The data ends on {date}, before the week does."),
                mark("The data ends on {date}, before the month does."),
                date=date_text(newest),
            )
        )
    return said


def running_words(look: Look) -> str:
    """How far a running period has come."""
    gone = max(0, (look.today - look.period.first).days + 1)
    if look.period.every == WEEK:
        return tr_plural(
            "The week is still running: {n} day of 7 so far.",
            "The week is still running: {n} days of 7 so far.",
            gone,
            n=gone,
        )
    return tr_plural(
        "The month is still running: {n} day of {days} so far.",
        "The month is still running: {n} days of {days} so far.",
        gone,
        n=gone,
        days=look.period.days,
    )


def _answered_since(look: Look, until: object) -> bool:
    days = look.by_day()[c.PERIOD]
    return bool(
        ((days > pd.Timestamp(look.period.last)) & (days <= pd.Timestamp(str(until)))).any()
    )
