"""Erasing what one respondent said, for good."""

import streamlit as st

from nps_app.store import StoreError
from nps_app.view.tables import count_text
from nps_app.view.widgets.data_exits import NOTICE
from nps_app.view.widgets.session import current_store
from nps_core.language import tr, tr_plural


def erase_respondent() -> None:
    """Ask for a respondent's id, and once more before anything is removed."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        respondent = st.text_input(tr("Respondent id, exactly as in your export"), key="erase_id")
        if st.button(tr("Erase…"), disabled=not respondent):
            st.dialog(tr("Erase this respondent?"))(_confirm)(respondent)


def _confirm(respondent: str) -> None:
    st.text(respondent)
    st.write(
        tr(
            "Every response of this respondent and its history is removed from the store and from "
            "its file on disk. This cannot be undone. Later imports leave this respondent out."
        )
    )
    if st.button(tr("Erase for good"), type="primary", on_click=_erase, args=(respondent,)):
        st.rerun()


def _erase(respondent: str) -> None:
    try:
        n = current_store().erase(respondent)
    except StoreError as error:
        st.session_state[NOTICE] = tr("The erasure is not complete: {error}", error=error)
        return
    st.session_state[NOTICE] = (
        tr_plural("{n} response was erased.", "{n} responses were erased.", n, n=count_text(n))
        if n
        else tr("No response has this id.")
    )
