"""Segment columns: whatever header a file has, a plain column name of our own holds it.

Headers never reach a statement as names of stored columns, so quotes, formulas, reserved words
and names that differ in case alone neither inject nor collide (DuckDB folds the case of names).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from nps_app.store.schema import SCHEMA
from nps_core import columns as c

RESERVED: Final = frozenset(
    {
        *(name.casefold() for name in c.CANONICAL),
        *(c.PERIOD, c.COUNT, c.DETRACTORS, c.PASSIVES, c.PROMOTERS, c.RESPONSES, c.NPS),
        *(c.LOW, c.HIGH, "difference", "difference_low", "difference_high", "p", "p_adjusted"),
        *("verdict", "hidden", "complete", "", "*", "line"),
        *(f"window_{name}" for name in (c.RESPONSES, c.NPS, c.LOW, c.HIGH)),
    }
)
"""Labels that mean something else in the tables made from responses."""


@dataclass(frozen=True)
class Segment:
    """A stored segment: its column, the header it came under, the label it is shown under."""

    column_name: str
    header: str
    label: str


def stored_segments(cursor: duckdb.DuckDBPyConnection) -> list[Segment]:
    """List the segments beyond the named ones in the order they were first seen."""
    rows = cursor.execute(
        f"SELECT column_name, header, label FROM {SCHEMA}.segments "
        "ORDER BY length(column_name), column_name"
    ).fetchall()
    return [Segment(*row) for row in rows]


def with_headers(
    known: list[Segment], headers: list[str], built: Sequence[str] = ()
) -> list[Segment]:
    """Add segments for headers not seen before; the label is the header unless that is taken.

    `built` are the names of segments built here, which no label may repeat.

    >>> [s.label for s in with_headers([], ["plan", "Plan", "Score", "country"])]
    ['plan', 'Plan (2)', 'Score (segment)', 'country']
    """
    segments = list(known)
    seen = {segment.header for segment in known}
    taken = {name.casefold() for name in (*(segment.label for segment in known), *built)}
    for header in headers:
        if header in seen:
            continue
        seen.add(header)
        label = _label(header, taken)
        taken.add(label.casefold())
        segments.append(Segment(f"segment_{len(segments) + 1}", header, label))
    return segments


def _label(header: str, taken: set[str]) -> str:
    label = header.replace("\0", "").strip()
    if label.casefold() in RESERVED:
        label = f"{label} (segment)".strip()
    base, number = label, 1
    while label.casefold() in taken:
        number += 1
        label = f"{base} ({number})"
    return label


def add_segments(cursor: duckdb.DuckDBPyConnection, segments: list[Segment]) -> None:
    """Create the columns of new segments, within the caller's transaction."""
    known = {segment.column_name for segment in stored_segments(cursor)}
    for segment in segments:
        if segment.column_name in known:
            continue
        for table in ("responses", "history"):
            cursor.execute(f"ALTER TABLE {SCHEMA}.{table} ADD COLUMN {segment.column_name} VARCHAR")
        cursor.execute(
            f"INSERT INTO {SCHEMA}.segments VALUES (?, ?, ?)",
            [segment.column_name, segment.header, segment.label],
        )
