"""What cannot be meant is refused in words, by every function, and never in silence."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from nps_core import (
    NpsError,
    ProductChange,
    adjust,
    against_rest,
    change_verdicts,
    compare,
    detectable,
    expected_range,
    explain,
    interrupted,
    judge,
    post_stratified,
    sample_size,
    scan,
    shifts,
    weighted_score,
    what_if,
)

COUNTS = pd.DataFrame({"plan": ["Free", "Pro"], "score": [0, 10], "n": [40, 60]})
DAYS = pd.date_range("2026-01-01", periods=60)
DAILY = pd.DataFrame({"period": DAYS, "score": 9, "n": 3})
CHANGE = ProductChange("2026-02-01", "New pricing")
TABLE = pd.DataFrame({"a": [1, 2]})


def responses() -> pd.DataFrame:
    """A hundred accounts of two answers each, all before the change low and all after it high."""
    return pd.DataFrame(
        {
            "responded_at": np.repeat(pd.date_range("2026-01-05", periods=50), 4),
            "score": [0] * 108 + [10] * 92,
            "account": np.repeat(np.arange(100), 2).astype(str),
            "person": [str(number % 25) for number in range(200)],
            "plan": ["Free", "Pro"] * 100,
        }
    )


UNFIT: dict[str, tuple[Callable[[], Any], str]] = {
    "by as a list of lists": (lambda: explain(COUNTS, COUNTS, [["plan"]]), "column names are text"),
    "weight as a list": (lambda: weighted_score(responses(), weight=[]), "column names are text"),
    "a share beyond doubles": (
        lambda: post_stratified(COUNTS, "plan", {"Free": 10**400, "Pro": 1}),
        "shares are numbers",
    ),
    "a p-value beyond doubles": (lambda: adjust([10**400]), "give a list of numbers"),
    "q missing": (lambda: against_rest(COUNTS, "plan", q=None), "q is None; it must be between"),
    "q of a scan in percent": (lambda: scan({"plan": COUNTS}, q=10), r"Did you mean 0\.1\?"),
    "pairs missing": (lambda: scan({"plan": COUNTS}, pairs=None), "must be True or False"),
    "a table as the group": (
        lambda: what_if(COUNTS, "passives", 0.1, by="plan", value=TABLE),
        "give one value",
    ),
    "a margin too fine": (lambda: sample_size(margin=1e-9), "in points of the score"),
    "a margin too fine for score": (
        lambda: sample_size(margin=1e-200, method="score"),
        "in points of the score",
    ),
    "a ratio beyond doubles": (
        lambda: sample_size(difference=5, ratio=10**400),
        "ratio is .* it must be a number over 0",
    ),
    "responses beyond doubles": (lambda: detectable(10**400, 10), "responses_before is"),
    "a level next to 1": (lambda: compare(COUNTS, COUNTS, level=1 - 1e-16), "level is"),
    "a table as the day": (lambda: interrupted(DAILY, TABLE), "not a date"),
    "a table as today": (lambda: expected_range(DAILY, today=TABLE), "not a date"),
    "numbers as days": (lambda: shifts(DAILY.assign(period=7)), "int64, not dates"),
    "days with a zone": (
        lambda: shifts(DAILY.assign(period=DAYS.tz_localize("Asia/Tokyo"))),
        "without a zone",
    ),
    "no windows": (lambda: change_verdicts(responses(), [CHANGE], days=()), "days is"),
    "three windows": (lambda: judge(responses(), CHANGE, days=(1, 2, 3)), "days is"),
    "endless windows": (lambda: judge(responses(), CHANGE, days=10**30), "days is"),
    "endless washout": (
        lambda: change_verdicts(responses(), [CHANGE], washout=10**30),
        "washout is",
    ),
    "a number as the mix": (lambda: judge(responses(), CHANGE, mix=3), "mix is 3"),
    "a misspelt account column": (
        lambda: change_verdicts(responses(), [CHANGE], cluster="acount"),
        'cluster is "acount".*Did you mean "account"',
    ),
    "a misspelt respondent column": (
        lambda: judge(responses(), CHANGE, respondent="persn"),
        'respondent is "persn".*Did you mean "person"',
    ),
    "weights too small": (
        lambda: weighted_score(responses().assign(mrr=1e-200), "mrr"),
        "too small",
    ),
}


@pytest.mark.parametrize("case", UNFIT)
def test_refused_in_words(case: str) -> None:
    ask, words = UNFIT[case]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(NpsError, match=words):
            ask()


def test_the_largest_shares_do_not_overflow() -> None:
    """Free -100 and Pro +100, the same share each: 0."""
    found = post_stratified(COUNTS, "plan", {"Free": 1.5e308, "Pro": 1.5e308})
    assert found["nps"].tolist() == [0.0]


def test_lengths_of_windows_may_be_numpy_numbers() -> None:
    ours = change_verdicts(responses(), [CHANGE], days=(np.int64(20), np.int64(10)))
    plain = change_verdicts(responses(), [CHANGE], days=(20, 10))
    pd.testing.assert_frame_equal(ours, plain)


def test_one_column_may_be_held_fixed_by_its_name() -> None:
    assert [rival.columns for rival in judge(responses(), CHANGE, mix="plan").mix] == [("plan",)]


def test_columns_of_another_name_are_the_ones_used() -> None:
    """27 days before 1 February, 23 from it on; every one of the 25 people answered in both."""
    found = judge(responses(), CHANGE, cluster="account", respondent="person")
    assert found.row["accounts"] == 100
    assert found.same_people.before_responses == 25
    assert found.same_people.difference == 200.0


@pytest.mark.parametrize("rows", [0, 3])
def test_a_weight_that_is_always_missing_leaves_everything_out(rows: int) -> None:
    frame = pd.DataFrame(
        {
            "score": pd.array([9] * rows, dtype="int64[pyarrow]"),
            "mrr": pd.array([None] * rows, dtype="double[pyarrow]"),
        }
    )
    found = weighted_score(frame, "mrr").iloc[0]
    assert (found["responses"], found["left_out"]) == (0, rows)
    assert np.isnan(found["nps"])
