"""How many responses a decision needs agrees with references and with counting them out."""

import json
import math
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import NormalIndPower

from nps_core import score
from nps_core.errors import NpsError
from nps_core.measure.pace import pace, wait
from nps_core.measure.sample_size import detectable, responses_for_margin, sample_size, shifted

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "reference_scores.json").read_text())


@pytest.mark.parametrize("case", REFERENCE["sample_size_moe"], ids=str)
@pytest.mark.parametrize(
    ("method", "key"),
    [
        ("wald", "n_wald"),
        ("adjusted_wald", "n_adjwald_exact"),
        ("measuringu", "n_measuringu_formula"),
    ],
)
def test_a_margin_needs_as_many_responses_as_the_reference_says(case, method, key):
    found = sample_size(
        margin=100 * case["moe"],
        detractors=case["p_det"],
        promoters=case["p_pro"],
        level=case["level"],
        method=method,
    )
    assert found == case[key]


def test_without_shares_the_worst_case_is_taken():
    # 1.96^2 / 0.05^2 = 1536.6 and 2 (1.96 + 0.8416)^2 / 0.1^2 = 1569.8: variance 1 a response.
    assert sample_size(margin=5) == 1537
    assert sample_size(difference=10) == 1570


@pytest.mark.parametrize(("detractors", "promoters"), [(20, 50), (50, 50), (0, 50), (5, 90)])
@pytest.mark.parametrize("margin", [6, 14])
def test_the_score_method_finds_the_first_size_whose_interval_is_narrow_enough(
    detractors, promoters, margin
):
    n = sample_size(
        margin=margin, detractors=detractors / 100, promoters=promoters / 100, method="score"
    )
    # Whole counts come in hundreds of responses only: the sizes around n must tell n apart.
    step = 20
    sizes = [size for size in range(step, 3000, step) if size * detractors % 100 == 0]
    widths = {}
    for size in sizes:
        counts = [
            size * detractors // 100,
            size - size * detractors // 100 - size * promoters // 100,
            size * promoters // 100,
        ]
        row = score(pd.DataFrame({"score": [0, 7, 10], "n": counts})).iloc[0]
        widths[size] = (row["high"] - row["low"]) / 2
    assert all(width > margin for size, width in widths.items() if size < n)
    assert all(width <= margin for size, width in widths.items() if size >= n)


@pytest.mark.parametrize("ratio", [0.5, 1, 3])
@pytest.mark.parametrize("power", [0.8, 0.95])
def test_a_difference_needs_as_many_as_statsmodels_says(ratio, power):
    spread = 0.7 - 0.3**2
    expected = NormalIndPower().solve_power(
        effect_size=0.08 / math.sqrt(spread), alpha=0.05, power=power, ratio=ratio
    )
    found = sample_size(difference=8, detractors=0.2, promoters=0.5, power=power, ratio=ratio)
    assert found == math.ceil(expected)


def test_shares_after_the_move_count_for_their_own_side():
    # (1.96 + 0.8416)^2 (0.61 + 0.44) / 0.2^2 = 206.03, by hand.
    found = sample_size(
        difference=20, detractors=0.2, promoters=0.5, after_detractors=0.1, after_promoters=0.6
    )
    assert found == math.ceil(7.84888 * (0.61 + (0.7 - 0.25)) / 0.04)


def test_a_shift_moves_the_score_by_as_much_and_stays_within_the_shares():
    for shares in ((0.1, 0.2, 0.7), (0.02, 0.08, 0.9), (0.0, 1.0, 0.0), (0.5, 0.0, 0.5)):
        for points in (-60, -9, 5, 8):
            after = shifted(shares, points)
            assert min(after) >= 0
            assert sum(after) == pytest.approx(1)
            moved = (after[2] - after[0]) - (shares[2] - shares[0])
            assert 100 * moved == pytest.approx(points)
    assert shifted((0.0, 0.1, 0.9), 20) is None


def test_what_can_be_detected_is_the_inverse():
    n = sample_size(difference=7, detractors=0.2, promoters=0.5)
    assert detectable(n, n, detractors=0.2, promoters=0.5) <= 7
    assert detectable(n - 1, n - 1, detractors=0.2, promoters=0.5) > 7
    assert detectable(1, 1) == math.inf
    # More responses after cannot make up for few before.
    assert detectable(100, 10**9) == pytest.approx(detectable(200, 200), rel=1e-3)


def test_everyone_alike_still_needs_responses():
    for method in ("wald", "measuringu"):
        with pytest.raises(NpsError, match="answer alike"):
            sample_size(margin=5, detractors=0, promoters=1, method=method)
    assert sample_size(margin=5, detractors=0, promoters=1, method="score") > 50
    with pytest.raises(NpsError, match="answer alike"):
        sample_size(difference=5, detractors=0, promoters=1)
    with pytest.raises(NpsError, match="answer alike"):
        detectable(50, 50, detractors=1, promoters=0)


def test_several_groups_are_the_same_as_one_after_another():
    shares = np.array([[0.2, 0.3, 0.5], [0.0, 0.0, 1.0], [0.6, 0.3, 0.1]])
    together = responses_for_margin(shares, 4, 0.95)
    assert together.tolist() == [responses_for_margin(row[None], 4, 0.95)[0] for row in shares]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({}, "give one of the two"),
        ({"margin": 5, "difference": 5}, "give one of the two"),
        ({"margin": 0}, "over 0"),
        ({"margin": -3}, "over 0"),
        ({"margin": "5"}, "in points"),
        ({"margin": math.nan}, "in points"),
        ({"margin": True}, "in points"),
        ({"margin": 101}, "at most 100"),
        ({"difference": 201}, "at most 200"),
        ({"margin": 5, "detractors": 20, "promoters": 50}, "Did you mean 0.2"),
        ({"margin": 5, "detractors": 0.6, "promoters": 0.5}, "together 1.1"),
        ({"margin": 5, "detractors": 0.6}, "without promoters"),
        ({"margin": 5, "promoters": 0.6}, "without detractors"),
        ({"margin": 5, "detractors": -0.1, "promoters": 0.5}, "from 0 to 1"),
        ({"margin": 5, "after_promoters": 0.5, "after_detractors": 0}, "go with difference"),
        ({"difference": 5, "method": "score"}, "one method, wald"),
        ({"margin": 5, "method": "adjusted"}, "adjusted_wald"),
        ({"margin": 5, "level": 95}, "Did you mean 0.95"),
        ({"difference": 5, "power": 80}, "Did you mean 0.8"),
        ({"difference": 5, "power": 0.2}, "from 0.5"),
        ({"difference": 5, "ratio": 0}, "over 0"),
    ],
)
def test_nonsense_is_refused_in_words(arguments, words):
    with pytest.raises(NpsError, match=words):
        sample_size(**arguments)


def daily(first: str, totals: list[int]) -> pd.DataFrame:
    days = pd.date_range(first, periods=len(totals))
    return pd.DataFrame({"period": days, "score": 9, "n": totals})


def test_the_pace_is_that_of_the_last_days_the_data_has():
    counts = daily("2026-01-01", [100] * 30 + [2, 4] * 15)
    found = pace(counts, days=30)
    assert (found.per_day, found.start, found.end) == (3, date(2026, 1, 31), date(2026, 3, 1))
    # An export looked at a month later still says how it was while it lasted.
    assert pace(counts, today="2026-04-01", days=30) == found
    # The day that still runs does not count: without 1 March, 13 of 30 days hold 2 less.
    assert pace(counts, today="2026-03-01", days=1).per_day == 2


def test_a_young_survey_is_not_thinned_by_days_before_it():
    found = pace(daily("2026-03-01", [5] * 10), days=90)
    assert (found.per_day, found.days) == (5, 10)


def test_the_silence_of_a_segment_counts_while_others_answer():
    counts = daily("2026-01-01", [10] * 9)
    found = pace(counts, today="2026-04-01", days=90, since="2025-06-01")
    assert (found.responses, found.days, found.per_day) == (90, 90, 1)
    silent = pace(counts, today="2026-07-01", days=90, since="2025-06-01")
    assert (silent.per_day, wait(silent, 1)) == (0, type(wait(silent, 1))(None, None, None))


def test_undated_responses_and_empty_days_leave_the_pace_as_it_is():
    counts = daily("2026-01-01", [3, 0, 3])
    undated = pd.DataFrame({"period": [pd.NaT], "score": [9], "n": [1000]})
    assert pace(pd.concat([counts, undated])).per_day == 2
    assert math.isnan(pace(undated).per_day)
    assert pace(undated).start is None


def test_a_wait_is_rounded_up_and_wider_for_restless_weeks():
    steady = pace(daily("2026-01-01", [4] * 84), days=84)
    assert wait(steady, 9).days == 3  # 9 / 4 = 2.25 days
    assert wait(steady, 8).days == 2
    assert wait(steady, 0).days == 0
    uneven = daily("2026-01-01", [0] * 7 + [8] * 7 + [0] * 7 + [8] * 7)
    restless = pace(uneven, days=28, since="2026-01-01")
    narrow, wide = wait(steady, 400), wait(restless, 400)
    assert narrow.days == wide.days == 100
    # Weekly totals 0, 56, 0, 56: variance 1045.3 over mean 28.
    assert restless.dispersion == pytest.approx(1045.333 / 28, abs=1e-3)
    assert wide.low < narrow.low < 100 < narrow.high < wide.high


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"days": 0}, "1 or more"),
        ({"today": "soon"}, "not a date"),
        ({"since": "2030-01-01"}, "earlier day"),
    ],
)
def test_a_pace_of_nonsense_is_refused(arguments, words):
    with pytest.raises(NpsError, match=words):
        pace(daily("2026-01-01", [1, 2]), **arguments)


def test_a_negative_number_of_responses_is_refused():
    with pytest.raises(NpsError, match="0 or more"):
        wait(pace(daily("2026-01-01", [1, 2])), -1)
