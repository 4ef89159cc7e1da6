"""Counting responses: hand-counted files, what is refused, and what is never counted."""

import csv
import pickle
from collections import Counter
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, timedelta, timezone
from io import StringIO

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from nps_core import Filter, NpsError, apply, score, tally

FILE = """\
responded_at,score,plan,survey_type
2024-12-29 23:59:59.999999,10,Pro,relational
2024-12-30 00:00:00,9,Pro,relational
2025-01-05 23:59:59,3,,transactional
2025-01-06 00:00:00,7,Free,relational
,10,Free,
2025-01-31 12:00:00,,Free,relational
2025-02-01 00:00:00,0,Pro,transactional
2026-12-31 23:59:59,8,Pro,relational
"""


def rows_of_file() -> list[dict[str, str | None]]:
    return [
        {name: value or None for name, value in row.items()}
        for row in csv.DictReader(StringIO(FILE))
    ]


def frame_of_file() -> pd.DataFrame:
    rows = rows_of_file()
    return pd.DataFrame(
        {
            "responded_at": pd.to_datetime([row["responded_at"] for row in rows], format="ISO8601"),
            "score": pd.array([row["score"] and int(row["score"]) for row in rows], dtype="Int64"),
            "plan": [row["plan"] for row in rows],
            "survey_type": [row["survey_type"] for row in rows],
        }
    )


def test_weeks_are_iso_weeks_also_across_new_year():
    counts = tally(frame_of_file(), every="week")
    weeks: Counter = Counter()
    for row in rows_of_file():
        if row["score"]:
            at = row["responded_at"]
            weeks[at and datetime.fromisoformat(at).isocalendar()[:2]] += 1
    got = {
        None if pd.isna(period) else period.isocalendar()[:2]: n
        for period, n in counts.groupby("period", dropna=False)["n"].sum().items()
    }
    assert got == weeks
    # By hand: Sunday 29 December ends week 52 of 2024, Monday 30 December begins week 1 of 2025.
    assert got[(2024, 52)] == 1
    assert got[(2025, 1)] == 2


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("month", {"2024-12-01": 2, "2025-01-01": 2, "2025-02-01": 1, "2026-12-01": 1}),
        ("quarter", {"2024-10-01": 2, "2025-01-01": 3, "2026-10-01": 1}),
        ("year", {"2024-01-01": 2, "2025-01-01": 3, "2026-01-01": 1}),
    ],
)
def test_longer_periods_begin_on_their_first_day(every, expected):
    counts = tally(frame_of_file(), every=every).dropna(subset="period")
    got = counts.groupby("period")["n"].sum()
    assert {str(day.date()): n for day, n in got.items()} == expected


def test_a_response_without_a_score_is_never_counted_one_without_a_date_is():
    counts = tally(frame_of_file())
    assert counts["n"].sum() == 7
    assert tally(frame_of_file(), every="day")["n"].sum() == 7


def test_nan_and_none_scores_of_every_kind_are_left_out():
    for missing in (None, np.nan, pd.NA):
        frame = pd.DataFrame({"score": pd.Series([9, missing, 3], dtype=object)})
        assert tally(frame)["n"].tolist() == [1, 1]
    assert tally(pl.DataFrame({"score": [9.0, float("nan"), None]}))["n"].tolist() == [1]
    assert tally(pd.DataFrame({"score": [9.0, np.nan]}))["score"].tolist() == [9]


def test_text_scores_are_read_as_the_numbers_they_are():
    assert tally(pd.DataFrame({"score": ["9", "10", "9"]})).values.tolist() == [[9, 2], [10, 1]]


@pytest.mark.parametrize("given", [11, -1, 8.5, "9/10", True, float("inf")])
def test_scores_off_the_scale_are_refused_not_clipped(given):
    with pytest.raises(NpsError, match=r'column "score" holds .*whole numbers from 0 to 10'):
        tally(pd.DataFrame({"score": [given]}))


def test_groups_come_as_one_name_or_several_in_any_container():
    frame = frame_of_file()
    one = tally(frame, by="plan")
    for by in (
        ["plan"],
        ("plan",),
        (name for name in ["plan"]),
        pd.Index(["plan"]),
        ["plan", "plan"],
    ):
        pd.testing.assert_frame_equal(tally(frame, by=by), one)
    two = tally(frame, by=["survey_type", "plan"])
    assert list(two.columns) == ["survey_type", "plan", "score", "n"]


def test_segments_may_be_called_anything():
    frame = pd.DataFrame(
        {"score": [9, 9], "n": ["a", "b"], 'say "hi"': ["x", None], "key0": [1, 2]}
    )
    relation = duckdb.connect().from_df(frame)
    for source in (frame, relation):
        assert tally(source, by='say "hi"')['say "hi"'].tolist() == ["x", None]
        assert tally(source, by=["key0", 'say "hi"'])["key0"].tolist() == [1, 2]
    with pytest.raises(NpsError, match=r'by holds "n".*rename'):
        tally(frame, by="n")
    assert tally(frame.rename(columns={"n": "period"}), by="period")["period"].tolist() == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "plans"}, 'no column "plans"; it has responded_at.*Did you mean "plan"'),
        ({"by": "PLAN "}, 'Did you mean "plan"'),
        ({"every": "weeks"}, 'every is "weeks".*day, week, month, quarter, year.*"week"'),
        ({"every": 7}, "every is 7"),
        ({"by": "period", "every": "day"}, 'by holds "period"'),
        ({"by": [None]}, "by holds None"),
    ],
)
def test_wrong_arguments_are_named_with_what_is_allowed(arguments, message):
    with pytest.raises(NpsError, match=message):
        tally(frame_of_file(), **arguments)


def test_what_is_no_table_and_what_lacks_a_column_is_refused():
    with pytest.raises(NpsError, match="frame is a list; give a table of pandas"):
        tally([1, 2])
    with pytest.raises(NpsError, match='no column "score"; it has a'):
        tally(pd.DataFrame({"a": [1]}))
    with pytest.raises(NpsError, match='no column "responded_at"'):
        tally(pd.DataFrame({"score": [1]}), every="day")
    with pytest.raises(NpsError, match='"responded_at" holds Int64'):
        tally(pd.DataFrame({"score": [1], "responded_at": [20240101]}), every="day")


def test_an_empty_frame_has_empty_counts_of_the_right_types():
    counts = tally(frame_of_file().iloc[:0], by="plan", every="month")
    assert list(counts.columns) == ["period", "plan", "score", "n"]
    assert [str(counts[name].dtype) for name in ("period", "score", "n")] == [
        *["datetime64[us]", "int64", "int64"]
    ]
    assert score(counts)["responses"].tolist() == [0]


def test_a_narwhals_frame_is_taken_and_given_back():
    chosen = apply(nw.from_native(frame_of_file()), Filter(segments={"plan": "Free"}))
    assert isinstance(chosen, nw.DataFrame)
    assert tally(chosen)["n"].tolist() == [1, 1]


def test_days_in_other_zones_are_days_in_utc():
    west = timezone(timedelta(hours=-8))
    frame = pd.DataFrame({"score": [9], "responded_at": [datetime(2025, 1, 5, 20, tzinfo=west)]})
    assert tally(frame, every="week")["period"].tolist() == [pd.Timestamp("2025-01-06")]


def test_a_filter_is_equal_when_its_choice_is_equal():
    one = Filter(
        start=datetime(2025, 1, 1, 15),
        end="2025-06-30",
        segments={"plan": ["Pro", "Free", "Pro", np.nan], "persona": ()},
        survey_types="relational",
    )
    other = Filter(
        date(2025, 1, 1),
        pd.Timestamp("2025-06-30 10:00"),
        (("plan", (None, "Free")), ("plan", ["Pro"])),
        ["relational"],
    )
    assert one == other
    assert hash(one) == hash(other)
    assert one.segments == (("plan", ("Free", "Pro", None)),)
    assert one.survey_types == ("relational",)
    assert (one.start, one.end) == (date(2025, 1, 1), date(2025, 6, 30))
    assert {one: 1}[other] == 1
    assert pickle.loads(pickle.dumps(one)) == one
    assert replace(one, start=None) == Filter(None, one.end, one.segments, one.survey_types)
    assert repr(one) == repr(other)
    with pytest.raises(FrozenInstanceError):
        one.start = None  # type: ignore[misc]


def test_a_time_with_a_zone_is_its_day_in_utc():
    late = datetime(2025, 1, 1, 23, tzinfo=timezone(timedelta(hours=-5)))
    assert Filter(start=late).start == date(2025, 1, 2)
    assert Filter(end=np.datetime64("2025-01-02")).end == date(2025, 1, 2)
    assert Filter(end=pd.NaT).end is None
    assert Filter(start=datetime(2025, 1, 1, tzinfo=UTC)).start == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"start": "soon"}, "start is 'soon', not a date; .*2026-03-04"),
        ({"end": 20250101}, "end is 20250101, not a date"),
        (
            {"start": "2025-02-01", "end": "2025-01-01"},
            "start is 2025-02-01, after end, 2025-01-01",
        ),
        ({"segments": {3: ["a"]}}, "segments names the column 3"),
        ({"segments": ["plan"]}, "segments holds 'plan'; give a mapping"),
    ],
)
def test_a_wrong_filter_is_refused_when_it_is_made(arguments, message):
    with pytest.raises(NpsError, match=message):
        Filter(**arguments)


def test_a_filter_on_what_the_frame_lacks_is_refused():
    frame = frame_of_file()
    with pytest.raises(NpsError, match=r'no column "plam".*Did you mean "plan"'):
        apply(frame, Filter(segments={"plam": "Pro"}))
    with pytest.raises(NpsError, match='no column "survey_type"'):
        apply(frame.drop(columns="survey_type"), Filter(survey_types="relational"))
    with pytest.raises(NpsError, match="filter is a dict; it must be a Filter"):
        apply(frame, {"plan": "Pro"})
    with pytest.raises(NpsError, match=r"segments chooses '9' .*holds Int64; choose values"):
        apply(frame, Filter(segments={"score": "9"}))
    with pytest.raises(
        NpsError, match='segments chooses 9 of the column "plan", which holds String'
    ):
        apply(pl.from_pandas(frame), Filter(segments={"plan": 9}))
    with pytest.raises(NpsError, match=r"segments chooses 'yes' .*holds Boolean"):
        apply(pl.DataFrame({"score": [9], "flag": [True]}), Filter(segments={"flag": "yes"}))


def test_dates_are_whole_days_and_leave_out_the_undated():
    frame = frame_of_file()
    for start, end, left in [
        ("2024-12-30", "2025-01-05", 2),
        ("2025-01-06", "2025-01-06", 1),
        (None, "2024-12-29", 1),
        ("2025-02-01", None, 2),
        (None, date.max, 7),
        (date.min, None, 7),
    ]:
        assert len(apply(frame, Filter(start, end))) == left
    assert len(apply(frame, Filter())) == 8


def test_survey_types_may_also_be_chosen_as_a_segment():
    frame = frame_of_file()
    both = Filter(segments={"survey_type": ["relational", None]}, survey_types=["relational"])
    assert len(apply(frame, both)) == 5
    neither = Filter(segments={"survey_type": [None]}, survey_types=["relational"])
    assert len(apply(frame, neither)) == 0


def test_columns_of_nothing_but_missing_values_are_counted_and_filtered():
    table = pa.table({"score": [9, 3], "responded_at": pa.nulls(2), "industry": pa.nulls(2)})
    for frame in (
        *(table, table.to_pandas(), table.to_pandas(types_mapper=pd.ArrowDtype)),
        *(pl.from_arrow(table), duckdb.connect().from_arrow(table)),
    ):
        counts = tally(frame, by="industry", every="month")
        assert counts["industry"].tolist() == [None, None]
        assert counts["period"].isna().all()
        assert tally(apply(frame, Filter(segments={"industry": "Retail"}))).empty
        assert len(tally(apply(frame, Filter(segments={"industry": ["Retail", None]})))) == 2
        assert tally(apply(frame, Filter(start="2025-01-01"))).empty


def test_text_dates_are_read_as_iso_with_their_zones_and_never_guessed():
    texts = ["2026-01-01", "2026-01-05 23:30:00", "2026-01-05T23:30:00-05:00", None]
    counts = tally(pd.DataFrame({"responded_at": texts, "score": [9, 9, 9, 9]}), every="day")
    days = [date(2026, 1, 1), date(2026, 1, 5), date(2026, 1, 6)]
    assert counts["period"].dt.date.tolist()[:3] == days
    with pytest.raises(NpsError, match=r"no ISO date or time: .*01/02/2026"):
        tally(pd.DataFrame({"responded_at": ["01/02/2026"], "score": [9]}), every="day")
