""" "Which segments differ most": the sentence, the chart, the table."""

from typing import Final

import pandas as pd
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
from nps_app.view.queries_evidence import MOST_CROSSED, Evidence
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.segment_words import WHY_HIDDEN
from nps_app.view.tables import column_label, nps_text
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
        _left_out(found)
        return
    charted, listed = st.columns([5, 6], gap="large")
    with charted:
        show_chart(
            evidence_figure(chosen, pairs, minimum, current_theme()),
            downloaded_evidence(found.table),
            "nps-segment-evidence",
            row=head,
            title="Groups that differ from the rest, by evidence, in points",
            alt=f"{visible(said, 600)} The figures are in the table.",
        )
    with listed:
        _table(found.table, pairs)
        st.caption(" ".join(_notes(found.table)))
        _left_out(found)
        with st.container(horizontal=True, vertical_alignment="center", key="evidence_more"):
            with st.popover("How this is reached", type="tertiary", key="evidence_how"):
                st.write(HOW_EVIDENCE)
                st.page_link("pages/methods.py", label="How it works")
            if found.hidden:
                n = f"{found.hidden:,} groups are" if found.hidden > 1 else "1 group is"
                with st.popover(f"{n} hidden", type="tertiary", key="why_evidence"):
                    st.write(WHY_HIDDEN.format(minimum=minimum))


def _notes(table: pd.DataFrame) -> list[str]:
    notes = [
        "Points above or below all other responses together, with the 95 % interval; "
        "the clearest first."
    ]
    if len(drawn(table)) == MOST_DRAWN:
        notes.append(f"The chart has the {MOST_DRAWN} clearest, the table all.")
    explained = explained_sentence(table)
    return [*notes, explained] if explained else notes


def _left_out(found: Evidence) -> None:
    for names, why in (
        (found.left_out, "Too many values to be a segment, left out"),
        (found.unpaired, f"Compared alone, as pairs are made of {MOST_CROSSED} segments at most"),
    ):
        if names:
            listed = ", ".join(column_label(name) for name in names)
            st.caption(as_label(f"{why}: {listed}.", 400))


def _table(table: pd.DataFrame, pairs: bool) -> None:
    shown = shown_evidence(table)
    if not pairs:
        shown = shown.drop(columns=["Its parts", "Beyond its parts"])
    texts = shown.select_dtypes(["object", "string"]).columns
    shown = shown.assign(
        **{name: [visible(v) if isinstance(v, str) else v for v in shown[name]] for name in texts}
    )
    # Sorted as numbers, read with the minus of every other text on the page.
    read = shown.style.format({"NPS": nps_text})  # type: ignore[dict-item]
    st.dataframe(
        read,
        hide_index=True,
        placeholder="–",
        alt="Every group against the rest, the strongest evidence first",
        column_config={"Responses": st.column_config.NumberColumn(format="localized")},
        height=min(len(shown), MOST_DRAWN) * 35 + 38,
    )
