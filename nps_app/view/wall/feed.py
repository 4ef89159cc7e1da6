"""What the app sends a wall's browser: each picture once, and a beat a refresh.

The browser's own script (nps_app/web/wall_watch.js) shows them, keeps the last good ones and says
how old they are; nothing that happens here can take a picture off the screen.
"""

import json
import logging
import os
import time
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from nps_app.view.wall.asked import REFRESH_VARIABLE, WallAsked, read_asked, within
from nps_app.view.wall.screen import Part, message, parts
from nps_app.view.widgets.admission import Admission, admission
from nps_app.web.wall_watch import SCRIPT_VERSION
from nps_core.language import current_language, speaking, tr

_GOOD: Final = "wall_last_good"
_LOG: Final = logging.getLogger(__name__)


def wall_feed() -> None:
    """Send the pictures the address asks for, and again every few seconds, until the end."""
    address = dict(st.query_params)
    try:
        refresh: float = _asked(address, admission()).refresh
    except Exception:
        refresh = read_asked(address).refresh
    refresh = float(os.environ.get(REFRESH_VARIABLE, refresh))
    st.fragment(_refresh, run_every=refresh)(address, refresh)


def _refresh(address: dict[str, str], refresh: float) -> None:
    # A fragment runs without dashboard.py, which shows the errors of a page in words of its own.
    slot, admitted = st.empty(), None
    try:
        admitted = admission()
        with speaking(_language(address, admitted)):
            asked = _asked(address, admitted)
            closed = admitted.kind == "wall" and admitted.link is None
            shown = [message(_closed())] if closed else parts(asked.views, date.today())
            beat = _beat(asked, refresh, shown, closed=closed)
        st.session_state[_GOOD] = [] if closed else shown
    except Exception as error:
        # Whatever it is, a screen nobody stands at keeps its picture and tries again. The kind
        # of the error alone is logged: its words may quote a response.
        _LOG.warning("The wall could not be refreshed: %s", type(error).__name__)
        shown = st.session_state.get(_GOOD) or [message(_unread())]
        beat = _beat(read_asked(address), refresh, shown, failed=True)
    for part in shown:
        st.html(_element(wall_part=part.name, picture=part.html))
    slot.html(_element(wall_beat=beat))


def _asked(address: dict[str, str], admitted: Admission) -> WallAsked:
    """What the address asks for, as far as the link of a wall lets it."""
    link = admitted.link
    if admitted.kind != "wall" or link is None:
        return read_asked(address)
    asked = read_asked(address, WallAsked((), link.every, link.look))
    return WallAsked(within(asked.views, link.views), asked.every, asked.look, asked.remarks)


def _language(address: dict[str, str], admitted: Admission) -> str:
    link = admitted.link
    return current_language() if link is None or "lang" in address else link.language


def _closed() -> str:
    return tr("This link was revoked and shows nothing any more. Ask for a new one.")


def _unread() -> str:
    return tr("The data cannot be read at the moment. This screen tries again by itself.")


def _beat(
    asked: WallAsked,
    refresh: float,
    shown: Sequence[Part],
    *,
    failed: bool = False,
    closed: bool = False,
) -> str:
    words = {
        "asof": tr("Data as of {time}, {ago}"),
        "now": tr("just now"),
        "lost": tr("No connection since {time}: this is the last good picture"),
        "failed": tr("The data cannot be read since {time}: this is the last good picture"),
        "turn": tr("View {n} of {total}"),
        "remarks": " ".join(asked.remarks),
    }
    beat = {
        "at": time.time(),
        "refresh": refresh,
        "every": asked.every,
        "look": asked.look,
        "language": current_language(),
        "order": [part.name for part in shown],
        "failed": failed,
        "closed": closed,
        "version": SCRIPT_VERSION,
        "words": words,
    }
    # The browser's sanitiser drops attributes in which markup seems to end.
    return json.dumps(beat).replace("<", "\\u003c").replace(">", "\\u003e")


def _element(**data: str) -> str:
    named = " ".join(
        f'data-{name.replace("_", "-")}="{escape(text)}"' for name, text in data.items()
    )
    return f"<div {named}></div>"
