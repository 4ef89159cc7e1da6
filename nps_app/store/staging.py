"""Decide, row by row, what an import would do: temporary tables only, nothing is written.

After `stage` the cursor has the view `incoming` (the file's rows as `rn` and stored columns),
`keyed` (rn, key, erased) and `decided` (rn, row_id, saw, action, match), one row for each row the
store knows already. `match` is the import that brought the same value earlier, if one did.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb
import pyarrow.parquet as pq
from pyarrow import ArrowException

from nps_app.store import identity
from nps_app.store.built_segments import built_segments
from nps_app.store.records import StoreError
from nps_app.store.schema import SCHEMA, TYPES, literal, quoted
from nps_app.store.segments import Segment, stored_segments, with_headers
from nps_core import columns as c
from nps_core.language import tr

SAME: Final = "same"
UPDATE: Final = "update"
KEEP: Final = "keep"


@dataclass(frozen=True)
class Staged:
    """What a staged file looks like: its columns that hold values, all segments, its newest time.

    `present` lists stored columns; `segments` includes those the file would add; `newest` is the
    latest of responded_at and updated_at in the file.
    """

    present: tuple[str, ...]
    segments: tuple[Segment, ...]
    newest: datetime | None


def stage(
    cursor: duckdb.DuckDBPyConnection, path: Path, newest: bool, source: str, salt: str
) -> Staged:
    """Compare the accepted rows in the Parquet file with the store; see the module."""
    segments, columns = _incoming(cursor, path)
    filled = _filled(cursor, list(columns))
    present = {column: columns[column] for column in filled}
    latest = _latest(cursor, present)
    identity.find_keys(cursor, present, source, salt)
    known = {segment.column_name for segment in stored_segments(cursor)} | TYPES.keys()
    _match(cursor, [column for column in present if column != c.UPDATED_AT], known, present)
    _decide(cursor, newest, latest)
    return Staged(tuple(present), tuple(segments), latest)


def _incoming(
    cursor: duckdb.DuckDBPyConnection, path: Path
) -> tuple[list[Segment], dict[str, str]]:
    """Create the view `incoming`; return all segments and each stored column's lasting name."""
    source = f"read_parquet({literal(str(path))})"
    try:
        headers = pq.read_schema(path).names
    except (OSError, ArrowException):
        raise StoreError(tr("The uploaded file is no longer at hand. Upload it again.")) from None
    described = cursor.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    inner = [(row[0], row[1]) for row in described]
    others = [header for header in headers if header not in TYPES]
    built = [built.name for built in built_segments(cursor)]
    segments = with_headers(stored_segments(cursor), others, built)
    column_of = {segment.header: segment.column_name for segment in segments}
    columns: dict[str, str] = {}
    select = []
    for header, (name, kind) in zip(headers, inner, strict=True):
        column = header if header in TYPES else column_of[header]
        columns[column] = f"c:{header}" if header in TYPES else f"s:{header}"
        value = f"CAST({quoted(name)} AS {TYPES.get(header, 'VARCHAR')})"
        if TYPES.get(header, "VARCHAR") == "VARCHAR":
            value = f"nullif({value}, '')"
        elif TYPES[header] == "DOUBLE":
            value = f"CASE WHEN isnan({value}) THEN NULL ELSE {value} END"
        elif header == c.SCORE and "INT" not in kind:
            raise StoreError(
                tr(
                    "The scores of this file came as {kind}, not as whole numbers, and were not "
                    "stored, since a score is never rounded. Import the original export again.",
                    kind=kind,
                )
            )
        select.append(f"{value} AS {column}")
    if c.SCORE not in columns:
        raise StoreError(
            tr("This file has no score column. Say which column holds the 0-10 answer.")
        )
    if any(name.casefold() == "file_row_number" for name, _ in inner):
        numbered, rows = "row_number() OVER ()", source
    else:
        numbered, rows = "file_row_number", f"{source[:-1]}, file_row_number = true)"
    cursor.execute(
        f"CREATE OR REPLACE TEMP VIEW incoming AS SELECT {numbered} AS rn, {', '.join(select)}"
        f" FROM {rows}"
    )
    return segments, columns


def _filled(cursor: duckdb.DuckDBPyConnection, columns: list[str]) -> list[str]:
    counts = cursor.execute(
        f"SELECT {', '.join(f'count({column})' for column in columns)} FROM incoming"
    ).fetchone()
    # A column without any value says nothing, so it must not clear what another file brought.
    return [
        column
        for column, count in zip(columns, counts or (), strict=True)
        if count or column == c.SCORE
    ]


def _latest(cursor: duckdb.DuckDBPyConnection, present: dict[str, str]) -> datetime | None:
    times = [column for column in (c.RESPONDED_AT, c.UPDATED_AT) if column in present]
    if not times:
        return None
    picked = ", ".join(f"max({column})" for column in times)
    row = cursor.execute(f"SELECT {picked} FROM incoming").fetchone()
    return max(value for value in row or () if value is not None)


def _match(
    cursor: duckdb.DuckDBPyConnection,
    compared: list[str],
    known: set[str],
    present: dict[str, str],
) -> None:
    different = " OR ".join(
        f"i.{column} IS DISTINCT FROM r.{column}" if column in known else f"i.{column} IS NOT NULL"
        for column in compared
    )
    given = f"i.{c.UPDATED_AT}" if c.UPDATED_AT in present else "CAST(NULL AS TIMESTAMP)"
    strangers = []
    if c.RESPONDENT_ID in present:
        strangers.append(f"coalesce(i.{c.RESPONDENT_ID} <> r.{c.RESPONDENT_ID}, FALSE)")
    if c.RESPONDED_AT in present:
        apart = f"abs(date_diff('hour', i.{c.RESPONDED_AT}, r.{c.RESPONDED_AT})) > 24"
        strangers.append(f"coalesce({apart}, FALSE)")
    # Where only one of the two says who or when, another score speaks for another response.
    for column in (c.RESPONDENT_ID, c.RESPONDED_AT):
        named = f"(i.{column} IS NULL)" if column in present else "TRUE"
        strangers.append(f"({named} <> (r.{column} IS NULL) AND i.{c.SCORE} <> r.{c.SCORE})")
    by_id = f"i.{c.RESPONSE_ID} IS NOT NULL" if c.RESPONSE_ID in present else "FALSE"
    cursor.execute(
        f"CREATE TEMP TABLE matched AS SELECT k.rn, r.row_id, r.import_id AS saw,"
        f" ({different}) AS changed, {given} AS given, r.{c.UPDATED_AT} AS held,"
        f" {by_id} AS by_id, ({' OR '.join(strangers)}) AS stranger"
        f" FROM {identity.KEYED} k JOIN {SCHEMA}.responses r ON r.key = k.key"
        f" JOIN incoming i ON i.rn = k.rn WHERE NOT k.erased"
    )
    same_as_past = " AND ".join(
        f"i.{column} IS NOT DISTINCT FROM h.{column}" if column in known else f"i.{column} IS NULL"
        for column in compared
    )
    cursor.execute(
        f"CREATE TEMP TABLE past AS SELECT m.rn, max(h.import_id) AS match,"
        f" bool_or(h.superseded_by IS NOT NULL) AS superseded"
        f" FROM matched m JOIN {SCHEMA}.history h ON h.row_id = m.row_id"
        f" JOIN incoming i ON i.rn = m.rn WHERE m.changed AND {same_as_past} GROUP BY m.rn"
    )


def _decide(cursor: duckdb.DuckDBPyConnection, newest: bool, latest: datetime | None) -> None:
    # The held value is as recent as the newest file that brought or confirmed it.
    cursor.execute(
        f"CREATE TEMP TABLE confirmed AS WITH brought AS ("
        f" SELECT m.rn, m.saw AS import_id FROM matched m WHERE m.changed UNION ALL"
        f" SELECT m.rn, s.import_id FROM matched m JOIN {SCHEMA}.sightings s"
        f" ON s.row_id = m.row_id AND s.saw = m.saw WHERE m.changed)"
        f" SELECT rn, max(newest_responded_at) AS newest FROM brought"
        f" JOIN {SCHEMA}.imports ON id = import_id GROUP BY rn"
    )
    cursor.execute(
        f"CREATE TEMP TABLE decided AS SELECT m.rn, m.row_id, m.saw, m.given, m.held, p.match,"
        f" CASE WHEN NOT m.changed THEN '{SAME}' WHEN $newest THEN '{UPDATE}'"
        f" WHEN m.given > m.held THEN '{UPDATE}' WHEN m.given < m.held THEN '{KEEP}'"
        f" WHEN p.superseded THEN '{KEEP}' WHEN c.newest > $latest THEN '{KEEP}'"
        f" ELSE '{UPDATE}' END AS action"
        f" FROM matched m LEFT JOIN past p ON p.rn = m.rn LEFT JOIN confirmed c ON c.rn = m.rn",
        {"newest": newest, "latest": latest},
    )


def clear(cursor: duckdb.DuckDBPyConnection) -> None:
    """Drop the temporary tables, so that the same cursor can stage again."""
    for table in (identity.KEYED, "repeated", "matched", "past", "confirmed", "decided"):
        cursor.execute(f"DROP TABLE IF EXISTS temp.{table}")
