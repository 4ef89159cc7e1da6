"""What was noted and decided in the meeting, as it was typed."""

from nps_app.store import MeetingNote
from nps_app.view.weekly.content import Section, Typed
from nps_app.view.widgets.session import current_store
from nps_core.language import tr


def notes(period: str) -> Section:
    """The newest notes and decisions of a week or month."""
    kept: MeetingNote = current_store().meeting_note(period)
    typed = (Typed(tr("Notes"), kept.notes), Typed(tr("Decisions"), kept.decisions))
    sentences = () if kept.notes or kept.decisions else (tr("Nothing has been noted yet."),)
    return Section("notes", tr("Notes and decisions"), sentences, typed=typed)
