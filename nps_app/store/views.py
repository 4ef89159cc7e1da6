"""Saved views: a page as someone left it, under a name of its own."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import duckdb

from nps_app.store.database import Database, set_setting
from nps_app.store.records import SavedView, StoreError
from nps_app.store.schema import SCHEMA
from nps_core.language import tr

_NEXT: Final = "_next_view"


def views(database: Database) -> list[SavedView]:
    """List the saved views, pinned ones first, each by name."""
    cursor = database.cursor()
    try:
        rows = cursor.execute(
            f"SELECT name, page, query, pinned, id, created_at FROM {SCHEMA}.views"
            " ORDER BY NOT pinned, lower(name), id"
        ).fetchall()
    except duckdb.CatalogException:
        # A file that can only be read, written before there were views.
        return []
    finally:
        cursor.close()
    return [SavedView(*row) for row in rows]


def save_view(database: Database, view: SavedView) -> SavedView:
    """Add a view, or replace the one with its id; see `Store.save_view`."""
    name = " ".join(view.name.split())
    if not name:
        raise StoreError(tr("A view needs a name. Give it one and save again."))
    with database.write(figures=False) as cursor:
        taken = cursor.execute(
            f"SELECT id FROM {SCHEMA}.views WHERE lower(name) = lower(?)", [name]
        ).fetchone()
        if taken and taken[0] != view.id:
            raise StoreError(
                tr("There is a view named “{name}” already. Choose another name.", name=name)
            )
        known = cursor.execute(f"SELECT 1 FROM {SCHEMA}.views WHERE id = ?", [view.id]).fetchone()
        if view.id is not None and not known:
            raise StoreError(tr("This view was removed meanwhile. Save the page as a new one."))
        number = view.id or database.setting(_NEXT, 1)
        if view.id is None:
            # Never one used before: old links and walls name views by it.
            set_setting(cursor, _NEXT, number + 1)
        made = view.created_at or datetime.now(UTC).replace(tzinfo=None)
        cursor.execute(
            f"INSERT OR REPLACE INTO {SCHEMA}.views VALUES (?, ?, ?, ?, ?, ?)",
            [number, name, view.page, view.query, view.pinned, made],
        )
    return replace(view, name=name, id=number, created_at=made)


def delete_view(database: Database, view_id: int) -> None:
    """Remove a view."""
    with database.write(figures=False) as cursor:
        cursor.execute(f"DELETE FROM {SCHEMA}.views WHERE id = ?", [view_id])
