"""Two NPS and the difference between them."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from nps_core import Comparison, NpsError, adjust, compare
from nps_core.measure.interval import critical_value


def counts_of(detractors: int, passives: int, promoters: int) -> pd.DataFrame:
    return pd.DataFrame({"score": [4, 8, 9], "n": [detractors, passives, promoters]})


def test_a_rise_is_up_and_the_way_back_is_down_with_the_same_p():
    rise = compare(counts_of(40, 30, 30), counts_of(20, 30, 50))
    fall = compare(counts_of(20, 30, 50), counts_of(40, 30, 30))
    assert (rise.before_nps, rise.after_nps) == (-10, 30)
    assert rise.difference == pytest.approx(40, abs=1e-12)
    assert (rise.before_responses, rise.after_responses) == (100, 100)
    assert (rise.verdict, fall.verdict) == ("up", "down")
    assert fall.p == pytest.approx(rise.p, abs=1e-12)
    assert (fall.low, fall.high) == pytest.approx((-rise.high, -rise.low), abs=1e-10)


def test_the_p_value_is_the_level_at_which_the_interval_touches_zero():
    before, after = counts_of(12, 30, 58), counts_of(25, 35, 40)
    p = compare(before, after).p
    assert compare(before, after, level=1 - p * 1.001).high < 0
    assert compare(before, after, level=1 - p * 0.999).high > 0


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99])
def test_verdict_and_p_never_contradict_each_other(level):
    chance = np.random.default_rng(5)
    for _ in range(60):
        before, after = chance.multinomial(60, [0.3, 0.3, 0.4], size=2)
        found = compare(counts_of(*before), counts_of(*after), level=level)
        assert (found.verdict in ("up", "down")) == (found.p < 1 - level)


def test_overlapping_intervals_may_still_be_a_clear_change():
    found = compare(counts_of(200, 100, 200), counts_of(165, 100, 235))
    assert found.verdict == "up"


def test_the_same_counts_are_no_change_with_p_one():
    found = compare(counts_of(5, 5, 10), counts_of(50, 50, 100))
    assert (found.difference, found.p, found.verdict) == (0, 1, "no clear change")


def test_opposite_ends_of_the_scale_have_an_interval_and_a_tiny_p():
    found = compare(counts_of(0, 0, 40), counts_of(40, 0, 0))
    assert found.low == -200
    assert -200 < found.high < 0
    assert 0 <= found.p < 1e-12


def test_huge_samples_keep_a_finite_p():
    found = compare(counts_of(4_000_000, 0, 5_000_000), counts_of(4_010_000, 0, 4_990_000))
    assert 0 < found.p < 1e-4
    far = compare(counts_of(9_000_000, 0, 0), counts_of(0, 0, 9_000_000))
    assert far.p == 0


@pytest.mark.parametrize("before", [(0, 0, 0), (0, 0, 9)])
def test_few_responses_on_a_side_are_said_so(before):
    found = compare(counts_of(*before), counts_of(20, 30, 500))
    assert found.verdict == "too few responses"
    assert np.isnan(found.p) == np.isnan(found.difference) == (sum(before) == 0)
    assert found.after_nps == pytest.approx(100 * 480 / 550)


def test_the_minimum_can_be_set_but_nothing_stays_too_few():
    assert compare(counts_of(3, 0, 0), counts_of(0, 0, 3), minimum=3).verdict == "up"
    assert compare(counts_of(0, 0, 0), counts_of(0, 0, 3), minimum=0).verdict == "too few responses"


def test_false_alarms_stay_below_what_the_level_promises_in_unequal_groups():
    # Every pair of samples of 10 and 40 from one population, weighted by its chance.
    from scipy.stats import multinomial

    from nps_core.measure.compare import differences

    share = [0.15, 0.35, 0.5]
    small = np.array([[d, 10 - d - r, r] for d in range(11) for r in range(11 - d)])
    large = np.array([[d, 40 - d - r, r] for d in range(41) for r in range(41 - d)])
    large = large[multinomial.pmf(large, 40, share) > 1e-5]
    left, right = np.repeat(small, len(large), axis=0), np.tile(large, (len(small), 1))
    found = differences(left, right, 0.95)
    alarm = (found["low"] > 0) | (found["high"] < 0)
    chance = multinomial.pmf(left, 10, share) * multinomial.pmf(right, 40, share)
    assert 0.02 < chance[alarm].sum() <= 0.055


def test_a_comparison_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        compare(counts_of(1, 1, 1), counts_of(1, 1, 1)).p = 0  # type: ignore[misc]
    assert [field.name for field in dataclasses.fields(Comparison)][:5] == [
        *["difference", "low", "high", "p", "verdict"]
    ]


def test_each_side_is_named_when_it_is_wrong():
    with pytest.raises(NpsError, match=r'after_counts .*has no column "n"'):
        compare(counts_of(1, 1, 1), pd.DataFrame({"score": [9]}))
    with pytest.raises(NpsError, match="minimum is -1"):
        compare(counts_of(1, 1, 1), counts_of(1, 1, 1), minimum=-1)


def test_the_published_example_of_adjusted_p_values():
    # Benjamini and Hochberg 1995, section 4: 15 tests of which 4 are found at 5 %.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    shuffled = np.random.default_rng(1).permutation(15)
    adjusted = adjust(np.array(p)[shuffled])
    assert sorted(shuffled[adjusted <= 0.05]) == [0, 1, 2, 3]
    # The largest passes unchanged, the smallest times 15; Holm keeps three.
    assert adjusted[np.argsort(shuffled)][[0, -1]] == pytest.approx([0.0015, 1.0])
    assert (adjust(p, method="holm") <= 0.05).sum() == 3


def test_adjusted_p_values_are_those_of_scipy():
    from scipy.stats import false_discovery_control

    p = np.random.default_rng(2).random(200).round(2) ** 2
    assert adjust(p) == pytest.approx(false_discovery_control(p), abs=1e-12)


def test_comparisons_that_could_not_be_made_do_not_count():
    assert adjust([0.02, np.nan, 0.04]) == pytest.approx([0.04, np.nan, 0.04], nan_ok=True)
    assert adjust([]).tolist() == []
    assert np.isnan(adjust([np.nan])).all()
    with pytest.raises(NpsError, match=r"p_values holds 1\.2"):
        adjust([0.1, 1.2])
    with pytest.raises(NpsError, match='method is "BY"'):
        adjust([0.1], method="BY")


def test_z_of_the_level_is_what_p_is_measured_by():
    # All promoters against all detractors, 10 each: the limits follow in closed form.
    found = compare(counts_of(10, 0, 0), counts_of(0, 0, 10), level=0.95)
    z2 = critical_value(0.95) ** 2
    reach = 1 - (10 - z2) / (10 + z2)
    assert found.low == pytest.approx(100 * (2 - np.sqrt(2) * reach), abs=1e-9)
