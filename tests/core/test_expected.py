"""A week against what the weeks before it let expect: news is rare when nothing happened."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from nps_core import NpsError
from nps_core.measure.expected import expected_range, forecast

MONDAY = date(2026, 3, 2)


def weeks(*triples: tuple[int, int, int], last: date = MONDAY) -> pd.DataFrame:
    """Counts by day, all of a week on its Wednesday; the last one begins on `last`."""
    days = pd.date_range(end=pd.Timestamp(last), periods=len(triples), freq="7D")
    rows = [
        (day + pd.Timedelta(days=2), given, n)
        for day, triple in zip(days, triples, strict=True)
        for given, n in zip((0, 7, 10), triple, strict=True)
        if n
    ]
    return pd.DataFrame(rows, columns=["period", "score", "n"])


STEADY = [(30, 0, 30)] * 12


def test_with_steady_weeks_the_range_is_sampling_alone():
    found = expected_range(weeks(*STEADY, (20, 0, 30)), today=date(2026, 3, 5))
    # By hand: weeks of 60 counting half four weeks later, nine forecasts, variance with the four
    # added responses; no movement beyond chance, as all weeks are alike.
    weights = [0.5 ** (age / 4) for age in range(12)]
    share = sum(w * w * 60 for w in weights) / (60 * sum(weights)) ** 2
    spread = (2 * 360 + 1.5) / (12 * 60 + 3)
    reach = 100 * t.ppf(0.975, 9) * math.sqrt(spread * (1 / 50 + share))
    assert [found.expected, found.low, found.high] == pytest.approx([0, -reach, reach], abs=1e-9)
    assert (found.nps, found.responses, found.periods) == (20, 50, 12)
    assert (found.start, found.end) == (MONDAY, date(2026, 3, 8))
    assert (found.verdict, found.complete) == ("no clear change", False)


def test_the_centre_adds_counts_and_follows_recent_weeks():
    found = expected_range(weeks(*[(10, 0, 90)] * 4, *[(300, 0, 100)] * 8, (30, 0, 30)))
    weights = [0.5 ** (age / 4) for age in range(12)]
    old, new = 100 * sum(weights[8:]), 400 * sum(weights[:8])
    assert found.expected == pytest.approx((80 * old - 50 * new) / (old + new))


def test_a_week_far_below_is_down_and_far_above_is_up():
    assert expected_range(weeks(*STEADY, (50, 0, 10))).verdict == "down"
    assert expected_range(weeks(*STEADY, (10, 0, 50))).verdict == "up"


def test_restless_weeks_make_the_range_wider():
    restless = [(15, 0, 45), (45, 0, 15)] * 6
    wide = expected_range(weeks(*restless, (50, 0, 10)))
    calm = expected_range(weeks(*STEADY, (50, 0, 10)))
    assert wide.verdict == "no clear change"
    assert wide.high - wide.low > 1.8 * (calm.high - calm.low)


def test_fewer_responses_so_far_make_the_range_wider():
    few = expected_range(weeks(*STEADY, (6, 0, 6)))
    many = expected_range(weeks(*STEADY, (60, 0, 60)))
    assert few.high - few.low > many.high - many.low


@pytest.mark.parametrize(
    ("history", "last"), [(STEADY, (0, 0, 9)), (STEADY[:7], (60, 0, 0)), ([], (60, 0, 0))]
)
def test_too_little_to_go_by_is_too_few_responses(history, last):
    found = expected_range(weeks(*history, last))
    assert found.verdict == "too few responses"
    assert found.periods == len(history)


def test_silent_weeks_do_not_count_as_weeks():
    silent = [(0, 0, 0)] * 8
    found = expected_range(weeks(*STEADY[:7], *silent, (60, 0, 0)))
    assert (found.periods, found.verdict) == (7, "too few responses")
    assert math.isnan(found.low)
    answered = expected_range(weeks(*STEADY[:8], *silent, (60, 0, 0)))
    assert (answered.periods, answered.verdict) == (8, "down")


def test_when_all_agreed_the_range_still_has_a_width():
    found = expected_range(weeks(*[(0, 0, 40)] * 10, (0, 0, 40)))
    assert found.low < found.expected == found.high == 100
    assert found.verdict == "no clear change"


def test_a_day_may_be_chosen_and_what_came_later_is_not_looked_at():
    counts = weeks(*STEADY, (50, 0, 10), (0, 0, 60), (0, 0, 60))
    earlier = expected_range(counts, today="2026-03-05", at="2026-02-18")
    assert (earlier.start, earlier.complete, earlier.verdict) == (date(2026, 2, 16), True, "down")
    assert earlier.expected == 0
    running = expected_range(counts, today="2026-03-10")
    assert (running.responses, running.complete) == (0, False)
    assert math.isnan(running.nps)


def test_only_the_asked_number_of_periods_is_looked_back():
    history = [(60, 0, 0)] * 5 + STEADY
    assert expected_range(weeks(*history, (30, 0, 30)), periods=12).expected == 0
    assert expected_range(weeks(*history, (30, 0, 30)), periods=17).expected < -5


def test_months_are_calendar_months():
    days = pd.date_range("2025-03-01", periods=13, freq="MS") + pd.Timedelta(days=27)
    both = {"period": [*days, *days], "score": [0] * 13 + [10] * 13, "n": [30] * 26}
    found = expected_range(pd.DataFrame(both), "month", today="2026-03-31")
    assert (found.start, found.end) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (found.responses, found.periods, found.complete) == (60, 12, False)


def test_without_dates_there_is_nothing_to_expect():
    empty = expected_range(weeks())
    assert (empty.start, empty.verdict, empty.responses) == (None, "too few responses", 0)
    assert math.isnan(empty.nps)
    undated = pd.DataFrame({"period": [pd.NaT], "score": [10], "n": [50]})
    assert expected_range(undated, today="2026-03-03").responses == 0


@pytest.mark.parametrize(
    "unfit",
    [
        {"every": "weekly"},
        {"level": 95},
        {"periods": 3},
        {"periods": 10**7},
        {"today": "soon"},
        {"at": 5},
        {"at": "0001-01-03"},
        {"at": "9999-12-31", "every": "year"},
    ],
)
def test_unfit_arguments_are_refused(unfit):
    with pytest.raises(NpsError):
        expected_range(weeks(*STEADY), **unfit)
    with pytest.raises(NpsError, match='no column "period"'):
        expected_range(pd.DataFrame({"score": [1], "n": [1]}))


def test_ordinary_weeks_are_rarely_news():
    chance = np.random.default_rng(5)
    drawn = chance.multinomial(60, [0.22, 0.26, 0.52], size=(4_000, 27))
    _, low, high = forecast(drawn[:, :-1], drawn[:, -1].sum(axis=1), 0.95)
    nps = (drawn[:, -1, 2] - drawn[:, -1, 0]) / 60
    assert 0.01 < ((nps < low) | (nps > high)).mean() < 0.06
