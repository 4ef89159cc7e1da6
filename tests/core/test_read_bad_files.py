"""The reader's share of the hostile files: what is refused, how many rows, which are rejected."""

import json
from collections import Counter
from pathlib import Path

import pytest

from nps_core.errors import FileRefused
from nps_core.intake.read import read_table

FOLDER = Path(__file__).parent.parent / "data" / "bad_files"
FILES = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["files"]
READER_REASONS = {
    "wrong_field_count",
    "unterminated_quote",
    "bad_encoding",
    "nul_byte",
    "field_too_long",
}


@pytest.mark.parametrize("entry", FILES, ids=[entry["name"] for entry in FILES])
def test_file_ends_in_an_allowed_outcome(entry: dict) -> None:
    data = (FOLDER / entry["name"]).read_bytes()
    allowed = {outcome["outcome"] for outcome in entry["acceptable"]}
    raw = refusal = None
    try:
        raw = read_table(data, entry["upload_as"])
    except FileRefused as error:
        refusal = error
    if refusal:
        assert "refuse_file" in allowed
        assert refusal.what.endswith(".")
        assert refusal.remedy
        return
    if allowed == {"refuse_file"}:
        # The reader may pass a file on only where the meaning of its columns decides.
        assert entry["name"] in {"010_missing_date_column.csv"}
    assert raw.rows_in == entry["rows_in"]
    reasons = Counter(rejection.reason for rejection in raw.rejected)
    assert set(reasons) <= READER_REASONS
    outcomes = [o for o in entry["acceptable"] if o["outcome"] == "rows"]
    for outcome in outcomes:
        wanted = {r: n for r, n in outcome["reasons"].items() if r in READER_REASONS}
        most = outcome["rejected_max"]
        if reasons == wanted or sum(reasons.values()) <= most:
            break
    else:
        assert not outcomes, f"{reasons} is not an allowed outcome"


def test_ids_of_taken_rows_are_those_the_manifest_accepts() -> None:
    for entry in FILES:
        verdicts = entry["acceptable"][0].get("row_verdicts") or {}
        accepted = {key for key, verdict in verdicts.items() if verdict == "accept"}
        if not accepted or any("#" in key for key in verdicts):
            continue
        try:
            raw = read_table((FOLDER / entry["name"]).read_bytes(), entry["upload_as"])
        except FileRefused:
            continue
        ids = set(raw.table.column(0).to_pylist())
        assert accepted <= ids, entry["name"]


def test_open_quote_rejects_each_line_it_swallowed() -> None:
    raw = read_table((FOLDER / "107_unbalanced_quote.csv").read_bytes(), "a.csv")
    assert [rejection.line for rejection in raw.rejected] == list(range(12, 33))
    assert raw.rejected[0].value.startswith("R0011,")
    assert raw.lines.tolist() == [*range(2, 12), *range(33, 42)]


def test_text_that_looks_like_line_ends_stays_in_one_comment() -> None:
    raw = read_table((FOLDER / "113_unicode_line_separators.csv").read_bytes(), "a.csv")
    assert raw.column("comment").to_pylist() == [
        f"before{mark}after" for mark in "\u2028\u2029\x85\x0b\x0c\x1e"
    ]


def test_backslash_escapes_are_undone_without_touching_other_backslashes() -> None:
    raw = read_table((FOLDER / "109_backslash_escape.csv").read_bytes(), "a.csv")
    assert raw.column("comment").to_pylist()[1] == 'said "wow", twice'
    assert raw.column("segment").to_pylist() == ["Enterprise"] * 6


def test_legacy_code_page_keeps_its_quotes_and_euro() -> None:
    raw = read_table((FOLDER / "205_cp1252.csv").read_bytes(), "a.csv")
    assert raw.column("comment").to_pylist() == [
        "“smart quotes”",
        "50 € too dear",
        "it’s fine…",
        "–dash—",
    ]


def test_error_cells_and_formulas_without_value_are_told_from_blanks() -> None:
    raw = read_table((FOLDER / "804_formulas_errors_bools.xlsx").read_bytes(), "a.xlsx")
    scores = dict(
        zip(raw.column("response_id").to_pylist(), raw.column("score").to_pylist(), strict=True)
    )
    assert scores["R0001"] == "9"
    assert scores["R0005"] == "7"
    assert scores["R0006"] == "TRUE"
    assert {scores["R0003"], scores["R0004"]} == {"#FORMULA", "#N/A"}


def test_1904_workbook_has_its_own_dates() -> None:
    raw = read_table((FOLDER / "802_date1904.xlsx").read_bytes(), "a.xlsx")
    assert raw.column("responded_at").to_pylist() == [
        "2025-03-01",
        "2025-03-01T12:00:00",
        "2025-04-01",
    ]
