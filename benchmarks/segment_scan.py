"""Every group of eight segment columns and of their 28 pairs against the rest, at 1M responses."""

import gc
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from benchmarks import naive
from benchmarks.data import MILLION, ReadyImport
from benchmarks.figure import Figure
from benchmarks.measuring import best_of
from nps_app.store import open_store
from nps_core.measure import tally
from nps_core.measure.scan import scan
from nps_core.measure.together import together

VALUES: Final = {
    "company_size": 3,
    "industry": 7,
    "persona": 5,
    "plan": 3,
    "country": 8,
    "channel": 5,
    "region": 6,
    "tenure": 4,
}
"""Segment columns and how many values each has; none depends on another."""

LIMIT: Final = 2_000
_PLACE: Final = "CAST(hash(i * 31 + {seed}) % 1000003 AS BIGINT) % {n}"


def million(folder: Path) -> list[Figure]:
    """Milliseconds from the store to the ranked table, counting included."""
    store = open_store(folder / "nps.duckdb")
    store.commit(ReadyImport(_responses(folder), "segments.csv", "0", MILLION))
    blocks = together(VALUES)

    def found() -> pd.DataFrame:
        return scan({block: tally(store.responses(), by=block) for block in blocks})

    ranked = found()
    seconds = best_of(5, found)
    frame = store.responses().project(", ".join(["score", *VALUES])).df()
    frame = frame.astype({"score": "int8"})
    store.close()
    gc.collect()
    _must_agree(ranked, every_group(frame))
    plain = best_of(1, lambda: every_group(frame))
    return [
        Figure(
            "segment scan, 8 columns and 28 pairs, 1M rows",
            seconds * 1000,
            "ms",
            LIMIT,
            naive=plain * 1000,
            note=f"{len(ranked)} groups, counted in {len(blocks)} scans, wall time, best of 5; "
            "naive scores each group and the rest, once, frame in memory, without any test",
        )
    ]


def every_group(frame: pd.DataFrame) -> dict[tuple[Any, ...], float]:
    """Each group's NPS less that of all others, as most scripts do it: a group-by a column."""
    frame = frame.assign(label=frame["score"].apply(naive.label))
    signs = frame["label"].map({"promoter": 1, "passive": 0, "detractor": -1})
    whole, everybody = signs.sum(), len(frame)
    found: dict[tuple[Any, ...], float] = {}
    for names in (*((name,) for name in VALUES), *combinations(VALUES, 2)):
        for values, group in frame.groupby(list(names))[["label"]]:
            score = naive.nps(group)
            rest = (whole - score * len(group) / 100) / (everybody - len(group))
            found[tuple(values)] = score - 100 * rest
    return found


def _must_agree(ranked: pd.DataFrame, plain: dict[tuple[Any, ...], float]) -> None:
    ours = dict(zip(ranked["values"], ranked["difference"], strict=True))
    if ours.keys() != plain.keys() or any(abs(ours[name] - plain[name]) > 1e-9 for name in ours):
        raise AssertionError("the naive version and the scan disagree: one of them is wrong")


def _responses(folder: Path) -> Path:
    path = folder / "responses.parquet"
    segments = ", ".join(
        f"'{name} ' || {_PLACE.format(seed=seed, n=n)} AS {name}"
        for seed, (name, n) in enumerate(VALUES.items(), 10)
    )
    query = f"""
        SELECT printf('%07d', i) AS response_id, {segments},
            TIMESTAMP '2024-11-01' + to_seconds({_PLACE.format(seed=1, n=63072)} * 1000)
                AS responded_at,
            CAST(list_extract([0, 3, 6, 7, 8, 8, 9, 9, 10, 10],
                1 + {_PLACE.format(seed=2, n=10)}) AS INTEGER) AS score
        FROM range({MILLION}) AS numbers(i)
    """
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path
