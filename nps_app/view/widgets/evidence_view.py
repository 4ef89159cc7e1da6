""" "Which segments differ most": the sentence, the chart, the table."""

from typing import Final

import streamlit as st

from nps_app.view import queries_evidence
from nps_app.view.evidence_words import (
    HOW_EVIDENCE,
    downloaded_evidence,
    evidence_sentence,
    explained_sentence,
    shown_evidence,
)
from nps_app.view.figures_evidence import MOST_DRAWN, drawn, evidence_figure
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.segment_words import WHY_HIDDEN
from nps_app.view.tables import column_label, count_text, nps_text
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.text import as_label, visible
from nps_core.measure import Filter

_PAIRS: Final = "pairs too"
_CHOICES: Final = ("single segments", _PAIRS)


def evidence_view(chosen: Filter) -> None:
    """Every segment, and every pair of two, against the rest; its choice lives in the address."""
    head = title_row("Which segments differ most", "nps-segment-evidence")
    look_at = st.segmented_control(
        "Compare",
        _CHOICES,
        default=_PAIRS,
        required=True,
        key="compared",
        bind="query-params",
    )
    pairs, minimum = look_at == _PAIRS, minimum_responses()
    found = queries_evidence.evidence(chosen, pairs, minimum)
    said = evidence_sentence(found.table, found.compared, found.clear)
    st.markdown(as_label(said, 600))
    if found.table.empty:
        _left_out(found.left_out)
        return
    show_chart(
        evidence_figure(chosen, pairs, minimum, current_theme()),
        downloaded_evidence(found.table),
        "nps-segment-evidence",
        row=head,
        title="Groups that differ from the rest, by evidence, in points",
        alt=f"{visible(said, 600)} The figures are in the table below.",
    )
    notes = ["Points above or below all other responses, with 95 % interval; the clearest first."]
    if len(drawn(found.table)) == MOST_DRAWN:
        notes.append(f"Drawn are the {MOST_DRAWN} clearest, the table has all.")
    notes.append(explained_sentence(found.table))
    st.caption(" ".join(note for note in notes if note))
    _left_out(found.left_out)
    with st.container(horizontal=True, vertical_alignment="center", key="evidence_more"):
        with st.popover("How this is reached", type="tertiary", key="evidence_how"):
            st.write(HOW_EVIDENCE)
            st.page_link("pages/methods.py", label="How it works")
        if found.hidden:
            name = "1 group is hidden" if found.hidden == 1 else f"{found.hidden:,} groups hidden"
            with st.popover(name, type="tertiary", key="why_evidence"):
                st.write(WHY_HIDDEN.format(minimum=minimum))
    _table(found.table, pairs)


def _left_out(names: tuple[str, ...]) -> None:
    if names:
        listed = ", ".join(column_label(name) for name in names)
        st.caption(as_label(f"Too many values to be a segment, left out: {listed}.", 300))


def _table(table: object, pairs: bool) -> None:
    shown = shown_evidence(table)  # type: ignore[arg-type]
    if not pairs:
        shown = shown.drop(columns=["Its parts", "Beyond its parts"])
    for name in ("Group", "Segment", "Its parts"):
        if name in shown:
            shown[name] = [visible(text) for text in shown[name]]
    with st.expander(f"All {count_text(len(shown))} groups, as a table"):
        st.dataframe(
            shown.style.format({"NPS": nps_text}),  # type: ignore[dict-item]
            hide_index=True,
            placeholder="–",
            alt="Every group against the rest, by evidence",
            column_config={"Responses": st.column_config.NumberColumn(format="localized")},
        )
