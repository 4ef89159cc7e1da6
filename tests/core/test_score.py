"""Counts to scores: hand counts, and the errors that public NPS code makes."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

from nps_core import NpsError, score, tally


def counts_of(**columns) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_each_score_belongs_to_its_category():
    counts = counts_of(score=list(range(11)), n=[2**k for k in range(11)])
    row = score(counts).iloc[0]
    assert row["detractors"] == 1 + 2 + 4 + 8 + 16 + 32 + 64
    assert row["passives"] == 128 + 256
    assert row["promoters"] == 512 + 1024
    assert row["responses"] == 2047
    assert row["nps"] == pytest.approx(100 * (1536 - 127) / 2047, abs=1e-12)


def test_nobody_answered_is_nan_with_zero_responses_never_zero():
    for counts in (counts_of(score=[], n=[]), counts_of(score=[9], n=[0])):
        result = score(counts)
        assert len(result) == 1
        assert result["responses"].item() == 0
        assert result[["nps", "low", "high"]].isna().all(axis=None)
        assert result["responses"].dtype == result["promoters"].dtype == "int64"


def test_without_counts_there_are_no_groups_but_all_columns():
    result = score(counts_of(plan=[], score=[], n=[]), by="plan")
    assert result.empty
    assert list(result.columns) == [
        *["plan", "detractors", "passives", "promoters", "responses", "nps", "low", "high"]
    ]


def test_the_missing_group_is_kept_and_comes_last():
    for missing in (None, np.nan, pd.NA):
        counts = counts_of(
            plan=[missing, "Pro", "Free", missing], score=[9, 9, 0, 0], n=[3, 1, 1, 1]
        )
        result = score(counts, by="plan")
        assert result["plan"].tolist() == ["Free", "Pro", None]
        assert result["nps"].tolist() == [-100, 100, 50]


def test_a_period_may_be_a_group():
    days = pd.to_datetime(["2026-01-02", "2026-01-01", None])
    counts = counts_of(period=days, plan=["b", "a", "a"], score=[9, 9, 1], n=[1, 2, 3])
    result = score(counts, by=["period", "plan"])
    assert result["period"].dtype == "datetime64[us]"
    assert result["period"].tolist()[:2] == [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-02")]
    assert pd.isna(result["period"][2])
    assert result["responses"].tolist() == [2, 1, 3]


def test_further_columns_are_added_over_and_their_order_is_free():
    counts = counts_of(n=[1, 2], extra=["x", "y"], score=[10, 0], plan=["Pro", "Pro"])
    assert score(counts, by=("plan",))["nps"].item() == pytest.approx(-100 / 3, abs=1e-12)


def test_counts_of_another_engine_score_alike():
    counts = counts_of(score=[10, 0], n=[3, 1])
    pd.testing.assert_frame_equal(score(pl.from_pandas(counts)), score(counts))


def test_unscored_rows_never_reach_the_denominator():
    assert score(counts_of(score=[10, None], n=[1, 9]))["responses"].item() == 1
    responses = pd.DataFrame({"score": [10, None, 0, None]})
    assert score(tally(responses))["responses"].item() == 2


def test_the_nps_is_no_mean_score_and_no_share():
    counts = counts_of(score=[7, 8, 10], n=[50, 30, 20])
    assert score(counts)["nps"].item() == 20


def test_shares_are_not_rounded_before_they_are_subtracted():
    # 1/3 less 1/6 is 16.67; the rounded shares 33 and 17 would give 16.
    assert score(counts_of(score=[0, 7, 9], n=[1, 3, 2]))["nps"].item() == pytest.approx(
        100 / 6, abs=1e-12
    )


def test_the_margin_is_neither_the_standard_error_nor_that_of_a_share():
    # 100 promoters and 100 detractors: V = 1, so 1.96 / sqrt(200) = 13.9 points, against 7.1 of
    # one standard error, 6.9 of a poll's share of a half and 11.6 with a one-sided quantile.
    row = score(counts_of(score=[0, 10], n=[100, 100])).iloc[0]
    assert (row["high"] - row["low"]) / 2 == pytest.approx(13.8, abs=0.15)


def test_promoters_and_detractors_are_not_taken_for_independent():
    # Independent shares would lose the covariance 2pq/n: a margin of 9.8 points here, not 13.8.
    row = score(counts_of(score=[0, 10], n=[100, 100])).iloc[0]
    assert row["high"] - row["low"] > 2 * 13


@pytest.mark.parametrize("given", [0, 7, 10])
@pytest.mark.parametrize("method", ["score", "adjusted_wald"])
def test_no_interval_has_zero_width_when_all_answered_alike(given, method):
    row = score(counts_of(score=[given], n=[20]), method=method).iloc[0]
    assert row["high"] - row["low"] > 5


def test_weights_are_refused_as_counts():
    with pytest.raises(NpsError, match=r'column "n" holds .*1\.5.*whole numbers from 0'):
        score(counts_of(score=[9], n=[1.5]))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"level": 95}, "level is 95.*between 0 and 1.*Did you mean 0.95"),
        ({"level": 1}, "level is 1;"),
        ({"level": "high"}, "level is 'high'"),
        ({"method": "adjusted-wald"}, 'method is "adjusted-wald".*Did you mean "adjusted_wald"'),
        ({"by": "plam"}, 'no column "plam".*plan.*Did you mean "plan"'),
        ({"by": "score"}, 'by holds "score"'),
        ({"by": [3]}, "by holds 3"),
    ],
)
def test_wrong_arguments_are_named_with_what_is_allowed(arguments, message):
    with pytest.raises(NpsError, match=message):
        score(counts_of(plan=["Pro"], score=[9], n=[1]), **arguments)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"score": [9]}, 'counts .*as tally makes it.* has no column "n"'),
        ({"score": [11], "n": [1]}, "score.* holds .*11.*0 to 10"),
        ({"score": [8.5], "n": [1]}, "score.* holds .*8.5"),
        ({"score": ["ten"], "n": [1]}, "score.* holds 'ten'"),
        ({"score": [True], "n": [1]}, "score.* holds .*True"),
        ({"score": [9], "n": [-1]}, '"n" holds .*-1'),
        ({"score": [9], "n": [None]}, '"n" holds'),
    ],
)
def test_what_are_no_counts_is_refused(columns, message):
    with pytest.raises(NpsError, match=message):
        score(pd.DataFrame(columns))


def test_something_that_is_no_table_is_refused():
    with pytest.raises(NpsError, match="counts is a list"):
        score([1, 2, 3])
