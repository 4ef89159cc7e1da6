""" "Is this week news?": the sentence, and the last periods in their expected ranges."""

from datetime import date
from typing import Final

import streamlit as st

from nps_app.view import queries_evidence
from nps_app.view.expected_words import (
    HOW_EXPECTED,
    expected_sentence,
    last_complete_sentence,
)
from nps_app.view.figures_evidence import expected_figure
from nps_app.view.period_words import period_word
from nps_app.view.queries_evidence import LOOKED_BACK, Expected
from nps_app.view.tables import arrow, count_text, date_text, period_text
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.figure_links import around
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.responses_link import responses_menu
from nps_app.view.widgets.text import visible
from nps_core import columns as c
from nps_core.language import mark, tr
from nps_core.measure import Filter

_PERIODS: Final = tuple(LOOKED_BACK)
_HOW_TO_READ: Final = {
    "week": mark(
        "Dot: the NPS of a week. Bar: where it was expected from the weeks before it, "
        "given how many answered. About one week in twenty lies outside by chance."
    ),
    "month": mark(
        "Dot: the NPS of a month. Bar: where it was expected from the months before it, "
        "given how many answered. About one month in twenty lies outside by chance."
    ),
}
_TITLES: Final = {
    "week": mark("NPS by week and the range each was expected in"),
    "month": mark("NPS by month and the range each was expected in"),
}
_IN_THE_CSV: Final = {
    "week": mark("The weeks before, with their ranges, are in the CSV."),
    "month": mark("The months before, with their ranges, are in the CSV."),
}
_FILTER_ENDS: Final = {
    "week": mark("The filter ends on {day}: this is its last week."),
    "month": mark("The filter ends on {day}: this is its last month."),
}
_NOT_RUNNING: Final = {
    "week": mark(
        "No responses this week yet: the newest is of {day}, "
        "so this is the last week with responses."
    ),
    "month": mark(
        "No responses this month yet: the newest is of {day}, "
        "so this is the last month with responses."
    ),
}
_WHOLE: Final = {
    "week": mark("Whole weeks are looked at, also before the filter's first day."),
    "month": mark("Whole months are looked at, also before the filter's first day."),
}


def expected_view(chosen: Filter) -> None:
    """The running period, or the last one with responses; its choice lives in the address."""
    head = title_row(tr("Is the latest period news?"), "nps-expected")
    every = linked_choice(
        st.segmented_control,
        "expected_every",
        tr("Period"),
        _PERIODS,
        default=_PERIODS[0],
        required=True,
        format_func=period_word,
    )
    found = queries_evidence.expected(chosen, every)
    if found.now is None:
        st.info(tr("No dated responses match the filters, so there is no week to look at."))
        return
    said = expected_sentence(found.now, every, running=found.running)
    told, charted = st.columns([2, 3], gap="large")
    with told:
        st.markdown(f"**{visible(said, 300)}**")
        for note in _notes(chosen, found, every):
            st.caption(note)
        verdict = found.now.verdict
        with st.popover(f"{arrow(verdict)} {tr(verdict)}", type="tertiary", key="expected_how"):
            st.write(tr(HOW_EXPECTED))
            st.page_link("pages/methods.py", label=tr("How it works"))
        st.caption(tr(_HOW_TO_READ[every]))
    with charted:
        show_chart(
            expected_figure(chosen, every, current_theme()),
            found.table,
            "nps-expected",
            row=head,
            title=tr(_TITLES[every]),
            alt=f"{visible(said, 300)} {tr(_IN_THE_CSV[every])}",
        )
        _links(chosen, found, every)


def _links(chosen: Filter, found: Expected, every: str) -> None:
    """The responses of each period on the chart, as far as the filter's last day lets them in."""
    periods = found.table[found.table[c.RESPONSES] > 0][::-1]
    listed = []
    for start, end, n in zip(periods[c.PERIOD], periods["end"], periods[c.RESPONSES], strict=True):
        days = start.date(), min(end.date(), chosen.end or end.date())
        listed.append((f"{period_text(start, every)} · {count_text(n)}", around((), days)))
    responses_menu(listed, "expected")


def _notes(chosen: Filter, found: Expected, every: str) -> list[str]:
    notes = []
    if chosen.end is not None and chosen.end < date.today():
        notes.append(tr(_FILTER_ENDS[every], day=date_text(chosen.end)))
    elif not found.running:
        notes.append(tr(_NOT_RUNNING[every], day=date_text(found.newest)))
    elif found.before is not None and found.before.complete:
        notes.append(last_complete_sentence(found.before, every))
    if chosen.start is not None:
        notes.append(tr(_WHOLE[every]))
    return notes
