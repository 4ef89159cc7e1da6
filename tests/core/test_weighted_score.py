"""Weighted and clustered NPS."""

import json
import math
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from nps_core import NpsError, score, tally
from nps_core.measure.weighted import weighted_figures, weighted_score

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "reference_scores.json").read_text())
CASE = REFERENCE["weighted_clustered"][0]
SAMPLE = pd.DataFrame({"score": CASE["scores"], "mrr": CASE["w"], "account": CASE["cluster"]})
ROWS = st.lists(
    st.tuples(st.integers(0, 10), st.floats(0.1, 100), st.integers(0, 12)), min_size=2, max_size=60
)


def many(accounts: int = 40, seed: int = 3) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    account = np.repeat(np.arange(accounts), chance.integers(1, 9, accounts))
    mood = chance.normal(0, 2, accounts)[account]
    answers = np.clip(np.round(7.5 + mood + chance.normal(0, 1.5, len(account))), 0, 10)
    return pd.DataFrame(
        {
            "score": answers.astype(int),
            "mrr": chance.lognormal(0, 1, len(account)),
            "account": account,
        }
    )


def test_it_agrees_with_the_survey_package_of_r():
    alone = weighted_score(SAMPLE, "mrr").iloc[0]
    assert alone["nps"] / 100 == pytest.approx(CASE["R_survey"]["mean"], abs=1e-12)
    assert alone["se"] / 100 == pytest.approx(CASE["R_survey"]["se_ind"], abs=1e-12)
    assert alone["n_eff"] == pytest.approx(CASE["n_eff_kish"], abs=1e-9)
    joined = weighted_score(SAMPLE, "mrr", "account").iloc[0]
    assert joined["nps"] / 100 == pytest.approx(CASE["R_survey"]["mean"], abs=1e-12)
    assert joined["se"] / 100 == pytest.approx(CASE["R_survey"]["se_cluster"], abs=1e-12)
    assert joined["clusters"] == CASE["clusters"]


def test_the_clustered_error_is_that_of_a_weighted_regression():
    frame = many()
    s = np.select([frame["score"] >= 9, frame["score"] >= 7], [1, 0], -1)
    fit = sm.WLS(s, np.ones(len(s)), weights=frame["mrr"]).fit(
        cov_type="cluster",
        cov_kwds={"groups": frame["account"].to_numpy(), "use_correction": False},
    )
    row = weighted_score(frame, "mrr", "account").iloc[0]
    assert row["nps"] == pytest.approx(100 * fit.params[0])
    assert row["se"] == pytest.approx(100 * fit.bse[0] * math.sqrt(40 / 39))


def test_by_hand():
    # 100 of weight 1, 0 of weight 2, -100 of weight 1: no points; 16 / 6 effective.
    frame = pd.DataFrame({"score": [10, 8, 0], "mrr": [1, 2, 1]})
    row = weighted_score(frame, "mrr").iloc[0]
    assert (row["nps"], row["n_eff"], row["responses"]) == pytest.approx((0, 16 / 6, 3))
    assert row["se"] == pytest.approx(100 * math.sqrt(3 / 2 * 2 / 16))


def test_without_weights_it_is_the_score():
    frame = many()
    row, plain = weighted_score(frame).iloc[0], score(tally(frame)).iloc[0]
    for name in ("nps", "low", "high", "responses"):
        assert row[name] == pytest.approx(plain[name], abs=1e-9)
    assert row["n_eff"] == row["clusters"] == len(frame)


def test_the_interval_is_the_score_interval_at_kishs_n():
    # Weights 1 and 3 in each category alike: 40 of weight 80 + 80 of 160 ... n_eff = 0.8 n.
    frame = pd.DataFrame({"score": [0] * 20 + [8] * 40 + [10] * 60, "mrr": [1, 3] * 60})
    row = weighted_score(frame, "mrr").iloc[0]
    assert row["n_eff"] == pytest.approx(96)
    plain = score(pd.DataFrame({"score": [0, 8, 10], "n": [16, 32, 48]})).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((plain["low"], plain["high"]), abs=1e-9)


def test_weights_that_go_with_the_answers_widen_the_interval():
    # A few large accounts decide: one detractor more or less of weight 30 moves everything.
    frame = pd.DataFrame({"score": [0] * 10 + [10] * 190, "mrr": [30] * 10 + [1] * 190})
    row = weighted_score(frame, "mrr").iloc[0]
    assert (row["high"] - row["low"]) / 2 > 1.5 * row["se"]


@settings(deadline=None, max_examples=40)
@given(ROWS, st.booleans())
def test_scale_and_order_of_weights_change_nothing(rows, clustered):
    frame = pd.DataFrame(rows, columns=["score", "mrr", "account"])
    cluster = "account" if clustered else None
    found = weighted_score(frame, "mrr", cluster)
    scaled = frame.assign(mrr=2 * frame["mrr"]).sample(frac=1, random_state=2)
    again = weighted_score(scaled, "mrr", cluster)
    np.testing.assert_allclose(found.to_numpy(float), again.to_numpy(float), rtol=1e-6, atol=1e-6)
    row = found.iloc[0]
    if math.isfinite(row["low"]):
        assert -100 <= row["low"] <= row["nps"] + 1e-9
        assert row["nps"] - 1e-9 <= row["high"] <= 100
        assert row["high"] - row["low"] > 1


def test_whole_weights_are_no_frequencies():
    frame = many()
    once, tenfold = weighted_score(frame).iloc[0], weighted_score(frame.assign(w=10), "w").iloc[0]
    for name in ("se", "n_eff", "low", "high", "responses"):
        assert tenfold[name] == pytest.approx(once[name])


def test_one_response_an_account_is_the_same_but_for_student():
    frame = many(60).drop_duplicates("account")
    alone, joined = weighted_score(frame).iloc[0], weighted_score(frame, None, "account").iloc[0]
    assert joined["se"] == pytest.approx(alone["se"])
    assert joined["low"] < alone["low"] < alone["high"] < joined["high"]
    assert joined["low"] == pytest.approx(alone["low"], abs=1)


def test_accounts_of_one_mind_count_once():
    frame = pd.DataFrame({"score": [0, 8, 8, 10, 10, 10] * 4, "account": range(24)})
    told = pd.concat([frame] * 25)
    row, once = (
        weighted_score(told, None, "account").iloc[0],
        weighted_score(frame, None, "account").iloc[0],
    )
    assert (row["low"], row["high"]) == pytest.approx((once["low"], once["high"]), abs=1e-6)
    assert row["responses"] == 600
    loose = weighted_score(told).iloc[0]
    assert loose["high"] - loose["low"] < 0.3 * (row["high"] - row["low"])


def test_a_response_without_an_account_is_one_of_its_own():
    frame = many(30)
    frame["account"] = frame["account"].astype("Int64").where(frame["account"] > 4)
    named = frame.assign(
        account=[f"lone {i}" if pd.isna(a) else str(a) for i, a in enumerate(frame["account"])]
    )
    found, known = weighted_score(frame, "mrr", "account"), weighted_score(named, "mrr", "account")
    for name in ("nps", "se", "clusters", "low", "high"):
        assert found[name][0] == pytest.approx(known[name][0])


def test_under_ten_accounts_have_no_limits():
    frame = pd.DataFrame({"score": [0, 9, 10] * 9, "account": list(range(9)) * 3})
    row = weighted_score(frame, None, "account").iloc[0]
    assert math.isnan(row["low"])
    assert math.isnan(row["high"])
    assert math.isfinite(row["se"])
    free = pd.DataFrame({"score": [10] * 50, "account": range(50, 100), "mrr": 0})
    paying = pd.concat([frame.assign(mrr=5), free])
    row = weighted_score(paying, "mrr", "account").iloc[0]
    assert (row["clusters"], row["responses"]) == (9, 77)
    assert math.isnan(row["low"])


def test_all_answering_alike_leaves_a_doubt():
    frame = pd.DataFrame({"score": [10] * 40, "account": list(range(10)) * 4})
    for cluster in (None, "account"):
        row = weighted_score(frame, None, cluster).iloc[0]
        assert (row["nps"], row["se"], row["high"]) == (100, 0, 100)
        assert row["low"] < 95


def test_what_is_left_out_is_told():
    frame = pd.DataFrame(
        {"score": [10, None, 0, 8, 7], "mrr": [1.0, 1.0, None, math.nan, 0.0], "account": None}
    )
    row = weighted_score(frame, "mrr").iloc[0]
    assert (row["responses"], row["left_out"], row["nps"]) == (2, 3, 100)


@pytest.mark.parametrize("one", [1, 1.0, Decimal(1)])
def test_numbers_among_objects_are_weights(one):
    frame = pd.DataFrame({"score": [10, 0, 8], "mrr": pd.Series([one, None, one], dtype=object)})
    row = weighted_score(frame, "mrr").iloc[0]
    assert (row["nps"], row["responses"], row["left_out"]) == (50, 2, 1)


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame, pa.table])
def test_a_column_without_a_single_weight_leaves_all_out(frame):
    row = weighted_score(frame({"score": [10, 0], "mrr": [None, None]}), "mrr").iloc[0]
    assert (row["responses"], row["left_out"]) == (0, 2)
    assert math.isnan(row["nps"])


@pytest.mark.parametrize("cluster", [None, "account"])
def test_nothing_of_weight_is_nothing_known(cluster):
    free = weighted_score(many().assign(mrr=0), "mrr", cluster).iloc[0]
    assert free["responses"] == len(many())
    empty = weighted_score(many().iloc[:0], "mrr", cluster).iloc[0]
    assert (empty["responses"], empty["left_out"]) == (0, 0)
    for row in (free, empty):
        assert row[["nps", "se", "n_eff", "low", "high"]].isna().all()


def test_one_response_has_no_error_but_an_interval():
    row = weighted_score(pd.DataFrame({"score": [10]})).iloc[0]
    assert (row["nps"], math.isnan(row["se"]), row["high"]) == (100, True, 100)
    assert row["low"] == pytest.approx(-58.69, abs=0.01)


@pytest.mark.parametrize(
    ("frame", "arguments", "words"),
    [
        (SAMPLE.assign(mrr=-1), {"weight": "mrr"}, "-1"),
        (SAMPLE.assign(mrr=math.inf), {"weight": "mrr"}, "mrr"),
        (SAMPLE.assign(mrr="12"), {"weight": "mrr"}, "numbers"),
        (SAMPLE, {"weight": "mr"}, 'mean "mrr"'),
        (SAMPLE, {"cluster": "accounts"}, 'mean "account"'),
        (SAMPLE.assign(score=11), {}, "11"),
        (SAMPLE, {"level": 95}, "level"),
        ([1, 2], {}, "table"),
    ],
)
def test_what_does_not_fit_is_refused(frame, arguments, words):
    with pytest.raises(NpsError, match=words):
        weighted_score(frame, **arguments)


def test_every_engine_adds_up_the_same():
    frame = many().astype({"mrr": float})
    frame["account"] = [None if a % 7 == 0 else f"a{a}" for a in frame["account"]]
    frame.loc[::11, "mrr"] = math.nan
    known = weighted_score(frame, "mrr", "account")
    arrow = pa.Table.from_pandas(frame, preserve_index=False)
    nan = pl.from_pandas(frame, nan_to_null=False)
    database = duckdb.connect()
    for engine in (arrow, nan, pl.from_arrow(arrow).lazy(), database.from_arrow(arrow)):
        found = weighted_score(engine, "mrr", "account")
        np.testing.assert_allclose(found.to_numpy(float), known.to_numpy(float), atol=1e-9)


def test_many_groups_at_once_are_each_by_itself():
    frame = many(80).assign(group=lambda rows: rows["account"] % 4)
    frame["category"] = np.select([frame["score"] >= 9, frame["score"] >= 7], [2, 1], 0)
    found = weighted_figures(
        frame["group"].to_numpy(),
        frame["account"].to_numpy(),
        frame["category"].to_numpy(),
        np.ones(len(frame), dtype="int64"),
        frame["mrr"].to_numpy(),
        frame["mrr"].to_numpy() ** 2,
        5,
        0.9,
    )
    for group, rows in frame.groupby("group"):
        known = weighted_score(rows, "mrr", "account", 0.9).iloc[0]
        for name, values in found.items():
            assert values[group] == pytest.approx(known[name]), name
    assert np.isnan(found["nps"][4])
    assert found["clusters"][4] == 0
