"""A stand-in for a parsed upload: what the child process would have accepted, without it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from nps_app.store import open_store


@dataclass
class Accepted:
    accepted_path: Path
    file_name: str
    sha256: str
    rows_in: int
    merged_duplicates: int = 0
    ignored_blank: int = 0


@pytest.fixture
def accepted(tmp_path):
    """Give `accepted(rows, name)`: rows are dicts of canonical names and segment headers."""
    made = []

    def make(rows, name="export.csv"):
        frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows)
        for column in ("responded_at", "updated_at"):
            if column in frame:
                frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
        path = tmp_path / f"accepted{len(made)}.parquet"
        frame.to_parquet(path, index=False)
        made.append(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return Accepted(path, name, digest, len(frame))

    return make


@pytest.fixture
def data_file(tmp_path):
    return tmp_path / "data" / "nps.duckdb"


@pytest.fixture
def store(data_file):
    opened = open_store(data_file)
    yield opened
    opened.close()


@pytest.fixture
def month():
    """Give `month(3)`: ten responses of March with ids, times and people."""

    def make(number=1, size=10, **other):
        return [
            {
                "response_id": f"R{number:02}{day:02}",
                "responded_at": f"2025-{number:02}-{day:02}T10:00:00",
                "score": (day * 7) % 11,
                "comment": f"comment {day}",
                "respondent_id": f"p{day}@example.com",
                "industry": "Fintech",
                "country": "FR",
                **other,
            }
            for day in range(1, size + 1)
        ]

    return make
