"""The NPS over time: calendars, windows pooled by adding counts, the running period."""

import calendar
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from nps_core import NpsError, score, tally, trend


def days_of(*rows: tuple) -> pd.DataFrame:
    """Counts from (day, score, n) or (day, plan, score, n)."""
    names = ["period", "score", "n"] if len(rows[0]) == 3 else ["period", "plan", "score", "n"]
    return pd.DataFrame(rows, columns=names).assign(
        period=lambda frame: pd.to_datetime(frame["period"])
    )


MARCH = days_of(
    ("2026-03-02", 10, 90),  # the week of Monday 2 March
    ("2026-03-08", 0, 10),  # its Sunday
    ("2026-03-16", 0, 2),  # two weeks on, none between
    ("2026-03-18", 7, 2),
)


def test_a_week_runs_from_monday_to_sunday_and_silent_weeks_are_rows():
    weeks = trend(MARCH, "week")
    assert weeks["period"].dt.date.tolist() == [date(2026, 3, d) for d in (2, 9, 16)]
    assert weeks["responses"].tolist() == [100, 0, 4]
    assert weeks["nps"].tolist() == pytest.approx([80, np.nan, -50], nan_ok=True)
    assert weeks.loc[1, ["nps", "low", "high"]].isna().all()
    assert (weeks["promoters"].tolist(), weeks["passives"].tolist()) == ([90, 0, 0], [0, 0, 2])


def test_a_window_adds_counts_it_does_not_average_scores():
    weeks = trend(MARCH, "week", window=3)
    assert weeks["window_responses"].tolist() == [100, 100, 104]
    # Added: (90 - 12) / 104. The rolling mean of 80, nothing and -50 would be 15.
    assert weeks["window_nps"].tolist() == pytest.approx([80, 80, 7800 / 104])
    expected = score(pd.DataFrame({"score": [10, 0, 7], "n": [90, 12, 2]}))
    assert (
        weeks[["window_low", "window_high"]].iloc[2].tolist()
        == expected[["low", "high"]].iloc[0].tolist()
    )


def test_a_window_leaves_behind_what_is_older():
    weeks = trend(MARCH, "week", window=2)
    assert weeks["window_responses"].tolist() == [100, 100, 4]
    weeks = trend(MARCH, "week", window=50)
    assert weeks["window_responses"].tolist() == [100, 100, 104]


def test_without_a_window_it_is_the_period_itself():
    weeks = trend(MARCH, "week")
    for name in ("responses", "nps", "low", "high"):
        assert weeks[f"window_{name}"].equals(weeks[name])


def test_columns_and_types_are_the_same_when_nothing_is_dated():
    whole, empty = trend(MARCH, "week"), trend(MARCH.iloc[:0], "week")
    assert list(whole.columns) == [
        *["period", "detractors", "passives", "promoters", "responses", "nps", "low", "high"],
        *["window_responses", "window_nps", "window_low", "window_high", "complete"],
    ]
    assert whole.dtypes.equals(empty.dtypes)
    assert empty.empty
    undated = trend(MARCH.assign(period=pd.NaT), "month", by=())
    assert undated.empty
    assert undated.attrs["undated"] == 104


def test_responses_without_a_date_are_left_out_and_counted_apart():
    counts = pd.concat([MARCH, pd.DataFrame({"period": [pd.NaT], "score": [10], "n": [7]})])
    weeks = trend(counts, "week")
    assert weeks["responses"].sum() == 104
    assert weeks.attrs["undated"] == 7


@pytest.mark.parametrize(
    ("every", "first_days"),
    [
        ("day", [date(2025, 12, 30) + timedelta(days=k) for k in range(4)]),
        ("week", [date(2025, 12, 29)]),
        ("month", [date(2025, 12, 1), date(2026, 1, 1)]),
        ("quarter", [date(2025, 10, 1), date(2026, 1, 1)]),
        ("year", [date(2025, 1, 1), date(2026, 1, 1)]),
    ],
)
def test_each_granularity_over_new_year(every, first_days):
    counts = days_of(("2025-12-30", 10, 1), ("2026-01-02", 10, 1))
    assert trend(counts, every)["period"].dt.date.tolist() == first_days


def test_coarser_counts_that_nest_give_the_same_trend():
    rows = [{"responded_at": datetime(2024, 1, 1) + timedelta(days=k), "score": k % 11}
            for k in range(0, 700, 3)]  # fmt: skip
    frame = pd.DataFrame(rows)
    by_day = trend(tally(frame, every="day"), "quarter", today=date(2030, 1, 1))
    by_month = trend(tally(frame, every="month"), "quarter", today=date(2030, 1, 1))
    pd.testing.assert_frame_equal(by_day, by_month)


@pytest.mark.parametrize(
    ("today", "complete"),
    [
        (date(2026, 3, 22), [True, True, False]),  # the Sunday: not over
        (datetime(2026, 3, 22, 23, 59), [True, True, False]),
        ("2026-03-23", [True, True, True]),
        (pd.Timestamp("2026-03-10"), [True, False, False]),
    ],
)
def test_the_running_period_is_not_complete(today, complete):
    assert trend(MARCH, "week", today=today)["complete"].tolist() == complete


def test_without_today_the_counted_days_tell_whether_the_last_period_is_whole():
    assert trend(MARCH, "week")["complete"].tolist() == [True, True, False]
    whole = pd.concat([MARCH, days_of(("2026-03-22", 9, 1))])
    assert trend(whole, "week")["complete"].tolist() == [True, True, True]
    weekly = days_of(("2026-03-02", 9, 1), ("2026-03-09", 9, 1))
    assert trend(weekly, "week")["complete"].tolist() == [True, True]


def test_groups_share_one_calendar_and_keep_the_missing_one():
    counts = days_of(
        ("2026-03-02", "Pro", 10, 3),
        ("2026-03-09", None, 0, 2),
        ("2026-03-16", "Pro", 10, 1),
    )
    weeks = trend(counts, "week", window=2, by="plan")
    assert weeks["plan"].tolist() == ["Pro"] * 3 + [None] * 3
    assert weeks["responses"].tolist() == [3, 0, 1, 0, 2, 0]
    assert weeks["window_responses"].tolist() == [3, 3, 1, 0, 2, 2]
    assert list(weeks.columns)[:2] == ["plan", "period"]


def test_a_leap_year_has_its_days():
    counts = days_of(("2024-01-01", 9, 1), ("2024-12-31", 9, 1))
    assert len(trend(counts, "day")) == 366 == 365 + calendar.isleap(2024)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"every": "weekly"}, 'every is "weekly".*day, week, month, quarter, year.*"week"'),
        ({"every": None}, "every is None"),
        ({"every": "week", "window": 0}, "window is 0; it must be a whole number, 1 or more"),
        ({"every": "week", "window": 2.5}, r"window is 2\.5"),
        ({"every": "week", "window": True}, "window is True"),
        ({"every": "week", "today": "soon"}, "today is 'soon', not a date"),
        ({"every": "week", "by": "plan"}, 'no column "plan"'),
        ({"every": "week", "level": 0}, "level is 0"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(NpsError, match=message):
        trend(MARCH, **arguments)


def test_counts_without_a_period_are_refused():
    with pytest.raises(NpsError, match='no column "period"'):
        trend(MARCH.drop(columns="period"), "week")
    with pytest.raises(NpsError, match=r'"period" holds .*not dates'):
        trend(MARCH.assign(period=["a", "b", "c", "d"]), "week")


def test_periods_as_text_or_dates_are_read():
    text = MARCH.assign(period=MARCH["period"].dt.strftime("%Y-%m-%d"))
    pd.testing.assert_frame_equal(trend(text, "week"), trend(MARCH, "week"))
    plain = MARCH.assign(period=MARCH["period"].dt.date)
    pd.testing.assert_frame_equal(trend(plain, "week"), trend(MARCH, "week"))
