"""Answers spread over rows or columns become one response each, and every row is counted."""

import io

import openpyxl
import pytest

from nps_core.errors import FileRefused
from nps_core.intake import read_responses

ASK = "How likely are you to recommend us?"


def _read(lines, mapping=None):
    return read_responses("\n".join(lines).encode(), "x.csv", mapping)


@pytest.mark.parametrize(
    "key",
    ["response", "response_id", "Submission", "token", "session", "respondent", "visitor", "user"],
)
@pytest.mark.parametrize("why", ["Why?", "Pourquoi ?", "Warum?", "\u00bfPor qu\u00e9?", "Waarom?"])
def test_the_comment_is_found_by_any_key(key, why):
    lines = [f"{key},question,answer,date"]
    for n in range(5):
        lines += [
            f"k{n},{ASK},{n + 6},2025-03-0{n + 1}",
            f"k{n},{why},text {n},2025-03-0{n + 1}",
            f"k{n},How satisfied are you?,{n},2025-03-0{n + 1}",
        ]
    lines.append(f"k9,{why},lost its score,2025-03-09")
    intake = _read(lines)
    assert intake.accepted["score"].tolist() == [6, 7, 8, 9, 10]
    assert intake.accepted["comment"].tolist() == [f"text {n}" for n in range(5)]
    assert (intake.rows_in, intake.merged_duplicates) == (16, 10)
    assert intake.rejected[["line", "reason"]].values.tolist() == [[17, "other_question"]]
    assert intake.mapping.role_of(key) != "segment"


def test_a_key_is_known_although_few_responses_have_a_comment():
    lines = ["response,question,answer", *(f"r{n},{ASK},{n}" for n in range(11)), "r3,Why?,slow"]
    intake = _read(lines)
    assert intake.accepted["response_id"].tolist() == [f"r{n}" for n in range(11)]
    assert intake.accepted["comment"].dropna().to_dict() == {3: "slow"}
    assert intake.merged_duplicates == 1


def test_two_answers_of_one_person_without_dates_keep_their_own_comments():
    lines = ["user,question,answer"]
    for n in range(8):
        lines += [f"u{n % 2},{ASK},{n}", f"u{n % 2},Why?,about {n}"]
    intake = _read(lines)
    assert intake.accepted["comment"].tolist() == [f"about {n}" for n in range(8)]


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (["r1", "r2", "r3", "r4", "r5", "r6"], "response_id"),
        (
            [
                "so easy to use",
                "it is slow now",
                "ok for us all",
                "no idea what it is",
                "good for the team",
                "it costs too much",
            ],
            "comment",
        ),
        (["partial", "done", "done", "done", "partial", "done"], "segment"),
    ],
)
def test_a_column_named_response_is_what_its_values_are(cells, role):
    rows = [f"2025-03-0{n + 1},{cell},{n + 4}" for n, cell in enumerate(cells)]
    intake = _read(["date,response,score", *rows])
    assert intake.mapping.role_of("response") == role
    assert intake.accepted["score"].tolist() == [4, 5, 6, 7, 8, 9]


CHOICES = ["Not at all likely - 0", *map(str, range(1, 10)), "Extremely likely - 10"]
SCORES = [10, 9, 0, 3, 7, 10]


def _monkey(mark):
    lines = [
        f"Respondent ID,Collector ID,Start Date,End Date,{ASK}{',' * 10},Why?",
        f",,,,{','.join(CHOICES)},Open-Ended Response",
    ]
    for n, score in enumerate(SCORES):
        cells = [mark(k) if k == score else "" for k in range(11)]
        day = f"03/{13 + n}/2025 10:00:00 AM"
        lines.append(f"1100000000{n},5,{day},{day},{','.join(cells)},because {n}")
    return lines


@pytest.mark.parametrize("mark", [lambda k: CHOICES[k], str, lambda k: "1", lambda k: "X"])
def test_a_column_for_each_choice_is_one_score(mark):
    intake = _read(_monkey(mark))
    assert intake.tool == "SurveyMonkey"
    assert intake.accepted["score"].tolist() == SCORES
    assert intake.accepted["comment"].tolist() == [f"because {n}" for n in range(6)]
    assert intake.mapping.header_of("score") == ASK
    assert any("11 columns" in warning for warning in intake.warnings)


def test_two_choices_or_none_are_no_score():
    lines = _monkey(str)
    lines[2] = lines[2].replace(",,10,", ",9,10,")
    lines[3] = lines[3].replace(",9,", ",,")
    intake = _read(lines)
    assert intake.accepted["score"].tolist() == SCORES[2:]
    assert intake.rejected[["value", "reason"]].values.tolist() == [
        ["9 and 10", "score_not_a_number"],
        ["", "score_missing"],
    ]


def test_a_question_for_each_column_is_not_folded():
    header = ",".join(f"Would you recommend it? - part {k}" for k in range(8))
    with pytest.raises(FileRefused, match="More than one column could be the score"):
        _read([header, *(",".join(str((n + k) % 11) for k in range(8)) for n in range(11))])


def test_a_workbook_as_people_keep_them():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Answers"
    for row in (["NPS report"], [], ["ID", "Date", "Score", "Plan"]):
        sheet.append(row)
    # 45717 is 2025-03-01 in Excel's days, here without a date format.
    for n, score in enumerate(SCORES):
        sheet.append([f"r{n}", 45717 + n, str(score), "Pro"])
    sheet.append(["Total", None, sum(SCORES), None])
    summary = book.create_sheet("Summary")
    for row in (["Group", "Count"], ["Promoters", 3], ["Passives", 1], ["Detractors", 2]):
        summary.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    intake = read_responses(buffer.getvalue(), "nps.xlsx")
    assert intake.accepted["score"].tolist() == SCORES
    assert intake.accepted["responded_at"].dt.strftime("%m-%d").tolist() == [
        f"03-0{n}" for n in range(1, 7)
    ]
    assert intake.rejected["reason"].tolist() == ["not_a_response"]
    assert any("“Summary”" in warning for warning in intake.warnings)


def test_the_second_answer_of_a_posthog_survey_is_the_comment():
    lines = [
        "event,timestamp,distinct_id,properties.$survey_id,properties.$survey_response,"
        "properties.$survey_response_1",
        *(f"survey sent,2025-03-0{n}T10:00:00Z,u{n},s,{n},ok" for n in range(1, 6)),
    ]
    intake = _read(lines)
    assert intake.tool == "PostHog"
    assert intake.accepted["score"].tolist() == [1, 2, 3, 4, 5]
    assert intake.accepted["comment"].tolist() == ["ok"] * 5
