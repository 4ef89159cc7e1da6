"""A change split into rate and mix, by flow, and Simpson's paradox told in words."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nps_core import NpsError, compare
from nps_core.measure.explain import compare_groups, explain, kitagawa
from nps_core.measure.flow import explain_flow, simpson

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "reference_scores.json").read_text())
FEW = settings(max_examples=60, deadline=None)
number = st.one_of(st.integers(0, 12), st.integers(0, 2_000_000))
triples = st.tuples(number, number, number)
sides = st.dictionaries(st.sampled_from(["Free", "Pro", "Team", "", None]), triples, max_size=5)


def counts_of(groups: dict) -> pd.DataFrame:
    rows = [
        (plan, given, n)
        for plan, triple in groups.items()
        for given, n in zip((0, 7, 10), triple, strict=True)
    ]
    return pd.DataFrame(rows, columns=["plan", "score", "n"]).astype({"score": int, "n": int})


def exact(groups: dict, names: list) -> np.ndarray:
    """Promoters less detractors, and responses, of each name as Fractions."""
    triples = [groups.get(name, (0, 0, 0)) for name in names]
    return np.array([[Fraction(r - d), Fraction(d + p + r)] for d, p, r in triples], dtype=object)


def nps(groups: dict) -> Fraction:
    d, p, r = (sum(triple[k] for triple in groups.values()) for k in range(3))
    return Fraction(r - d, d + p + r)


@pytest.mark.parametrize("case", REFERENCE["decomposition"])
def test_the_parts_agree_with_the_reference(case):
    found = explain(counts_of(case["before"]), counts_of(case["after"]), "plan").set_index("plan")
    for name, parts in case["segments"].items():
        assert found.loc[name, "rate"] / 100 == pytest.approx(parts["rate"], abs=1e-12)
        assert found.loc[name, "mix"] / 100 == pytest.approx(parts["mix"], abs=1e-12)
    assert found["rate"].sum() / 100 == pytest.approx(case["rate_total"], abs=1e-12)
    assert found["mix"].sum() / 100 == pytest.approx(case["mix_total"], abs=1e-12)


def test_a_change_counted_by_hand():
    # Free: 50 of 100 at NPS -20, then 20 of 80 at -50. Pro: 50 of 100 at 60, then 60 of 80 at 80.
    before = {"Free": (20, 20, 10), "Pro": (5, 10, 35)}
    after = {"Free": (12, 6, 2), "Pro": (0, 12, 48)}
    found = explain(counts_of(before), counts_of(after), "plan").set_index("plan")
    assert found["before_nps"].tolist() == [-20, 60]
    assert found["after_nps"].tolist() == [-50, 80]
    assert found["before_share"].tolist() == [0.5, 0.5]
    assert found["after_share"].tolist() == [0.25, 0.75]
    # Totals 20 and 47.5, their mean 33.75. Rate: 0.375 * -30 and 0.625 * 20.
    assert found["rate"].tolist() == pytest.approx([-11.25, 12.5], abs=1e-12)
    # Mix: -0.25 * (-35 - 33.75) and 0.25 * (70 - 33.75); all four together 27.5.
    assert found["mix"].tolist() == pytest.approx([17.1875, 9.0625], abs=1e-12)


@FEW
@given(sides, sides)
def test_the_parts_sum_to_the_change_exactly_in_fractions(before, after):
    names = list({**before, **after})
    if not all(sum(map(sum, side.values())) for side in (before, after)):
        return
    rate, mix = kitagawa(exact(before, names), exact(after, names))
    assert all(isinstance(part, (Fraction, int)) for part in [*rate, *mix])
    assert rate.sum() + mix.sum() == nps(after) - nps(before)
    found = explain(counts_of(before), counts_of(after), "plan").set_index("plan")
    for name, r, m in zip(names, rate, mix, strict=True):
        row = found.loc[name] if name is not None else found[found.index.isna()].iloc[0]
        assert [row["rate"], row["mix"]] == pytest.approx([100 * r, 100 * m], abs=1e-9)


@FEW
@given(sides, sides, st.sampled_from(["Free", "Pro", "Team"]))
def test_order_and_a_segment_split_in_identical_halves_change_nothing(before, after, halved):
    before, after = (
        {name: tuple(2 * n for n in triple) for name, triple in side.items()}
        for side in (before, after)
    )
    found = explain(counts_of(before), counts_of(after), "plan")
    shuffled = counts_of(after).sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(explain(counts_of(before), shuffled, "plan"), found)

    def split(side: dict) -> dict:
        halves = {name: tuple(n // 2 for n in side[name]) for name in side if name == halved}
        return {**side, **halves, **{f"{name} again": half for name, half in halves.items()}}

    again = explain(counts_of(split(before)), counts_of(split(after)), "plan")
    for part in ("rate", "mix"):
        assert again[part].sum() == pytest.approx(found[part].sum(), abs=1e-9, nan_ok=True)


def test_a_segment_that_comes_or_goes_takes_the_score_it_has_on_the_other_side():
    # 100 at NPS 0 on both sides, joined by 100 at NPS 100: a change of 50, all of it mix.
    stays, comes = {"Free": (50, 0, 50)}, {"Free": (50, 0, 50), "Pro": (0, 0, 100)}
    found = explain(counts_of(stays), counts_of(comes), "plan")
    assert found["rate"].tolist() == [0, 0]
    # Mean total 25. Free: -0.5 * (0 - 25); Pro: 0.5 * (100 - 25).
    assert found["mix"].tolist() == [12.5, 37.5]
    assert np.isnan(found["before_nps"][1])
    gone = explain(counts_of(comes), counts_of(stays), "plan")
    assert gone["mix"].tolist() == [-12.5, -37.5]


def test_missing_values_are_a_group_of_their_own_and_last():
    before = {None: (10, 0, 10), "Pro": (0, 0, 20)}
    found = explain(counts_of(before), counts_of({"Pro": (0, 0, 40), None: (0, 0, 40)}), "plan")
    assert found["plan"].tolist() == ["Pro", None]
    # The missing ones: half of each side, from 0 to 100.
    assert found["rate"].tolist() == [0, 50]


def test_two_segments_at_once_are_split_by_their_pairs():
    before, after = (
        counts_of(groups).assign(size=size)
        for groups, size in (({"Free": (10, 0, 30)}, "Small"), ({"Free": (10, 0, 10)}, "Large"))
    )
    both = pd.concat([before, after])
    found = explain(both, both.assign(n=both["n"] * 3), ["plan", "size"])
    assert found[["plan", "size"]].values.tolist() == [["Free", "Large"], ["Free", "Small"]]
    assert found["before_nps"].tolist() == [0, 50]
    assert found[["rate", "mix"]].to_numpy().tolist() == [[0, 0], [0, 0]]


def test_a_side_without_responses_has_no_parts_and_is_named():
    found = explain(counts_of({}), counts_of({"Pro": (1, 2, 3)}), "plan")
    assert found[["rate", "mix", "before_share", "before_nps"]].isna().all(axis=None)
    assert found["after_share"].tolist() == [1.0]
    assert found.attrs["empty"] == ("before",)
    assert explain(counts_of({}), counts_of({}), "plan").attrs["empty"] == ("before", "after")
    assert simpson(found) == ""


def test_what_cannot_be_explained_is_refused_in_words():
    counts = counts_of({"Pro": (1, 2, 3)})
    with pytest.raises(NpsError, match="by is empty"):
        explain(counts, counts, [])
    with pytest.raises(NpsError, match=r'after_counts.*"plan"'):
        explain(counts, counts[["score", "n"]], "plan")
    with pytest.raises(NpsError, match='by holds "rate"'):
        explain(*[counts.rename(columns={"plan": "rate"})] * 2, "rate")
    with pytest.raises(NpsError, match="before_responses"):
        simpson(counts)
    with pytest.raises(NpsError, match="before_counts"):
        explain_flow(pd.DataFrame({"score": [11], "n": [1]}), counts)


def test_each_groups_own_change_is_that_of_compare_and_corrected_over_all():
    before = {"Free": (30, 10, 60), "Pro": (20, 20, 60), "Team": (3, 1, 2)}
    after = {"Free": (50, 10, 40), "Pro": (25, 15, 60), "Team": (1, 1, 4), "Trial": (9, 9, 9)}
    found = compare_groups(counts_of(before), counts_of(after), "plan").set_index("plan")
    alone = {
        name: compare(counts_of({name: before[name]}), counts_of({name: after[name]}))
        for name in before
    }
    for name, one in alone.items():
        row = found.loc[name, ["difference", "low", "high", "p"]].tolist()
        assert row == pytest.approx([one.difference, one.low, one.high, one.p], abs=1e-9)
    # Three can be compared: the smallest p is multiplied by 3, that of the group in trial is none.
    smallest = min(one.p for one in alone.values())
    assert found.loc["Free", "p_adjusted"] == pytest.approx(3 * smallest, abs=1e-12)
    assert np.isnan(found.loc["Trial", "p_adjusted"])
    assert found["verdict"].tolist() == [
        "down",
        "no clear change",
        "too few responses",
        "too few responses",
    ]


def test_flow_counted_by_hand():
    # Of 100: 50 promoters, 30 passives, 20 detractors; of 200: 90, 80, 30.
    found = explain_flow(counts_of({"a": (20, 30, 50)}), counts_of({"a": (30, 80, 90)}))
    assert found["category"].tolist() == ["promoters", "passives", "detractors"]
    assert found["before_share"].tolist() == [0.5, 0.3, 0.2]
    assert found["after_share"].tolist() == [0.45, 0.4, 0.15]
    assert found["points"].tolist() == pytest.approx([-5, 0, 5], abs=1e-12)
    assert explain_flow(counts_of({}), counts_of({"a": (1, 1, 1)}))["points"].isna().all()


@FEW
@given(triples, triples)
def test_the_flow_sums_to_the_change(before, after):
    sides = counts_of({"a": before}), counts_of({"a": after})
    change = compare(*sides, minimum=1).difference
    assert explain_flow(*sides)["points"].sum(skipna=False) == pytest.approx(
        change, abs=1e-9, nan_ok=True
    )


# Charig and others 1986, British Medical Journal 292: 879-882, success of two treatments of kidney
# stones: the better one for small stones and for large ones looks worse in all. Here a success is
# a promoter and a failure a detractor.
OPEN = {"Small": (6, 0, 81), "Large": (71, 0, 192)}
CLOSED = {"Small": (36, 0, 234), "Large": (25, 0, 55)}


def test_simpsons_paradox_is_said_for_the_kidney_stones_both_ways():
    up = explain(counts_of(CLOSED), counts_of(OPEN), "plan")
    assert (up["after_nps"] > up["before_nps"]).all()
    assert simpson(up).startswith(
        "Each of the 2 groups moved up, yet all responses together moved down:"
    )
    down = explain(counts_of(OPEN), counts_of(CLOSED), "plan")
    assert "moved down, yet all responses together moved up" in simpson(down)


def test_nothing_is_said_without_a_paradox():
    steady = {"Small": (40, 0, 60), "Large": (20, 0, 80)}
    assert simpson(explain(counts_of(steady), counts_of(steady), "plan")) == ""
    mixed = explain(counts_of(CLOSED), counts_of({**OPEN, "Small": (60, 0, 30)}), "plan")
    assert simpson(mixed) == ""
    # Each third of 3 and of 9 is the same score: equal counts must not read as a tiny move.
    thirds = explain(
        counts_of({"a": (1, 1, 1), "b": (0, 2, 1)}), counts_of({"a": (3, 3, 3)}), "plan"
    )
    assert simpson(thirds) == ""


def test_groups_on_one_side_only_are_not_asked_for_the_way_they_moved():
    before = {"Pro": (10, 0, 90)}
    after = {"Pro": (5, 0, 95), "Trial": (150, 0, 50)}
    found = simpson(explain(counts_of(before), counts_of(after), "plan"))
    assert found.startswith("The only group on both sides moved up, yet all responses together")
