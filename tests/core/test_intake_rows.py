"""Every row is accounted for; duplicates, edits, long files; nothing depends on row order."""

import csv
import io
import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nps_core.errors import FileRefused
from nps_core.intake import REASONS, read_responses
from nps_core.intake.scores import parse_score


def _csv(header, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def _read(header, rows, mapping=None, **more):
    return read_responses(_csv(header, rows), "x.csv", mapping, **more)


def _balanced(intake):
    return intake.rows_in == (
        len(intake.accepted)
        + len(intake.rejected)
        + intake.merged_duplicates
        + intake.ignored_blank
    )


_TEXTS = ("response_id", "comment", "respondent_id", "plan")
HEADER = ["response_id", "responded_at", "score", "comment", "email", "plan"]
CELLS = st.tuples(
    st.sampled_from(["a", "b", "c", "d", "e", "", "1.2E+17"]),
    st.sampled_from(["2025-03-01", "2025-03-02T10:00:00Z", "03/04/2025", "", "soon", "2099-01-01"]),
    st.sampled_from(
        ["9", "10 - Extremely likely", "7.5", "0", "3/5", "", "#N/A", "11", "TRUE", "6"]
    ),
    st.text(string.ascii_letters + " ,;\"'\n=+", max_size=12),
    st.sampled_from(["x@x.org", "y@x.org", ""]),
    st.sampled_from(["Pro", "pro ", "Team", "NA", ""]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=25), st.randoms())
def test_rows_balance_and_order_changes_nothing(rows, random):
    mapping = {name: name for name in HEADER[:4]} | {"respondent_id": "email", "segment": "plan"}
    try:
        intake = _read(HEADER, rows, mapping)
    except FileRefused:
        return
    assert _balanced(intake)
    assert set(intake.rejected["reason"]) <= set(REASONS)
    if "response_id" in intake.accepted:
        assert intake.accepted["response_id"].dropna().is_unique
    given_scores = [parse_score(row[2])[0] for row in rows]
    for score in set(intake.accepted["score"]):
        assert (intake.accepted["score"] == score).sum() <= given_scores.count(score)
    shuffled = list(rows)
    random.shuffle(shuffled)
    again = _read(HEADER, shuffled, mapping)
    left, right = (
        sorted(i.accepted.fillna(dict.fromkeys(_TEXTS, "")).astype(str).values.tolist())
        for i in (intake, again)
    )
    assert left == right
    assert sorted(intake.rejected["reason"]) == sorted(again.rejected["reason"])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(string.ascii_letters + " éß０9/", min_size=1, max_size=12), min_size=2, max_size=5
    ),
    st.data(),
)
def test_any_table_ends_in_an_account_or_a_refusal(header, data):
    cells = st.text(string.printable, max_size=8) | st.integers(-3, 13).map(str)
    rows = data.draw(st.lists(st.tuples(*[cells] * len(header)), max_size=12))
    assume(all("\x00" not in cell for row in rows for cell in row))
    try:
        intake = _read(header, rows)
    except FileRefused:
        return
    assert _balanced(intake)
    assert intake.accepted["score"].between(0, 10).all()


def test_the_same_response_twice_is_merged_and_conflicts_reject_both():
    rows = [
        ["a", "2025-03-01", "9", "ok"],
        ["a", "2025-03-01", "9.0", "ok"],
        ["b", "2025-03-01", "9", "ok"],
        ["b", "2025-03-01", "2", "ok"],
        ["c", "2025-03-01", "5", ""],
    ]
    intake = _read(["id", "date", "nps", "comment"], rows)
    assert intake.accepted["response_id"].tolist() == ["a", "c"]
    assert intake.merged_duplicates == 1
    assert intake.rejected[["line", "reason"]].values.tolist() == [
        [4, "id_conflict"],
        [5, "id_conflict"],
    ]


def test_the_later_edit_wins_when_the_file_says_when():
    rows = [
        ["a", "2025-03-01", "2", "2025-03-05T10:00:00Z"],
        ["a", "2025-03-01", "9", "2025-03-01T10:00:00Z"],
        ["b", "2025-03-01", "4", "2025-03-01T10:00:00Z"],
        ["b", "2025-03-01", "5", "2025-03-01T10:00:00Z"],
    ]
    intake = _read(["id", "date", "nps", "updated_at"], rows)
    assert intake.accepted["score"].tolist() == [2]
    assert intake.merged_duplicates == 1
    assert intake.rejected["reason"].tolist() == ["id_conflict"] * 2
    assert any("1 earlier version of" in warning for warning in intake.warnings)


def test_without_ids_only_the_same_person_at_the_same_time_is_one():
    header = ["date", "nps", "email"]
    one = ["2025-03-01 10:00:00", "9", "a@x.org"]
    assert _read(header, [one, one]).merged_duplicates == 1
    day_only = ["2025-03-01", "9", "a@x.org"]
    assert len(_read(header, [day_only, day_only]).accepted) == 2
    nobody = ["2025-03-01 10:00:00", "9", ""]
    assert len(_read(header, [nobody, nobody]).accepted) == 2


def test_an_id_the_file_does_not_give_is_not_made_up():
    assert "response_id" not in _read(["date", "nps"], [["2025-03-01", "9"]]).accepted
    rows = [["a", "9", "x"], ["", "9", "x"], ["1.2E+17", "9", "x"], ["1.2E+17", "9", "x"]]
    intake = _read(["id", "nps", "comment"], rows)
    assert intake.accepted["response_id"].fillna("?").tolist() == ["a", "?", "?", "?"]
    assert any("shortened by a spreadsheet" in warning for warning in intake.warnings)
    ruined = _read(["id", "nps"], [["1.2E+17", "9"], ["1.3E+17", "9"]])
    assert "response_id" not in ruined.accepted
    assert len(ruined.accepted) == 2


def test_a_day_with_another_segment_is_another_response():
    rows = [
        ["2025-03-01 10:00:00", "9", "a@x.org", "FR"],
        ["2025-03-01 10:00:00", "9", "a@x.org", "DE"],
    ]
    assert len(_read(["date", "nps", "email", "country"], rows).accepted) == 2


LONG = ["response_id", "question", "answer", "user_id", "submitted_at"]


def test_one_row_an_answer_keeps_score_and_comment_and_counts_the_rest():
    ask, why, other = "Would you recommend us?", "Why?", "How satisfied are you?"
    rows = [
        ["r1", ask, "9", "u1", "2025-03-01"],
        ["r1", why, "so quick", "u1", "2025-03-01"],
        ["r1", other, "10", "u1", "2025-03-01"],
        ["r2", ask, "", "u2", "2025-03-01"],
        ["r2", why, "no idea, never used it", "u2", "2025-03-01"],
        ["r3", why, "lost its score", "u3", "2025-03-01"],
        ["r4", ask, "3", "u4", "2025-03-02"],
    ]
    intake = _read(LONG, rows)
    assert _balanced(intake)
    assert intake.accepted[["response_id", "score"]].values.tolist() == [["r1", 9], ["r4", 3]]
    assert intake.accepted["comment"].fillna("").tolist() == ["so quick", ""]
    assert intake.merged_duplicates == 2
    assert intake.rejected[["line", "reason"]].values.tolist() == [
        [5, "score_missing"],
        [6, "other_question"],
        [7, "other_question"],
    ]
    assert intake.mapping.recommend_question == ask
    assert intake.mapping.role_of("answer") == "answer"
    again = _read(LONG, rows, intake.mapping)
    assert again.accepted.equals(intake.accepted)
    assert any("one row an answer" in warning for warning in intake.warnings)


def test_two_recommendation_questions_are_asked_about():
    rows = [
        [f"r{d}", f"Would you recommend the {what}?", str(d), f"u{d}", "2025-03-01"]
        for d in range(1, 9)
        for what in ("app", "team")
    ]
    with pytest.raises(FileRefused, match="several of its questions"):
        _read(LONG, rows)
    told = {"roles": [], "recommend_question": "Would you recommend the app?"}
    assert _read(LONG, rows, told).accepted["score"].tolist() == list(range(1, 9))


def test_a_score_and_its_reason_a_few_seconds_apart_are_one_response():
    header = ["visitor_id", "guide_id", "poll_id", "poll_response", "browser_time"]
    rows = []
    for n in range(8):
        at = 1740823200000 + n * 10**10
        rows.append([f"v{n % 2}", "g", "x1", str(n + 2), str(at)])
        rows.append([f"v{n % 2}", "g", "x2", f"this is what I think {n}", str(at + 4000)])
    intake = _read(header, rows)
    assert intake.tool == "Pendo"
    assert intake.accepted["score"].tolist() == [n + 2 for n in range(8)]
    assert intake.accepted["comment"].tolist() == [f"this is what I think {n}" for n in range(8)]
    assert intake.merged_duplicates == 8


def test_rejected_rows_say_where_they_stand_and_what_they_hold():
    rows = [["a", "2025-03-01", "9"], ["b", "2025-03-01", "x" * 300], ["c", "soon", "9"]]
    rejected = _read(["id", "date", "nps"], rows).rejected
    assert rejected["line"].tolist() == [3, 4]
    assert rejected["column"].tolist() == ["nps", "date"]
    assert rejected["value"].tolist() == ["x" * 80, "soon"]


def test_a_remembered_mapping_fits_a_header_in_other_case_and_order():
    intake = _read(["id", "When", "nps"], [["a", "2025-03-01", "9"]], {"responded_at": "When"})
    later = _read(["NPS", " when ", "ID"], [["9", "2025-03-01", "a"]], intake.mapping)
    assert later.accepted.equals(intake.accepted)


def test_progress_runs_from_0_to_1():
    seen = []
    _read(["id", "nps"], [["a", "9"]], progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_types_of_the_accepted_frame():
    rows = [["a", "2025-03-01", "9", "hi there", "Pro", "5"]]
    frame = _read(["id", "date", "nps", "comment", "plan", "csat"], rows).accepted
    types = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert types == {
        "response_id": "str",
        "responded_at": "datetime64[us]",
        "score": "int8",
        "comment": "str",
        "csat": "float64",
        "plan": "str",
    }
