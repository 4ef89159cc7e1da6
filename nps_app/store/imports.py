"""Plan an import, carry it out in one transaction, list the imports."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Final, TypedDict

import duckdb

from nps_app.store.database import Database
from nps_app.store.erasure import salt_of_erased
from nps_app.store.protocol import Parsed
from nps_app.store.records import ImportPlan, ImportRecord, StoreError
from nps_app.store.schema import SCHEMA, quoted
from nps_app.store.segments import add_segments
from nps_app.store.staging import KEEP, SAME, UPDATE, Staged, clear, stage
from nps_app.store.troubles import in_plain_words
from nps_app.store.writing import write_staged
from nps_core import columns as c
from nps_core.intake.text import day_text, number_text
from nps_core.language import tr, tr_plural

_FIELDS: Final = [field.name for field in fields(ImportRecord)]
_RECORD: Final = ", ".join(quoted(name) for name in _FIELDS)


def plan(database: Database, parsed: Parsed, newest: bool, source: str) -> ImportPlan:
    """Count what an import would do; see `Store.plan`."""
    cursor = database.cursor()
    try:
        with in_plain_words():
            staged = stage(cursor, parsed.accepted_path, newest, source, salt_of_erased(database))
            counts = _counts(cursor)
            stored = _scalar(cursor, f"SELECT count(*) FROM {SCHEMA}.responses")
            reused = _ids_reused(cursor)
            fits = ""
            if reused:
                clear(cursor)
                fits = _fitting_source(cursor, database, parsed, source)
    finally:
        cursor.close()
    same = next(
        (r for r in imports(database) if r.sha256 == parsed.sha256 and not r.undone_at), None
    )
    return ImportPlan(
        **counts,
        stored_before=stored,
        stored_after=stored + counts["new"],
        same_file_as=same,
        ids_reused=reused,
        warnings=tuple(_warnings(counts, staged, same, reused, fits)),
    )


def commit(database: Database, parsed: Parsed, by: str, newest: bool, source: str) -> ImportRecord:
    """Import the accepted rows in one transaction; see `Store.commit`."""
    with database.write() as cursor:
        staged = stage(cursor, parsed.accepted_path, newest, source, salt_of_erased(database))
        counts = _counts(cursor)
        accepted = _scalar(cursor, "SELECT count(*) FROM keyed")
        number = _scalar(cursor, f"SELECT coalesce(max(id), 0) + 1 FROM {SCHEMA}.imports")
        record = ImportRecord(
            id=number,
            file_name=parsed.file_name,
            sha256=parsed.sha256,
            imported_at=datetime.now(UTC).replace(tzinfo=None),
            by=by,
            source=source,
            rows_in=parsed.rows_in,
            **counts,
            rejected=parsed.rows_in - accepted - parsed.merged_duplicates - parsed.ignored_blank,
            merged_duplicates=parsed.merged_duplicates,
            ignored_blank=parsed.ignored_blank,
            newest_responded_at=staged.newest,
        )
        _record(cursor, record)
        add_segments(cursor, list(staged.segments))
        try:
            write_staged(cursor, staged, number, counts["updated"] + counts["kept_newer"])
        except duckdb.ConstraintException as error:
            raise StoreError(
                tr(
                    "A score of this file is missing or lies outside 0 to 10. Nothing was stored. "
                    "Look at which column holds the 0-10 answer."
                )
            ) from error
    return record


def imports(database: Database) -> list[ImportRecord]:
    """List all imports, the latest first."""
    cursor = database.cursor()
    try:
        return read_imports(cursor)
    finally:
        cursor.close()


def read_imports(cursor: duckdb.DuckDBPyConnection) -> list[ImportRecord]:
    """List all imports as the caller's transaction sees them, the latest first."""
    rows = cursor.execute(f"SELECT {_RECORD} FROM {SCHEMA}.imports ORDER BY id DESC").fetchall()
    return [ImportRecord(*row) for row in rows]


class _Counts(TypedDict):
    new: int
    updated: int
    unchanged: int
    kept_newer: int
    erased: int


def _record(cursor: duckdb.DuckDBPyConnection, record: ImportRecord) -> None:
    cursor.execute(
        f"INSERT INTO {SCHEMA}.imports ({_RECORD}) VALUES ({', '.join('?' * len(_FIELDS))})",
        [getattr(record, name) for name in _FIELDS],
    )


def _counts(cursor: duckdb.DuckDBPyConnection) -> "_Counts":
    erased, accepted = cursor.execute(
        "SELECT count(*) FILTER (erased), count(*) FROM keyed"
    ).fetchone() or (0, 0)
    of = dict(cursor.execute("SELECT action, count(*) FROM decided GROUP BY action").fetchall())
    return _Counts(
        new=accepted - erased - sum(of.values()),
        updated=of.get(UPDATE, 0),
        unchanged=of.get(SAME, 0),
        kept_newer=of.get(KEEP, 0),
        erased=erased,
    )


def _ids_reused(cursor: duckdb.DuckDBPyConnection) -> bool:
    matched, strangers = cursor.execute(
        "SELECT count(*), count(*) FILTER (stranger) FROM matched WHERE by_id"
    ).fetchone() or (0, 0)
    return bool(strangers * 2 > matched)


def _fitting_source(
    cursor: duckdb.DuckDBPyConnection, database: Database, parsed: Parsed, source: str
) -> str:
    """Name the survey imported earlier whose ids this file continues, "" when none does."""
    for other in sorted({record.source for record in read_imports(cursor)} - {source}):
        stage(cursor, parsed.accepted_path, False, other, salt_of_erased(database))
        fits = _scalar(cursor, "SELECT count(*) FROM matched WHERE by_id AND NOT stranger")
        reused = _ids_reused(cursor)
        clear(cursor)
        if fits and not reused:
            return other
    return ""


def _warnings(
    counts: "_Counts", staged: Staged, same: ImportRecord | None, reused: bool, fits: str
) -> list[str]:
    said = []
    if same:
        said.append(
            tr(
                "This very file was imported before, on {day}.",
                day=day_text(same.imported_at.date()),
            )
        )
    if reused:
        said.append(
            tr(
                "Most ids in this file are in the store already, but with other people or dates. "
                "It looks like another survey that counts its responses from 1 as well. Importing "
                "it as it is would overwrite responses; give it a survey name of its own instead. "
                'It continues the survey named "{name}".',
                name=fits,
            )
            if fits
            else tr(
                "Most ids in this file are in the store already, but with other people or dates. "
                "It looks like another survey that counts its responses from 1 as well. Importing "
                "it as it is would overwrite responses; give it a survey name of its own instead."
            )
        )
    if counts["kept_newer"]:
        said.append(
            tr_plural(
                "1 row holds an older value than the store. The stored value stays, unless you "
                "say that this file is the newest.",
                "{n} rows hold an older value than the store. The stored value stays, unless you "
                "say that this file is the newest.",
                counts["kept_newer"],
                n=number_text(counts["kept_newer"]),
            )
        )
    if counts["erased"]:
        said.append(
            tr_plural(
                "1 row belongs to people whose erasure was asked for. It is left out.",
                "{n} rows belong to people whose erasure was asked for. They are left out.",
                counts["erased"],
                n=number_text(counts["erased"]),
            )
        )
    if not {c.RESPONSE_ID, c.RESPONDENT_ID, c.RESPONDED_AT} & set(staged.present):
        said.append(
            tr(
                "This file has neither ids nor people nor dates. The same file again adds nothing, "
                "but rows it shares with another file cannot be recognised and would count twice."
            )
        )
    return said


def _scalar(cursor: duckdb.DuckDBPyConnection, statement: str) -> int:
    row = cursor.execute(statement).fetchone()
    return int(row[0]) if row else 0
