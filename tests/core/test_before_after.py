"""Before and after each product change: windows, what cuts them, scopes."""

import dataclasses
from datetime import date, datetime, timedelta

import duckdb
import pandas as pd
import polars as pl
import pytest

from nps_core import NpsError, ProductChange, before_after
from nps_core.measure.windows import overlap

FIRST = date(2026, 1, 1)


def responses(days: int = 100, turn: int = 50, plan: str = "Pro") -> pd.DataFrame:
    """Two responses a day: 0 and 7 before day `turn`, 10 and 7 from then on."""
    rows = []
    for k in range(days):
        at = datetime(2026, 1, 1, 13) + timedelta(days=k)
        rows.append((at, 0 if k < turn else 10, plan))
        rows.append((at, 7, plan))
    return pd.DataFrame(rows, columns=["responded_at", "score", "plan"])


def day(k: int) -> date:
    return FIRST + timedelta(days=k)


def test_whole_windows_have_the_counts_of_their_days():
    row = before_after(responses(), [ProductChange(day(50), "New pricing")]).iloc[0]
    assert (row["change"], row["title"], row["date"].date()) == (0, "New pricing", day(50))
    assert (row["before_start"].date(), row["before_end"].date()) == (day(22), day(49))
    assert (row["after_start"].date(), row["after_end"].date()) == (day(50), day(77))
    assert [row[f"before_{name}"] for name in ("detractors", "passives", "promoters")] == [
        28,
        28,
        0,
    ]
    assert [row[f"after_{name}"] for name in ("detractors", "passives", "promoters")] == [0, 28, 28]
    assert (row["before_responses"], row["after_responses"]) == (56, 56)
    assert (row["before_nps"], row["after_nps"], row["difference"]) == (-50, 50, 100)
    assert row["before_low"] < -50 < row["before_high"]
    assert 0 < row["low"] < 100 < row["high"]
    assert (row["verdict"], row["cut"]) == ("up", ())
    assert row["p"] < 1e-6


def test_a_washout_is_left_out_after_the_change():
    row = before_after(responses(), [ProductChange(day(50), "x")], days=7, washout=3).iloc[0]
    assert (row["before_start"].date(), row["before_end"].date()) == (day(43), day(49))
    assert (row["after_start"].date(), row["after_end"].date()) == (day(53), day(59))
    assert row["after_responses"] == 14


def test_the_end_of_the_data_cuts_the_window_after():
    row = before_after(responses(62), [ProductChange(day(50), "x")]).iloc[0]
    assert row["after_responses"] == 24
    assert row["after_end"].date() == day(61)
    assert row["cut"] == (f"after window cut to 12 of 28 days: the data ends on {day(61)}",)


def test_the_beginning_of_the_data_cuts_the_window_before():
    row = before_after(responses(), [ProductChange(day(10), "x")]).iloc[0]
    assert row["before_responses"] == 20
    assert row["before_start"].date() == FIRST
    assert row["cut"] == ("before window cut to 10 of 28 days: the data begins on 2026-01-01",)


def test_the_data_may_reach_further_than_its_last_response():
    change = [ProductChange(day(50), "x")]
    row = before_after(responses(62), change, data_end=day(90)).iloc[0]
    assert row["cut"] == ()
    row = before_after(responses(90), change, data_end=day(55).isoformat()).iloc[0]
    assert row["after_responses"] == 12


def test_a_neighbouring_change_cuts_both_windows_between_them():
    changes = [ProductChange(day(50), "Second"), ProductChange(day(40), "First")]
    found = before_after(responses(), changes)
    assert found["title"].tolist() == ["Second", "First"]
    second, first = found.iloc[0], found.iloc[1]
    assert (first["after_start"].date(), first["after_end"].date()) == (day(40), day(49))
    assert (second["before_start"].date(), second["before_end"].date()) == (day(40), day(49))
    assert first["cut"] == (f'after window cut to 10 of 28 days: "Second" follows on {day(50)}',)
    assert second["cut"] == (f'before window cut to 10 of 28 days: "First" was made on {day(40)}',)
    assert first["before_responses"] == second["after_responses"] == 56


def test_the_days_a_neighbour_washes_out_belong_to_no_window():
    changes = [ProductChange(day(40), "First"), ProductChange(day(50), "Second")]
    second = before_after(responses(), changes, washout=3).iloc[1]
    assert second["before_start"].date() == day(43)
    assert "with 3 days of washout" in second["cut"][0]
    assert before_after(responses(), changes, washout=20).iloc[1]["before_responses"] == 0


def test_a_neighbour_outside_the_windows_cuts_nothing():
    changes = [
        ProductChange(day(20), "a"),
        ProductChange(day(50), "b"),
        ProductChange(day(80), "c"),
    ]
    found = before_after(responses(120), changes, days=20)
    assert found["cut"].tolist() == [(), (), ()]


def test_two_changes_on_one_day_do_not_cut_each_other_but_cannot_be_told_apart():
    changes = [ProductChange(day(50), "One"), ProductChange(day(50), "Other")]
    found = before_after(responses(), changes)
    assert found["before_responses"].tolist() == found["after_responses"].tolist() == [56, 56]
    assert found["cut"][0] == ('cannot be told apart from "Other", made on the same day',)
    assert found["cut"][1] == ('cannot be told apart from "One", made on the same day',)


def test_a_scoped_change_is_compared_within_its_scope():
    frame = pd.concat([responses(turn=50, plan="Pro"), responses(turn=999, plan="Free")])
    changes = [
        ProductChange(day(50), "For Pro", segments=(("plan", ("Pro",)),)),
        ProductChange(day(50), "For Free", segments={"plan": ["Free"]}),
        ProductChange(day(45), "For all"),
    ]
    found = before_after(frame, changes, days=10)
    assert found["difference"].tolist()[:2] == [100, 0]
    assert found["verdict"].tolist()[:2] == ["up", "no clear change"]
    # The two scopes do not overlap; both overlap with the change for all.
    assert found["cut"][0] == (
        f'before window cut to 5 of 10 days: "For all" was made on {day(45)}',
    )
    assert len(found["cut"][2]) == 1
    assert found["after_responses"][2] == 20


def test_the_missing_value_is_a_scope():
    frame = responses()
    frame.loc[frame["score"] != 7, "plan"] = None
    row = before_after(frame, [ProductChange(day(50), "x", segments={"plan": [None]})]).iloc[0]
    assert (row["before_nps"], row["after_nps"]) == (-100, 100)


@pytest.mark.parametrize(
    "at", [day(99), day(99) + timedelta(days=1), date(2031, 1, 1), date(1999, 1, 1),
           date.max, date.min, FIRST]
)  # fmt: skip
def test_no_data_on_a_side_is_too_few_responses_never_an_error(at):
    row = before_after(responses(), [ProductChange(at, "x")]).iloc[0]
    assert row["verdict"] == "too few responses"
    assert row["cut"]
    for side in ("before", "after"):
        if row[f"{side}_responses"] == 0:
            assert pd.isna(row[f"{side}_nps"])
            assert pd.isna(row["difference"])
            assert pd.isna(row["p"])


def test_the_last_day_of_the_data_counts_as_one_day():
    row = before_after(responses(), [ProductChange(day(99), "x")]).iloc[0]
    assert row["after_responses"] == 2
    assert row["cut"] == (f"after window cut to 1 of 28 days: the data ends on {day(99)}",)


def test_data_without_dates_or_without_rows():
    undated = responses().assign(responded_at=pd.NaT)
    for frame in (undated, responses().iloc[:0]):
        row = before_after(frame, [ProductChange(day(50), "x")]).iloc[0]
        assert row["verdict"] == "too few responses"
        assert row["cut"] == ("no response has a date",)
        assert row["before_responses"] == row["after_responses"] == 0


def test_a_scope_the_data_does_not_have_spoils_only_its_own_row():
    changes = [
        ProductChange(day(50), "gone", segments={"plam": ["Pro"]}),
        ProductChange(day(50), "there", segments={"plan": ["Pro"]}),
    ]
    found = before_after(responses(), changes)
    assert found["verdict"].tolist() == ["too few responses", "up"]
    assert 'no column "plam"' in found["cut"][0][0]
    assert 'Did you mean "plan"?' in found["cut"][0][0]


def test_no_changes_give_an_empty_table_with_all_columns():
    none = before_after(responses(), [])
    whole = before_after(responses(), [ProductChange(day(50), "x")])
    assert none.empty
    assert list(none.columns) == list(whole.columns)
    assert none.dtypes.equals(whole.dtypes)


@pytest.mark.parametrize(
    "form",
    [
        [{"date": day(50).isoformat(), "title": "x", "segments": {"plan": "Pro"}, "author": "me"}],
        [{"date": datetime(2026, 2, 20, 15), "title": "x", "segments": [("plan", ["Pro"])]}],
        {"date": day(50), "title": "x", "segments": (("plan", ("Pro",)),), "note": None},
        ProductChange(pd.Timestamp(day(50)), "x", segments={"plan": ("Pro",)}),
        pd.DataFrame({"date": [pd.Timestamp(day(50))], "title": ["x"], "note": [None]}),
        (change for change in [ProductChange(day(50), "x")]),
    ],
)
def test_changes_are_taken_in_the_forms_people_have_them(form):
    expected = before_after(responses(), [ProductChange(day(50), "x")])
    pd.testing.assert_frame_equal(before_after(responses(), form), expected)


def test_every_engine_finds_the_same():
    frame = responses()
    changes = [ProductChange(day(50), "x"), ProductChange(day(60), "y", segments={"plan": "Pro"})]
    expected = before_after(frame, changes)
    relation = duckdb.connect().from_df(frame)
    for other in (pl.from_pandas(frame), pl.from_pandas(frame).lazy(), relation):
        pd.testing.assert_frame_equal(before_after(other, changes), expected)


@pytest.mark.parametrize(
    ("changes", "arguments", "message"),
    [
        ([{"title": "x"}], {}, r"changes\[0\] has no date; it has title"),
        ([{"dates": "2026-01-01"}], {}, 'field "dates". Did you mean "date"'),
        ([{"date": "2026-01-01", "segment": {}}], {}, 'field "segment". Did you mean "segments"'),
        (["2026-01-01"], {}, r"changes\[0\] is '2026-01-01'"),
        ("2026-01-01", {}, "changes is '2026-01-01'"),
        ([{"date": "next week", "title": "x"}], {}, "date is 'next week', not a date"),
        ([], {"days": 0}, "days is 0"),
        ([], {"washout": -1}, "washout is -1"),
        ([], {"level": 5}, r"level is 5.*Did you mean 0\.05"),
        ([], {"data_end": "late"}, "data_end is 'late', not a date"),
    ],
)
def test_wrong_arguments_are_named(changes, arguments, message):
    with pytest.raises(NpsError, match=message):
        before_after(responses(), changes, **arguments)


def test_a_product_change_is_frozen_and_equal_when_its_content_is():
    one = ProductChange("2026-03-04", "x", segments={"b": ["2", "1"], "a": "1"})
    assert one == ProductChange(date(2026, 3, 4), "x", segments=(("a", ("1",)), ("b", ("1", "2"))))
    assert hash(one)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.title = "y"  # type: ignore[misc]
    with pytest.raises(NpsError, match='"x" has no date'):
        ProductChange(None, "x")  # type: ignore[arg-type]


def test_scopes_overlap_unless_a_column_keeps_them_apart():
    pro, free = (("plan", ("Pro",)),), (("plan", ("Free",)),)
    both = (("industry", ("Fintech",)), ("plan", ("Free", None)))
    assert overlap((), pro)
    assert overlap(pro, ())
    assert not overlap(pro, free)
    assert not overlap(both, pro)
    assert overlap(free, both)
    assert overlap((("plan", (None,)),), both)
