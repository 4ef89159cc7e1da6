"""Difference in differences."""

import json
import math
from pathlib import Path

import pandas as pd
import pytest
import statsmodels.formula.api as smf

from nps_core import NpsError, compare
from nps_core.measure.diff_in_diff import difference_in_differences

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "reference_scores.json").read_text())
SIDES = ("treat_before", "treat_after", "ctrl_before", "ctrl_after")


def counts_of(detractors: int, passives: int, promoters: int) -> pd.DataFrame:
    return pd.DataFrame({"score": [4, 8, 9], "n": [detractors, passives, promoters]})


@pytest.mark.parametrize("case", REFERENCE["diff_in_diff"])
def test_it_agrees_with_the_reference(case):
    found = difference_in_differences(*(counts_of(*case[side]) for side in SIDES))
    assert found.difference / 100 == pytest.approx(case["did"], abs=1e-12)
    assert found.se / 100 == pytest.approx(case["se"], abs=1e-12)
    assert found.p == pytest.approx(case["p"], abs=1e-10)
    assert found.low / 100 == pytest.approx(case["did"] - 1.959963984540054 * case["se"], abs=1e-9)
    assert found.verdict == "no clear change"


def test_it_is_the_interaction_of_a_regression():
    sides = [(120, 150, 130), (90, 140, 170), (110, 160, 130), (100, 170, 140)]
    rows = [
        (s, i < 2, i % 2)
        for i, side in enumerate(sides)
        for s, n in zip((-1, 0, 1), side, strict=True)
        for _ in range(n)
    ]
    data = pd.DataFrame(rows, columns=["s", "treated", "post"]).astype(int)
    fit = smf.ols("s ~ treated * post", data).fit(cov_type="HC0")
    found = difference_in_differences(*(counts_of(*side) for side in sides))
    assert found.difference == pytest.approx(100 * fit.params["treated:post"])
    assert found.se == pytest.approx(100 * fit.bse["treated:post"])
    assert found.p == pytest.approx(fit.pvalues["treated:post"])
    assert [found.low, found.high] == pytest.approx(list(100 * fit.conf_int().loc["treated:post"]))


def test_both_changes_are_given_by_themselves():
    sides = [counts_of(40, 30, 30), counts_of(20, 30, 50), counts_of(5, 5, 5), counts_of(4, 5, 6)]
    found = difference_in_differences(*sides)
    assert found.treated == compare(sides[0], sides[1])
    assert found.control == compare(sides[2], sides[3])
    assert found.difference == pytest.approx(40 - 200 / 15)


def test_when_all_moved_alike_there_is_no_difference():
    sides = [counts_of(200, 100, 100), counts_of(100, 100, 200)]
    found = difference_in_differences(*sides, *sides)
    assert (found.treated.verdict, found.control.verdict) == ("up", "up")
    assert (found.difference, found.verdict) == (0, "no clear change")


def test_a_rise_of_the_treated_alone_is_up_and_of_the_control_alone_down():
    low, high = counts_of(200, 100, 100), counts_of(100, 100, 200)
    assert difference_in_differences(low, high, low, low).verdict == "up"
    assert difference_in_differences(low, low, low, high).verdict == "down"


@pytest.mark.parametrize("small", range(4))
def test_one_small_side_of_four_is_too_few(small):
    sides = [counts_of(100, 0, 100)] * 4
    sides[small] = counts_of(0, 0, 9)
    found = difference_in_differences(*sides)
    assert found.verdict == "too few responses"
    assert math.isfinite(found.difference)


def test_an_empty_side_is_nothing_known():
    some, none = counts_of(10, 10, 20), counts_of(0, 0, 0)
    found = difference_in_differences(some, some, none, some, minimum=0)
    assert math.isnan(found.difference)
    assert math.isnan(found.p)
    assert found.verdict == "too few responses"


def test_all_answering_alike_leaves_a_doubt():
    found = difference_in_differences(*[counts_of(0, 0, 12)] * 4)
    assert (found.se, found.p) == (0, 1)
    assert found.low < -20 < 20 < found.high


def test_what_are_no_counts_is_refused_by_its_name():
    some = counts_of(1, 2, 3)
    with pytest.raises(NpsError, match="control_before"):
        difference_in_differences(some, some, pd.DataFrame({"n": [1]}), some)
    with pytest.raises(NpsError, match="level"):
        difference_in_differences(some, some, some, some, level=0)
    with pytest.raises(NpsError, match="minimum"):
        difference_in_differences(some, some, some, some, minimum=-1)
