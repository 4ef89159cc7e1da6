"""The language of the page: the browser's, or the one picked, which the address keeps."""

from typing import Final

import streamlit as st

from nps_app.view.widgets.streamlit_words import translate_streamlits_words
from nps_core import language
from nps_core.language import tr

PARAMETER: Final = "lang"
NAMES: Final = {language.ENGLISH: "English", language.FRENCH: "Français"}
_PICKED: Final = "picked_language"
_SPOKEN: Final = "spoken_language"


def settle_language() -> None:
    """Speak the language the address names, else the first of the browser's that is known."""
    # Hidden by style.py; bound, so that it survives a change of page (see filters.py).
    hidden = st.container(key="link_language", height=1, border=False)
    with hidden:
        if _PICKED in st.session_state:
            st.session_state[PARAMETER] = st.session_state[_PICKED]
        asked = st.multiselect(
            PARAMETER, [], key=PARAMETER, bind="query-params", accept_new_options=True
        )
    st.session_state[_PICKED] = asked
    named = [name for name in asked if name in language.LANGUAGES]
    spoken = named[0] if named else _of_the_browser()
    st.session_state[_SPOKEN] = spoken
    language.speak(spoken)
    with hidden:
        translate_streamlits_words()


def language_switch() -> None:
    """Draw the choice of a language."""
    st.session_state["language_switch"] = language.current_language()
    st.segmented_control(
        tr("Language"),
        list(NAMES),
        format_func=NAMES.__getitem__,
        key="language_switch",
        on_change=_pick,
        label_visibility="collapsed",
        required=True,
    )


def _pick() -> None:
    st.session_state[_PICKED] = [st.session_state["language_switch"]]


def _of_the_browser() -> str:
    """The first language of the browser that is known here, by its weight."""
    header = st.context.headers.get("Accept-Language", "")
    return language.preferred(header)


def _of_the_session() -> str:
    """The language of the last whole run, for fragments, which run without dashboard.py."""
    spoken: str = st.session_state.get(_SPOKEN, language.ENGLISH)
    return spoken


language.ask(_of_the_session)
