"""The figures agree with R packages, published examples and a second implementation."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from nps_core import compare, score, tally
from nps_core.measure.interval import variance

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "reference_scores.json").read_text())


def counts_of(detractors: int, passives: int, promoters: int) -> pd.DataFrame:
    return pd.DataFrame({"score": [4, 8, 9], "n": [detractors, passives, promoters]})


def name_of(case: dict) -> str:
    return f"{case['det']}-{case['pas']}-{case['pro']} at {case['level']}"


@pytest.mark.parametrize("case", REFERENCE["one_sample"], ids=name_of)
def test_one_nps_agrees_with_the_reference_and_with_r(case):
    counts = counts_of(case["det"], case["pas"], case["pro"])
    row = score(counts, level=case["level"]).iloc[0]
    assert row["nps"] / 100 == pytest.approx(case["nps"], abs=1e-12)
    assert [row["low"] / 100, row["high"] / 100] == pytest.approx(case["score"], abs=1e-9)
    wald = score(counts, level=case["level"], method="adjusted_wald").iloc[0]
    assert [wald["low"] / 100, wald["high"] / 100] == pytest.approx(case["adjusted_wald"], abs=1e-9)
    for package, limits in case["R"].items():
        # R leaves the Wald limits outside the scale and, when all answered alike, off the score.
        held = [max(-1, min(limits[0], case["nps"])), min(1, max(limits[1], case["nps"]))]
        ours = wald if "wald" in package else row
        assert [ours["low"] / 100, ours["high"] / 100] == pytest.approx(held, abs=1e-6), package


@pytest.mark.parametrize("case", REFERENCE["one_sample"], ids=name_of)
def test_variance_and_standard_error_agree_with_the_reference(case):
    totals = np.array([[case["det"], case["pas"], case["pro"]]])
    assert variance(totals)[0] == pytest.approx(case["var"], abs=1e-12)
    assert np.sqrt(variance(totals)[0] / totals.sum()) == pytest.approx(case["se"], abs=1e-12)


@pytest.mark.parametrize("case", REFERENCE["two_sample"], ids=lambda c: f"{c['x']} to {c['y']}")
def test_a_difference_agrees_with_the_reference_p_included(case):
    found = compare(counts_of(*case["x"]), counts_of(*case["y"]), level=case["level"])
    assert found.difference / 100 == pytest.approx(case["diff"], abs=1e-12)
    assert [found.low / 100, found.high / 100] == pytest.approx(case["mover_score"]["ci"], abs=1e-9)
    assert found.p == pytest.approx(case["mover_score"]["p"], abs=1e-9)


@pytest.mark.parametrize("case", REFERENCE["published"], ids=lambda c: str(c["input"]))
def test_variance_agrees_with_what_was_published(case):
    counts = case["input"].get("counts") or case["input"]["counts det,pas,pro"]
    value = variance(np.array([counts]))[0]
    if case["input"]["stat"] == "se":
        value = np.sqrt(value / sum(counts))
    assert value == pytest.approx(case["published"], abs=6e-4)
    assert value == pytest.approx(case["recomputed"], abs=1e-12)


@pytest.mark.parametrize("case", REFERENCE["pooling"])
def test_segments_are_pooled_by_adding_counts_not_by_averaging_scores(case):
    counts = pd.concat(
        [counts_of(*segment).assign(plan=at) for at, segment in enumerate(case["segments"])]
    )
    pooled = score(counts)["nps"].item() / 100
    assert pooled == pytest.approx(case["pooled"], abs=1e-12)
    mean = score(counts, by="plan")["nps"].mean() / 100
    assert mean == pytest.approx(case["wrong_mean_of_segments"], abs=1e-12)


def test_the_groups_of_the_decomposition_score_as_published():
    case = REFERENCE["decomposition"][0]
    for side in ("before", "after"):
        counts = pd.concat(
            [counts_of(*triple).assign(segment=name) for name, triple in case[side].items()]
        )
        assert score(counts)["nps"].item() / 100 == pytest.approx(case[f"nps_{side}"], abs=1e-12)


def test_the_scores_of_responses_agree_with_the_weighted_example_without_its_weights():
    scores = REFERENCE["weighted_clustered"][0]["scores"]
    signs = REFERENCE["weighted_clustered"][0]["s"]
    nps = score(tally(pd.DataFrame({"score": scores})))["nps"].item()
    assert nps == pytest.approx(100 * sum(signs) / len(signs), abs=1e-10)
