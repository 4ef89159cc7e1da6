"""Everything accepted, as a file: CSV that no spreadsheet runs, or Parquet."""

import shutil
import tempfile
from pathlib import Path
from typing import IO, Literal

import duckdb

from nps_app.store.records import StoreError
from nps_app.store.schema import SCHEMA, TYPES, literal, quoted
from nps_app.store.segments import Segment
from nps_core.formulas import FORMULA_STARTS, without_formula
from nps_core.language import tr


def export(
    cursor: duckdb.DuckDBPyConnection,
    segments: list[Segment],
    target: str | Path | IO[bytes],
    format: Literal["csv", "parquet"],
) -> None:
    """Write all responses; `target` is a path or a binary file open for writing."""
    columns = [(name, name, kind == "VARCHAR") for name, kind in TYPES.items()]
    columns += [(segment.column_name, segment.label, True) for segment in segments]
    if format == "parquet":
        select = ", ".join(f"{name} AS {quoted(label)}" for name, label, _ in columns)
        options = "FORMAT parquet, COMPRESSION zstd"
    elif format == "csv":
        select = ", ".join(
            f"{_safe(name) if text else name} AS {quoted(without_formula(label))}"
            for name, label, text in columns
        )
        options = "FORMAT csv, HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%SZ'"
    else:
        raise StoreError(
            tr(
                "Cannot export as {format}. Allowed: {allowed}.",
                format=repr(format),
                allowed="'csv', 'parquet'",
            )
        )
    with tempfile.TemporaryDirectory() as folder:
        path = target if isinstance(target, str | Path) else Path(folder) / "export"
        cursor.execute(
            f"COPY (SELECT {select} FROM {SCHEMA}.responses ORDER BY responded_at, row_id)"
            f" TO {literal(str(path))} ({options})"
        )
        if not isinstance(target, str | Path):
            with Path(path).open("rb") as file:
                shutil.copyfileobj(file, target)


def _safe(column: str) -> str:
    starts = ", ".join(map(literal, FORMULA_STARTS))
    return f"CASE WHEN left({column}, 1) IN ({starts}) THEN '''' || {column} ELSE {column} END"
