"""The glossary: a drawer beside the page, opened from anywhere, that leaves the page as it is."""

from typing import Final

import streamlit as st

from nps_app.view.glossary_words import found_terms
from nps_core.language import tr

_ASKED: Final = "glossary_asked"


@st.fragment
def glossary_button(key: str, label: str = "", about: str = "") -> None:
    """Draw the button that opens the drawer; `about` is what is looked for in it at first.

    A fragment: the page behind does not run anew.
    """
    words = label or tr("Glossary")
    if st.button(words, type="tertiary", key=f"glossary_{key}", icon=":material/menu_book:"):
        st.session_state[_ASKED] = about
        _drawer()


def _drawer() -> None:
    @st.dialog(tr("Glossary"), position="right", icon=":material/menu_book:")
    def drawer() -> None:
        asked = st.text_input(
            tr("Look for a word"),
            key=_ASKED,
            placeholder=tr("NPS, interval, churn…"),
            icon=":material/search:",
        )
        found = found_terms(asked)
        if not found:
            st.text(tr("No word matches. Look for a part of it, or for another one."))
        with st.container(key="glossary_terms"):
            for name, text in found:
                st.markdown(f"**{name}**  \n{text}")
        st.page_link("pages/methods.py", label=tr("How it works"))

    drawer()
