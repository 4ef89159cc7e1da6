"""What winning people over would do, by hand and with fractions."""

import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.errors import NpsError
from nps_core.measure.what_if import what_if


def counts_of(detractors: int, passives: int, promoters: int) -> pd.DataFrame:
    return pd.DataFrame({"score": [2, 7, 9], "n": [detractors, passives, promoters]})


def by_plan() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "plan": ["Pro", "Pro", "Free", "Free", None, None],
            "score": [8, 10, 3, 8, 0, 9],
            "n": [40, 60, 50, 30, 10, 10],
        }
    )


@pytest.mark.parametrize(
    ("category", "to", "after"),
    [
        ("passives", None, 33),  # 3 of 30 gain a point each
        ("detractors", None, 32),  # 2 of 20 stop costing one
        ("detractors", "promoters", 34),
        ("promoters", None, 25),
        ("promoters", "detractors", 20),
        ("passives", "detractors", 27),
    ],
)
def test_a_tenth_of_a_category_moves_the_score_by_hand(category, to, after):
    found = what_if(counts_of(20, 30, 50), category, 0.1, to)
    assert (found.before_nps, found.after_nps, found.difference) == (30, after, after - 30)


def test_in_one_group_the_total_moves_by_less_than_the_group():
    found = what_if(by_plan(), "passives", 0.5, by="plan", value="Pro")
    # 20 of 200 people: the total goes from 10 / 200 to 30 / 200, Pro from 60 to 80.
    assert (found.before_nps, found.after_nps, found.difference) == (5, 15, 10)
    assert (found.group_before_nps, found.group_after_nps) == (60, 80)
    assert (found.moved, found.people, found.of, found.responses) == (20, 20, 40, 200)


def test_the_missing_group_is_a_group():
    found = what_if(by_plan(), "detractors", 1, by="plan", value=None)
    assert (found.people, found.difference) == (10, 5)


def test_people_are_whole_but_the_score_is_not_rounded_with_them():
    found = what_if(counts_of(0, 33, 67), "passives", 0.2)
    assert (found.moved, found.people) == (6.6, 7)
    assert found.difference == 6.6
    assert what_if(counts_of(0, 5, 5), "passives", 0.5).people == 3  # half a person is a person


@given(*[st.integers(0, 10_000)] * 3, st.integers(0, 100))
def test_the_move_is_the_exact_fraction(detractors, passives, promoters, percent):
    n = detractors + passives + promoters
    found = what_if(counts_of(detractors, passives, promoters), "passives", percent / 100)
    if n:
        assert found.difference == float(Fraction(percent * passives, n))
    else:
        assert math.isnan(found.difference)
        assert math.isnan(found.before_nps)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("passives", 20), "Did you mean 0.2"),
        (("passives", -0.1), "from 0 to 1"),
        (("passive", 0.2), "Did you mean"),
        (("passives", 0.2, "fans"), "must be one of"),
        (("passives", 0.2, "passives"), "two different"),
        (("passives", 0.2, None, "plan", "pro"), 'Did you mean "Pro"'),
        (("passives", 0.2, None, "plans", "Pro"), "no column"),
        (("passives", 0.2, None, ["plan"], "Pro"), "name of one column"),
        (("passives", 0.2, None, None, "Pro"), "without by"),
    ],
)
def test_nonsense_is_refused_in_words(arguments, words):
    with pytest.raises(NpsError, match=words):
        what_if(by_plan(), *arguments)
