"""Every group of every column and pair against the rest: each once, corrected for all together."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from nps_core import NpsError, compare, tally
from nps_core.measure.scan import scan
from nps_core.measure.together import together


def responses(cells: dict[tuple, tuple[int, int, int]], names=("plan", "size")) -> pd.DataFrame:
    rows = [
        (*values, given)
        for values, triple in cells.items()
        for given, n in zip((0, 7, 10), triple, strict=True)
        for _ in range(n)
    ]
    return pd.DataFrame(rows, columns=[*names, "score"])


CELLS = {
    ("Free", "Small"): (30, 10, 20),
    ("Free", "Large"): (12, 9, 19),
    ("Pro", "Small"): (8, 12, 30),
    ("Pro", "Large"): (6, 14, 40),
    (None, "Large"): (2, 2, 1),
}


def found_in(cells=CELLS, **more) -> pd.DataFrame:
    return scan({("plan", "size"): tally(responses(cells), by=("plan", "size"))}, **more)


def named(found: pd.DataFrame) -> pd.DataFrame:
    return found.set_index("values")


def test_each_group_and_each_pair_is_compared_with_all_others():
    found = named(found_in())
    # By hand: (30, 10, 20) against the sum of the others (28, 37, 90).
    expected = compare(
        pd.DataFrame({"score": [0, 7, 10], "n": [28, 37, 90]}),
        pd.DataFrame({"score": [0, 7, 10], "n": [30, 10, 20]}),
    )
    row = found.loc[[("Free", "Small")]].iloc[0]
    assert row["columns"] == ("plan", "size")
    assert row["responses"] == 60
    assert row["difference"] == pytest.approx(-1000 / 60 - 6200 / 155, abs=1e-9)
    got = [row["difference_low"], row["difference_high"], row["p"]]
    assert got == pytest.approx([expected.low, expected.high, expected.p], abs=1e-9)
    assert set(found.index) == {
        ("Free",), ("Pro",), (None,), ("Small",), ("Large",),
        ("Free", "Small"), ("Free", "Large"), ("Pro", "Small"), ("Pro", "Large"),
    }  # fmt: skip


def test_a_pair_that_holds_all_of_one_of_its_values_is_no_pair_of_its_own():
    # All without a plan are large: the pair would be the same five responses again.
    assert (None, "Large") not in set(found_in()["values"])


def test_a_column_that_says_the_same_in_other_words_is_not_compared_again():
    frame = responses(CELLS)
    frame["code"] = frame["plan"].map({"Free": "F", "Pro": "P"}).astype(object)
    by = ("plan", "code", "size")
    found = scan({by: tally(frame, by=by)})
    assert set(found["values"]) == set(found_in()["values"])
    assert found["p_adjusted"].tolist() == pytest.approx(
        found_in()["p_adjusted"].tolist(), nan_ok=True
    )


def test_the_correction_is_benjamini_hochbergs_over_every_comparison():
    found = found_in()
    made = found["p"].notna()
    # Of the nine sets one has under ten responses.
    assert made.sum() == 8
    reference = multipletests(found.loc[made, "p"], method="fdr_bh")[1]
    assert found.loc[made, "p_adjusted"].to_numpy() == pytest.approx(reference, abs=1e-12)
    called = found["verdict"].isin(["up", "down"])
    assert called.tolist() == (found["p_adjusted"] <= 0.10).tolist()


def test_small_groups_are_not_tested_and_come_last():
    found = found_in()
    assert found["values"].iloc[-1] == (None,)
    assert found["verdict"].iloc[-1] == "too few responses"
    assert found["p"].isna().tolist() == [False] * 8 + [True]
    assert found["p_adjusted"].dropna().is_monotonic_increasing


def test_equal_evidence_is_ranked_by_the_limit_nearest_to_no_difference():
    # So many that every p is 0 to the last digit; the widest sure distance comes first.
    cells = {("a", "x"): (90_000, 0, 10_000), ("b", "x"): (50_000, 0, 50_000)}
    cells |= {("c", "y"): (20_000, 0, 80_000), ("c", "z"): (25_000, 0, 75_000)}
    found = found_in(cells)
    ties = found[found["p"] == 0]
    nearest = np.maximum(ties["difference_low"], -ties["difference_high"])
    assert len(ties) >= 3
    assert nearest.is_monotonic_decreasing


def test_a_pair_explained_by_one_of_its_parts_is_not_news():
    # Free is bad whatever the size: the pairs differ from the rest, none beyond its plan.
    cells = {
        (plan, size): shares
        for plan, shares in {"Free": (200, 100, 100), "Pro": (80, 120, 200)}.items()
        for size in ("Small", "Mid", "Large")
    }
    found = named(found_in(cells))
    pairs = found[found["columns"].map(len) == 2]
    assert set(pairs["verdict"]) == {"up", "down"}
    assert not pairs["beyond"].any()
    assert found.loc[[("Free",)], "beyond"].all()
    row = pairs.loc[[("Free", "Mid")]].iloc[0]
    # By hand: Free (300 - 600) / 1200; Mid (300 - 280) / 800.
    assert [row["first_nps"], row["second_nps"]] == pytest.approx([-25.0, 2.5])


def test_a_pair_that_differs_beyond_its_parts_is_news():
    cells = {(p, s): (100, 100, 200) for p in ("Free", "Pro") for s in ("Small", "Mid", "Large")}
    cells["Free", "Mid"] = (250, 100, 50)
    found = named(found_in(cells))
    pairs = found[found["columns"].map(len) == 2]
    assert pairs.index[pairs["beyond"]].tolist() == [("Free", "Mid")]
    assert found.index[0] == ("Free", "Mid")


def test_chance_alone_is_rarely_called_a_difference():
    chance = np.random.default_rng(11)
    called = 0
    for _ in range(60):
        frame = pd.DataFrame({name: chance.integers(0, 4, 800) for name in ("a", "b", "c")})
        frame["score"] = chance.choice([3, 8, 10], 800, p=[0.25, 0.25, 0.5])
        found = scan({("a", "b", "c"): tally(frame, by=("a", "b", "c"))})
        called += found["verdict"].isin(["up", "down"]).any()
    # At q = 0.10 a tenth of such scans may hold a find; 60 without correction would almost all.
    assert called <= 12


def test_several_tallies_say_the_same_as_one():
    frame = responses(CELLS)
    frame["channel"] = ["email", "app", "web"] * (len(frame) // 3) + ["app"] * (len(frame) % 3)
    by = ("plan", "size", "channel")
    one = scan({by: tally(frame, by=by)})
    several = scan({pair: tally(frame, by=pair) for pair in together(dict.fromkeys(by, 3), most=9)})
    pd.testing.assert_frame_equal(one, several)
    singles = scan({by: tally(frame, by=by)}, pairs=False)
    apart = scan({name: tally(frame, by=name) for name in by})
    pd.testing.assert_frame_equal(singles, apart)
    assert singles["columns"].map(len).eq(1).all()


def test_nothing_to_compare_is_an_empty_table():
    assert scan({"plan": tally(responses({}), by="plan")}).empty
    alone = scan({"plan": tally(responses({("Pro", "x"): (5, 5, 50)}), by="plan")})
    assert alone["verdict"].tolist() == ["too few responses"]
    assert alone["nps"].tolist() == [75.0]
    assert np.isnan(alone["difference"][0])


@pytest.mark.parametrize(
    ("tallies", "words"),
    [
        ({}, "tallies is a dict without"),
        (pd.DataFrame(), "tallies is a DataFrame without"),
        ({(): pd.DataFrame()}, "empty key"),
        ({"plan": pd.DataFrame({"score": [1], "n": [1]})}, 'no column "plan"'),
        ({3: pd.DataFrame({"score": [1], "n": [1]})}, "column names are text"),
    ],
)
def test_unfit_tallies_are_refused_in_words(tallies, words):
    with pytest.raises(NpsError, match=words):
        scan(tallies)


def test_tallies_of_different_responses_are_refused():
    frame = responses(CELLS)
    by = ("plan", "size")
    with pytest.raises(NpsError, match=r'different responses: those by "size"'):
        scan({"plan": tally(frame, by="plan"), "size": tally(frame[:50], by="size")})
    with pytest.raises(NpsError, match=r'different responses: those by "plan"'):
        scan({by: tally(frame, by=by), "plan": tally(frame[:50], by="plan")})
    for unfit in ({"level": 95}, {"q": 1.5}, {"minimum": -1}):
        with pytest.raises(NpsError):
            scan({by: tally(frame, by=by)}, **unfit)


def test_every_two_columns_stand_together_in_a_tally_of_a_bearable_size():
    values = {"a": 2, "b": 30, "c": 7, "d": 11, "e": 200, "f": 1}
    for most in (10, 300, 5_000, 10**9):
        blocks = together(values, most)
        names = list(values)
        for i, one in enumerate(names):
            for other in names[i + 1 :]:
                assert any({one, other} <= set(block) for block in blocks)
        for block in blocks:
            assert len(block) == 2 or np.prod([values[name] for name in block]) <= most
    assert together({"a": 5}) == [("a",)]
    assert together({}) == []
