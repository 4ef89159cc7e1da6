"""The sentences that stand beside the charts: figures in words, never a cause."""

import functools
from datetime import date, datetime

import pandas as pd

from nps_app.view.benchmarks import Benchmarks
from nps_app.view.charts.trend import LOW_N, MINIMUM
from nps_app.view.period_words import (
    RUNNING,
    SINGLE,
    WITHOUT_POINT,
    period_word,
    pooled_words,
)
from nps_app.view.said import capital
from nps_app.view.tables import (
    NO_RESPONSES,
    arrow,
    count_text,
    date_text,
    dates_text,
    difference_text,
    interval_text,
    nps_text,
    period_text,
    responses_text,
    share_text,
)
from nps_core.columns import (
    DETRACTORS,
    HIGH,
    LOW,
    NPS,
    PASSIVES,
    PERIOD,
    PROMOTERS,
    RESPONSES,
)
from nps_core.language import tr, tr_plural

_CATEGORIES = (PROMOTERS, PASSIVES, DETRACTORS)
_TONES = {"up": "blue", "down": "orange"}


def beside_the_score(scored: pd.Series, denominator: str = "") -> str:
    """Write what stands under the one number: its interval, and what the number is made of.

    >>> row = pd.Series({"nps": 42.1, "low": 37.9, "high": 46.2, "responses": 1204})
    >>> beside_the_score(row)
    '95 % interval 38 to 46 · 1,204 responses'
    """
    if not scored[RESPONSES]:
        return tr("No responses match the filters above.")
    return tr(
        "95 % interval {interval} · {responses}",
        interval=interval_text(scored[LOW], scored[HIGH]),
        responses=denominator or responses_text(scored[RESPONSES]),
    )


def verdict_markdown(verdict: str, difference: float, low: float, high: float) -> str:
    """Write a verdict with its sign, colour and interval, as Markdown of our own words only.

    >>> verdict_markdown("up", 5.2, 1.1, 9.4)
    ':blue[**▲ up 5**] (1 to 9)'
    """
    words, bracket, ends = difference_text(verdict, difference, low, high).partition(" (")
    return f":{_TONES.get(verdict, 'gray')}[**{arrow(verdict)} {words}**]{bracket}{ends}"


def side_text(start: object, end: object, every: str, nps: float, responses: int) -> str:
    """Name one side of a comparison with its dates, its NPS and its responses."""
    first, last = pd.Timestamp(str(start)), pd.Timestamp(str(end))
    name = capital(period_text(first, every))
    if every != "day":
        name = f"{name} ({dates_text(first, last)})"
    if not responses:
        return tr("{name}: {what}", name=name, what=tr(NO_RESPONSES))
    return tr("{name}: NPS {nps}, n {n}", name=name, nps=nps_text(nps), n=count_text(responses))


def categories_alt(scored: pd.Series) -> str:
    """Say the three categories for a reader who cannot see the bar."""
    whole = scored[RESPONSES]
    shares = {name: share_text(scored[name], whole) for name in _CATEGORIES}
    counts = {f"{name}_n": count_text(scored[name]) for name in _CATEGORIES}
    return tr(
        "{promoters} promoters ({promoters_n}), {passives} passives ({passives_n}), "
        "{detractors} detractors ({detractors_n})",
        **shares,
        **counts,
    )


def distribution_alt(counts: pd.DataFrame) -> str:
    """Say how many gave each score."""
    each = (
        tr("{name}: {what}", name=score, what=count_text(n))
        for score, n in zip(counts["score"], counts["n"], strict=True)
    )
    return tr("Responses for each score: {scores}", scores=", ".join(each))


def trend_alt(table: pd.DataFrame, every: str) -> str:
    """Say where a trend begins and ends."""
    answered = table[table[RESPONSES] > 0]
    if answered.empty:
        return tr("NPS over time: no responses")
    first, last = answered.iloc[0], answered.iloc[-1]
    return tr_plural(
        "NPS per {every}, {n} period, from {first} ({first_period}) to {last} ({last_period}); "
        "the numbers are in the CSV",
        "NPS per {every}, {n} periods, from {first} ({first_period}) to {last} ({last_period}); "
        "the numbers are in the CSV",
        len(table),
        every=period_word(every),
        n=len(table),
        first=nps_text(first[NPS]),
        first_period=period_text(first[PERIOD], every),
        last=nps_text(last[NPS]),
        last_period=period_text(last[PERIOD], every),
    )


def trend_title(table: pd.DataFrame, every: str, window: int | None) -> str:
    """Name a trend where it stands without its page."""
    responses = responses_text(table[RESPONSES].sum())
    if not window:
        return tr("NPS by {every}, {responses}", every=period_word(every), responses=responses)
    return tr(
        "NPS by {every}, {pooled}, {responses}",
        every=period_word(every),
        pooled=pooled_words(window, every),
        responses=responses,
    )


def how_to_read(table: pd.DataFrame, every: str, *, window: int | None, lines: bool = False) -> str:
    """Say what the marks of a trend mean, naming only those that are on it."""
    parts = [_line_words(every, window, lines)]
    if window and not lines:
        parts.append(tr(SINGLE[every]))
    counted = f"window_{RESPONSES}" if window and lines else RESPONSES
    answered = table[table[counted] > 0][counted]
    if ((answered >= MINIMUM) & (answered < LOW_N)).any():
        parts.append(tr("hollow: fewer than {n} responses", n=LOW_N))
    small = int((answered < MINIMUM).sum())
    if small:
        words = WITHOUT_POINT["window" if window and lines else every]
        parts.append(tr(words[small > 1], n=count_text(small), minimum=MINIMUM))
    if not table["complete"].all():
        parts.append(tr(RUNNING[every]))
    return (
        functools.reduce(lambda said, more: tr("{said}; {more}", said=said, more=more), parts) + "."
    )


def _line_words(every: str, window: int | None, lines: bool) -> str:
    if window:
        pooled = pooled_words(window, every)
        if lines:
            return tr("Lines: the {pooled} (intervals on hover)", pooled=pooled)
        return tr("Line: the {pooled}, with its 95 % interval", pooled=pooled)
    period = period_word(every)
    if lines:
        return tr("Lines: the NPS of each {every} (intervals on hover)", every=period)
    return tr("Line: the NPS of each {every}, with its 95 % interval", every=period)


def freshness_text(newest: date | None, imported: datetime | None) -> str:
    """Say how fresh the data is."""
    if newest is None:
        text = tr("Newest response without a date")
    else:
        text = tr("Newest response {date}", date=date_text(newest))
    if imported is None:
        return text
    return tr(
        "{newest} · last import {date} {time} UTC",
        newest=text,
        date=date_text(imported),
        time=f"{imported:%H:%M}",
    )


def benchmarks_text(benchmarks: Benchmarks) -> str:
    """Name the two benchmark lines.

    >>> benchmarks_text(Benchmarks())
    'Benchmarks: typical SaaS 28 to 31, outstanding 50'
    """
    typical = interval_text(benchmarks.typical_low, benchmarks.typical_high)
    return tr(
        "Benchmarks: typical SaaS {typical}, outstanding {outstanding}",
        typical=typical,
        outstanding=nps_text(benchmarks.outstanding),
    )
