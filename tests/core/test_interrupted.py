"""A jump over the trend: the line statsmodels fits, limits that never lie, too few weeks said."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from nps_core.errors import NpsError
from nps_core.measure.interrupted import interrupted

AT = pd.Timestamp("2026-03-18")


def daily(weekly: list[tuple[int, int, int]], before: int, day: int = 3) -> pd.DataFrame:
    """Counts by day of weeks laid around AT, each week's on its `day`th day."""
    rows = [
        (AT + pd.Timedelta(days=7 * (i - before) + day), score, n)
        for i, counts in enumerate(weekly)
        for score, n in zip((4, 8, 10), counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "score", "n"])


def whole(weeks: list[tuple[int, int, int]], before: int) -> dict:
    """First and last day such that every week is whole."""
    return {
        "start": AT - pd.Timedelta(days=7 * before),
        "end": AT + pd.Timedelta(days=7 * (len(weeks) - before) - 1),
    }


def uneven(seed: int, before: int, after: int, wander: float = 0.0) -> list[tuple[int, int, int]]:
    chance = np.random.default_rng(seed)
    weeks = []
    for i in range(before + after):
        shift = 0.1 * (i >= before) + chance.normal() * wander
        p = np.clip([0.3 - shift / 2, 0.3, 0.4 + shift / 2], 0.01, 1)
        weeks.append(
            tuple(int(n) for n in chance.multinomial(chance.integers(15, 90), p / p.sum()))
        )
    return weeks


def reference(weeks: list[tuple[int, int, int]], before: int):
    counts = np.array(weeks, dtype=float)
    n = counts.sum(axis=1)
    t = np.arange(len(weeks)) - float(before)
    heard = n > 0
    y = 100 * (counts[heard, 2] - counts[heard, 0]) / n[heard]
    post = (t >= 0).astype(float)
    design = np.stack([np.ones_like(t), t, post, post * t], axis=1)
    return sm.WLS(y, design[heard], weights=n[heard]).fit(), design


@pytest.mark.parametrize(("seed", "before", "after"), [(1, 9, 12), (2, 26, 8), (3, 14, 30)])
def test_the_line_is_the_one_statsmodels_fits(seed, before, after):
    weeks = uneven(seed, before, after)
    weeks[3] = (0, 0, 0)
    fit, design = reference(weeks, before)
    found = interrupted(daily(weeks, before), AT, **whole(weeks, before))
    assert found.level_change == pytest.approx(fit.params[2], abs=1e-9)
    assert found.slope_before == pytest.approx(fit.params[1], abs=1e-9)
    assert found.slope_change == pytest.approx(fit.params[3], abs=1e-9)
    assert found.wls_se_level == pytest.approx(fit.bse[2], abs=1e-9)
    assert found.wls_se_slope == pytest.approx(fit.bse[3], abs=1e-9)
    assert found.df == fit.df_resid
    np.testing.assert_allclose(found.bins["fitted"], design @ fit.params, atol=1e-9)
    without = design[:, :2] @ fit.params[:2]
    np.testing.assert_allclose(found.bins["without_change"], without, atol=1e-9)
    assert (found.weeks_before, found.weeks_after) == (before - 1, after)


def test_limits_and_p_are_students_t_on_the_standard_error_used():
    from scipy import stats

    weeks = uneven(5, 12, 12, wander=0.3)
    found = interrupted(daily(weeks, 12), AT, level=0.9, **whole(weeks, 12))
    margin = stats.t.ppf(0.95, 20) * found.se_level
    assert found.level_high - found.level_change == pytest.approx(margin, abs=1e-9)
    assert found.level_change - found.level_low == pytest.approx(margin, abs=1e-9)
    p = 2 * stats.t.sf(abs(found.slope_change) / found.se_slope, 20)
    assert found.p_slope == pytest.approx(p, abs=1e-12)


def test_weeks_that_wander_widen_the_limits_over_least_squares_alone():
    weeks = uneven(6, 30, 30, wander=0.4)
    found = interrupted(daily(weeks, 30), AT, **whole(weeks, 30))
    assert found.se_level > 1.1 * found.wls_se_level


def test_an_exact_line_is_found_and_claims_no_more_than_sampling_allows():
    # 100 responses a week, promoters 30, 31, ... and then 10 more, rising by 2: no passives,
    # so that NPS = 2 * promoters - 100 = -40, -38, ... and a slope of 2 turned into 4.
    before = [(70 - i, 0, 30 + i) for i in range(10)]
    after = [(100 - r, 0, r) for r in (50 + 2 * i for i in range(10))]
    found = interrupted(daily(before + after, 10), AT, **whole(before + after, 10))
    # The line before reaches -20 in the week of the change, and the first week after is at 0.
    assert found.level_change == pytest.approx(20, abs=1e-9)
    assert found.slope_before == pytest.approx(2, abs=1e-9)
    assert found.slope_change == pytest.approx(2, abs=1e-9)
    assert found.wls_se_level == pytest.approx(0, abs=1e-6)
    # One week's NPS has a standard error of nearly 10 points; the step's is never under half of it.
    assert found.se_level > 5
    assert found.bins["without_change"].iloc[-1] == pytest.approx(-40 + 2 * 19, abs=1e-9)


@pytest.mark.parametrize("week", [(10, 10, 20), (0, 0, 30), (5, 0, 0), (0, 1, 0)])
def test_weeks_all_alike_are_no_change_and_never_certain(week):
    weeks = [week] * 20
    found = interrupted(daily(weeks, 10), AT, **whole(weeks, 10))
    assert found.level_change == pytest.approx(0, abs=1e-9)
    assert found.p_level == pytest.approx(1, abs=1e-6)
    assert found.level_low < -0.1
    assert found.level_high > 0.1
    assert found.verdict == "no clear change"


def test_no_bin_straddles_the_change_and_partial_outer_ones_are_dropped():
    days = pd.date_range(AT - pd.Timedelta(days=7 * 8 + 3), AT + pd.Timedelta(days=7 * 9 + 4))
    counts = pd.DataFrame({"period": days, "score": [0 if d < AT else 10 for d in days], "n": 1})
    found = interrupted(counts, AT)
    assert found.bins["start"].iloc[0] == AT - pd.Timedelta(days=56)
    assert (found.weeks_before, found.weeks_after) == (8, 9)
    assert found.bins["responses"].tolist() == [7] * 17
    assert found.bins["nps"].tolist() == [-100.0] * 8 + [100.0] * 9


def test_days_outside_start_and_end_count_for_nothing():
    weeks = uneven(7, 10, 10)
    noisy = pd.concat([daily([(99, 0, 0)] * 3, 20), daily(weeks, 10), daily([(0, 0, 99)] * 3, -12)])
    inside = interrupted(noisy, AT, **whole(weeks, 10))
    alone = interrupted(daily(weeks, 10), AT, **whole(weeks, 10))
    assert inside.level_change == alone.level_change
    pd.testing.assert_frame_equal(inside.bins, alone.bins)


def test_silent_weeks_are_shown_empty_and_weigh_nothing():
    weeks = uneven(8, 10, 10)
    weeks[4] = weeks[13] = (0, 0, 0)
    bins = interrupted(daily(weeks, 10), AT, **whole(weeks, 10)).bins
    assert bins.loc[[4, 13], "responses"].tolist() == [0, 0]
    assert bins.loc[[4, 13], "nps"].isna().all()
    assert bins["fitted"].notna().all()


@pytest.mark.parametrize(("before", "after"), [(5, 30), (30, 5), (0, 12), (12, 0)])
def test_too_few_weeks_say_so_and_claim_no_figure(before, after):
    weeks = uneven(9, before, after)
    found = interrupted(daily(weeks, before), AT, **whole(weeks, before))
    assert found.verdict == "too few responses"
    assert np.isnan([found.level_change, found.level_low, found.p_level, found.p_slope]).all()
    assert found.bins["fitted"].isna().all()
    assert found.bins["nps"].notna().all()


def test_the_slope_has_limits_from_eight_weeks_a_side_on():
    short, longer = uneven(10, 7, 20), uneven(10, 8, 20)
    found = interrupted(daily(short, 7), AT, **whole(short, 7))
    assert np.isfinite([found.level_low, found.p_level, found.slope_change]).all()
    assert np.isnan([found.slope_low, found.slope_high, found.p_slope]).all()
    found = interrupted(daily(longer, 8), AT, **whole(longer, 8))
    assert np.isfinite([found.slope_low, found.slope_high, found.p_slope]).all()


def test_a_steady_rise_is_not_called_a_step():
    weeks = [(60 - i, 40 - i, 100 + 2 * i) for i in range(40)]
    found = interrupted(daily(weeks, 20), AT, **whole(weeks, 20))
    assert found.level_change == pytest.approx(0, abs=1e-9)
    assert found.verdict == "no clear change"


def test_a_fall_is_down():
    weeks = [(20, 30, 150)] * 12 + [(100, 30, 70)] * 12
    found = interrupted(daily(weeks, 12), AT, **whole(weeks, 12))
    assert found.verdict == "down"
    assert found.p_level < 1e-6


def test_no_counts_at_all_are_too_few():
    empty = pd.DataFrame({"period": pd.to_datetime([]), "score": [], "n": []})
    found = interrupted(empty, AT)
    assert (found.verdict, len(found.bins), found.weeks_before) == ("too few responses", 0, 0)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"at": None}, "at is missing"),
        ({"at": "soon"}, "at is 'soon'"),
        ({"level": 95}, "level is 95"),
        ({"start": "2026-05-01", "end": "2026-04-01"}, "start is 2026-05-01, after end"),
        ({"daily_counts": pd.DataFrame({"score": [1], "n": [1]})}, 'no column "period"'),
    ],
)
def test_unfit_arguments_are_refused_in_words(changed, words):
    given = {"daily_counts": daily(uneven(1, 8, 8), 8), "at": AT} | changed
    with pytest.raises(NpsError, match=words):
        interrupted(**given)
