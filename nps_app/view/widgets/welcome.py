"""The greeting of an empty store."""

import streamlit as st

from nps_app.view.widgets.sample_data import sample_button
from nps_core.language import tr


def welcome() -> None:
    """Say what to do first: bring an export, or look around with the sample data."""
    with st.container(border=True):
        st.header(tr("No responses yet"), anchor=False)
        st.write(
            tr(
                "Upload the export of your survey tool, as it is: the columns are recognised for "
                "you. Or look around first with synthetic sample data, which can be removed again."
            )
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            sample_button("welcome_sample", "primary")
            st.page_link("pages/data.py", label=tr("Upload an export"), icon=":material/upload:")
