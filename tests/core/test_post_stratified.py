"""The NPS at a mix of customers held fixed, and its change."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nps_core import NpsError, compare, score
from nps_core.measure.post_stratify import post_stratified, post_stratified_difference

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "reference_scores.json").read_text())
CELL = st.tuples(*[st.integers(0, 40)] * 3)


def cells(**groups: tuple[int, int, int]) -> pd.DataFrame:
    rows = [
        (None if name == "missing" else name, s, n)
        for name, counts in groups.items()
        for s, n in zip((4, 8, 9), counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["plan", "score", "n"])


@pytest.mark.parametrize("case", REFERENCE["poststratified"])
def test_it_agrees_with_the_reference(case):
    before, after = (
        cells(**dict(zip("ABC", case[side], strict=True))) for side in ("before", "after")
    )
    weights = dict(zip("ABC", map(float, case["shares"]), strict=True))
    for side, known in ((before, case["ps_before"]), (after, case["ps_after"])):
        row = post_stratified(side, "plan", weights, level=case["level"]).iloc[0]
        assert row["nps"] / 100 == pytest.approx(known["nps"], abs=1e-12)
        assert row["se"] / 100 == pytest.approx(known["se"], abs=1e-12)
        assert [row["low"] / 100, row["high"] / 100] == pytest.approx(known["ci_wald"], abs=1e-9)
    found = post_stratified_difference(before, after, "plan", weights, level=case["level"])
    assert found.difference / 100 == pytest.approx(case["diff"], abs=1e-12)
    assert found.se / 100 == pytest.approx(case["se"], abs=1e-12)
    assert found.p == pytest.approx(case["p"], abs=1e-10)
    assert [found.low / 100, found.high / 100] == pytest.approx(case["ci"], abs=1e-9)
    assert (found.before_responses, found.after_responses) == (400, 450)


def test_a_shift_of_the_mix_alone_is_no_change():
    before = cells(Free=(600, 200, 200), Pro=(20, 20, 60))
    after = cells(Free=(60, 20, 20), Pro=(200, 200, 600))
    assert compare(before, after).verdict == "up"
    found = post_stratified_difference(before, after, "plan")
    assert found.difference == pytest.approx(0, abs=1e-9)
    assert found.verdict == "no clear change"
    # Both sides together hold 1,100 of each plan: the mean of -40 and 40.
    assert found.before_nps == pytest.approx(0, abs=1e-9)


def test_the_same_weights_on_both_sides_whatever_the_sides_hold():
    before, after = cells(A=(10, 0, 10), B=(0, 0, 20)), cells(A=(0, 0, 80), B=(10, 0, 10))
    found = post_stratified_difference(before, after, "plan", {"A": 3, "B": 1})
    assert (found.before_nps, found.after_nps) == pytest.approx((25, 75))
    assert found.difference == pytest.approx(50)


def test_small_cells_are_pooled_smallest_first_with_their_shares():
    counts = cells(A=(0, 0, 100), B=(6, 0, 0), C=(0, 0, 7), D=(4, 0, 0), E=(10, 0, 10))
    row = post_stratified(counts, "plan", dict.fromkeys("ABCDE", 1)).iloc[0]
    # D and B make a pool of 10 at -100; C alone is left over and joins it: 7 - 10 of 17.
    assert row["nps"] == pytest.approx(100 * (1 / 5 + 3 / 5 * (-3 / 17) + 0))
    assert (row["cells"], row["merged"], row["responses"]) == (5, 3, 137)


def test_a_known_cell_that_nobody_answered_from_joins_the_smallest_other():
    counts = cells(A=(0, 0, 100), B=(20, 0, 0))
    row = post_stratified(counts, "plan", {"A": 0.5, "B": 0.3, "nobody": 0.2}).iloc[0]
    assert row["nps"] == pytest.approx(50 - 50)
    assert (row["cells"], row["merged"]) == (3, 2)


def test_a_cell_small_on_either_side_is_pooled_on_both():
    before = cells(A=(50, 0, 50), B=(0, 0, 40), C=(30, 0, 30))
    after = cells(A=(50, 0, 50), B=(0, 0, 3), C=(30, 0, 30))
    found = post_stratified_difference(before, after, "plan", dict.fromkeys("ABC", 1))
    assert found.merged == 2
    assert found.before_nps == pytest.approx(100 * 2 / 3 * 40 / 100)
    assert found.after_nps == pytest.approx(100 * 2 / 3 * 3 / 63)


def test_all_cells_small_is_the_plain_nps():
    counts = cells(A=(1, 0, 2), B=(0, 3, 1), C=(0, 0, 2))
    row = post_stratified(counts, "plan", {"A": 9, "B": 1, "C": 5}).iloc[0]
    plain = score(counts).iloc[0]
    for name in ("nps", "low", "high"):
        assert row[name] == pytest.approx(plain[name], abs=1e-9)


def test_missing_values_are_a_cell_with_a_share():
    counts = cells(A=(0, 0, 20), missing=(20, 0, 0))
    assert post_stratified(counts, "plan", {"A": 1, None: 3})["nps"][0] == pytest.approx(-50)
    assert post_stratified(counts, "plan", {"A": 1, math.nan: 3})["nps"][0] == pytest.approx(-50)
    with pytest.raises(NpsError, match="plan missing"):
        post_stratified(counts, "plan", {"A": 1})


def test_weights_come_in_many_forms():
    counts = cells(A=(0, 0, 20), B=(20, 0, 0))
    table = pd.DataFrame({"plan": ["B", "A"], "share": [1, 3]})
    forms = [{"A": 3, "B": 1}, {"A": 75, "B": 25}, pd.Series({"A": 3, "B": 1}), table]
    for weights in [*forms, pl.from_pandas(table), {("A",): 3, ("B",): 1}]:
        assert post_stratified(counts, "plan", weights)["nps"][0] == pytest.approx(50)


def test_several_columns_take_tuples():
    counts = cells(A=(0, 0, 20), B=(20, 0, 0)).assign(year=2025.0)
    for weights in (
        {("A", 2025): 3, ("B", 2025): 1},
        pd.Series([3, 1], pd.MultiIndex.from_tuples([("A", 2025), ("B", 2025)])),
    ):
        assert post_stratified(counts, ["plan", "year"], weights)["nps"][0] == pytest.approx(50)
    with pytest.raises(NpsError, match="tuple of 2"):
        post_stratified(counts, ["plan", "year"], {"A": 1, "B": 2})


def test_a_share_of_zero_leaves_a_cell_out():
    counts = cells(A=(0, 0, 20), B=(3, 0, 0), C=(0, 20, 0))
    row = post_stratified(counts, "plan", {"A": 1, "B": 0, "C": 1}).iloc[0]
    assert (row["nps"], row["responses"], row["merged"]) == (50, 40, 0)


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"A": 1}, 'plan "B"'),
        ({"A": 1, "B": -1}, "-1"),
        ({"A": 1, "B": math.nan}, "nan"),
        ({"A": 1, "B": math.inf}, "inf"),
        ({"A": 1, "B": "half"}, "half"),
        ({"A": 1, "B": True}, "True"),
        ({"A": 0, "B": 0}, "no share above 0"),
        ({}, "no share above 0"),
        (pd.Series([1, 2, 3], index=["A", "B", "A"]), 'plan "A" a share twice'),
        (pd.DataFrame({"plan": ["A", "B"], "weight": [1, 2]}), "share"),
        (3, "mapping"),
        ([0.5, 0.5], "mapping"),
    ],
)
def test_weights_that_say_too_little_or_too_much_are_refused(weights, words):
    counts = cells(A=(0, 0, 20), B=(20, 0, 0))
    with pytest.raises(NpsError, match=words):
        post_stratified(counts, "plan", weights)


def test_other_arguments_are_refused_in_words():
    counts = cells(A=(0, 0, 20))
    with pytest.raises(NpsError, match="by is empty"):
        post_stratified(counts, (), {"A": 1})
    with pytest.raises(NpsError, match="industry"):
        post_stratified(counts, "industry", {"A": 1})
    with pytest.raises(NpsError, match="after_counts"):
        post_stratified_difference(counts, cells(B=(1, 1, 1)), "plan", {"A": 1})


def test_nobody_answered():
    nobody = cells(A=(0, 0, 0))
    row = post_stratified(nobody, "plan", {"A": 1}).iloc[0]
    assert row["responses"] == 0
    assert row[["nps", "se", "low", "high"]].isna().all()
    for before in (nobody, nobody.iloc[:0]):
        for weights in (None, {"A": 1}):
            found = post_stratified_difference(before, cells(A=(0, 0, 50)), "plan", weights)
            assert math.isnan(found.difference)
            assert found.verdict == "too few responses"
            assert (found.after_nps, found.after_responses) == (100, 50)
    found = post_stratified_difference(nobody, nobody, "plan")
    assert (math.isnan(found.p), found.verdict) == (True, "too few responses")


def test_all_answering_alike_leaves_a_doubt():
    row = post_stratified(cells(A=(0, 0, 12), B=(0, 0, 12)), "plan", {"A": 1, "B": 1}).iloc[0]
    assert (row["nps"], row["se"], row["high"]) == (100, 0, 100)
    assert 60 < row["low"] < 95


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(CELL, st.integers(1, 9)), min_size=1, max_size=5), st.randoms())
def test_order_changes_nothing_and_limits_hold_the_score(drawn, chance):
    counts = cells(**{f"cell {i}": cell for i, (cell, _) in enumerate(drawn)})
    weights = {f"cell {i}": share for i, (_, share) in enumerate(drawn)}
    row = post_stratified(counts, "plan", weights)
    order = list(weights)
    chance.shuffle(order)
    again = post_stratified(
        counts.sample(frac=1, random_state=1), "plan", {name: 7 * weights[name] for name in order}
    )
    np.testing.assert_allclose(row.to_numpy(float), again.to_numpy(float), atol=1e-9)
    first = row.iloc[0]
    if first["responses"]:
        assert -100 <= first["low"] <= first["nps"] <= first["high"] <= 100
        assert first["low"] < first["high"]


def test_shares_as_observed_give_the_plain_nps():
    counts = cells(A=(20, 30, 50), B=(40, 30, 80))
    row = post_stratified(counts, "plan", {"A": 100, "B": 150}).iloc[0]
    assert row["nps"] == pytest.approx(score(counts)["nps"][0])


def test_a_segment_called_share_is_a_segment_where_no_shares_are_given():
    """Small 0 to 0 and Large 50 to 50, of other sizes: the whole move is the mix."""
    before = cells(Small=(50, 0, 50), Large=(25, 0, 75)).rename(columns={"plan": "share"})
    after = cells(Small=(10, 0, 10), Large=(50, 0, 150)).rename(columns={"plan": "share"})

    held = post_stratified_difference(before, after, "share")

    assert held.difference == pytest.approx(0.0)
    with pytest.raises(NpsError, match="which weights keep for themselves"):
        post_stratified_difference(before, after, "share", weights={"Small": 1, "Large": 1})
