"""What holds for any counts and any responses, tried on what Hypothesis thinks of."""

from datetime import datetime

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nps_core import Filter, against_rest, apply, compare, score, suppress, tally, trend

FEW = settings(max_examples=60, deadline=None)
SLOW = settings(max_examples=20, deadline=None)

number = st.one_of(st.integers(0, 30), st.integers(0, 3_000_000))
triples = st.tuples(number, number, number)
levels = st.floats(0.5, 0.999)

response = st.fixed_dictionaries(
    {
        "score": st.one_of(st.none(), st.integers(0, 10)),
        "plan": st.sampled_from(["Pro", "Free", "", None]),
        "persona": st.sampled_from(["Admin", "User", None]),
        "responded_at": st.one_of(
            st.none(), st.datetimes(datetime(2023, 12, 25), datetime(2025, 1, 8))
        ),
    }
)
responses = st.lists(response, max_size=40)


def frame_of(rows: list[dict]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "score": pd.array([row["score"] for row in rows], dtype="Int64"),
            "plan": pd.Series([row["plan"] for row in rows], dtype=object),
            "persona": pd.Series([row["persona"] for row in rows], dtype="str"),
            "responded_at": pd.Series(
                [row["responded_at"] for row in rows], dtype="datetime64[us]"
            ),
        }
    )


def counts_of(triple: tuple[int, int, int]) -> pd.DataFrame:
    return pd.DataFrame({"score": [3, 7, 10], "n": triple})


@FEW
@given(triples, levels, st.sampled_from(["score", "adjusted_wald"]))
def test_the_nps_is_on_the_scale_and_the_interval_around_it_stays_inside(triple, level, method):
    row = score(counts_of(triple), level=level, method=method).iloc[0]
    if sum(triple) == 0:
        assert row[["nps", "low", "high"]].isna().all()
    else:
        assert -100 <= row["low"] <= row["nps"] <= row["high"] <= 100
        assert row["low"] < row["high"]


@FEW
@given(triples, triples, levels)
def test_the_interval_of_a_difference_contains_it_and_agrees_with_p(before, after, level):
    found = compare(counts_of(before), counts_of(after), level=level, minimum=1)
    if sum(before) == 0 or sum(after) == 0:
        assert found.verdict == "too few responses"
        return
    assert -200 <= found.low <= found.difference <= found.high <= 200
    assert 0 <= found.p <= 1
    if abs(found.p - (1 - level)) > 1e-9:
        assert (found.verdict in ("up", "down")) == (found.p < 1 - level)


@SLOW
@given(responses, st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_the_tallies_of_groups_and_periods_sum_to_the_whole(rows, every):
    frame = frame_of(rows)
    whole = tally(frame)
    assert whole["n"].sum() == sum(row["score"] is not None for row in rows)
    for part in (tally(frame, by="plan"), tally(frame, by=["persona", "plan"], every=every)):
        summed = part.groupby("score", as_index=False)["n"].sum()
        assert summed.values.tolist() == whole.values.tolist()
    values = {row["plan"] for row in rows}
    chosen = [tally(apply(frame, Filter(segments={"plan": [value]}))) for value in values]
    assert sum(counts["n"].sum() for counts in chosen) == whole["n"].sum()


@SLOW
@given(responses, st.randoms(use_true_random=False), st.integers(0, 40))
def test_row_order_splitting_and_chunking_change_nothing(rows, chance, at):
    frame = frame_of(rows)
    expected = tally(frame, by=["plan"], every="week")
    shuffled = list(rows)
    chance.shuffle(shuffled)
    pd.testing.assert_frame_equal(tally(frame_of(shuffled), by=["plan"], every="week"), expected)

    parts = [tally(frame.iloc[piece], by=["plan"], every="week") for piece in (
        slice(None, at), slice(at, None))]  # fmt: skip
    by = ["period", "plan"]
    pd.testing.assert_frame_equal(score(pd.concat(parts), by=by), score(expected, by=by))

    arrow = pa.Table.from_pandas(frame, preserve_index=False)
    chunked = pa.concat_tables([arrow.slice(0, at), arrow.slice(at)])
    pd.testing.assert_frame_equal(tally(chunked, by=["plan"], every="week"), expected)
    lazy = pl.from_arrow(arrow).lazy()
    pd.testing.assert_frame_equal(tally(lazy, by=["plan"], every="week"), expected)


@FEW
@given(responses, st.integers(1, 5), st.sampled_from(["week", "month"]))
def test_a_trend_adds_up_and_its_windows_are_sums_of_its_periods(rows, window, every):
    counts = tally(frame_of(rows), every="day")
    periods = trend(counts, every, window=window)
    dated = counts.loc[counts["period"].notna(), "n"].sum()
    assert periods["responses"].sum() == dated
    assert periods.attrs["undated"] == counts["n"].sum() - dated
    for end in range(len(periods)):
        pooled = periods.iloc[max(0, end - window + 1) : end + 1]
        total = pooled["responses"].sum()
        assert periods["window_responses"].iloc[end] == total
        if total:
            nps = 100 * (pooled["promoters"].sum() - pooled["detractors"].sum()) / total
            assert periods["window_nps"].iloc[end] == pytest.approx(nps, abs=1e-9)


@SLOW
@given(responses)
def test_inputs_are_never_changed(rows):
    frame = frame_of(rows)
    kept = frame.copy(deep=True)
    day_counts = tally(apply(frame, Filter(end="2024-06-30")), by="plan", every="day")
    pd.testing.assert_frame_equal(frame, kept)
    counts_kept = day_counts.copy(deep=True)
    score(day_counts, by="plan")
    compare(day_counts, day_counts)
    trend(day_counts, "month", by="plan", window=2)
    compared = against_rest(day_counts, "plan")
    pd.testing.assert_frame_equal(day_counts, counts_kept)
    compared_kept = compared.copy(deep=True)
    suppress(compared, "plan")
    pd.testing.assert_frame_equal(compared, compared_kept)


@FEW
@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(1, 20))
def test_no_small_group_is_the_total_less_what_is_shown(sizes, minimum):
    counts = pd.DataFrame({"plan": [f"p{k}" for k in range(len(sizes))], "score": 10, "n": sizes})
    result = suppress(score(counts, by="plan"), "plan", minimum=minimum)
    small = [0 < n < minimum for n in sizes]
    hidden = (result["hidden"] != "").to_numpy()
    assert hidden[small].all()
    if any(small) and sum(sizes) >= minimum:
        left = sum(sizes) - np.nansum(result["responses"])
        assert left >= minimum
        assert hidden.sum() >= 2
    if not any(small):
        assert not hidden.any()
