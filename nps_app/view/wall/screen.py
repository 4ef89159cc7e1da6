"""The pictures of a wall in the order they are shown, drawn anew only when something changed."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from nps_app.store.records import SavedView, StoreError
from nps_app.store.troubles import FILE_IS_GONE
from nps_app.view.counting import KEPT
from nps_app.view.wall.drawing import draw, draw_message
from nps_app.view.wall.picture import measure
from nps_app.view.widgets.session import current_store, store_version
from nps_core.language import current_language, tr

_DRAWN: Final = 64
"""Pictures kept: a day's views of a few displays, not those of every import since."""


@dataclass(frozen=True)
class Part:
    """One picture as HTML, and a name that changes when it does."""

    name: str
    html: str


def parts(views: tuple[int, ...], today: date) -> list[Part]:
    """Draw the saved views of these ids, all responses for none, in the language that is spoken.

    A view that is gone is a sentence. Raises StoreError when the store cannot be read, or its file
    is no longer there: nothing new comes into what was read of it.
    """
    if not current_store().file_is_there():
        raise StoreError(tr(FILE_IS_GONE))
    version, language = store_version(), current_language()
    if not views:
        return [_part(_drawn(version, "", "", language, today))]
    saved = {view.id: view for view in current_store().views()}
    drawn = []
    for number in views:
        view = saved.get(number)
        drawn.append(
            message(tr("There is no view {number}: it was deleted, or never made.", number=number))
            if view is None
            else _part(_drawn(version, view.name, view.query, language, today))
        )
    return drawn


def message(sentence: str) -> Part:
    """A calm sentence in place of a picture."""
    return _part(draw_message(sentence))


def _part(html: str) -> Part:
    return Part(hashlib.sha256(html.encode()).hexdigest()[:16], html)


@st.cache_data(**{**KEPT, "max_entries": _DRAWN})
def _drawn(version: int, name: str, query: str, language: str, today: date) -> str:
    return draw(measure(SavedView(name, query=query) if name else None, today))
