"""Header layouts of survey tools: one, two and three rows, titles above, none at all."""

import csv
import io

from nps_core.intake.read import read_table


def table(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def test_qualtrics_three_rows_and_their_time_zone() -> None:
    raw = read_table(
        table(
            ["StartDate", "ResponseId", "Q1", "Q1_NPS_GROUP", "Q2_TEXT"],
            ["Start Date", "Response ID", "How likely\nare you to recommend us?", "Group", "Why?"],
            [
                '{"ImportId":"startDate","timeZone":"America/Denver"}',
                '{"ImportId":"_recordId"}',
                '{"ImportId":"QID1"}',
                '{"ImportId":"QID1_NPS_GROUP"}',
                '{"ImportId":"QID2_TEXT"}',
            ],
            ["2025-03-01 10:00:00", "R_1", "9", "3", "good"],
        ),
        "a.csv",
    )
    assert raw.header == ("StartDate", "ResponseId", "Q1", "Q1_NPS_GROUP", "Q2_TEXT")
    assert raw.questions[2] == "How likely\nare you to recommend us?"
    assert raw.timezone == "America/Denver"
    assert raw.lines.tolist() == [5]
    assert raw.column("Q1").to_pylist() == ["9"]


def test_qualtrics_legacy_two_rows() -> None:
    raw = read_table(
        table(
            ["V1", "V2", "V8", "V9", "Q1", "Q2", ""],
            ["ResponseID", "ResponseSet", "StartDate", "EndDate", "Recommend?", "Why?", ""],
            ["R_1", "Default", "2017-07-18 08:28:09", "2017-07-18 08:29:00", "10", "fine", ""],
        ),
        "a.csv",
    )
    assert raw.header == ("V1", "V2", "V8", "V9", "Q1", "Q2")
    assert raw.questions == (
        "ResponseID",
        "ResponseSet",
        "StartDate",
        "EndDate",
        "Recommend?",
        "Why?",
    )
    assert raw.table.num_rows == 1


def test_surveymonkey_two_rows_with_a_question_over_several_columns() -> None:
    raw = read_table(
        table(
            ["Respondent ID", "Collector ID", "Start Date", "How likely?", "Which?", "", "Why?"],
            ["", "", "", "Response", "Price", "Support", "Open-Ended Response"],
            ["11812345678", "4001", "03/01/2025 10:00:00 AM", "9", "Price", "", "good"],
            ["11812345679", "4001", "03/02/2025 10:00:00 AM", "3", "", "Support", "bad"],
        ),
        "a.csv",
    )
    assert raw.header == (
        "Respondent ID",
        "Collector ID",
        "Start Date",
        "How likely?",
        "Which? - Price",
        "Which? - Support",
        "Why?",
    )
    assert raw.questions[3] == "Response"
    assert raw.column("How likely?").to_pylist() == ["9", "3"]


def test_second_row_with_the_question_texts_of_a_coded_header() -> None:
    raw = read_table(
        table(
            ["id", "date", "q1", "q2"],
            ["Identifier", "Date", "How likely are you to recommend us?", "And why is that?"],
            ["a", "2025-03-01", "9", "good"],
            ["b", "2025-03-02", "3", "bad"],
        ),
        "a.csv",
    )
    assert raw.questions[2] == "How likely are you to recommend us?"
    assert raw.column("q1").to_pylist() == ["9", "3"]


def test_first_row_without_numbers_is_no_second_header() -> None:
    raw = read_table(
        table(
            ["id", "date", "score", "comment"],
            ["a", "", "n/a", "is there no date in this long comment of mine?"],
            ["b", "2025-03-01", "9", "good"],
            ["c", "2025-03-02", "3", "bad"],
        ),
        "a.csv",
    )
    assert raw.column("id").to_pylist() == ["a", "b", "c"]


def test_titles_above_the_header_are_left_out_and_told() -> None:
    for titles in (
        b"NPS export\n\n",
        b"NPS export,,,\nExported,2025-03-01,,\n,,,\n",
        b"Exported by,Jo\n",
    ):
        raw = read_table(titles + b"id,date,score,comment\na,2025-03-01,9,x\n", "a.csv")
        assert raw.header == ("id", "date", "score", "comment")
        assert raw.lines.tolist() == [titles.count(b"\n") + 2]
        assert "above the header" in raw.remarks[0]


def test_a_file_without_a_header_keeps_its_first_row() -> None:
    raw = read_table(b"a1,2025-03-01,9,good\na2,2025-03-02,3,bad\n", "a.csv")
    assert raw.header == ("Column 1", "Column 2", "Column 3", "Column 4")
    assert raw.column("Column 3").to_pylist() == ["9", "3"]
    assert "numbered" in raw.remarks[0]


def test_a_total_line_at_the_end_is_still_a_record() -> None:
    raw = read_table(b"id,score,comment\na,9,x\nb,8,y\nAverage,8.5,\n", "a.csv")
    assert raw.column("id").to_pylist() == ["a", "b", "Average"]


def test_row_names_without_a_name_become_a_numbered_column() -> None:
    raw = read_table(b'"","id","nps"\n"1",2482,7\n"2",4943,9\n', "a.csv")
    assert raw.header == ("Column 1", "id", "nps")
    assert raw.column("nps").to_pylist() == ["7", "9"]


def test_limesurvey_quotes_everything_and_cuts_with_semicolons() -> None:
    data = (
        '\ufeff"id";"submitdate";"startlanguage";"q1[SQ001]";"why"\n'
        '"1";"2025-03-01 10:00:00";"fr";"9";"bien, très bien; merci"\n'
        '"2";"";"de";"";""\n'
    )
    raw = read_table(data.encode(), "a.csv")
    assert raw.header == ("id", "submitdate", "startlanguage", "q1[SQ001]", "why")
    assert raw.column("why").to_pylist() == ["bien, très bien; merci", ""]


def test_names_that_look_like_numbers_are_still_names() -> None:
    raw = read_table(b"id,date,score,2024,2025\na,2025-03-01,9,1,2\n", "a.csv")
    assert raw.header == ("id", "date", "score", "2024", "2025")
