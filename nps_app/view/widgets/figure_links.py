"""The ways to the responses of periods and windows, and why a small one shows no figures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from nps_app.view.filter_link import Days
from nps_app.view.hidden_words import sides_hidden
from nps_app.view.queries_change import window_days
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.response_asked import Wanted
from nps_app.view.tables import count_text, dates_text, period_end, period_text
from nps_app.view.widgets.responses_link import responses_menu
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core import columns as c
from nps_core.language import mark, tr
from nps_core.measure.arguments import SegmentChoice
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.movement import LOST, WON_OVER, Movement, Way

SIDES: Final = {"before": mark("Before, {dates}"), "after": mark("After, {dates}")}


def windows_links(row: pd.Series, scope: SegmentChoice, key: str) -> None:
    """Draw the way to both windows of a measured change, for those it was for: its `scope`."""
    listed, sides = [], []
    for side, words in SIDES.items():
        n, days = int(row[f"{side}_{c.RESPONSES}"]), window_days(row, side)
        if days and n:
            name = tr(words, dates=dates_text(*days))
            listed.append((f"{name} · {count_text(n)}", around(scope, days)))
            sides.append((name, n))
    hidden = sides_hidden(sides, minimum_responses())
    if not listed:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"windows_{key}"):
        if hidden:
            why_hidden(f"windows_{key}", hidden, of_a_side=True)
        responses_menu(listed, key)


def movers_links(verdict: ChangeVerdict, moved: Movement) -> None:
    """Draw the way to the responses of those won over and lost, where they are enough to show."""
    before, after = (window_days(verdict.row, side) for side in ("before", "after"))
    if before is None or after is None:
        return
    ways: tuple[tuple[Way, str, int], ...] = (
        (WON_OVER, tr("Won over: {n}", n=count_text(moved.won_over)), moved.won_over),
        (LOST, tr("Lost: {n}", n=count_text(moved.lost)), moved.lost),
    )
    of = around(verdict.change.segments, after)
    listed = [
        (name, replace(of, moved=way, since=Days(*before)))
        for way, name, people in ways
        if people >= max(1, minimum_responses())
    ]
    responses_menu(listed, "movers")


def listed_periods(table: pd.DataFrame, every: str) -> list[tuple[str, Wanted]]:
    """Each period of a trend that has responses, with how many, the newest first."""
    answered = table[table[c.RESPONSES] > 0][::-1]
    return [
        (f"{period_text(first, every)} · {count_text(n)}", _of_period(first, every))
        for first, n in zip(answered[c.PERIOD], answered[c.RESPONSES], strict=True)
    ]


def clicked_period(point: Mapping[str, Any], every: str) -> Wanted | None:
    """The responses of the period a clicked mark of a trend stands for; None for another mark."""
    kind, _, first = str(point.get("customdata", "")).partition(" ")
    return _of_period(pd.Timestamp(first), every) if kind == "period" else None


def _of_period(first: pd.Timestamp, every: str) -> Wanted:
    return Wanted(first=first.date(), last=period_end(first, every).date())


def around(scope: SegmentChoice, days: tuple[date, date]) -> Wanted:
    """The responses of a window: its days are its own, whatever the dates of the filter."""
    return Wanted(of=tuple(scope), first=days[0], last=days[1], any_dates=True)
