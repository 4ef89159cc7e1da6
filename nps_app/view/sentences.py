"""The sentences that stand beside the charts: figures in words, never a cause."""

import pandas as pd

from nps_app.view.benchmarks import Benchmarks
from nps_app.view.charts.trend import LOW_N, MINIMUM
from nps_app.view.tables import (
    NO_RESPONSES,
    arrow,
    count_text,
    date_text,
    dates_text,
    difference_text,
    interval_text,
    level_text,
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

_TONES = {"up": "blue", "down": "orange"}


def beside_the_score(scored: pd.Series, denominator: str = "") -> str:
    """Write what stands under the one number: its interval, and what the number is made of.

    >>> row = pd.Series({"nps": 42.1, "low": 37.9, "high": 46.2, "responses": 1204})
    >>> beside_the_score(row)
    '95 % interval 38 to 46 · 1,204 responses'
    """
    if not scored[RESPONSES]:
        return "No responses match the filters above."
    return (
        f"{level_text()} {interval_text(scored[LOW], scored[HIGH])} · "
        f"{denominator or responses_text(scored[RESPONSES])}"
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
    name = period_text(first, every)
    dates = "" if every == "day" else f" ({dates_text(first, last)})"
    figures = f"NPS {nps_text(nps)}, n {count_text(responses)}" if responses else NO_RESPONSES
    return f"{name[:1].upper()}{name[1:]}{dates}: {figures}"


def categories_alt(scored: pd.Series) -> str:
    """Say the three categories for a reader who cannot see the bar."""
    whole = scored[RESPONSES]
    return ", ".join(
        f"{share_text(scored[name], whole)} {name} ({count_text(scored[name])})"
        for name in (PROMOTERS, PASSIVES, DETRACTORS)
    )


def distribution_alt(counts: pd.DataFrame) -> str:
    """Say how many gave each score."""
    return "Responses for each score: " + ", ".join(
        f"{score}: {count_text(n)}" for score, n in zip(counts["score"], counts["n"], strict=True)
    )


def trend_alt(table: pd.DataFrame, every: str) -> str:
    """Say where a trend begins and ends."""
    answered = table[table[RESPONSES] > 0]
    if answered.empty:
        return "NPS over time: no responses"
    first, last = answered.iloc[0], answered.iloc[-1]
    return (
        f"NPS per {every}, {len(table)} periods, from {nps_text(first[NPS])} "
        f"({period_text(first[PERIOD], every)}) to {nps_text(last[NPS])} "
        f"({period_text(last[PERIOD], every)}); the numbers are in the CSV"
    )


def trend_title(table: pd.DataFrame, every: str, window: int | None) -> str:
    """Name a trend where it stands without its page."""
    pooled = f", last {window} {every}s pooled" if window else ""
    return f"NPS by {every}{pooled}, {responses_text(table[RESPONSES].sum())}"


def how_to_read(table: pd.DataFrame, every: str, *, window: int | None, lines: bool = False) -> str:
    """Say what the marks of a trend mean, naming only those that are on it."""
    parts = [
        ("Lines: " if lines else "Line: ")
        + (f"the last {window} {every}s pooled" if window else f"the NPS of each {every}")
        + (" (intervals on hover)" if lines else ", with its 95 % interval")
    ]
    if window and not lines:
        parts.append(f"points: single {every}s")
    counted = f"window_{RESPONSES}" if window and lines else RESPONSES
    answered = table[table[counted] > 0][counted]
    if ((answered >= MINIMUM) & (answered < LOW_N)).any():
        parts.append(f"hollow: fewer than {LOW_N} responses")
    small = int((answered < MINIMUM).sum())
    if small:
        noun = "window" if window and lines else every
        noun = noun if small == 1 else f"{noun}s"
        parts.append(f"{small} {noun} under {MINIMUM} responses without a point")
    if not table["complete"].all():
        parts.append(f"dotted: the {every} still running")
    return "; ".join(parts) + "."


def freshness_text(newest: object, imported: object | None) -> str:
    """Say how fresh the data is."""
    text = "Newest response " + ("without a date" if newest is None else date_text(newest))  # type: ignore[arg-type]
    return text if imported is None else f"{text} · last import {imported:%-d %b %Y %H:%M} UTC"


def benchmarks_text(benchmarks: Benchmarks) -> str:
    """Name the two benchmark lines.

    >>> benchmarks_text(Benchmarks())
    'Benchmarks: typical SaaS 28 to 31, outstanding 50'
    """
    typical = interval_text(benchmarks.typical_low, benchmarks.typical_high)
    return f"Benchmarks: typical SaaS {typical}, outstanding {nps_text(benchmarks.outstanding)}"
