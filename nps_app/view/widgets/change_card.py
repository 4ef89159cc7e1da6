"""One product change on the page: what it was, and the NPS before and after it."""

from typing import Final

import pandas as pd
import streamlit as st

from nps_app.view.change_words import (
    changes_table,
    result_sentence,
    scope_sentence,
    side_text,
    web_address,
)
from nps_app.view.charts.before_after import before_after
from nps_app.view.tables import arrow, date_text
from nps_app.view.widgets.changes import delete_dialog, edit_dialog
from nps_app.view.widgets.chart import current_theme, show_chart
from nps_app.view.widgets.text import as_label, visible
from nps_core.measure import ProductChange

_NOTE_CHARS: Final = 280
_TONES: Final = {"up": "blue", "down": "orange"}


def change_card(change: ProductChange, row: pd.Series, washout: int) -> None:
    """Draw a change with its row of the measured `before_after` table."""
    with st.container(border=True, gap="xsmall", key=f"change_{change.id}"):
        told, drawn = st.columns([3, 2], gap="medium")
        with told:
            _what_it_was(change)
            result = f"{arrow(row['verdict'])} {as_label(result_sentence(row, washout), 300)}"
            st.markdown(f":{_TONES.get(row['verdict'], 'gray')}[**{result}**]")
            st.caption(as_label(_sides(row), 300))
            for sentence in (scope_sentence(change), *row["cut"]):
                if sentence:
                    st.text(f"{sentence[:1].upper()}{sentence[1:]}")
            _actions(change)
        with drawn:
            show_chart(
                before_after(row, current_theme()),
                changes_table([(change, row)]),
                f"product-change-{change.id}",
                title=f"NPS before and after: {change.title}, {date_text(change.date)}",
                heading="Before and after",
                alt=_sides(row),
            )


def _sides(row: pd.Series) -> str:
    return f"Before: {side_text(row, 'before')}. After: {side_text(row, 'after')}."


def _what_it_was(change: ProductChange) -> None:
    with st.container(gap=None):
        st.caption(date_text(change.date))
        st.subheader(as_label(change.title, 200), anchor=False)
    if change.note:
        st.text(visible(change.note, _NOTE_CHARS))
    if change.link and not web_address(change.link):
        st.text(visible(change.link, 120))


def _actions(change: ProductChange) -> None:
    with st.container(horizontal=True, gap="small"):
        if len(change.note) > _NOTE_CHARS:
            with st.popover("Whole note", type="tertiary"):
                st.text(change.note)
        if address := web_address(change.link):
            st.link_button("Open link", address, icon=":material/open_in_new:", type="tertiary")
        if st.button("Edit", key=f"edit_{change.id}", type="tertiary", icon=":material/edit:"):
            edit_dialog(change)
        if st.button(
            "Delete", key=f"delete_{change.id}", type="tertiary", icon=":material/delete:"
        ):
            delete_dialog(change)
