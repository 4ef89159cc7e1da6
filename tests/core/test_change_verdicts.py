"""The verdict of a product change: as cautious as its responses ask for, and no rise from a mix."""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from nps_core import (
    Filter,
    NpsError,
    ProductChange,
    apply,
    before_after,
    change_verdicts,
    judge,
    read_responses,
    tally,
)
from nps_core.measure.reading import compare_spans

SAMPLES = Path(__file__).parents[2] / "samples"
CHANGE = ProductChange(date(2026, 3, 1), "Billing v2")


def answers(first: str, days: int, a_day: list[int], **columns) -> pd.DataFrame:
    """The same scores every day."""
    at = np.repeat(pd.date_range(first, periods=days), len(a_day))
    return pd.DataFrame({"responded_at": at, "score": a_day * days, **columns})


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return read_responses((SAMPLES / "responses.csv").read_bytes(), "responses.csv").accepted


@pytest.fixture(scope="module")
def planted() -> list[ProductChange]:
    rows = pd.read_csv(SAMPLES / "product_changes.csv", keep_default_na=False)
    scopes = [dict([row.split("=")]) if row else {} for row in rows["segments"]]
    return [
        ProductChange(day, title, segments=scope)
        for day, title, scope in zip(rows["date"], rows["title"], scopes, strict=True)
    ]


def test_the_four_planted_changes_are_read_as_what_they_are(sample, planted):
    found = change_verdicts(sample, planted)
    assert found["verdict"].tolist() == ["up", "down", "no clear change", "no clear change"]
    assert found["mix_verdict"].tolist()[3] == "up"
    assert found["mix_by"].tolist()[3] == ("company_size",)
    # Planted: +12 within each company size.
    assert found["mix_low"][3] < 12 < found["mix_high"][3]


def test_counts_and_difference_are_those_of_the_plain_comparison(sample, planted):
    careful, plain = change_verdicts(sample, planted), before_after(sample, planted)
    for name in ("before_responses", "after_responses", "before_nps", "after_nps", "difference"):
        assert careful[name].tolist() == plain[name].tolist(), name
    assert careful["plain_low"].tolist() == plain["low"].tolist()
    assert (careful["low"] <= careful["plain_low"] + 1e-9).all()
    assert (careful["high"] >= careful["plain_high"] - 1e-9).all()
    assert (careful["p"] >= careful["plain_p"] - 1e-12).all()


def test_one_sided_limits_lie_within_the_two_sided_ones(sample, planted):
    found = change_verdicts(sample, planted)
    assert (found["at_least"] > found["low"]).all()
    assert (found["at_most"] < found["high"]).all()


def test_an_interval_clear_of_zero_and_a_small_p_are_the_same_thing(sample, planted):
    for days in (7, 14, 28, 56):
        found = change_verdicts(sample, planted, days=days)
        clear = (found["low"] > 0) | (found["high"] < 0)
        assert (clear == (found["p"] < 0.05)).all()


def test_a_thousand_answers_of_three_accounts_settle_nothing():
    # Each account always answers the same: three accounts, not a thousand opinions.
    before = answers("2026-02-01", 28, [0, 10, 8] * 6, account_id=["A", "B", "C"] * 6 * 28)
    after = answers("2026-03-01", 28, [10, 10, 8] * 6, account_id=["D", "E", "F"] * 6 * 28)
    frame = pd.concat([before, after])
    assert before_after(frame, [CHANGE])["verdict"].tolist() == ["up"]
    found = change_verdicts(frame, [CHANGE]).iloc[0]
    assert found["verdict"] == "no clear change"
    assert found["basis"] == "accounts"
    assert found["accounts"] == 6


def test_weeks_that_swing_by_themselves_are_no_news():
    levels = [[10, 10, 0], [10, 0, 0]] * 26
    frame = pd.concat(
        answers(str(date.fromordinal(date(2025, 9, 7).toordinal() + 7 * week)), 7, scores * 20)
        for week, scores in enumerate(levels)
    )
    change = ProductChange(date(2026, 3, 8), "Dark mode")
    assert before_after(frame, [change], days=7)["verdict"].tolist() != ["no clear change"]
    found = change_verdicts(frame, [change], days=7).iloc[0]
    assert (found["verdict"], found["basis"]) == ("no clear change", "weeks")


def test_a_mix_shift_alone_is_no_rise_and_says_which_mix():
    small, large = [10, 10, 0, 0, 8], [10, 10, 10, 10, 8]
    sides = []
    for first, shares in (("2026-02-01", (4, 1)), ("2026-03-01", (1, 4))):
        parts = [
            answers(first, 28, scores * times, company_size=size)
            for scores, times, size in zip((small, large), shares, ("S", "L"), strict=True)
        ]
        sides += parts
    found = change_verdicts(pd.concat(sides), [CHANGE]).iloc[0]
    # 80 % S at 0 and 20 % L at 80, then the other way round: 16 to 64.
    assert found["difference"] == pytest.approx(48)
    assert (found["total_verdict"], found["verdict"]) == ("up", "no clear change")
    assert found["mix_by"] == ("company_size",)
    assert found["mix_difference"] == pytest.approx(0, abs=1e-9)


def test_windows_by_responses_are_the_nearest_whole_days():
    frame = pd.concat([answers("2026-01-01", 59, [9, 0]), answers("2026-03-01", 40, [9, 9, 0])])
    found = change_verdicts(frame, [CHANGE], responses=30).iloc[0]
    # 2 a day before: 15 days; 3 a day after: 10 days.
    assert (found["before_start"], found["before_end"]) == (
        pd.Timestamp("2026-02-14"),
        pd.Timestamp("2026-02-28"),
    )
    assert (found["after_start"], found["after_end"]) == (
        pd.Timestamp("2026-03-01"),
        pd.Timestamp("2026-03-10"),
    )
    assert (found["before_responses"], found["after_responses"], found["cut"]) == (30, 30, ())


def test_fewer_responses_than_asked_for_are_said_to_be_so():
    frame = pd.concat([answers("2026-02-20", 9, [9, 0]), answers("2026-03-01", 9, [9])])
    found = change_verdicts(frame, [CHANGE], responses=100, washout=2).iloc[0]
    assert (found["before_responses"], found["after_responses"]) == (18, 7)
    assert [sentence.split(":")[0] for sentence in found["cut"]] == [
        "only 18 of 100 responses before",
        "only 7 of 100 responses after",
    ]


def test_sides_may_differ_in_length():
    frame = answers("2026-01-01", 120, [9, 0, 8])
    found = change_verdicts(frame, [CHANGE], days=(50, 14)).iloc[0]
    assert (found["before_responses"], found["after_responses"]) == (150, 42)


def test_what_would_settle_it():
    frame = pd.concat([answers("2026-02-01", 28, [10, 0, 8]), answers("2026-03-01", 28, [10, 0])])
    unmoved = change_verdicts(frame, [CHANGE]).iloc[0]
    # No difference at all: no number of responses settles it.
    assert unmoved["difference"] == 0
    assert unmoved["to_settle"] == float("inf")
    risen = pd.concat([frame[frame["responded_at"] < "2026-03-01"], answers("2026-03-01", 28, [9])])
    assert change_verdicts(risen, [CHANGE]).iloc[0]["to_settle"] == 0


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_every_engine_gives_the_same(engine, sample, planted):
    columns = ["responded_at", "score", "account_id", "company_size", "industry", "persona"]
    frame = sample[[*columns, "respondent_id"]]
    other = pl.from_pandas(frame) if engine == "polars" else duckdb.from_df(frame)
    pd.testing.assert_frame_equal(
        change_verdicts(other, planted), change_verdicts(frame, planted), atol=1e-9
    )


def test_no_changes_and_no_responses():
    frame = answers("2026-01-01", 120, [9, 0, 8])
    assert change_verdicts(frame, []).empty
    found = change_verdicts(frame.iloc[:0], [CHANGE]).iloc[0]
    assert found["verdict"] == "too few responses"
    assert np.isnan(found["difference"])


@pytest.mark.parametrize("unfit", [{"days": 0}, {"days": (7, 0)}, {"responses": 0}, {"level": 95}])
def test_unfit_arguments_are_refused(unfit):
    with pytest.raises(NpsError):
        change_verdicts(answers("2026-01-01", 120, [9, 0, 8]), [CHANGE], **unfit)


def test_the_planted_enterprise_change_left_the_others_alone(sample, planted):
    told = judge(sample, planted[0], planted[1:])
    assert told.control.verdict == "up"
    # The planted effect is +22 for Enterprise and nothing for the others.
    assert told.control.low < 22 < told.control.high
    assert told.control.detail.control.verdict == "no clear change"
    assert told.trend.verdict == "up"
    assert ("company_size",) not in [rival.columns for rival in told.mix]


def test_the_control_is_everybody_whose_segment_is_known_to_be_another():
    change = ProductChange(date(2026, 3, 1), "SSO", segments={"plan": ["Pro"]})
    plans = ["Pro", "Pro", "Free", None] * 5
    frame = answers("2026-02-01", 56, [9, 0, 8, 9] * 5, plan=plans * 56)
    told = judge(frame, change)
    assert (told.control.before_responses, told.control.after_responses) == (5 * 28, 5 * 28)
    asked_for_missing = ProductChange(date(2026, 3, 1), "SSO", segments={"plan": ["Pro", None]})
    assert judge(frame, asked_for_missing).control.before_responses == 5 * 28


def test_what_cannot_be_checked_says_why():
    told = judge(answers("2026-02-01", 56, [9, 0, 8, 9] * 5), CHANGE)
    assert told.control.missing == "made for everybody"
    assert told.same_people.missing == "respondents are not named"
    assert told.mix == ()


def test_other_changes_nearby_are_named_unless_for_others():
    frame = answers("2026-01-01", 120, [9, 0, 8, 9] * 5, plan=["Pro", "Free"] * 10 * 120)
    pro = ProductChange(date(2026, 3, 1), "SSO", segments={"plan": ["Pro"]})
    near = ProductChange(date(2026, 3, 9), "Dark mode")
    free = ProductChange(date(2026, 3, 9), "Trial", segments={"plan": ["Free"]})
    far = ProductChange(date(2026, 1, 9), "Old")
    assert judge(frame, pro, [near, free, far]).nearby == (near,)


def test_the_same_people_are_counted_by_hand():
    people = [f"P{n}" for n in range(20)]
    frame = pd.concat(
        [
            answers("2026-02-20", 1, [0] * 10 + [10] * 10, respondent_id=people),
            answers("2026-03-05", 1, [10] * 14 + [0] * 6, respondent_id=people),
        ]
    )
    moved = judge(frame, CHANGE).same_people.detail
    # 10 detractors became promoters, 4 promoters stayed, 6 became detractors.
    assert moved.categories.to_numpy().tolist() == [[0, 0, 10], [0, 0, 0], [6, 0, 4]]
    assert moved.difference == pytest.approx(100 * (10 * 2 - 6 * 2) / 20)


def test_all_changes_may_be_given_the_judged_one_among_them(sample, planted):
    alone = judge(sample, planted[1], [planted[0], *planted[2:]])
    among = judge(sample, planted[1], planted)
    assert among.row["cut"] == alone.row["cut"]
    assert (among.row["low"], among.nearby) == (alone.row["low"], alone.nearby)


def test_two_spans_are_read_as_the_windows_of_a_change(sample):
    change = ProductChange(date(2026, 3, 1), "nothing in particular")
    row = change_verdicts(sample, [change], days=(28, 31)).iloc[0]
    spans = ("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-31")
    accounts = [tally(apply(sample, Filter(*span)), by="account_id") for span in spans]
    found = compare_spans(tally(sample, every="day"), *spans, by_account=accounts)
    assert (found.before_responses, found.after_responses) == (
        row["before_responses"],
        row["after_responses"],
    )
    assert (found.low, found.high, found.p) == (row["low"], row["high"], row["p"])
    assert found.verdict == row["total_verdict"]


@pytest.mark.parametrize(
    "spans",
    [
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
        (("2026-02-01", "2026-03-01"), ("2026-03-01", "2026-03-31")),
        (("2026-02-28", "2026-02-01"), ("2026-03-01", "2026-03-31")),
        ("2026-02-28", ("2026-03-01", "2026-03-31")),
    ],
)
def test_spans_back_to_front_or_overlapping_are_refused(spans):
    with pytest.raises(NpsError, match="before"):
        compare_spans(tally(answers("2026-01-01", 120, [9, 0]), every="day"), *spans)
