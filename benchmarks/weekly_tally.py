"""A weekly tally under a filter of three values, on a DuckDB file of 1M and of 10M rows."""

import gc
from pathlib import Path
from typing import Final

import pandas as pd

from benchmarks import naive
from benchmarks.data import MILLION, write_store
from benchmarks.figure import Figure
from benchmarks.measuring import best_of
from nps_app.store import open_store
from nps_core import Filter, apply, tally

CHOICES: Final = {"company_size": ["Enterprise", "Mid-market"], "industry": ["Fintech"]}


def measure(folder: Path, rows: int, limit: float, ratio: float | None) -> Figure:
    """Milliseconds of `tally(apply(...), every="week")`, the store open and read before."""
    path = folder / "nps.duckdb"
    write_store(path, rows)
    store = open_store(path)
    chosen = Filter(segments=CHOICES)
    counts = tally(apply(store.responses(), chosen), every="week")
    seconds = best_of(9, lambda: tally(apply(store.responses(), chosen), every="week"))

    columns = ["responded_at", "score", *CHOICES]
    frame = store.responses().project(", ".join(columns)).df()
    frame = frame.astype({"score": "int8"})
    gc.collect()
    by_week = naive.weekly_nps(frame, CHOICES)
    _must_agree(counts, by_week)
    plain = best_of(2, lambda: naive.weekly_nps(frame, CHOICES))
    store.close()
    return Figure(
        f"weekly tally, three-value filter, {rows // MILLION}M rows",
        seconds * 1000,
        "ms",
        limit,
        naive=plain * 1000,
        ratio_target=ratio,
        note="wall time, best of 9; naive best of 2, its frame already in memory",
    )


def _must_agree(counts: pd.DataFrame, by_week: pd.Series) -> None:
    signed = counts["n"] * ((counts["score"] >= 9).astype(int) - (counts["score"] <= 6))
    ours = 100 * signed.groupby(counts["period"]).sum() / counts.groupby("period")["n"].sum()
    if not (abs(ours.to_numpy() - by_week.to_numpy()) < 1e-9).all():
        raise AssertionError("the naive version and the tally disagree: one of them is wrong")


def one_million(folder: Path) -> list[Figure]:
    """At 1M rows: at most 60 ms."""
    return [measure(folder, MILLION, 60, None)]


def ten_million(folder: Path) -> list[Figure]:
    """At 10M rows: at most 200 ms and at least ten times the naive version."""
    return [measure(folder, 10 * MILLION, 200, 10)]
