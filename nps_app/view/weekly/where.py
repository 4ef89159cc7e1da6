"""Where we are: the score of the period, against the one before, what is usual, and the quarter."""

from typing import Final

import pandas as pd

from nps_app.view.charts.weekly_trend import weekly_trend
from nps_app.view.definitions import heading, interval_note, left_out
from nps_app.view.expected_words import usual_not_known
from nps_app.view.queries_definitions import trend
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.sentences import trend_alt
from nps_app.view.tables import count_text, interval_text, nps_text, responses_text
from nps_app.view.weekly.caveats import caveats, nothing_before
from nps_app.view.weekly.content import Number, Section
from nps_app.view.weekly.look import TRAILING, Look, span
from nps_app.view.weekly.words import beside_score, score_words, verdict_words
from nps_core import columns as c
from nps_core.language import mark, tr
from nps_core.measure.compare import ENOUGH
from nps_core.measure.expected import ExpectedRange

_DRAWN: Final = {"week": 26, "month": 13}
_NEWS: Final = {
    "up": mark("above what is usual"),
    "down": mark("below what is usual"),
    "no clear change": mark("nothing unusual"),
}
_FEW_ACCOUNTS: Final = mark(
    "outside, but not clearly once the responses of an account are kept together"
)


def where(look: Look) -> Section:
    """The score with its interval, and what it stands beside."""
    now, usual = look.scored(span(look.period)), look.expected()
    numbers = [Number(tr("NPS"), nps_text(now[c.NPS]), beside_score(now, look.definition))]
    sentences = [_lead(look, now), *caveats(look)]
    for said, number in (_before(look, now), _usual(look, usual), _trailing(look)):
        sentences += [said] if said else []
        numbers += [number] if number else []
    notes = (left_out(now["left_out"], look.definition), interval_note(now, look.definition))
    sentences += [note for note in notes if note]
    section = Section("where", tr("Where we are"), tuple(sentences), tuple(numbers))
    drawn = _drawn(look)
    if not (drawn[c.RESPONSES] > 0).any():
        return section
    return _with_chart(section, look, drawn, now, usual)


def _with_chart(
    section: Section, look: Look, drawn: pd.DataFrame, now: pd.Series, usual: ExpectedRange
) -> Section:
    every, pooled = look.period.every, TRAILING[look.period.every]
    named = look.said(
        mark("NPS by week, and the last {n} weeks pooled"),
        mark("NPS by month, and the last {n} months pooled"),
        n=pooled,
    )
    limits = (usual.low, usual.high) if look.plain else (float("nan"), float("nan"))
    return Section(
        section.key,
        section.heading,
        section.sentences,
        section.numbers,
        chart=weekly_trend(drawn, now, limits, look.theme, every=every, fewest=minimum_responses()),
        chart_title=heading(named, look.definition),
        alt=trend_alt(drawn, every),
        data=drawn,
    )


def _lead(look: Look, now: pd.Series) -> str:
    if not now[c.RESPONSES]:
        return look.said(mark("No responses this week."), mark("No responses this month."))
    beside = beside_score(now, look.definition)
    if pd.isna(now[c.NPS]):
        return look.said(mark("This week: {beside}."), mark("This month: {beside}."), beside=beside)
    return look.said(
        mark("The NPS of the week is {nps} ({beside})."),
        mark("The NPS of the month is {nps} ({beside})."),
        nps=nps_text(now[c.NPS]),
        beside=beside,
    )


def _before(look: Look, now: pd.Series) -> tuple[str, Number | None]:
    if nothing := nothing_before(look):
        return nothing, None
    days = span(look.period.back())
    before = look.scored(days)
    if not before[c.RESPONSES]:
        return look.said(
            mark("The week before has no responses."), mark("The month before has no responses.")
        ), None
    said = score_words(before, look.definition)
    sentence = look.said(
        mark("The week before: {said}."), mark("The month before: {said}."), said=said
    )
    found = look.against(days, span(look.period)) if look.plain else None
    if found is not None:
        sentence = look.said(
            mark("The week before: {said}; since then {verdict}."),
            mark("The month before: {said}; since then {verdict}."),
            said=said,
            verdict=verdict_words(found),
        )
    label = look.said(mark("The week before"), mark("The month before"))
    beside = beside_score(before, look.definition)
    return sentence, Number(label, nps_text(before[c.NPS]), beside)


def _usual(look: Look, usual: ExpectedRange) -> tuple[str, Number | None]:
    if not look.plain or usual.responses < max(ENOUGH, minimum_responses()):
        return "", None
    if pd.isna(usual.low):
        return usual_not_known(usual.periods, look.period.every), None
    news = tr(_FEW_ACCOUNTS if look.by_few_accounts(usual) else _NEWS[usual.verdict])
    sentence = look.said(
        mark("Ordinary weeks of {responses} lie between {low} and {high}: {news}."),
        mark("Ordinary months of {responses} lie between {low} and {high}: {news}."),
        responses=responses_text(usual.responses),
        low=nps_text(usual.low),
        high=nps_text(usual.high),
        news=news,
    )
    beside = look.said(
        mark("19 of 20 weeks, from the {n} before"),
        mark("19 of 20 months, from the {n} before"),
        n=count_text(usual.periods),
    )
    return sentence, Number(tr("Usual range"), interval_text(usual.low, usual.high), beside)


def _trailing(look: Look) -> tuple[str, Number | None]:
    (now, before), known = look.trailing, look.dates()
    together = look.scored(now)
    if known is None or not together[c.RESPONSES]:
        return "", None
    said, steps = score_words(together, look.definition), TRAILING[look.period.every]
    sentence = look.said(
        mark("The last {n} weeks together: {said}."),
        mark("The last {n} months together: {said}."),
        n=steps,
        said=said,
    )
    found = look.against(before, now) if look.plain and known[0] <= before[0] else None
    if found is not None:
        sentence = look.said(
            mark("The last {n} weeks together: {said}; against the {n} before, {verdict}."),
            mark("The last {n} months together: {said}; against the {n} before, {verdict}."),
            n=steps,
            said=said,
            verdict=verdict_words(found),
        )
    label = look.said(mark("Last {n} weeks"), mark("Last {n} months"), n=steps)
    beside = beside_score(together, look.definition)
    return sentence, Number(label, nps_text(together[c.NPS]), beside)


def _drawn(look: Look) -> pd.DataFrame:
    """The trend up to the period, the period last; scores of too few responses are left out.

    The words and the file beside the chart are made of it as well.
    """
    every = look.period.every
    table = trend(look.chosen, look.definition, every, TRAILING[every])
    first = pd.Timestamp(look.period.back(_DRAWN[every] - 1).first)
    last = pd.Timestamp(look.period.first)
    drawn = table[table[c.PERIOD].between(first, last)].reset_index(drop=True)
    for side in ("", "window_"):
        few = drawn[f"{side}{c.RESPONSES}"] < minimum_responses()
        parts = [c.DETRACTORS, c.PASSIVES, c.PROMOTERS] if not side else []
        kept_back = [f"{side}{name}" for name in (*parts, c.NPS, c.LOW, c.HIGH)]
        drawn[kept_back] = drawn[kept_back].astype("float64").mask(few)
    return drawn
