"""The product changes page: its choices, its actions and its list."""

from typing import Final

import pandas as pd
import streamlit as st

from nps_app.view.change_words import changes_table, filter_sentence
from nps_app.view.verdict_reached import NOT_BY_IT
from nps_app.view.widgets.change_card import change_card
from nps_app.view.widgets.changes import add_dialog
from nps_app.view.widgets.changes_upload import import_dialog
from nps_app.view.widgets.downloads import downloads
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.text import as_label
from nps_core.language import tr
from nps_core.measure import Filter, ProductChange

DAYS: Final = (7, 14, 28, 56, 90)
WASHOUTS: Final = (0, 3, 7, 14, 28)
_A_PAGE: Final = 10


def change_choices() -> tuple[int, int]:
    """Draw how many days to compare and to leave out; both live in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="change_choices"):
        days: int = linked_choice(
            st.segmented_control,
            "days",
            tr("Days before and after"),
            DAYS,
            default=28,
            required=True,
        )
        washout: int = linked_choice(
            st.segmented_control,
            "washout",
            tr("Days left out right after"),
            WASHOUTS,
            default=0,
            required=True,
            help=tr(
                "The time people need to notice a change: responses in it belong to neither side."
            ),
        )
    return days, washout


def change_actions(measured: list[tuple[ProductChange, pd.Series]]) -> None:
    """Draw the buttons that add changes, and the one that downloads them with their figures."""
    with st.container(horizontal=True, vertical_alignment="center", key="change_actions"):
        if st.button(tr("Add a change"), type="primary", icon=":material/add:", key="add_change"):
            add_dialog()
        if st.button(tr("Import changes"), icon=":material/upload:", key="import_changes"):
            import_dialog()
        if measured:
            table = changes_table(measured)
            downloads(
                "product-changes",
                tr("Product changes"),
                lambda: table,
                copied=table,
                rows=len(table),
            )


def change_list(
    measured: list[tuple[ProductChange, pd.Series]], chosen: Filter, days: int, washout: int
) -> None:
    """Draw the changes, the latest first, a page of them at a time."""
    if not measured:
        with st.container(border=True):
            st.header(tr("No product changes yet"), anchor=False)
            st.write(
                tr(
                    "Add what shipped and when: each change becomes a marker on the trend, with "
                    "the NPS before and after it. A CSV or a file of GitHub releases brings many "
                    "at once."
                )
            )
        return
    st.caption(as_label(f"{tr(NOT_BY_IT)} {filter_sentence(chosen)}", 500))
    pages = -(-len(measured) // _A_PAGE)
    page = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    for change, row in measured[(page - 1) * _A_PAGE : page * _A_PAGE]:
        change_card(change, row, days, washout)
