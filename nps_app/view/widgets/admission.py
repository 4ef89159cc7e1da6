"""Who is there, for scripts: as the gate let them in, or by the key in the address."""

from dataclasses import dataclass
from typing import Final, Literal

import streamlit as st

from nps_app.store import StoreError, WallLink
from nps_app.view.widgets.session import current_store
from nps_app.web.admitted import HEADER, WALL
from nps_core.language import tr

KEY: Final = "key"
_CAME_WITH: Final = "came_with_wall_key"
_KNOWN: Final = "known_admission"


@dataclass(frozen=True)
class Admission:
    """Who is there: everybody of this machine, a person who signed in, or a wall display.

    `link` is the wall link a "wall" session came with, None once it was revoked.
    """

    kind: Literal["open", "signed_in", "wall"]
    link: WallLink | None = None


def admission() -> Admission:
    """Say who is there in this run.

    A session that once came with a key stays a wall display, whatever its address says later.
    While the store cannot say, a display is what it was. Raises StoreError when that is not known.
    """
    try:
        there = _admitted()
    except StoreError:
        known = st.session_state.get(_KNOWN)
        if known is None:
            raise
        return Admission(*known)
    st.session_state[_KNOWN] = (there.kind, there.link)
    return there


def nothing_else() -> None:
    """Say what a display sees at any address but the wall's."""
    st.text(tr("This display shows the wall and nothing else."))


def _admitted() -> Admission:
    kind, _, number = st.context.headers.get(HEADER, "open").partition(" ")
    key = st.query_params.get(KEY)
    if key is not None:
        st.session_state[_CAME_WITH] = key
    key = st.session_state.get(_CAME_WITH)
    if key is not None:
        return Admission("wall", current_store().wall_link(key))
    if kind == WALL:
        links = (link for link in current_store().wall_links() if str(link.id) == number)
        return Admission("wall", next((link for link in links if not link.revoked_at), None))
    return Admission("signed_in" if kind == "signed_in" else "open")
