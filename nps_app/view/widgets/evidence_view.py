""" "Which segments differ most": the sentence, the chart, the table."""

from typing import Final

import pandas as pd
import streamlit as st

from nps_app.view import queries_evidence
from nps_app.view.evidence_words import (
    BEYOND_PARTS,
    HOW_EVIDENCE,
    ITS_PARTS,
    downloaded_evidence,
    evidence_sentence,
    explained_sentence,
    shown_evidence,
)
from nps_app.view.figures_evidence import MOST_DRAWN, drawn, evidence_figure
from nps_app.view.queries_evidence import MOST_CROSSED, Evidence
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.segment_words import WHY_HIDDEN
from nps_app.view.tables import column_label, count_text, nps_text
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.text import as_label, visible
from nps_core.language import mark, tr, tr_plural
from nps_core.measure import Filter

_PAIRS: Final = "pairs"
_CHOICES: Final = {"single": mark("single segments"), _PAIRS: mark("pairs too")}


def evidence_view(chosen: Filter) -> None:
    """Every segment, and every pair of two, against the rest; its choice lives in the address."""
    head = title_row(tr("Which segments differ most"), "nps-segment-evidence")
    look_at = linked_choice(
        st.segmented_control,
        "compared",
        tr("Compare"),
        list(_CHOICES),
        default=_PAIRS,
        required=True,
        format_func=lambda token: tr(_CHOICES[token]),
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
        in_the_table = tr("The figures are in the table.")
        show_chart(
            evidence_figure(chosen, pairs, minimum, current_theme()),
            downloaded_evidence(found.table),
            "nps-segment-evidence",
            row=head,
            title=tr("Groups that differ from the rest, by evidence, in points"),
            alt=f"{visible(said, 600)} {in_the_table}",
        )
    with listed:
        _table(found.table, pairs)
        st.caption(" ".join(_notes(found.table)))
        _left_out(found)
        with st.container(horizontal=True, vertical_alignment="center", key="evidence_more"):
            with st.popover(tr("How this is reached"), type="tertiary", key="evidence_how"):
                st.write(tr(HOW_EVIDENCE))
                st.page_link("pages/methods.py", label=tr("How it works"))
            if found.hidden:
                how_many = tr_plural(
                    "1 group is hidden",
                    "{n} groups are hidden",
                    found.hidden,
                    n=count_text(found.hidden),
                )
                with st.popover(how_many, type="tertiary", key="why_evidence"):
                    st.write(tr(WHY_HIDDEN, minimum=minimum))


def _notes(table: pd.DataFrame) -> list[str]:
    notes = [
        tr(
            "Points above or below all other responses together, with the 95 % interval; "
            "the clearest first."
        )
    ]
    if len(drawn(table)) == MOST_DRAWN:
        notes.append(tr("The chart has the {n} clearest, the table all.", n=MOST_DRAWN))
    explained = explained_sentence(table)
    return [*notes, explained] if explained else notes


def _left_out(found: Evidence) -> None:
    for names, why in (
        (found.left_out, mark("Too many values to be a segment, left out: {names}.")),
        (
            found.unpaired,
            mark("Compared alone, as pairs are made of {most} segments at most: {names}."),
        ),
    ):
        if names:
            named = ", ".join(column_label(name) for name in names)
            st.caption(as_label(tr(why, names=named, most=MOST_CROSSED), 400))


def _table(table: pd.DataFrame, pairs: bool) -> None:
    shown = shown_evidence(table)
    if not pairs:
        shown = shown.drop(columns=[tr(ITS_PARTS), tr(BEYOND_PARTS)])
    texts = shown.select_dtypes(["object", "string"]).columns
    shown = shown.assign(
        **{name: [visible(v) if isinstance(v, str) else v for v in shown[name]] for name in texts}
    )
    # Sorted as numbers, read as every other text on the page.
    written = {tr("NPS"): nps_text, tr("Responses"): count_text}
    read = shown.style.format(written)  # type: ignore[arg-type]
    st.dataframe(
        read,
        hide_index=True,
        placeholder="–",
        alt=tr("Every group against the rest, the strongest evidence first"),
        height=min(len(shown), MOST_DRAWN) * 35 + 38,
    )
