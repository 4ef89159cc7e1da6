"""Take one import back whole, in any order.

Every value is known by (row_id, import_id). `superseded_by` chains the values of a row; a
sighting says that another import brought the same value and so inherits it.
"""

from dataclasses import replace
from datetime import UTC, datetime

import duckdb

from nps_app.store.database import Database
from nps_app.store.imports import read_imports
from nps_app.store.records import ImportRecord, StoreError
from nps_app.store.schema import SCHEMA, TYPES
from nps_app.store.segments import stored_segments
from nps_core.intake.text import day_text
from nps_core.language import tr


def undo(database: Database, import_id: int) -> ImportRecord:
    """Undo the import; see `Store.undo`."""
    with database.write() as cursor:
        record = next((r for r in read_imports(cursor) if r.id == import_id), None)
        if record is None:
            raise StoreError(
                tr("There is no import number {number}. Look at the list again.", number=import_id)
            )
        if record.undone_at:
            raise StoreError(
                tr(
                    "Import number {number} was undone on {day} already.",
                    number=import_id,
                    day=day_text(record.undone_at.date()),
                )
            )
        now = datetime.now(UTC).replace(tzinfo=None)
        _hand_to_heirs(cursor, import_id)
        _restore(cursor, import_id)
        _unlink(cursor, import_id)
        cursor.execute(f"DELETE FROM {SCHEMA}.sightings WHERE import_id = ?", [import_id])
        cursor.execute(f"UPDATE {SCHEMA}.imports SET undone_at = ? WHERE id = ?", [now, import_id])
    return replace(record, undone_at=now)


def _hand_to_heirs(cursor: duckdb.DuckDBPyConnection, gone: int) -> None:
    cursor.execute(
        f"CREATE TEMP TABLE heirs AS SELECT row_id, min(import_id) AS heir"
        f" FROM {SCHEMA}.sightings WHERE saw = {gone} GROUP BY row_id"
    )
    cursor.execute(
        f"DELETE FROM {SCHEMA}.sightings AS s USING heirs h"
        f" WHERE s.row_id = h.row_id AND s.import_id = h.heir AND s.saw = {gone}"
    )
    for table, column in (
        ("sightings", "saw"),
        ("responses", "import_id"),
        ("history", "import_id"),
        ("history", "superseded_by"),
    ):
        cursor.execute(
            f"UPDATE {SCHEMA}.{table} AS t SET {column} = h.heir FROM heirs h"
            f" WHERE t.row_id = h.row_id AND t.{column} = {gone}"
        )


def _restore(cursor: duckdb.DuckDBPyConnection, gone: int) -> None:
    """Put back what the import replaced, else the best older value, else remove the row."""
    columns = [*TYPES, *(segment.column_name for segment in stored_segments(cursor))]
    cursor.execute(
        f"CREATE TEMP TABLE restored AS SELECT h.* FROM {SCHEMA}.history h"
        f" JOIN {SCHEMA}.responses r ON r.row_id = h.row_id AND r.import_id = {gone}"
        f" JOIN {SCHEMA}.imports i ON i.id = h.import_id"
        f" QUALIFY row_number() OVER (PARTITION BY h.row_id ORDER BY"
        f" coalesce(h.superseded_by = {gone}, FALSE) DESC, h.updated_at DESC NULLS LAST,"
        f" i.newest_responded_at DESC NULLS LAST, h.import_id DESC) = 1"
    )
    assigned = ", ".join(f"{name} = b.{name}" for name in columns)
    cursor.execute(
        f"UPDATE {SCHEMA}.responses AS r SET {assigned}, import_id = b.import_id"
        f" FROM restored b WHERE r.row_id = b.row_id"
    )
    cursor.execute(
        f"DELETE FROM {SCHEMA}.history AS h USING restored b"
        f" WHERE h.row_id = b.row_id AND h.import_id = b.import_id"
    )
    cursor.execute(f"DELETE FROM {SCHEMA}.responses WHERE import_id = {gone}")


def _unlink(cursor: duckdb.DuckDBPyConnection, gone: int) -> None:
    """Take the import's superseded values out of the chains they stand in."""
    cursor.execute(
        f"UPDATE {SCHEMA}.history AS before SET superseded_by = after.superseded_by"
        f" FROM {SCHEMA}.history after WHERE after.row_id = before.row_id"
        f" AND after.import_id = {gone} AND before.superseded_by = {gone}"
    )
    cursor.execute(f"DELETE FROM {SCHEMA}.history WHERE import_id = {gone}")
