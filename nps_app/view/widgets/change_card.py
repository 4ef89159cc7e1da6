"""One product change on the page: what it was, and the NPS before and after it."""

from typing import Final

import pandas as pd
import streamlit as st

from nps_app.view.change_words import (
    changes_table,
    mix_note,
    result_parts,
    scope_sentence,
    sides_text,
    web_address,
)
from nps_app.view.charts.before_after import before_after
from nps_app.view.queries_change import Asked
from nps_app.view.said import capital, notes
from nps_app.view.tables import date_text
from nps_app.view.verdict_reached import reached
from nps_app.view.widgets.changes import delete_dialog, edit_dialog
from nps_app.view.widgets.chart import current_theme, show_chart
from nps_app.view.widgets.figure_links import windows_links
from nps_app.view.widgets.text import as_label, visible
from nps_app.view.widgets.verdict import verdict_label, verdict_popover
from nps_core.language import tr
from nps_core.measure import ProductChange

_NOTE_CHARS: Final = 280


def change_card(change: ProductChange, row: pd.Series, days: int, washout: int) -> None:
    """Draw a change with its row of the measured `before_after` table."""
    with st.container(border=True, gap="xsmall", key=f"change_{change.id}"):
        told, drawn = st.columns([3, 2], gap="medium")
        with told:
            _what_it_was(change)
            head, rest = result_parts(row, washout)
            verdict_popover(verdict_label(row["verdict"], head), reached(row), str(change.id))
            if note := mix_note(row):
                st.text(visible(note, 300))
            if rest:
                st.text(f"{capital(rest)}.")
            st.caption(as_label(sides_text(row), 300))
            for sentence in (scope_sentence(change), *notes(row["cut"])):
                if sentence:
                    st.text(visible(sentence, 300))
            windows_links(row, change.segments, f"change_{change.id}")
            _actions(change, Asked(days, washout))
        with drawn:
            show_chart(
                before_after(row, current_theme()),
                changes_table([(change, row)]),
                f"product-change-{change.id}",
                title=tr(
                    "NPS before and after: {title}, {date}",
                    title=change.title,
                    date=date_text(change.date),
                ),
                heading=tr("Before and after"),
                alt=sides_text(row),
            )


def _what_it_was(change: ProductChange) -> None:
    with st.container(gap=None):
        st.caption(date_text(change.date))
        st.header(as_label(change.title, 200), anchor=False)
    if change.note:
        st.text(visible(change.note, _NOTE_CHARS))
    if change.link and not web_address(change.link):
        st.text(visible(change.link, 120))


def _actions(change: ProductChange, asked: Asked) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if change.id is not None:
            st.page_link(
                "pages/change.py",
                label=tr("See what else could explain it"),
                icon=":material/arrow_forward:",
                query_params=asked.address() | {"id": str(change.id)},
            )
        if len(change.note) > _NOTE_CHARS:
            with st.popover(tr("Whole note"), type="tertiary"):
                st.text(change.note)
        if address := web_address(change.link):
            st.link_button(tr("Open link"), address, icon=":material/open_in_new:", type="tertiary")
        if st.button(tr("Edit"), key=f"edit_{change.id}", type="tertiary", icon=":material/edit:"):
            edit_dialog(change)
        if st.button(
            tr("Delete"), key=f"delete_{change.id}", type="tertiary", icon=":material/delete:"
        ):
            delete_dialog(change)
