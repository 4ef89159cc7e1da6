"""Segments a person built from another column: computed where responses are read, never stored.

So a built segment holds for whatever is imported later, and removing it loses nothing.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

import duckdb

from nps_app.store.database import Database, set_setting
from nps_app.store.records import BuiltSegment, BuiltTrial, StoreError
from nps_app.store.schema import SCHEMA, literal
from nps_app.store.segments import RESERVED
from nps_core.language import tr

_NEXT: Final = "_next_built_segment"
_LONGEST: Final = 80
_EXAMPLES: Final = 5


def built_segments(cursor: duckdb.DuckDBPyConnection) -> list[BuiltSegment]:
    """List the built segments by name."""
    try:
        rows = cursor.execute(
            f"SELECT name, base, groups, bands, id FROM {SCHEMA}.built_segments"
            " ORDER BY lower(name)"
        ).fetchall()
    except duckdb.CatalogException:
        # A file that can only be read, written before there were built segments.
        return []
    return [
        BuiltSegment(
            name,
            base,
            tuple((label, tuple(values)) for label, values in json.loads(groups)),
            tuple((label, low, below) for label, low, below in json.loads(bands)),
            number,
        )
        for name, base, groups, bands, number in rows
    ]


def save_built_segment(database: Database, built: BuiltSegment, taken: list[str]) -> BuiltSegment:
    """Add a built segment, or replace the one with its id; `taken` are names of other columns."""
    named = replace(built, name=" ".join(built.name.split()))
    _check(named)
    with database.write() as cursor:
        others = [other.name for other in built_segments(cursor) if other.id != built.id]
        if named.name.casefold() in {name.casefold() for name in (*taken, *others)} | RESERVED:
            raise StoreError(
                tr(
                    "There is a column named “{name}” already, or the name means something else "
                    "here. Choose another name.",
                    name=named.name,
                )
            )
        if built.id is not None and built.id not in {other.id for other in built_segments(cursor)}:
            raise StoreError(tr("This segment was removed meanwhile. Build it anew."))
        number = built.id or int(database.setting(_NEXT, 1))
        if built.id is None:
            set_setting(cursor, _NEXT, number + 1)
        cursor.execute(
            f"INSERT OR REPLACE INTO {SCHEMA}.built_segments VALUES (?, ?, ?, ?, ?)",
            [number, named.name, named.column, json.dumps(named.groups), json.dumps(named.bands)],
        )
    return replace(named, id=number)


def delete_built_segment(database: Database, built_id: int) -> None:
    """Remove a built segment; the responses stay as they are."""
    with database.write() as cursor:
        cursor.execute(f"DELETE FROM {SCHEMA}.built_segments WHERE id = ?", [built_id])


def expression(built: BuiltSegment, stored: Mapping[str, str]) -> str:
    """The SQL of a built segment's value; `stored` maps the name of a column to its SQL.

    >>> plan = BuiltSegment("Paid", "plan", groups=(("yes", ("Pro", None)),))
    >>> expression(plan, {"plan": "segment_1"})
    "CASE WHEN (segment_1 IN ('Pro') OR segment_1 IS NULL) THEN 'yes' END"
    """
    base = stored[built.column]
    cases = [f"WHEN {_among(base, values)} THEN {literal(label)}" for label, values in built.groups]
    # Thousands are separated in some exports: 1,200 and 1 200 are numbers, 1,2 is left alone.
    text = f"trim(CAST({base} AS VARCHAR))"
    plain = (
        f"CASE WHEN regexp_full_match({text}, "
        f"'-?[0-9]{{1,3}}((,[0-9]{{3}})+|([ \u00a0\u202f][0-9]{{3}})+)([.][0-9]+)?')"
        f" THEN regexp_replace({text}, '[, \u00a0\u202f]', '', 'g') ELSE {text} END"
    )
    number = f"TRY_CAST({plain} AS DOUBLE)"
    for label, lowest, below in built.bands:
        ends = [f"isfinite({number})"]
        ends += [] if lowest is None else [f"{number} >= {lowest!r}"]
        ends += [] if below is None else [f"{number} < {below!r}"]
        cases.append(f"WHEN {' AND '.join(ends)} THEN {literal(label)}")
    return f"CASE {' '.join(cases)} END"


def tried(
    cursor: duckdb.DuckDBPyConnection, built: BuiltSegment, stored: Mapping[str, str]
) -> BuiltTrial:
    """Count what would fall where; nothing is saved. Raises StoreError as saving would."""
    _check(built)
    value, base = expression(built, stored), stored[built.column]
    counted = cursor.execute(
        f"SELECT {value} AS label, count(*) FROM {SCHEMA}.responses GROUP BY label"
    ).fetchall()
    counts = dict(counted)
    left = cursor.execute(
        f"SELECT CAST({base} AS VARCHAR) AS given, count(*) AS n FROM {SCHEMA}.responses"
        f" WHERE ({value}) IS NULL GROUP BY given ORDER BY n DESC, given LIMIT {_EXAMPLES}"
    ).fetchall()
    labels = [group[0] for group in built.groups] + [band[0] for band in built.bands]
    return BuiltTrial(
        counts=tuple((label, counts.get(label, 0)) for label in labels),
        left=counts.get(None, 0),
        examples=tuple(left),
    )


def _among(base: str, values: tuple[str | None, ...]) -> str:
    given = [literal(value) for value in values if value is not None]
    some = [f"{base} IN ({', '.join(given)})"] if given else []
    some += [f"{base} IS NULL"] if None in values else []
    return f"({' OR '.join(some)})"


def _check(built: BuiltSegment) -> None:
    """Refuse what would leave a response in two places, or a place without a name."""
    if not built.name or len(built.name) > _LONGEST or "\0" in built.name:
        raise StoreError(tr("A segment needs a name of 1 to {most} characters.", most=_LONGEST))
    if bool(built.groups) == bool(built.bands):
        raise StoreError(tr("A segment is built from groups of values or from bands of a number."))
    labels = [group[0] for group in built.groups] + [band[0] for band in built.bands]
    if any(not label.strip() or "\0" in label for label in labels):
        raise StoreError(tr("Every group needs a name."))
    if len({label.casefold() for label in labels}) < len(labels):
        raise StoreError(tr("Two groups have the same name. Give each its own."))
    values = [value for _, some in built.groups for value in some]
    if any(not some for _, some in built.groups):
        raise StoreError(tr("Every group needs at least one value."))
    if len(set(values)) < len(values):
        raise StoreError(tr("A value stands in two groups. Leave it in one of them."))
    ends = [
        (-math.inf if low is None else low, math.inf if below is None else below)
        for _, low, below in built.bands
    ]
    if any(not low < below for low, below in ends):
        raise StoreError(tr("A band must end above the number it starts with."))
    if any(end is not None and not math.isfinite(end) for band in built.bands for end in band[1:]):
        raise StoreError(tr("A band needs numbers at its ends."))
    in_order = sorted(ends)
    if any(after[0] < before[1] for before, after in pairwise(in_order)):
        raise StoreError(tr("Two bands share some numbers. Let each begin where another ends."))
