"""Unannounced shifts: found on their day, with their figures, and not where there is none."""

import time

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from nps_core.errors import NpsError
from nps_core.measure import compare
from nps_core.measure.shifts import shifts

COLUMNS = [
    "date",
    "before_start",
    "before_responses",
    "before_nps",
    "after_end",
    "after_responses",
    "after_nps",
    "difference",
    "low",
    "high",
]
FIRST = pd.Timestamp("2026-01-05")


def by_day(totals: np.ndarray, first: pd.Timestamp = FIRST) -> pd.DataFrame:
    """Counts as tally makes them from detractors, passives, promoters of each day."""
    return pd.DataFrame(
        {
            "period": np.repeat(pd.date_range(first, periods=len(totals)), 3),
            "score": np.tile([4, 7, 9], len(totals)),
            "n": np.asarray(totals).ravel(),
        }
    )


def stretches(*parts: tuple[int, tuple[int, int, int]]) -> np.ndarray:
    """Days on each of which the same was answered: (days, (detractors, passives, promoters))."""
    return np.concatenate([np.tile(each, (days, 1)) for days, each in parts])


def drawn(generator: np.random.Generator, nps: np.ndarray, rate: float = 15) -> np.ndarray:
    promoters = 0.35 + nps / 2
    shares = np.stack([0.7 - promoters, np.full_like(promoters, 0.3), promoters], axis=-1)
    return generator.multinomial(generator.poisson(rate, len(nps)), shares)


def test_a_shift_is_found_on_its_day_with_the_figures_of_both_sides() -> None:
    # 100 days of 2, 3, 5: NPS 30 of 1,000. Then 60 of 4, 3, 3: NPS -10 of 600.
    found = shifts(by_day(stretches((100, (2, 3, 5)), (60, (4, 3, 3)))))
    assert list(found.columns) == COLUMNS
    assert found.to_dict("records")[0] | {"low": 0, "high": 0} == {
        "date": pd.Timestamp("2026-04-15"),
        "before_start": FIRST,
        "before_responses": 1000,
        "before_nps": pytest.approx(30),
        "after_end": pd.Timestamp("2026-06-13"),
        "after_responses": 600,
        "after_nps": pytest.approx(-10),
        "difference": pytest.approx(-40),
        "low": 0,
        "high": 0,
    }
    assert len(found) == 1


def test_the_interval_is_that_of_compare_where_the_days_are_as_even_as_can_be() -> None:
    days = stretches((100, (2, 3, 5)), (60, (4, 3, 3)))
    found = shifts(by_day(days), level=0.9).iloc[0]
    sides = [by_day(part)[["score", "n"]] for part in (days[:100], days[100:])]
    change = compare(*sides, level=0.9)
    assert (found["low"], found["high"]) == pytest.approx((change.low, change.high))


def test_each_of_several_shifts_is_measured_up_to_its_neighbours() -> None:
    # NPS 30, then -10, then 50, of 10 responses a day.
    found = shifts(by_day(stretches((90, (2, 3, 5)), (70, (4, 3, 3)), (50, (1, 3, 6)))))
    assert found["date"].tolist() == [pd.Timestamp("2026-04-05"), pd.Timestamp("2026-06-14")]
    assert found["before_start"].tolist() == [FIRST, pd.Timestamp("2026-04-05")]
    assert found["after_end"].tolist() == [pd.Timestamp("2026-06-13"), pd.Timestamp("2026-08-02")]
    assert found["before_responses"].tolist() == [900, 700]
    assert found["after_nps"].tolist() == pytest.approx([-10, 50])
    assert found["difference"].tolist() == pytest.approx([-40, 60])


@pytest.mark.parametrize("seed", range(4))
def test_the_day_is_the_one_at_which_the_g_statistic_of_scipy_is_largest(seed: int) -> None:
    generator = np.random.default_rng(seed)
    days = drawn(generator, np.where(np.arange(210) < 120 + seed, 0.35, 0.0))
    statistics = {
        place: chi2_contingency(
            [days[:place].sum(axis=0), days[place:].sum(axis=0)], lambda_="log-likelihood"
        ).statistic
        for place in range(7, 204)
    }
    likeliest = max(statistics, key=statistics.get)
    found = shifts(by_day(days))
    assert found["date"].tolist() == [FIRST + pd.Timedelta(days=likeliest)]


def test_three_shares_that_move_without_the_nps_are_no_shift() -> None:
    # Half of both promoters and detractors turn passive: NPS 20 on each side.
    assert shifts(by_day(stretches((120, (4, 2, 6)), (120, (1, 8, 3))))).empty


def test_a_shift_over_a_silent_stretch_is_dated_on_the_first_day_that_speaks_again() -> None:
    days = stretches((70, (2, 3, 5)), (9, (0, 0, 0)), (70, (5, 3, 2)))
    found = shifts(by_day(days))
    assert found["date"].tolist() == [FIRST + pd.Timedelta(days=79)]
    assert found["before_responses"].tolist() == [700]


def test_days_without_a_row_are_the_same_as_days_with_none() -> None:
    days = stretches((70, (2, 3, 5)), (70, (5, 3, 2)))
    days[np.arange(140) % 7 >= 5] = 0
    counts = by_day(days)
    pd.testing.assert_frame_equal(shifts(counts), shifts(counts[counts["n"] > 0]))


@pytest.mark.parametrize(
    "days",
    [
        stretches((13, (0, 0, 30))),
        np.concatenate([stretches((7, (0, 0, 30))), stretches((6, (30, 0, 0)))]),
        np.zeros((40, 3), dtype=int),
        stretches((400, (2, 3, 5))),
        stretches((400, (0, 0, 9))),
    ],
    ids=["13 days", "13 days that differ", "nobody", "all days alike", "only promoters"],
)
def test_nothing_found_is_an_empty_table_with_every_column(days: np.ndarray) -> None:
    found = shifts(by_day(days))
    assert found.empty
    assert list(found.columns) == COLUMNS
    assert found["date"].dtype == "datetime64[us]"


def test_two_weeks_that_differ_beyond_doubt_are_enough() -> None:
    found = shifts(by_day(stretches((7, (0, 0, 30)), (7, (30, 0, 0)))))
    assert found["date"].tolist() == [FIRST + pd.Timedelta(days=7)]
    assert found["difference"].tolist() == [-200]


def test_undated_responses_count_for_nothing() -> None:
    counts = by_day(stretches((100, (2, 3, 5)), (60, (4, 3, 3))))
    undated = pd.DataFrame({"period": [pd.NaT], "score": [0], "n": [5000]})
    pd.testing.assert_frame_equal(shifts(pd.concat([counts, undated])), shifts(counts))


def test_one_date_far_off_neither_hides_a_shift_nor_takes_long() -> None:
    counts = by_day(stretches((100, (2, 3, 5)), (60, (4, 3, 3))))
    stray = pd.DataFrame({"period": [pd.Timestamp("1990-01-01")], "score": [9], "n": [1]})
    shifts(counts)
    began = time.perf_counter()
    found = shifts(pd.concat([stray, counts]))
    assert time.perf_counter() - began < 1
    assert found["date"].tolist() == [pd.Timestamp("2026-04-15")]


def test_two_years_without_a_shift_show_none() -> None:
    generator = np.random.default_rng(1)
    alarms = [not shifts(by_day(drawn(generator, np.full(730, 0.2)))).empty for _ in range(25)]
    # At most 5 % are promised; of 25, more than 4 come by chance once in 200 at that.
    assert sum(alarms) <= 4


def test_answers_that_come_in_sixes_are_not_taken_for_news() -> None:
    # Six colleagues who always agree: six times the variance, and a plain test sees shifts.
    generator = np.random.default_rng(2)
    found = [shifts(by_day(6 * drawn(generator, np.full(730, 0.2), 4))) for _ in range(15)]
    assert sum(not table.empty for table in found) <= 3
    assert np.median([table.attrs["dispersion"] for table in found]) > 4


def test_a_fall_of_25_points_is_found_within_weeks() -> None:
    generator = np.random.default_rng(3)
    days = drawn(generator, np.where(np.arange(365 + 42) < 365, 0.3, 0.05))
    found = shifts(by_day(days))
    assert len(found) == 1
    assert abs((found["date"][0] - FIRST).days - 365) <= 7
    assert found["high"][0] < 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"daily_counts": pd.DataFrame({"score": [9], "n": [1]})}, '"period"'),
        ({"daily_counts": by_day(np.full((20, 3), -1))}, '"n" holds -1'),
        ({"daily_counts": by_day(np.full((20, 3), 0.5))}, '"n" holds 0.5'),
        ({"false_alarms": 5}, "false_alarms is 5"),
        ({"false_alarms": True}, "false_alarms is True"),
        ({"level": 95}, "level is 95"),
    ],
)
def test_what_cannot_be_is_refused_in_words(arguments: dict, words: str) -> None:
    with pytest.raises(NpsError, match=words):
        shifts(**{"daily_counts": by_day(np.full((20, 3), 1))} | arguments)
