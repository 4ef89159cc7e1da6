"""The unannounced shifts under the trend: to be explained by a product change, or dismissed."""

from collections.abc import Callable
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from nps_app.store import StoreError
from nps_app.view import queries_shifts, shift_words
from nps_app.view.export import csv_bytes
from nps_app.view.tables import count_text, day_text
from nps_app.view.widgets.changes import add_dialog, done_notice
from nps_app.view.widgets.definition import say_all_responses
from nps_app.view.widgets.text import as_label
from nps_core.language import tr
from nps_core.measure import Filter

_AT_FIRST: Final = 3


def shift_suggestions(chosen: Filter) -> None:
    """List the shifts no product change announces; nothing is drawn when there is none."""
    done_notice()
    found = queries_shifts.suggestions(chosen)
    if found.shown.empty and found.dismissed.empty:
        return
    rows = [row for _, row in found.shown.iterrows()]
    with st.container(border=bool(rows), gap="small", key="shift_suggestions"):
        if rows:
            say_all_responses()
        for row in rows[:_AT_FIRST]:
            _suggestion(row)
        if len(rows) > _AT_FIRST:
            with st.expander(tr("{n} earlier", n=count_text(len(rows) - _AT_FIRST))):
                for row in rows[_AT_FIRST:]:
                    _suggestion(row)
        _below(found)


def _suggestion(row: pd.Series) -> None:
    day = row["date"].date()
    words, actions = st.columns([2, 1], vertical_alignment="center")
    with words, st.container(gap=None):
        st.markdown(f"**{as_label(shift_words.question(row), 120)}**")
        figures = tr(
            "{moved}. {stretches}.",
            moved=shift_words.moved_text(row),
            stretches=shift_words.stretches_text(row),
        )
        st.caption(as_label(figures, 300))
    with actions, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        if st.button(tr("Add a product change"), key=f"add_shift_{day}", icon=":material/add:"):
            add_dialog(day)
        if st.button(tr("Dismiss"), key=f"dismiss_shift_{day}", type="tertiary"):
            _save(queries_shifts.dismiss, day)


def _below(found: queries_shifts.Suggestions) -> None:
    with st.container(horizontal=True, gap="medium", key="shifts_below"):
        with st.popover(tr("How these are found"), type="tertiary"):
            st.text(shift_words.how_found(found.dispersion))
            st.page_link("pages/methods.py", label=tr("How it works"))
            st.download_button(
                tr("CSV table, unrounded"),
                lambda: csv_bytes(pd.concat([found.shown, found.dismissed])),
                file_name="nps-shifts.csv",
                mime="text/csv",
                key="csv_shifts",
                type="tertiary",
                icon=":material/table_rows:",
                on_click="ignore",
            )
        if len(found.dismissed):
            with st.popover(
                tr("Show dismissed ({n})", n=count_text(len(found.dismissed))), type="tertiary"
            ):
                for _, row in found.dismissed.iterrows():
                    day = row["date"].date()
                    moved = shift_words.moved_text(row)
                    st.text(tr("{name}: {what}", name=day_text(day), what=moved))
                    if st.button(tr("Bring back"), key=f"restore_shift_{day}"):
                        _save(queries_shifts.bring_back, day)


def _save(action: Callable[[date], None], day: date) -> None:
    try:
        action(day)
    except StoreError as error:
        st.error(as_label(tr("Nothing was saved. {error}", error=error), 400))
    else:
        st.rerun()
