"""Where responses, product changes, imports and settings are kept."""

import os
from pathlib import Path

from nps_app.store.duckdb_store import DuckDBStore
from nps_app.store.protocol import Parsed, Store
from nps_app.store.records import (
    BuiltSegment,
    BuiltTrial,
    ImportPlan,
    ImportRecord,
    MeetingNote,
    SavedView,
    StoreError,
    WallLink,
)

__all__ = [
    "BuiltSegment",
    "BuiltTrial",
    "ImportPlan",
    "ImportRecord",
    "MeetingNote",
    "Parsed",
    "SavedView",
    "Store",
    "StoreError",
    "WallLink",
    "open_store",
]


def open_store(path: str | Path | None = None) -> Store:
    """Open the store in a data file, made when it is not there.

    Without a path the file is `nps.duckdb` in the folder NPS_DATA names, "data" by default.
    Raises `StoreError` when the file is damaged or another process holds it.
    """
    if path is None:
        path = Path(os.environ.get("NPS_DATA", "data")) / "nps.duckdb"
    return DuckDBStore(Path(path))
