"""Erasing what one respondent said, for good."""

import streamlit as st

from nps_app.store import StoreError
from nps_app.view.tables import count_text
from nps_app.view.widgets.session import current_store


def erase_respondent() -> None:
    """Ask for a respondent's id, and once more before anything is removed."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        respondent = st.text_input("Respondent id, exactly as in your export", key="erase_id")
        if st.button("Erase…", disabled=not respondent):
            _confirm(respondent)


@st.dialog("Erase this respondent?")
def _confirm(respondent: str) -> None:
    st.text(respondent)
    st.write(
        "Every response of this respondent and its history is removed from the store and from "
        "its file on disk. This cannot be undone. Later imports leave this respondent out."
    )
    if st.button("Erase for good", type="primary"):
        try:
            n = current_store().erase(respondent)
            st.session_state["data_notice"] = (
                f"{count_text(n)} responses were erased." if n else "No response has this id."
            )
        except StoreError as error:
            st.session_state["data_notice"] = f"Nothing was erased: {error}"
        st.rerun()
