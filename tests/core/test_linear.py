"""Linear combinations of independent NPS."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from nps_core import NpsError, compare, score
from nps_core.measure.linear import combined

COUNTS = st.tuples(*[st.integers(0, 60)] * 3).filter(any)


def counts_of(detractors: int, passives: int, promoters: int) -> pd.DataFrame:
    return pd.DataFrame({"score": [4, 8, 9], "n": [detractors, passives, promoters]})


def test_by_hand():
    # 50 points of variance 0.75 / 40, half of it; 0 points of variance 0.5 / 40, a quarter.
    found = combined([[10, 0, 30], [10, 20, 10]], [0.5, 0.25])
    assert found.estimate == pytest.approx(25, abs=1e-12)
    assert found.se == pytest.approx(100 * math.sqrt(0.25 * 0.75 / 40 + 0.0625 * 0.5 / 40))
    assert found.method == "mover"


def test_large_groups_agree_with_statsmodels():
    groups = {-1: (30, 40, 30), 1: (20, 45, 60)}
    sides = [DescrStatsW(np.repeat([-1, 0, 1], n)) for n in groups.values()]
    found = combined(list(groups.values()), list(groups), 0.9)
    # statsmodels divides by n - 1.
    apart = CompareMeans(sides[1], sides[0]).zconfint_diff(0.1, usevar="unequal")
    assert found.method == "wald"
    assert (found.low, found.high) == pytest.approx([100 * limit for limit in apart], rel=0.01)
    assert found.low + found.high == pytest.approx(2 * found.estimate)


@settings(deadline=None, max_examples=40)
@given(COUNTS, COUNTS, st.sampled_from([0.8, 0.95, 0.99]))
def test_two_small_groups_are_compared_as_compare_does(before, after, level):
    before, after = (min(before[0], 9), *before[1:]), after
    if not any(before):
        return
    found = combined([before, after], [-1, 1], level)
    known = compare(counts_of(*before), counts_of(*after), level=level)
    assert found.method == "mover"
    assert (found.estimate, found.low, found.high) == pytest.approx(
        (known.difference, known.low, known.high), abs=1e-9
    )
    assert found.p == pytest.approx(known.p, rel=1e-7, abs=1e-12)


@pytest.mark.parametrize("counts", [(0, 0, 5), (3, 4, 5), (0, 7, 0)])
def test_one_small_group_is_scored_as_score_does(counts):
    found = combined([counts], [1])
    row = score(counts_of(*counts)).iloc[0]
    assert (found.low, found.high) == pytest.approx((row["low"], row["high"]), abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(COUNTS, st.sampled_from([-1, -0.4, 0.3, 1])), min_size=1, max_size=5))
def test_the_interval_has_a_width_and_holds_the_estimate_and_p_agrees_with_it(groups):
    counts, coefficients = zip(*groups, strict=True)
    found = combined(counts, coefficients)
    assert found.low <= found.estimate <= found.high
    assert found.high - found.low > 1
    assert 0 <= found.p <= 1
    if abs(found.p - 0.05) > 1e-6:
        assert (found.low > 0 or found.high < 0) == (found.p < 0.05)


@pytest.mark.parametrize("coefficients", [(0.5, 0.5), (-1, 1), (0.2, 0.3), (1, -2)])
def test_all_answering_alike_leaves_a_doubt(coefficients):
    found = combined([[0, 0, 12], [0, 0, 15]], coefficients)
    assert found.se == 0
    assert found.high - found.low > 5


def test_p_is_the_level_at_which_the_interval_touches_zero():
    groups, coefficients = [[2, 3, 9], [4, 4, 4], [1, 9, 9]], [0.5, -1, 0.5]
    p = combined(groups, coefficients).p
    assert combined(groups, coefficients, 1 - p * 1.0001).low > 0
    assert combined(groups, coefficients, 1 - p * 0.9999).low < 0


def test_swapping_signs_mirrors_everything():
    groups, coefficients = np.array([[2, 3, 9], [4, 4, 4], [1, 9, 9]]), np.array([0.5, -1, 0.5])
    there, back = combined(groups, coefficients), combined(groups, -coefficients)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low), abs=1e-9)
    assert back.p == pytest.approx(there.p, rel=1e-9)


def test_a_group_that_does_not_count_may_be_empty():
    assert combined([[0, 0, 0], [5, 5, 9]], [0, 1]) == combined([[5, 5, 9]], [1])


def test_an_empty_group_that_counts_is_nothing_known():
    found = combined([[0, 0, 0], [5, 5, 9]], [-1, 1])
    assert all(math.isnan(x) for x in (found.estimate, found.se, found.low, found.high, found.p))


@pytest.mark.parametrize(
    ("categories", "coefficients"),
    [
        ([[1, 2]], [1]),
        ([[1, 2, 3]], [1, 2]),
        ([[1, 2, 3]], [0]),
        ([[1, 2, 3]], [math.nan]),
        ([[1, -2, 3]], [1]),
        ("abc", [1]),
        ([], []),
    ],
)
def test_what_does_not_fit_is_refused(categories, coefficients):
    with pytest.raises(NpsError):
        combined(categories, coefficients)


def test_a_level_in_percent_is_refused():
    with pytest.raises(NpsError, match=r"0\.95"):
        combined([[1, 2, 3]], [1], 95)
