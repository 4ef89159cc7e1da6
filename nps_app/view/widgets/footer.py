"""What stands below every page: the language, and where words are explained."""

import streamlit as st

from nps_app.view.widgets.language import language_switch
from nps_core.language import tr


def footer() -> None:
    """Draw the foot of the page."""
    with st.container(key="footer", horizontal=True, vertical_alignment="center"):
        st.page_link("pages/methods.py", label=tr("How it works"))
        st.space("stretch")
        language_switch()
