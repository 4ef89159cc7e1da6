"""Each tool's synthetic export, and the real files where they are at hand, against plain csv."""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from nps_core.errors import FileRefused
from nps_core.intake import read_responses

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "samples" / "exports"
EXPECTED = json.loads((EXPORTS / "expected.json").read_text(encoding="utf-8"))
REAL = ROOT.parent / "shared" / "data" / "samples"

real_files = pytest.mark.skipif(
    not REAL.exists(), reason="the real sample files are not beside the repository"
)


@pytest.mark.parametrize("name", EXPECTED["files"])
def test_every_tool_comes_to_the_same_responses(name):
    wanted = EXPECTED["files"][name]
    intake = read_responses((EXPORTS / name).read_bytes(), name)
    assert intake.tool == wanted["tool"]
    assert intake.rows_in == wanted["rows_in"]
    answers = {(a["responded_at"], a["score"], a["comment"]) for a in EXPECTED["answers"]}
    frame = intake.accepted
    comments = frame["comment"].fillna("")
    times = frame["responded_at"].dt.strftime("%Y-%m-%d %H:%M:%S")
    assert len(frame) == wanted["responses"] == len(answers)
    assert set(zip(times, frame["score"], comments, strict=True)) == answers
    assert len(intake.rejected) == sum(part["rows"] for part in wanted["left_out"])
    assert intake.merged_duplicates == wanted["joined_rows"]
    assert not intake.questions
    people = set(frame["respondent_id"].dropna()) if "respondent_id" in frame else set()
    kind = wanted["person"]
    assert people == ({a[kind] for a in EXPECTED["answers"]} if kind != "none" else set())


def _counts(scores):
    return Counter("p" if s >= 9 else "d" if s <= 6 else "n" for s in scores)


@real_files
def test_the_real_portuguese_file_with_one_row_an_answer():
    data = (REAL / "long_format_pt" / "survey.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"))))
    scores = [int(row["answer_content"]) for row in rows if row["question_category"] == "NPS"]
    comments = [row["answer_content"] for row in rows if row["question_category"] == "commentary"]
    intake = read_responses(data, "survey.csv")
    assert Counter(intake.accepted["score"].tolist()) == Counter(scores)
    assert Counter(intake.accepted["comment"].dropna()) == Counter(
        comment for comment in comments if comment.strip()
    )
    assert intake.rows_in == len(rows)
    assert len(intake.accepted) + intake.merged_duplicates + len(intake.rejected) == len(rows)
    assert intake.accepted["respondent_id"].nunique() == len({row["student_id"] for row in rows})


@real_files
def test_the_real_french_file_in_windows_1252():
    data = (REAL / "benavent_fr_dev" / "nps_fr_dev.csv").read_bytes()
    text = data.decode("cp1252", errors="replace")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    scores = [int(row["nps"]) for row in rows if row["nps"].isdigit()]
    broken = [row for row in rows if any("\ufffd" in cell for cell in row.values())]
    intake = read_responses(data, "nps_fr_dev.csv")
    kept = [int(r["nps"]) for r in rows if r["nps"].isdigit() and r not in broken]
    assert _counts(intake.accepted["score"]) in (_counts(kept), _counts(scores))
    assert intake.rows_in == len(rows)
    assert intake.mapping.header_of("score") == "nps"
    assert intake.accepted["responded_at"].isna().all()


@real_files
@pytest.mark.parametrize(
    "name", ["qualtrics_3row_de/sample.csv", "qualtrics_legacy_2row/sample_legacy.csv"]
)
def test_the_real_qualtrics_files_ask_no_recommendation_and_read_when_told(name):
    data = (REAL / name).read_bytes()
    with pytest.raises(FileRefused, match="No column holds answers from 0 to 10") as refusal:
        read_responses(data, name)
    assert "Q1" in refusal.value.header
    told = read_responses(data, name, {"score": "Q1", "comment": "Q2"})
    assert told.tool == "Qualtrics"
    assert told.accepted["score"].tolist() == [2]
    assert told.accepted["comment"].tolist() == ["Hello World!"]
    assert told.accepted["response_id"].tolist() == ["R_2YPOQ602ER1jkf1"]
    assert str(told.accepted["responded_at"].iloc[0]) == "2017-07-18 08:28:48"
