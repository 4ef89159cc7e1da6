"""Intervals: coverage, symmetry and the sizes at which closed forms break."""

import math

import numpy as np
import pytest
from scipy.stats import multinomial

from nps_core.measure.interval import adjusted_wald, critical_value, score_interval


def test_a_two_sided_level_takes_the_two_sided_quantile():
    assert critical_value(0.95) == pytest.approx(1.959963984540054, abs=1e-12)
    assert critical_value(0.90) == pytest.approx(1.644853626951473, abs=1e-12)


@pytest.mark.parametrize("method", [score_interval, adjusted_wald])
def test_turning_detractors_into_promoters_turns_the_interval_around(method):
    rows = np.array([[3, 5, 9], [0, 4, 1], [100, 2, 7], [0, 0, 1]])
    low, high = method(rows, 0.9)
    turned_low, turned_high = method(rows[:, ::-1], 0.9)
    assert np.allclose(low, -turned_high, atol=1e-12)
    assert np.allclose(high, -turned_low, atol=1e-12)


def test_all_alike_reach_the_end_of_the_scale_and_no_further():
    low, high = score_interval(np.array([[0, 0, 50], [50, 0, 0]]), 0.95)
    assert high[0] == 1
    assert low[1] == -1
    # With everybody a promoter the limit solves n (1 - x) = z^2 (1 + x).
    z2 = critical_value(0.95) ** 2
    assert low[0] == pytest.approx((50 - z2) / (50 + z2), abs=1e-12)


@pytest.mark.parametrize("size", [1_000, 100_000, 10_000_000])
def test_a_large_sample_comes_close_to_the_wald_interval(size):
    row = np.array([[2, 3, 5]]) * size
    low, high = score_interval(row, 0.95)
    margin = 1.959963984540054 * math.sqrt((0.7 - 0.09) / (10 * size))
    assert (high[0] - low[0]) / 2 == pytest.approx(margin, rel=2e-3)
    assert low[0] < 0.3 < high[0]


def test_rows_do_not_touch_each_other():
    rows = np.array([[3, 5, 9], [0, 0, 0], [100, 2, 7]])
    together = np.array(score_interval(rows, 0.95))
    alone = np.array([score_interval(row[None], 0.95) for row in rows])[:, :, 0].T
    assert np.array_equal(together, alone, equal_nan=True)
    assert np.isnan(together[:, 1]).all()


@pytest.mark.parametrize(("n", "least"), [(10, 0.93), (20, 0.935), (30, 0.94)])
def test_the_interval_covers_the_truth_as_often_as_it_promises(n, least):
    rows = np.array([[d, n - d - r, r] for d in range(n + 1) for r in range(n + 1 - d)])
    low, high = score_interval(rows, 0.95)
    worst = 1.0
    for d in np.arange(0.1, 0.9, 0.1):
        for r in np.arange(0.1, 0.95 - d, 0.1):
            chance = multinomial.pmf(rows, n, [d, 1 - d - r, r])
            covered = (low <= r - d) & (r - d <= high)
            worst = min(worst, chance[covered].sum())
    assert least <= worst <= 0.97
