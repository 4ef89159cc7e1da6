""" "Is this week news?": the sentence, and the last periods in their expected ranges."""

from datetime import date
from typing import Final

import streamlit as st

from nps_app.view import queries_evidence
from nps_app.view.evidence_words import HOW_EXPECTED, expected_sentence
from nps_app.view.figures_evidence import expected_figure
from nps_app.view.queries_evidence import LOOKED_BACK, Expected
from nps_app.view.tables import arrow, date_text
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.text import visible
from nps_core.measure import Filter

_PERIODS: Final = tuple(LOOKED_BACK)


def expected_view(chosen: Filter) -> None:
    """The running period, or the last one with responses; its choice lives in the address."""
    head = title_row("Is the latest period news?", "nps-expected")
    every = st.segmented_control(
        "Period",
        _PERIODS,
        default=_PERIODS[0],
        required=True,
        key="expected_every",
        bind="query-params",
    )
    every = every or _PERIODS[0]
    found = queries_evidence.expected(chosen, every)
    if found.now is None:
        st.info("No dated responses match the filters, so there is no week to look at.")
        return
    said = expected_sentence(found.now, every, running=found.running)
    told, charted = st.columns([2, 3], gap="large")
    with told:
        st.markdown(f"**{visible(said, 300)}**")
        for note in _notes(chosen, found, every):
            st.caption(note)
        verdict = found.now.verdict
        with st.popover(f"{arrow(verdict)} {verdict}", type="tertiary", key="expected_how"):
            st.write(HOW_EXPECTED)
            st.page_link("pages/methods.py", label="How it works")
        st.caption(
            f"Dot: the NPS of a {every}. Bar: where it was expected from the {every}s before it, "
            f"given how many answered. About one {every} in twenty lies outside by chance."
        )
    with charted:
        show_chart(
            expected_figure(chosen, every, current_theme()),
            found.table,
            "nps-expected",
            row=head,
            title=f"NPS by {every} and the range each was expected in",
            alt=f"{visible(said, 300)} The {every}s before, with their ranges, are in the CSV.",
        )


def _notes(chosen: Filter, found: Expected, every: str) -> list[str]:
    notes = []
    if chosen.end is not None and chosen.end < date.today():
        notes.append(f"The filter ends on {date_text(chosen.end)}: this is its last {every}.")
    elif not found.running:
        notes.append(
            f"No responses this {every} yet: the newest is of {date_text(found.newest)}, "
            f"so this is the last {every} with responses."
        )
    elif found.before is not None and found.before.complete:
        said = expected_sentence(found.before, every, running=False)
        notes.append(f"The last complete one: {said[:1].lower()}{said[1:]}")
    if chosen.start is not None:
        notes.append(f"Whole {every}s are looked at, also before the filter's first day.")
    return notes
