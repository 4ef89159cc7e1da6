"""What "Is this week news?" says. No markup, no Streamlit."""

from typing import Final

import pandas as pd

from nps_app.view.said import capital
from nps_app.view.tables import count_text, dates_text, nps_text, period_text, responses_text
from nps_core.language import mark, tr, tr_plural
from nps_core.measure.compare import ENOUGH
from nps_core.measure.expected import ENOUGH_PERIODS, ExpectedRange

HOW_EXPECTED: Final = mark(
    "The expected score adds the responses of up to 26 earlier periods, each counting half as much "
    "as one four periods later. The range is where 19 of 20 ordinary periods lie: it allows for "
    "the chance in as few responses as this period has, for that in the earlier ones, and for "
    "periods having differed by more than chance. So about one period in twenty lies outside with "
    "nothing behind it, and looking every day meets more of them. No range is given before 8 "
    "earlier periods with responses, no verdict under 10 responses."
)
_NEWS: Final = {
    "week": {
        "up": mark(
            "Ordinary weeks like this one lie between {low} and {high}: above what is usual."
        ),
        "down": mark(
            "Ordinary weeks like this one lie between {low} and {high}: below what is usual."
        ),
        "no clear change": mark(
            "Ordinary weeks like this one lie between {low} and {high}: nothing unusual."
        ),
    },
    "month": {
        "up": mark(
            "Ordinary months like this one lie between {low} and {high}: above what is usual."
        ),
        "down": mark(
            "Ordinary months like this one lie between {low} and {high}: below what is usual."
        ),
        "no clear change": mark(
            "Ordinary months like this one lie between {low} and {high}: nothing unusual."
        ),
    },
}
_RUNNING: Final = {"week": mark("This week so far"), "month": mark("This month so far")}


def expected_sentence(found: ExpectedRange, every: str, *, running: bool) -> str:
    """The score of a period, the range ordinary ones lie in, and whether it is news."""
    name = tr(_RUNNING[every]) if running else capital(_period_name(found, every))
    return _expected_sentence(found, every, name)


def last_complete_sentence(found: ExpectedRange, every: str) -> str:
    """The same of the period before the one that still runs."""
    name = _period_name(found, every)
    return _expected_sentence(found, every, tr("The last complete one: {period}", period=name))


def _period_name(found: ExpectedRange, every: str) -> str:
    start, end = pd.Timestamp(str(found.start)), pd.Timestamp(str(found.end))
    if every == "week":
        return tr("week of {dates}", dates=dates_text(start, end))
    return period_text(start, every)


def _expected_sentence(found: ExpectedRange, every: str, name: str) -> str:
    if not found.responses:
        return tr(
            "{period}: no responses, too few to judge ({needed} are needed).",
            period=name,
            needed=ENOUGH,
        )
    if found.responses < ENOUGH:
        return tr_plural(
            "{period}: 1 response, too few to judge ({needed} are needed).",
            "{period}: {n} responses, too few to judge ({needed} are needed).",
            found.responses,
            period=name,
            n=count_text(found.responses),
            needed=ENOUGH,
        )
    said = tr(
        "{period}: NPS {nps} on {responses}.",
        period=name,
        nps=nps_text(found.nps),
        responses=responses_text(found.responses),
    )
    if found.verdict not in _NEWS[every]:
        return f"{said} {usual_not_known(found.periods, every)}"
    news = tr(_NEWS[every][found.verdict], low=nps_text(found.low), high=nps_text(found.high))
    return f"{said} {news}"


def usual_not_known(periods: int, every: str) -> str:
    """Say that too few earlier weeks or months have responses to tell what is usual."""
    values = {"n": count_text(periods), "needed": ENOUGH_PERIODS}
    if every == "week":
        return tr_plural(
            "What is usual is not known yet: {n} earlier week has responses, {needed} are needed.",
            "What is usual is not known yet: {n} earlier weeks have responses, "
            "{needed} are needed.",
            periods,
            **values,
        )
    return tr_plural(
        "What is usual is not known yet: {n} earlier month has responses, {needed} are needed.",
        "What is usual is not known yet: {n} earlier months have responses, {needed} are needed.",
        periods,
        **values,
    )
