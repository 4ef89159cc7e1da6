"""Notes and decisions of a meeting, kept with the week or month it was about."""

from dataclasses import replace
from datetime import UTC, datetime

import duckdb

from nps_app.store.database import Database
from nps_app.store.records import MeetingNote, StoreError
from nps_app.store.schema import SCHEMA
from nps_core.language import tr


def meeting_note(database: Database, period: str) -> MeetingNote:
    """Return what was noted for a period; an empty note when nothing was."""
    cursor = database.cursor()
    try:
        row = _read(cursor, period)
    except duckdb.CatalogException:
        # A file that can only be read, written before there were notes.
        return MeetingNote(period)
    finally:
        cursor.close()
    return row or MeetingNote(period)


def save_meeting_note(database: Database, note: MeetingNote) -> MeetingNote:
    """Save a note over the one it was made from; see `Store.save_meeting_note`."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with database.write(figures=False) as cursor:
        stored = _read(cursor, note.period)
        if stored and stored.saved_at != note.saved_at:
            raise StoreError(
                tr(
                    "Someone else has saved these notes since you opened them. Copy what you "
                    "wrote, open the page again and put the two together; nothing was saved over."
                )
            )
        cursor.execute(
            f"INSERT OR REPLACE INTO {SCHEMA}.meeting_notes VALUES (?, ?, ?, ?)",
            [note.period, note.notes, note.decisions, now],
        )
    return replace(note, saved_at=now)


def _read(cursor: duckdb.DuckDBPyConnection, period: str) -> MeetingNote | None:
    row = cursor.execute(
        f"SELECT period, notes, decisions, saved_at FROM {SCHEMA}.meeting_notes WHERE period = ?",
        [period],
    ).fetchone()
    return MeetingNote(*row) if row else None
