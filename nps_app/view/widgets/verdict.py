"""A verdict word that opens how it was reached."""

from collections.abc import Sequence

import streamlit as st

from nps_app.view.said import capital
from nps_app.view.tables import arrow
from nps_app.view.widgets.text import visible
from nps_core.language import tr

_TONES = {"up": "blue", "down": "orange"}


def verdict_popover(label: str, sentences: Sequence[str], key: str) -> None:
    """Draw `label`, which opens the plain `sentences`, and under them the way to the method.

    `label` is Markdown of our own words (`verdict_label`); a sentence may hold any text, of which
    nothing is rendered as markup. `key` is the popover's own on the page.
    """
    with st.popover(label, type="tertiary", key=f"verdict_{key}"):
        for sentence in sentences:
            st.text(visible(sentence, 400))
        st.page_link("pages/methods.py", label=tr("How verdicts are reached"))


def verdict_label(verdict: str, words: str = "") -> str:
    """The label of a verdict in its colour, its sign in front; `words` may say more than it.

    >>> verdict_label("up"), verdict_label("no clear change", "No clear change, +2 (−3 to 7)")
    (':blue[**▲ Up**]', ':gray[**● No clear change, +2 (−3 to 7)**]')
    """
    said = words or capital(tr(verdict))
    return f":{_TONES.get(verdict, 'gray')}[**{arrow(verdict)} {said}**]"
