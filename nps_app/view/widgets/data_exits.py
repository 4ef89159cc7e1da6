"""Everything accepted as a file, and the sentence that says what the last action did."""

from io import BytesIO
from typing import Final, Literal

import streamlit as st

from nps_app.view import queries, workbook
from nps_app.view.widgets.downloads import XLSX
from nps_app.view.widgets.session import current_store
from nps_core.language import tr

NOTICE: Final = "data_notice"
"""Where the session keeps the sentence `say_notice` shows; plain text."""


def say_notice() -> None:
    """Say what the last import, undo or erasure came to, until a person closes it."""
    notice = st.session_state.get(NOTICE)
    if not notice:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        # It may hold the name of a file.
        st.text(notice)
        st.space("stretch")
        st.button(tr("Close"), type="tertiary", on_click=st.session_state.pop, args=(NOTICE,))


def download_everything() -> None:
    """Buttons for all accepted responses as CSV, Parquet or XLSX, made when clicked."""
    if queries.freshness().responses == 0:
        st.caption(tr("Nothing is stored yet."))
        return
    with st.container(horizontal=True):
        st.download_button(
            "CSV",
            lambda: _exported("csv"),
            file_name="responses.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Parquet",
            lambda: _exported("parquet"),
            file_name="responses.parquet",
            mime="application/vnd.apache.parquet",
            icon=":material/download:",
            on_click="ignore",
        )
        total = queries.freshness().responses
        obstacle = workbook.too_many(total)
        st.download_button(
            "XLSX",
            lambda: workbook.responses_xlsx(current_store(), total),
            file_name="responses.xlsx",
            mime=XLSX,
            icon=":material/download:",
            disabled=bool(obstacle),
            help=obstacle or None,
            on_click="ignore",
        )


def _exported(format: Literal["csv", "parquet"]) -> bytes:
    buffer = BytesIO()
    current_store().export(buffer, format)
    return buffer.getvalue()
