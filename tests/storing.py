"""Responses made by hand, stored as an import stores them."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pandas as pd

from nps_app.store import Store


def commit_rows(store: Store, rows: pd.DataFrame | list[dict], file_name: str = "made.csv") -> None:
    """Store the rows as the import of a file; `responded_at` are days, times or their text."""
    frame = pd.DataFrame(rows)
    times = pd.to_datetime(frame["responded_at"], format="ISO8601")
    frame["responded_at"] = times.astype("datetime64[us]")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "accepted.parquet"
        frame.to_parquet(path, index=False)
        store.commit(
            SimpleNamespace(
                accepted_path=path,
                file_name=file_name,
                sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
                rows_in=len(frame),
                merged_duplicates=0,
                ignored_blank=0,
            )
        )
