"""Write what `staging` decided, within the caller's transaction.

Statements over two hundred columns hold some megabytes a step and thread, so each joins one wide
table at most, and those that have nothing to do are left out.
"""

import duckdb

from nps_app.store.schema import SCHEMA, TYPES
from nps_app.store.staging import KEEP, SAME, UPDATE, Staged
from nps_core import columns as c


def write_staged(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, number: int, different: int
) -> None:
    """Store the staged rows as import `number`; `different` rows differ from stored ones."""
    columns = [*TYPES, *(segment.column_name for segment in staged.segments)]
    if different:
        _write_different(cursor, staged, columns, number)
    _write_same(cursor, number)
    _write_new(cursor, staged, columns, number)


def _write_different(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, columns: list[str], number: int
) -> None:
    present = set(staged.present)
    listed = ", ".join(columns)
    cursor.execute(
        f"CREATE TEMP TABLE different AS SELECT d.row_id, d.action, d.match, i.*"
        f" FROM incoming i JOIN decided d ON d.rn = i.rn WHERE d.action <> '{SAME}'"
    )
    cursor.execute(
        f"INSERT INTO {SCHEMA}.history (key, row_id, import_id, {listed}, superseded_by)"
        f" SELECT key, row_id, import_id, {listed}, {number} FROM {SCHEMA}.responses"
        f" WHERE row_id IN (SELECT row_id FROM different WHERE action = '{UPDATE}')"
    )
    # An older value not met before: kept beside the current one, never in its place.
    mixed = ", ".join(f"{'x' if name in present else 'r'}.{name}" for name in columns)
    cursor.execute(
        f"INSERT INTO {SCHEMA}.history (key, row_id, import_id, {listed}, superseded_by)"
        f" SELECT r.key, r.row_id, {number}, {mixed}, NULL FROM {SCHEMA}.responses r"
        f" JOIN different x ON x.row_id = r.row_id"
        f" WHERE x.action = '{KEEP}' AND x.match IS NULL"
    )
    assigned = ", ".join(f"{name} = x.{name}" for name in columns if name in present)
    cursor.execute(
        f"UPDATE {SCHEMA}.responses AS r SET {assigned}, import_id = {number}"
        f" FROM different x WHERE r.row_id = x.row_id AND x.action = '{UPDATE}'"
    )


def _write_same(cursor: duckdb.DuckDBPyConnection, number: int) -> None:
    cursor.execute(
        f"UPDATE {SCHEMA}.responses AS r SET {c.UPDATED_AT} = d.given FROM decided d"
        f" WHERE r.row_id = d.row_id AND d.action = '{SAME}'"
        f" AND d.given > coalesce(d.held, TIMESTAMP '0001-01-01')"
    )
    cursor.execute(
        f"INSERT INTO {SCHEMA}.sightings SELECT row_id, {number},"
        f" CASE WHEN action = '{SAME}' THEN saw ELSE match END FROM decided"
        f" WHERE action = '{SAME}' OR (action = '{KEEP}' AND match IS NOT NULL)"
    )


def _write_new(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, columns: list[str], number: int
) -> None:
    present = [name for name in columns if name in staged.present]
    listed = ", ".join(present)
    # Undone rows may have held the highest numbers; nothing refers to those any more.
    row = cursor.execute(f"SELECT coalesce(max(row_id), 0) + 1 FROM {SCHEMA}.responses").fetchone()
    first = row[0] if row else 1
    cursor.execute(
        f"INSERT INTO {SCHEMA}.responses (key, row_id, import_id, {listed})"
        f" SELECT k.key, {first} + k.rn, {number}, {listed}"
        f" FROM incoming i JOIN keyed k ON k.rn = i.rn"
        f" WHERE NOT k.erased AND k.rn NOT IN (SELECT rn FROM decided)"
    )
