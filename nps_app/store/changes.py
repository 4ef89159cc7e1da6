"""Product changes: what the team did and when, the markers on every chart."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import duckdb

from nps_app.store.database import Database
from nps_app.store.records import StoreError
from nps_app.store.schema import SCHEMA
from nps_core.language import tr
from nps_core.measure import ProductChange


def changes(database: Database) -> list[ProductChange]:
    """List the product changes by date."""
    cursor = database.cursor()
    try:
        return _read(cursor)
    finally:
        cursor.close()


def save_changes(database: Database, given: list[ProductChange]) -> list[ProductChange]:
    """Save product changes in one transaction; see `Store.save_changes`."""
    with database.write() as cursor:
        known = {(change.date, change.title): change.id for change in _read(cursor)}
        saved = []
        for change in given:
            day = _day(change.date)
            if not change.title.strip():
                raise StoreError(tr("A product change needs a title. Give it one and save again."))
            number = change.id or known.get((day, change.title)) or _next_id(cursor)
            known[day, change.title] = number
            cursor.execute(
                f"INSERT OR REPLACE INTO {SCHEMA}.changes VALUES (?, ?, ?, ?, ?, ?)",
                [number, day, change.title, change.note, change.link, json.dumps(change.segments)],
            )
            saved.append(replace(change, date=day, id=number))
    return saved


def delete_change(database: Database, change_id: int) -> None:
    """Remove a product change."""
    with database.write() as cursor:
        cursor.execute(f"DELETE FROM {SCHEMA}.changes WHERE id = ?", [change_id])


def _read(cursor: duckdb.DuckDBPyConnection) -> list[ProductChange]:
    rows = cursor.execute(
        f"SELECT date, title, note, link, segments, id FROM {SCHEMA}.changes ORDER BY date, id"
    ).fetchall()
    return [
        ProductChange(day, title, note, link, _tuples(json.loads(segments)), number)
        for day, title, note, link, segments, number in rows
    ]


def _next_id(cursor: duckdb.DuckDBPyConnection) -> int:
    row = cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {SCHEMA}.changes").fetchone()
    return int(row[0]) if row else 1


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _day(given: date | datetime) -> date:
    return given.date() if isinstance(given, datetime) else given
