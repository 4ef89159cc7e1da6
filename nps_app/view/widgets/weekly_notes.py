"""The notes and decisions of a meeting: typed, kept with its week or month, never saved over."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from nps_app.store import MeetingNote, StoreError
from nps_app.view.tables import date_text
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.text import as_label
from nps_core.language import tr

_DRAFTS: Final = "weekly_drafts"
_FAILED: Final = "weekly_notes_failed"
_ROOM: Final = 20_000
"""Characters a field takes: a meeting's, not a book's."""


@dataclass
class _Draft:
    """What stands in the fields, and the note it was made from."""

    base: MeetingNote
    notes: str
    decisions: str

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return (self.notes, self.decisions) != (self.base.notes, self.base.decisions)


def weekly_notes(period: str) -> None:
    """Draw both fields and the button; what was typed stays until it is saved."""
    stored = current_store().meeting_note(period)
    drafts: dict[str, _Draft] = st.session_state.setdefault(_DRAFTS, {})
    draft = drafts.get(period)
    if draft is None or not draft.changed:
        draft = drafts[period] = _Draft(stored, stored.notes, stored.decisions)
    st.session_state[_key("notes", period)] = draft.notes
    st.session_state[_key("decisions", period)] = draft.decisions
    with st.container(key="weekly_notes"):
        for name, label in (("notes", tr("Notes")), ("decisions", tr("Decisions"))):
            st.text_area(
                label,
                key=_key(name, period),
                height=140,
                max_chars=_ROOM,
                on_change=_keep,
                args=(period,),
            )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                tr("Save notes and decisions"),
                type="primary",
                key="save_weekly_notes",
                on_click=_save,
                args=(period,),
            )
            st.caption(_status(stored, draft))
        failed = st.session_state.get(_FAILED)
        if failed and failed[0] == period and draft.changed:
            st.error(as_label(failed[1], 400))
        if draft.changed and stored.saved_at != draft.base.saved_at:
            _theirs(period, stored)


def _key(name: str, period: str) -> str:
    return f"weekly_{name}_{period}"


def _status(stored: MeetingNote, draft: _Draft) -> str:
    if draft.changed:
        return tr("Not saved yet.")
    if stored.saved_at is None:
        return tr("Nothing has been noted yet.")
    return tr(
        "Saved on {date} at {time} UTC.",
        date=date_text(stored.saved_at),
        time=f"{stored.saved_at:%H:%M}",
    )


def _keep(period: str) -> None:
    draft: _Draft = st.session_state[_DRAFTS][period]
    draft.notes = st.session_state[_key("notes", period)]
    draft.decisions = st.session_state[_key("decisions", period)]


def _save(period: str) -> None:
    _keep(period)
    draft: _Draft = st.session_state[_DRAFTS][period]
    st.session_state.pop(_FAILED, None)
    note = MeetingNote(period, draft.notes, draft.decisions, draft.base.saved_at)
    try:
        draft.base = current_store().save_meeting_note(note)
    except StoreError as error:
        st.session_state[_FAILED] = (period, str(error))


def _theirs(period: str, stored: MeetingNote) -> None:
    """What somebody else saved meanwhile, and the way to put both together."""
    st.caption(tr("Saved by someone else meanwhile:"))
    for heading, text in ((tr("Notes"), stored.notes), (tr("Decisions"), stored.decisions)):
        if text:
            st.caption(heading)
            st.text(text)
    st.button(
        tr("Put mine below theirs"), key="join_weekly_notes", on_click=_join, args=(period, stored)
    )


def _join(period: str, stored: MeetingNote) -> None:
    draft: _Draft = st.session_state[_DRAFTS][period]
    draft.notes = _joined(stored.notes, draft.notes, draft.base.notes)
    draft.decisions = _joined(stored.decisions, draft.decisions, draft.base.decisions)
    draft.base = stored
    st.session_state.pop(_FAILED, None)


def _joined(theirs: str, mine: str, before: str) -> str:
    """Theirs, and mine below it unless I had left it as it was."""
    if mine in (before, theirs) or not mine:
        return theirs
    return f"{theirs}\n\n{mine}" if theirs else mine
