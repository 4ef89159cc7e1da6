"""The store on one DuckDB file."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Literal

import duckdb
import pandas as pd

from nps_app.store import (
    built_segments,
    changes,
    erasure,
    imports,
    notes,
    undo,
    views,
    wall_links,
)
from nps_app.store.database import Database, set_setting
from nps_app.store.export import export
from nps_app.store.protocol import Parsed
from nps_app.store.records import (
    BuiltSegment,
    BuiltTrial,
    ImportPlan,
    ImportRecord,
    MeetingNote,
    SavedView,
    StoreError,
    WallLink,
)
from nps_app.store.schema import SCHEMA, TYPES, quoted
from nps_app.store.segments import Segment, stored_segments
from nps_app.store.troubles import in_plain_words
from nps_core import columns as c
from nps_core.intake.mapping import header_key
from nps_core.language import tr
from nps_core.measure import ProductChange


class DuckDBStore:
    """A `Store` that keeps one workspace in one DuckDB file, owned by one process.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> store = DuckDBStore(Path(folder.name) / "nps.duckdb")
    >>> store.set_setting("minimum", 5)
    >>> store.setting("minimum")
    5
    >>> store.close()
    >>> folder.cleanup()
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self._segments: tuple[int, list[Segment]] = (-1, [])
        self._counting = threading.Lock()

    def version(self) -> int:
        """Return the number that grows with every committed write that moves a figure."""
        return self._database.version()

    def responses(self) -> duckdb.DuckDBPyRelation:
        """Return all responses as a lazy relation on a cursor of its own."""
        named = [quoted(name) for name in TYPES]
        named += [f"{s.column_name} AS {quoted(s.label)}" for s in self._held_segments()]
        stored = self._stored()
        named += [
            f"{built_segments.expression(built, stored)} AS {quoted(built.name)}"
            for built in self._built()
        ]
        return self._database.relation(f"SELECT {', '.join(named)} FROM {SCHEMA}.responses")

    def segment_columns(self) -> list[str]:
        """Name the segments: the named three, then the others that hold values."""
        stored = (segment.label for segment in self._held_segments())
        return [*c.NAMED_SEGMENTS, *stored, *(built.name for built in self._built())]

    def _stored(self) -> dict[str, str]:
        """The columns a segment can be built from, and the SQL of each."""
        held = {segment.label: segment.column_name for segment in self._held_segments()}
        own = (*c.NAMED_SEGMENTS, c.SURVEY_TYPE)
        return {name: name for name in own} | held | {name: name for name in c.NUMBERS}

    def _built(self) -> list[BuiltSegment]:
        """The built segments whose column is there: an import taken back takes it along."""
        stored = self._stored()
        return [built for built in self.built_segments() if built.column in stored]

    def bases(self) -> list[str]:
        """Name the columns a segment can be built from: stored segments, then the numbers."""
        return list(self._stored())

    def built_segments(self) -> list[BuiltSegment]:
        """List the segments built from others, by name."""
        cursor = self._database.cursor()
        try:
            return built_segments.built_segments(cursor)
        finally:
            cursor.close()

    def save_built_segment(self, built: BuiltSegment) -> BuiltSegment:
        """Add a built segment, or replace the one with its id."""
        stored = self._stored()
        _needs_base(built, stored)
        return built_segments.save_built_segment(self._database, built, list(stored))

    def try_built_segment(self, built: BuiltSegment) -> BuiltTrial:
        """Count what would fall where; nothing is saved."""
        stored = self._stored()
        _needs_base(built, stored)
        cursor = self._database.cursor()
        try:
            return built_segments.tried(cursor, built, stored)
        finally:
            cursor.close()

    def delete_built_segment(self, built_id: int) -> None:
        """Remove a built segment; the responses stay as they are."""
        built_segments.delete_built_segment(self._database, built_id)

    def _held_segments(self) -> list[Segment]:
        version = self.version()
        with self._counting:
            if self._segments[0] != version:
                self._segments = (version, self._count_segments())
            return self._segments[1]

    def _count_segments(self) -> list[Segment]:
        cursor = self._database.cursor()
        try:
            segments = stored_segments(cursor)
            if not segments:
                return []
            counted = ", ".join(f"count({segment.column_name})" for segment in segments)
            counts = cursor.execute(f"SELECT {counted} FROM {SCHEMA}.responses").fetchone() or ()
            return [s for s, count in zip(segments, counts, strict=True) if count]
        finally:
            cursor.close()

    def plan(self, parsed: Parsed, newest: bool = False, source: str = "") -> ImportPlan:
        """Count what `commit` with the same arguments would do; nothing is written."""
        return imports.plan(self._database, parsed, newest, source)

    def commit(
        self, parsed: Parsed, by: str = "", newest: bool = False, source: str = ""
    ) -> ImportRecord:
        """Import the accepted rows in one transaction."""
        return imports.commit(self._database, parsed, by, newest, source)

    def imports(self) -> list[ImportRecord]:
        """List all imports, the latest first, undone ones included."""
        return imports.imports(self._database)

    def undo(self, import_id: int) -> ImportRecord:
        """Take one import back whole, whatever came after it."""
        return undo.undo(self._database, import_id)

    def history(self, response_id: str) -> pd.DataFrame:
        """Return earlier values of a response, the latest first.

        Columns: those of `responses()`, then file_name, imported_at of the import that brought
        the value, and replaced_at, NaT for a value the store never took since it held a newer one.
        """
        named = [f"h.{name}" for name in TYPES]
        named += [f"h.{s.column_name} AS {quoted(s.label)}" for s in self._held_segments()]
        cursor = self._database.cursor()
        try:
            return cursor.execute(
                f"SELECT {', '.join(named)}, i.file_name, i.imported_at,"
                f" o.imported_at AS replaced_at FROM {SCHEMA}.history h"
                f" JOIN {SCHEMA}.imports i ON i.id = h.import_id"
                f" LEFT JOIN {SCHEMA}.imports o ON o.id = h.superseded_by"
                " WHERE h.response_id = ? ORDER BY h.import_id DESC",
                [response_id],
            ).df()
        finally:
            cursor.close()

    def erase(self, respondent_id: str) -> int:
        """Remove a person's responses and their history from the disk; return how many."""
        return erasure.erase(self._database, respondent_id)

    def changes(self) -> list[ProductChange]:
        """List the product changes by date."""
        return changes.changes(self._database)

    def save_change(self, change: ProductChange) -> ProductChange:
        """Add a product change, or replace the one with its id."""
        return changes.save_changes(self._database, [change])[0]

    def save_changes(self, given: list[ProductChange]) -> list[ProductChange]:
        """Save several product changes in one transaction."""
        return changes.save_changes(self._database, given)

    def delete_change(self, change_id: int) -> None:
        """Remove a product change."""
        changes.delete_change(self._database, change_id)

    def views(self) -> list[SavedView]:
        """List the saved views, pinned ones first, each by name."""
        return views.views(self._database)

    def save_view(self, view: SavedView) -> SavedView:
        """Add a view, or replace the one with its id."""
        return views.save_view(self._database, view)

    def delete_view(self, view_id: int) -> None:
        """Remove a view."""
        views.delete_view(self._database, view_id)

    def wall_links(self) -> list[WallLink]:
        """List all wall links, the latest first, revoked ones included."""
        return wall_links.wall_links(self._database)

    def wall_link(self, token: str) -> WallLink | None:
        """Return the link a token opens; None when there is none, or it was revoked."""
        return wall_links.wall_link(self._database, token)

    def create_wall_link(self, link: WallLink) -> tuple[WallLink, str]:
        """Make a wall link; return it with its token, which is kept nowhere."""
        return wall_links.create_wall_link(self._database, link)

    def revoke_wall_link(self, link_id: int) -> None:
        """Make a link's token open nothing from now on."""
        wall_links.revoke_wall_link(self._database, link_id)

    def meeting_note(self, period: str) -> MeetingNote:
        """Return what was noted for a period; an empty note when nothing was."""
        return notes.meeting_note(self._database, period)

    def save_meeting_note(self, note: MeetingNote) -> MeetingNote:
        """Save a note over the one it was made from."""
        return notes.save_meeting_note(self._database, note)

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a setting as it was set, or the default."""
        return self._database.setting(f"app:{key}", default)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a JSON value under a name."""
        with self._database.write() as cursor:
            set_setting(cursor, f"app:{key}", value)

    def mapping_for(self, header: Sequence[str]) -> dict[str, Any] | None:
        """Return the mapping a person settled for a file with this header, if any."""
        found: dict[str, Any] | None = self._database.setting(f"mapping:{header_key(header)}")
        return found

    def remember_mapping(self, header: Sequence[str], mapping: dict[str, Any]) -> None:
        """Keep the mapping for the next file with the same header."""
        with self._database.write() as cursor:
            set_setting(cursor, f"mapping:{header_key(header)}", mapping)

    def export(
        self, target: str | Path | IO[bytes], format: Literal["csv", "parquet"] = "csv"
    ) -> None:
        """Write every accepted response to a file or a binary buffer."""
        segments = self._held_segments()
        cursor = self._database.cursor()
        try:
            with in_plain_words():
                export(cursor, segments, target, format)
        finally:
            cursor.close()

    def file_is_there(self) -> bool:
        """Tell whether the file that was opened still stands where it stood."""
        return self._database.file_is_there()

    def read_only_reason(self) -> str | None:
        """Say why nothing can be written at the moment; None when all is well."""
        return self._database.read_only_reason()

    def close(self) -> None:
        """Release the file."""
        self._database.close()


def _needs_base(built: BuiltSegment, stored: dict[str, str]) -> None:
    if built.column not in stored:
        raise StoreError(tr("There is no column named “{name}” to build from.", name=built.column))
