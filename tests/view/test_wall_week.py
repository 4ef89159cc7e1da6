"""Responses this week on a wall, counted by hand."""

from datetime import date, timedelta

import pandas as pd
import pytest

from nps_app.view.wall.week import this_week

MONDAY = date(2026, 3, 9)


def days(counts: dict[date, int]) -> pd.DataFrame:
    return pd.DataFrame(
        {"period": pd.to_datetime(list(counts)), "score": 9, "n": list(counts.values())}
    )


def weeks(per_monday: list[int], per_friday: int = 100) -> dict[date, int]:
    """So many responses on the Mondays before `MONDAY`, the latest first, and on each Friday."""
    counts = {}
    for back, n in enumerate(per_monday, start=1):
        monday = MONDAY - timedelta(weeks=back)
        counts |= {monday: n, monday + timedelta(days=4): per_friday}
    return counts


def test_a_running_week_is_compared_with_the_same_days() -> None:
    counted = days({MONDAY: 7, **weeks([4, 9, 5, 6, 8])})
    found = this_week(counted, MONDAY - timedelta(weeks=5), MONDAY, MONDAY + timedelta(days=2))
    # Fridays have not come yet: they are not in the range either.
    assert (found.responses, found.lowest, found.highest, found.weeks) == (7, 4, 9, 5)
    assert (found.place, found.running) == ("within", True)


@pytest.mark.parametrize(
    ("n", "place"), [(3, "below"), (4, "within"), (9, "within"), (10, "above")]
)
def test_the_ends_of_the_range_are_usual(n: int, place: str) -> None:
    counted = days({MONDAY: n, **weeks([4, 9, 5, 6])})
    oldest = MONDAY - timedelta(weeks=4)
    assert this_week(counted, oldest, MONDAY, MONDAY).place == place


def test_three_weeks_are_no_usual_range() -> None:
    found = this_week(
        days({MONDAY: 7, **weeks([4, 9, 5])}), MONDAY - timedelta(weeks=3), MONDAY, MONDAY
    )
    assert (found.lowest, found.place, found.weeks) == (None, "", 3)


def test_the_week_the_data_begins_in_is_not_looked_at() -> None:
    counted = days({MONDAY: 7, **weeks([4, 9, 5, 6, 1])})
    begins = MONDAY - timedelta(weeks=5) + timedelta(days=1)
    assert this_week(counted, begins, MONDAY, MONDAY).lowest == 4


def test_a_week_without_responses_counts_as_none() -> None:
    counted = days({MONDAY: 7, **weeks([4, 9, 5]), MONDAY - timedelta(weeks=5): 6})
    assert this_week(counted, MONDAY - timedelta(weeks=5), MONDAY, MONDAY).lowest == 0


def test_old_data_shows_its_own_last_week() -> None:
    counted = days({MONDAY: 7, **weeks([4, 9, 5, 6])})
    found = this_week(counted, MONDAY - timedelta(weeks=4), MONDAY, MONDAY + timedelta(days=60))
    assert (found.start, found.responses, found.running) == (MONDAY, 7, False)
