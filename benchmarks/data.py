"""Large tables of invented responses, made by DuckDB from a seeded range, never in Python."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from unittest.mock import patch

import duckdb

from nps_app.store import database, open_store
from nps_core.measure import ProductChange

MILLION: Final = 1_000_000
FILE_LIMIT: Final = 50 * 1024 * 1024
"""What one upload may weigh."""

_DRAW: Final = "CREATE TEMP MACRO draw(i, part, n) AS CAST(hash(i, part) % n AS BIGINT)"
_RESPONSES: Final = """
    SELECT
        printf('%07d', i) AS response_id,
        TIMESTAMP '2024-11-01' + to_seconds(draw(i, 0, 63072000)) AS responded_at,
        CAST(CASE
            WHEN draw(i, 1, 100) < 22 THEN draw(i, 2, 7)
            WHEN draw(i, 1, 100) < 48 THEN 7 + draw(i, 2, 2)
            ELSE 9 + draw(i, 2, 2)
        END AS INTEGER) AS score,
        CASE WHEN draw(i, 3, 2) = 0 THEN 'Reports take a while to load, the rest is fine.' END
            AS comment,
        printf('P%06d', draw(i, 4, 200000)) AS respondent_id,
        printf('A%05d', draw(i, 5, 20000)) AS account_id,
        ['relational', 'transactional'][1 + draw(i, 6, 2)] AS survey_type,
        ['Small', 'Mid-market', 'Enterprise'][1 + draw(i, 7, 3)] AS company_size,
        ['Software', 'Fintech', 'Retail', 'Healthcare', 'Education', 'Logistics', NULL]
            [1 + draw(i, 8, 7)] AS industry,
        ['End user', 'Admin', 'Manager', 'Developer', 'Executive'][1 + draw(i, 9, 5)] AS persona,
        ['Starter', 'Team', 'Business'][1 + draw(i, 10, 3)] AS plan
    FROM range({first}, {last}) AS numbers(i)
"""
NARROW: Final = ("response_id", "responded_at", "score", "company_size", "industry")
"""Columns with which a million rows stay below the limit of one upload."""

WIDE: Final = (*NARROW, "comment", "respondent_id", "account_id", "survey_type", "persona", "plan")


CHANGES: Final = (
    ProductChange(date(2025, 3, 3), "New editor"),
    ProductChange(date(2025, 9, 15), "Price change", segments=(("plan", ("Team",)),)),
    ProductChange(date(2026, 2, 2), "Faster reports"),
    ProductChange(
        date(2026, 7, 6), "Onboarding", segments=(("company_size", ("Enterprise", "Small")),)
    ),
)
"""Product changes of every store: two for everybody, two for some segments."""


@dataclass(frozen=True)
class ReadyImport:
    """Accepted rows as a file, as an upload hands them to the store after its checks."""

    accepted_path: Path
    file_name: str
    sha256: str
    rows_in: int
    merged_duplicates: int = 0
    ignored_blank: int = 0


def write_csv(path: Path, columns: tuple[str, ...], rows: int) -> None:
    """A CSV export with those columns."""
    query = f"SELECT {', '.join(columns)} FROM ({_RESPONSES.format(first=0, last=rows)})"
    _write(query, path, "FORMAT csv, HEADER")


def write_store(path: Path, rows: int) -> None:
    """A data file with that many responses and four product changes, imported a million at a time.

    The app itself gives its store less memory, enough to import into some five million responses;
    only the filling gets more, whoever opens the file afterwards has the app's own limit.
    """
    with patch.object(database, "MEMORY_LIMIT", "2GB"):
        store = open_store(path)
    part = path.with_suffix(".parquet")
    for first in range(0, rows, MILLION):
        last = min(first + MILLION, rows)
        _write(_RESPONSES.format(first=first, last=last), part, "FORMAT parquet")
        digest = hashlib.sha256(f"{first} {last}".encode()).hexdigest()
        store.commit(ReadyImport(part, f"{first}.csv", digest, last - first))
        part.unlink()
    for change in CHANGES:
        store.save_change(change)
    store.close()


def _write(query: str, path: Path, options: str) -> None:
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        connection.execute(_DRAW)
        connection.execute(f"COPY ({query}) TO '{path}' ({options})")
