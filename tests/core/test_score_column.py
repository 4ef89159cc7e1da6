"""Which column is the score: the best one, or a question, or a refusal that names all columns."""

import pytest

from nps_core.errors import FileRefused, NpsError
from nps_core.intake import read_responses


def _read(text, mapping=None):
    return read_responses(text.encode(), "x.csv", mapping)


def _rows(header, *rows):
    return "\n".join([header, *rows]) + "\n"


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        ("date,score,rating", "2025-03-{d:02d},{stars},{score}", "rating"),
        ("date,NPS,score", "2025-03-{d:02d},{flag},{score}", "score"),
        ("date,score,Q7", "2025-03-{d:02d},{stars},{score}", "Q7"),
        ("date,recommend us?,rating", "2025-03-{d:02d},{stars},{score}", "rating"),
    ],
)
def test_another_scale_never_wins_over_0_to_10_and_a_person_is_asked(header, row, column):
    cells = [
        {"d": d, "stars": 1 + d % 5, "flag": d % 2, "score": (d * 3) % 11} for d in range(1, 23)
    ]
    intake = _read(_rows(header, *(row.format(**cell) for cell in cells)))
    assert intake.accepted["score"].tolist() == [(d * 3) % 11 for d in range(1, 23)]
    assert [question.key for question in intake.questions] == ["score_column"]
    assert intake.questions[0].options == (column,)


def test_the_group_beside_a_code_gives_the_score_away():
    intake = _read(
        _rows("ResponseId,RecordedDate,Q1,Q1_NPS_GROUP", "R1,2025-03-01,9,3", "R2,2025-03-01,2,1")
    )
    assert intake.accepted["score"].tolist() == [9, 2]
    assert intake.mapping.role_of("Q1_NPS_GROUP") == "ignore"


def test_a_refusal_that_a_person_can_settle_names_every_column():
    ask = "Would you recommend the {}?"
    header = f"id,date,{ask.format('app')},{ask.format('team')}"
    text = _rows(header, *(f"r{d},2025-03-0{d},{d},{10 - d}" for d in range(1, 10)))
    with pytest.raises(FileRefused) as refusal:
        _read(text, {"response_id": "id", "responded_at": "date"})
    assert list(refusal.value.header) == header.split(",")
    for column, scores in (("app", range(1, 10)), ("team", range(9, 0, -1))):
        intake = _read(text, {"score": ask.format(column)})
        assert intake.accepted["score"].tolist() == [*scores]
        assert intake.accepted["response_id"].tolist() == [f"r{d}" for d in range(1, 10)]
        assert not intake.questions


def test_a_file_without_a_header_is_read_when_told_the_score():
    text = "9,2026-01-01\n10,2026-01-02\n3,2026-01-03\n"
    with pytest.raises(FileRefused) as refusal:
        _read(text)
    assert refusal.value.header == ("Column 1", "Column 2")
    intake = _read(text, {"score": "Column 1"})
    assert intake.accepted["score"].tolist() == [9, 10, 3]
    assert intake.accepted["responded_at"].dt.day.tolist() == [1, 2, 3]


def test_a_plain_mapping_may_name_several_segments_and_leave_things_open():
    text = _rows("id,nps,a,b,when", "1,9,x,y,2025-03-01", "2,3,x,z,2025-03-02")
    intake = _read(text, {"score": "nps", "segment": ["a", "b"], "comment": None})
    assert list(intake.accepted) == ["response_id", "responded_at", "score", "a", "b"]
    with pytest.raises(FileRefused, match=r"no column “np” \(did you mean “nps”\?\)"):
        _read(text, {"score": "np"})
    with pytest.raises(NpsError, match=r"“scor” \(did you mean “score”\?\)"):
        _read(text, {"scor": "nps"})


def test_what_a_file_calls_its_columns_is_quoted_on_one_line_and_visibly_cut():
    name = "How satisfied\nare you " + "with all of it " * 20
    with pytest.raises(FileRefused) as refusal:
        _read(_rows(f'date,"{name}"', *("2025-03-01,9" for _ in range(5))))
    assert "\n" not in str(refusal.value)
    assert "“How satisfied are you with all of it with" in str(refusal.value)
    assert "…”" in str(refusal.value)


def test_a_decimal_comma_is_no_fraction_when_it_says_nothing():
    intake = _read("date;nps\n2025-03-01;7,0\n2025-03-02;7,5\n2025-03-03;10,00\n")
    assert intake.accepted["score"].tolist() == [7, 10]
    assert intake.rejected[["value", "reason"]].values.tolist() == [["7,5", "score_not_integer"]]


@pytest.mark.parametrize(
    "text",
    [
        _rows("score,count", *(f"{n},{n * 3 + 1}" for n in range(11))),
        _rows("Note,Nombre de r\u00e9ponses", *(f"{n},{20 - n}" for n in range(11))),
        _rows("month,nps,n", *(f"2025-0{m},{s},{s + m}" for m in (1, 2) for s in range(11))),
    ],
)
def test_a_table_of_counts_is_no_list_of_responses(text):
    with pytest.raises(FileRefused, match="table of counts"):
        _read(text)


def test_single_responses_with_a_number_beside_are_no_table_of_counts():
    rows = [f"2025-03-0{n},{n},{n + 5},Pro" for n in range(1, 9)]
    assert len(_read(_rows("date,nps,n,plan", *rows, rows[0])).accepted) == 9
    people = [f"a{n}@x.org,{n},{n + 5}" for n in range(1, 9)]
    assert len(_read(_rows("email,nps,responses", *people)).accepted) == 8
    told = {"score": "nps", "responded_at": "date"}
    assert len(_read(_rows("date,nps,n,plan", *rows), told).accepted) == 8
