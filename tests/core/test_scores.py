"""The grammar of one score cell, and what a whole column that is no 0 to 10 looks like."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.errors import FileRefused
from nps_core.intake import read_responses
from nps_core.intake.reasons import BY_CODE
from nps_core.intake.scores import NO_SCORE, parse_score, parse_scores

SCORES = {
    "9": 9,
    " 9 ": 9,
    "9.0": 9,
    "9,0": 9,
    "10.00": 10,
    "0": 0,
    "+9": 9,
    "09": 9,
    "１０": 10,
    "9/10": 9,
    "9 / 10": 9,
    "9 out of 10": 9,
    "9 sur 10": 9,
    "9 von 10": 9,
    "10 - Extremely likely": 10,
    "10-Extremely likely": 10,
    "Extremely likely - 10": 10,
    "Extremely likely-10": 10,
    "Not at all likely - 0": 0,
    "0 (Not at all likely)": 0,
    "Extremely likely (10)": 10,
    "10: très probable": 10,
    "0 = Not at all likely": 0,
    "Sehr wahrscheinlich – 10": 10,
    "10\nExtremely likely": 10,
}
REASONS = {
    "score_missing": [
        "",
        "  ",
        "N/A",
        "n/a",
        "NA",
        "-",
        "prefer not to say",
        "Keine Angabe",
        "nan",
    ],
    "score_not_integer": ["7.5", "7,5", "0.1", "9.99"],
    "score_out_of_range": ["11", "-1", "100", "11/10", "45910", "10.5"],
    "score_wrong_scale": ["3/5", "80/100", "4 out of 5", "80%", "★★★★☆"],
    "score_is_date": [
        "9-Oct",
        "10-Sep",
        "Oct-09",
        "2024-10-09",
        "2024-10-09 00:00:00",
        "9/10/2024",
        "09-oct",
        "9. Okt",
        "10 sept. 2024",
    ],
    "score_is_error": ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#FORMULA", "#WERT!", "#NV"],
    "score_not_a_number": [
        "TRUE",
        "Promoter",
        "Promoter (9-10)",
        "nine",
        "9-10",
        "8|9",
        "9 10",
        "1e1",
        "1,000",
        "9.000",
        "A1",
        "AO10",
        "Day 9",
        "9" * 200,
        "x" * 100_000,
    ],
}


@pytest.mark.parametrize(("text", "score"), SCORES.items())
def test_every_way_tools_write_a_score(text, score):
    assert parse_score(text) == (score, "")


@pytest.mark.parametrize(
    ("reason", "text"), [(reason, text) for reason, texts in REASONS.items() for text in texts]
)
def test_what_is_no_score_says_why(reason, text):
    assert parse_score(text) == (None, reason)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e6))
def test_a_number_is_itself_or_nothing(number):
    score, reason = parse_score(f"{number:f}")
    assert (score is None) == bool(reason)
    if score is not None:
        assert float(f"{number:f}") == score
        assert 0 <= score <= 10


@given(st.text(max_size=40))
def test_any_text_is_a_score_or_a_reason(text):
    score, reason = parse_score(text)
    assert (score is None) != (reason == "")


@given(st.lists(st.sampled_from(["9", "7.5", "", None, "10 - yes", "x"]), max_size=30), st.data())
def test_chunks_of_a_column_change_nothing(cells, data):
    cut = data.draw(st.integers(0, len(cells)))
    whole = parse_scores(pa.chunked_array([pa.array(cells, pa.string())]))
    parts = [pa.array(cells[:cut], pa.string()), pa.array(cells[cut:], pa.string())]
    cut_up = parse_scores(pa.chunked_array(parts))
    assert whole.scores.tolist() == cut_up.scores.tolist()
    assert whole.why.tolist() == cut_up.why.tolist()
    assert [s == NO_SCORE for s in whole.scores] == [BY_CODE[w] != "" for w in whole.why]


def _file(name, values):
    lines = [f"id,date,{name}"]
    lines += [f"r{i},2025-03-{1 + i % 28:02d},{value}" for i, value in enumerate(values)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("name", "values", "looks"),
    [
        ("nps", ["0", "1"] * 10, "yes/no flag"),
        ("score", ["-100", "0", "100"] * 5, "weights"),
        ("nps", ["85", "40", "100", "7", "66"] * 4, "0 to 100"),
        ("score", list("1234567") * 5, "1 to 7"),
        ("rating", list("12345") * 5, "1 to 5"),
        ("score", ["Promoter", "Passive", "Detractor"] * 3, "labels"),
        ("nps", ["yes", "no"] * 6, "labels"),
    ],
)
def test_a_column_on_another_scale_is_refused_and_says_what_it_looks_like(name, values, looks):
    with pytest.raises(FileRefused, match=looks) as refusal:
        read_responses(_file(name, values), "x.csv")
    assert refusal.value.header == ("id", "date", name)


def test_a_person_may_confirm_a_column_that_looks_like_another_scale():
    data = _file("nps", ["0", "1"] * 10)
    confirmed = {"roles": [["nps", "score"]], "answers": [["scale", "0 to 10"]]}
    assert len(read_responses(data, "x.csv", confirmed).accepted) == 20


def test_no_zero_is_accepted_and_remarked_on():
    intake = read_responses(_file("nps", [str(n) for n in range(1, 11)] * 3), "x.csv")
    assert len(intake.accepted) == 30
    assert not intake.questions
    assert any("no 0" in warning for warning in intake.warnings)


def test_blank_and_dismissed_answers_never_count():
    intake = read_responses(_file("nps", ["9", "", "N/A", "dismissed", "0"]), "x.csv")
    assert intake.accepted["score"].tolist() == [9, 0]
    assert set(intake.rejected["reason"]) == {"score_missing"}
