"""The ways to the responses of two windows compared, and why a small one shows no figures."""

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from nps_app.view.hidden_words import sides_hidden
from nps_app.view.queries_change import window_days
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.response_asked import Wanted
from nps_app.view.tables import count_text, dates_text
from nps_app.view.widgets.responses_link import responses_menu
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core import columns as c
from nps_core.language import mark, tr
from nps_core.measure.arguments import SegmentChoice

_SIDES: Final = {"before": mark("Before, {dates}"), "after": mark("After, {dates}")}


def windows_links(row: pd.Series, scope: SegmentChoice, key: str) -> None:
    """Draw the way to both windows of a measured change, for those it was for: its `scope`."""
    listed, sides = [], []
    for side, words in _SIDES.items():
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


def around(scope: SegmentChoice, days: tuple[date, date]) -> Wanted:
    """The responses of a window: its days are its own, whatever the dates of the filter."""
    return Wanted(of=tuple(scope), first=days[0], last=days[1], any_dates=True)
