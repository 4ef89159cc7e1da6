"""One file in each survey tool's layout: recognised without a hint, and every row accounted for."""

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import nps_core

EXPORTS = Path(__file__).parents[2] / "samples" / "exports"
EXPECTED = json.loads((EXPORTS / "expected.json").read_text(encoding="utf-8"))
ANSWERS: list[dict[str, Any]] = EXPECTED["answers"]
FILES: dict[str, dict[str, Any]] = EXPECTED["files"]


@cache
def _intake(file: str) -> Any:
    return nps_core.read_responses((EXPORTS / file).read_bytes(), file)


def test_every_export_is_described_and_every_description_has_its_export() -> None:
    assert set(FILES) | {"expected.json"} == {path.name for path in EXPORTS.iterdir()}


@pytest.mark.parametrize(
    ("file", "column", "delimiter", "encoding", "header_rows"),
    [
        ("tally.csv", 4, ",", "utf-8", 1),
        ("google_forms_fr.csv", 1, ",", "utf-8", 1),
        ("microsoft_forms_fr.csv", 5, ";", "cp1252", 1),
        ("qualtrics_legacy.csv", 10, ",", "utf-8-sig", 2),
        ("retently.csv", 7, ",", "utf-8", 1),
    ],
)
def test_the_expected_counts_are_those_of_a_plain_count(
    file: str, column: int, delimiter: str, encoding: str, header_rows: int
) -> None:
    text = (EXPORTS / file).read_bytes().decode(encoding)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[header_rows:]
    scores = [int(row[column]) for row in rows]
    expected = FILES[file]
    assert len(rows) == expected["rows_in"] == expected["responses"]
    assert sum(score <= 6 for score in scores) == expected["detractors"]
    assert sum(score in (7, 8) for score in scores) == expected["passives"]
    assert sum(score >= 9 for score in scores) == expected["promoters"]
    assert scores == [answer["score"] for answer in ANSWERS]


@pytest.mark.parametrize("file", FILES)
def test_the_tool_is_recognised(file: str) -> None:
    assert _intake(file).tool == FILES[file]["tool"]


@pytest.mark.parametrize("file", FILES)
def test_the_counts_are_right_and_every_row_is_accounted_for(file: str) -> None:
    expected = FILES[file]
    intake = _intake(file)
    scores = [int(score) for score in intake.accepted["score"]]
    assert len(scores) == expected["responses"]
    assert sum(score <= 6 for score in scores) == expected["detractors"]
    assert sum(score in (7, 8) for score in scores) == expected["passives"]
    assert sum(score >= 9 for score in scores) == expected["promoters"]
    left_out = len(intake.rejected) + intake.merged_duplicates + intake.ignored_blank
    assert intake.rows_in == expected["rows_in"] == len(scores) + left_out
    assert not intake.questions


@pytest.mark.parametrize("file", FILES)
def test_each_response_keeps_its_time_score_comment_and_person(file: str) -> None:
    expected = FILES[file]
    accepted = _intake(file).accepted
    found = [
        (
            row["responded_at"].floor("s").strftime("%Y-%m-%d %H:%M:%S"),
            row["score"],
            "" if pd.isna(row["comment"]) else row["comment"],
            row["respondent_id"] if expected["person"] != "none" else None,
        )
        for row in accepted.sort_values("responded_at").to_dict("records")
    ]
    assert found == [
        (
            answer["responded_at"],
            answer["score"],
            answer["comment"],
            answer.get(expected["person"]),
        )
        for answer in ANSWERS
    ]
