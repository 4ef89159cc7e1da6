"""What stands below every page: where words are explained, who is signed in, the language."""

import streamlit as st

from nps_app.view.widgets.admission import admission
from nps_app.view.widgets.glossary import glossary_button
from nps_app.view.widgets.language import language_switch
from nps_app.view.widgets.text import as_label
from nps_app.view.widgets.tour import tour_button
from nps_core.language import tr


def footer() -> None:
    """Draw the foot of the page."""
    with st.container(key="footer", horizontal=True, vertical_alignment="center"):
        st.page_link("pages/methods.py", label=tr("How it works"))
        with st.container(width="content"):
            glossary_button("footer")
        tour_button()
        st.space("stretch")
        if admission().kind == "signed_in":
            _who_is_signed_in()
        language_switch()


def _who_is_signed_in() -> None:
    name = st.user.get("email") or st.user.get("name")
    if name:
        st.caption(tr("Signed in as {name}", name=as_label(name)), width="content")
    st.button(tr("Sign out"), on_click=st.logout, type="tertiary", icon=":material/logout:")
