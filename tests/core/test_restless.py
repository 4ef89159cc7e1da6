"""What ordinary weeks do is measured on the days on which nothing shipped, and on no others."""

import numpy as np
import pytest

from nps_core.measure.restless import restlessness

FIRST = np.datetime64("2025-01-06")


def series(points: list[float], a_day: int = 20) -> tuple[np.ndarray, np.ndarray]:
    """A day each, with exactly that NPS: detractors, passives, promoters of `a_day` answers."""
    days = FIRST + np.arange(len(points))
    promoters = np.array([round(a_day * (0.3 + nps / 200)) for nps in points])
    detractors = np.array([round(a_day * (0.3 - nps / 200)) for nps in points])
    return days, np.stack([detractors, a_day - promoters - detractors, promoters], axis=1)


def plain_excess(points, at, before, after, gap=0, changes=(), a_day=20) -> tuple[float, int]:
    """The same by hand: every placement of both windows, one after another."""
    _, totals = series(points, a_day)
    d, p, r = totals.sum(axis=0)
    n = d + p + r
    one = (r + d) / n - ((r - d) / n) ** 2
    beyond = []
    length = before + gap + after
    for start in range(len(points) - length + 1):
        inside = range(start + 1, start + length)
        if any(cut in inside for cut in (at, *changes)):
            continue
        first = totals[start : start + before].sum(axis=0)
        second = totals[start + before + gap : start + length].sum(axis=0)
        move = (second[2] - second[0]) / second.sum() - (first[2] - first[0]) / first.sum()
        beyond.append(move**2 - one * (1 / first.sum() + 1 / second.sum()))
    return float(np.mean(beyond)), len(beyond)


def weekly(levels: list[float]) -> list[float]:
    return [level for level in levels for _ in range(7)]


RESTLESS = weekly([0, 40, 10, 30, -20, 20, 50, 0, 10, 40, -10, 20, 30, 0, 40, 20, 10, 50, 0, 30])


@pytest.mark.parametrize(("before", "after", "gap"), [(7, 7, 0), (14, 7, 0), (10, 12, 3)])
def test_every_placement_is_looked_at_once_and_none_across_the_change(before, after, gap):
    days, totals = series(RESTLESS)
    found = restlessness(days, totals, FIRST + 70, before, after, gap)
    expected, placebos = plain_excess(RESTLESS, 70, before, after, gap)
    assert found.placebos == placebos
    assert not found.shortened
    # One degree of freedom of those known is lent to "nothing beyond chance".
    assert found.excess == pytest.approx(expected * (found.df - 1) / found.df, abs=1e-12)


def test_a_step_at_another_change_is_no_unrest():
    days, totals = series([0.0] * 70 + [60.0] * 70)
    assert restlessness(days, totals, FIRST + 35, 7, 7).excess > 0.005
    assert restlessness(days, totals, FIRST + 35, 7, 7, changes=[FIRST + 70]).excess == 0


def test_a_step_at_the_change_itself_is_no_unrest():
    days, totals = series([0.0] * 70 + [60.0] * 70)
    assert restlessness(days, totals, FIRST + 70, 14, 14).excess == 0


def test_days_of_chance_alone_have_no_excess_to_speak_of():
    chance = np.random.default_rng(7)
    totals = chance.multinomial(40, [0.2, 0.3, 0.5], size=728)
    found = restlessness(FIRST + np.arange(728), totals, FIRST + 364, 28, 28)
    # A window of 28 days has 1,120 answers: chance alone has a variance of about 0.00109.
    assert found.excess < 0.0006
    assert found.placebos == 2 * (364 - 56 + 1)


def test_a_short_history_is_read_with_shorter_windows_and_says_so():
    days, totals = series(RESTLESS[:84])
    found = restlessness(days, totals, FIRST + 42, 28, 28)
    assert found.shortened
    assert found.placebos > 0


def test_without_days_nothing_is_claimed():
    found = restlessness(np.array([], dtype="datetime64[D]"), np.zeros((0, 3), int), FIRST, 28, 28)
    assert (found.excess, found.placebos) == (0.0, 0)


def test_changes_every_week_leave_placebos_across_them():
    days, totals = series(RESTLESS)
    weeks = [FIRST + 7 * number for number in range(20)]
    found = restlessness(days, totals, FIRST + 70, 14, 14, changes=weeks)
    assert found.placebos > 0
    assert found.excess > 0
