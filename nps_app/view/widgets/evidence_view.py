""" "Which segments differ most": the sentence, the chart, the table."""

from collections.abc import Mapping
from typing import Any, Final

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
from nps_app.view.queries_hidden import hidden_in_segments
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.response_asked import Wanted
from nps_app.view.tables import column_label, count_text, nps_text, value_label
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.responses_link import responses_menu
from nps_app.view.widgets.table import show_table
from nps_app.view.widgets.text import as_label, visible
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core import columns as c
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
                why_hidden("evidence", hidden_in_segments(chosen, minimum), how_many)
            responses_menu(list(map(_group, found.table.to_dict("records"))), "evidence")


def _group(row: Mapping[Any, Any]) -> tuple[str, Wanted]:
    pairs = list(zip(row["columns"], row["values"], strict=True))
    values = [(column, None if pd.isna(value) else value) for column, value in pairs]
    name = " · ".join(visible(value_label(value), 40) for _, value in values)
    wanted = Wanted(tuple((column, (value,)) for column, value in values))
    return f"{name} · {count_text(row[c.RESPONSES])}", wanted


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
    words = tr("Every group against the rest, the strongest evidence first")
    show_table(
        read,
        "nps-segment-evidence-table",
        heading=tr("As a table"),
        title=words,
        alt=words,
        download=downloaded_evidence(table),
        height=min(len(shown), MOST_DRAWN) * 35 + 38,
    )
