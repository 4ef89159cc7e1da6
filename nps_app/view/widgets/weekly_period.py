"""Which week or month the meeting is about; the choice lives in the address."""

from typing import Final

import streamlit as st

from nps_app.view.weekly.look import dates_of, today, usual_period
from nps_app.view.weekly.periods import MONTH, WEEK, Period, period_of, read_period
from nps_app.view.widgets.text import as_label
from nps_core.language import mark, tr
from nps_core.measure import Filter

PARAMETER: Final = "period"
_EVERY: Final = "weekly_every"
_LABELS: Final = {WEEK: mark("Week"), MONTH: mark("Month")}
_MOST: Final = 600
"""Periods to pick from, the newest first: older ones are reached by their address."""


def period_choice(chosen: Filter) -> Period | None:
    """Draw the choice and give the period; None when no chosen response has a date.

    Without one in the address it is the last complete week that has responses.
    """
    asked = st.query_params.get(PARAMETER, "")
    named = read_period(asked)
    every = named.every if named else WEEK
    usual, known = usual_period(chosen, every), dates_of(Filter())
    if usual is None or known is None:
        st.info(
            tr("No dated responses match the filters, so there is no week or month to look at.")
        )
        return None
    oldest = period_of(known[0], every)
    newest = period_of(max(known[1], today()), every)
    inside = named is not None and oldest <= named <= newest
    period = named if named is not None and inside else usual
    options = _options(oldest, newest, period)
    st.session_state[_EVERY], st.session_state[PARAMETER] = every, period
    with st.container(horizontal=True, vertical_alignment="bottom", key="weekly_choices"):
        st.segmented_control(
            tr("Meeting about a"),
            list(_LABELS),
            format_func=lambda one: tr(_LABELS[one]),
            key=_EVERY,
            required=True,
            on_change=_other_kind,
            args=(period, chosen),
        )
        _step(period.back(), "previous", disabled=period <= oldest)
        _step(period.back(-1), "next", disabled=period >= newest)
        st.selectbox(
            tr(_LABELS[every]),
            options,
            format_func=Period.words,
            key=PARAMETER,
            on_change=_pick,
            width=360,
        )
    if asked and not inside:
        st.caption(
            tr(
                "The link asks for {period}, which is no week or month of this data.",
                period=tr("“{name}”", name=as_label(asked, 20)),
            )
        )
    return period


def _options(oldest: Period, newest: Period, period: Period) -> list[Period]:
    found = [newest]
    while found[-1] > oldest and len(found) < _MOST:
        found.append(found[-1].back())
    return found if period in found else [*found, period]


def _step(to: Period, way: str, *, disabled: bool) -> None:
    words = {
        ("previous", WEEK): mark("Previous week"),
        ("previous", MONTH): mark("Previous month"),
        ("next", WEEK): mark("Next week"),
        ("next", MONTH): mark("Next month"),
    }
    icons = {"previous": ":material/chevron_left:", "next": ":material/chevron_right:"}
    st.button(
        tr(words[way, to.every]),
        icon=icons[way],
        key=f"weekly_{way}",
        disabled=disabled,
        on_click=_go,
        args=(to,),
    )


def _go(to: Period) -> None:
    st.query_params[PARAMETER] = to.key


def _pick() -> None:
    _go(st.session_state[PARAMETER])


def _other_kind(period: Period, chosen: Filter) -> None:
    """From a week to the month it ends in, and from a month to its last week with responses."""
    every = st.session_state[_EVERY]
    other = period_of(period.last, every)
    usual = usual_period(chosen, every)
    _go(min(other, usual) if usual else other)
