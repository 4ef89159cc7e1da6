"""The difference of two scores with intervals: limits by hand (3-4-5 triangles), never a guess."""

import math

import pytest

from nps_core.errors import NpsError
from nps_core.measure.scored_difference import compare_scored


def row(nps: float, low: float, high: float, responses: int = 100) -> dict[str, float]:
    return {"nps": nps, "low": low, "high": high, "responses": responses}


def test_each_limit_takes_the_margins_that_face_one_another() -> None:
    # 20 less 10: below, 4 of the second and 3 of the first; above, 12 and 5.
    found = compare_scored(row(10, 5, 13), row(20, 16, 32))
    assert (found.difference, found.low, found.high) == (10, 10 - 5, 10 + 13)
    assert found.verdict == "up"


def test_turned_round_it_is_the_same_with_the_other_sign() -> None:
    found = compare_scored(row(20, 16, 32), row(10, 5, 13))
    assert (found.difference, found.low, found.high, found.verdict) == (-10, -23, -5, "down")


def test_a_difference_that_could_be_none_is_not_clear() -> None:
    assert compare_scored(row(10, 4, 16), row(15, 7, 23)).verdict == "no clear change"


def test_few_or_no_responses_are_said_and_nothing_is_invented() -> None:
    assert compare_scored(row(0, -1, 1, 9), row(90, 89, 91)).verdict == "too few responses"
    nothing = compare_scored(row(math.nan, math.nan, math.nan, 0), row(10, 4, 16))
    assert math.isnan(nothing.difference)
    assert nothing.verdict == "too few responses"


def test_a_minimum_that_is_no_number_is_refused() -> None:
    with pytest.raises(NpsError, match="minimum"):
        compare_scored(row(1, 0, 2), row(1, 0, 2), minimum=-1)
