"""The pictures of a wall in the order they are shown, drawn anew only when something changed."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from nps_app.store.records import SavedView, StoreError
from nps_app.store.troubles import FILE_IS_GONE
from nps_app.view.counting import KEPT
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.wall.beside import views_to_hide
from nps_app.view.wall.drawing import draw, draw_message
from nps_app.view.wall.picture import measure
from nps_app.view.widgets.session import current_store, store_version
from nps_app.view.widgets.text import visible
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

    A view that is gone is a sentence, and so is one that would give a small group away beside
    those before it. Raises StoreError when the store cannot be read, or its file is no longer
    there: nothing new comes into what was read of it.
    """
    if not current_store().file_is_there():
        raise StoreError(tr(FILE_IS_GONE))
    version, language = store_version(), current_language()
    if not views:
        return [_part(_drawn(version, "", "", language, today))]
    saved = {view.id: view for view in current_store().views()}
    found = [saved[number] for number in views if number in saved]
    minimum = minimum_responses()
    betray = views_to_hide(version, tuple(view.query for view in found), minimum) if found else ()
    hidden = {view.id for view, betrays in zip(found, betray, strict=True) if betrays}
    drawn = []
    for number in views:
        view = saved.get(number)
        if view is None:
            said = tr("There is no view {number}: it was deleted, or never made.", number=number)
            drawn.append(message(said))
        elif number in hidden:
            drawn.append(message(_betraying(view, minimum)))
        else:
            drawn.append(_part(_drawn(version, view.name, view.query, language, today)))
    return drawn


def _betraying(view: SavedView, minimum: int) -> str:
    return tr(
        "“{name}” is hidden: beside the views before it, it would give away a group of fewer than "
        "{n} responses.",
        name=visible(view.name, 60),
        n=minimum,
    )


def message(sentence: str) -> Part:
    """A calm sentence in place of a picture."""
    return _part(draw_message(sentence))


def _part(html: str) -> Part:
    return Part(hashlib.sha256(html.encode()).hexdigest()[:16], html)


@st.cache_data(**{**KEPT, "max_entries": _DRAWN})
def _drawn(version: int, name: str, query: str, language: str, today: date) -> str:
    return draw(measure(SavedView(name, query=query) if name else None, today))
