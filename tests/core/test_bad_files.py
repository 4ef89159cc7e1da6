"""Every hostile or odd file ends in one of the outcomes its manifest allows."""

import json
from pathlib import Path

import pandas as pd
import pytest

from nps_core.errors import FileRefused
from nps_core.intake import REASONS, read_responses

FOLDER = Path(__file__).parents[1] / "data" / "bad_files"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
FILES = MANIFEST["files"]


def _bands(frame):
    return {
        "promoters": int((frame["score"] >= 9).sum()),
        "passives": int(frame["score"].between(7, 8).sum()),
        "detractors": int((frame["score"] <= 6).sum()),
    }


def _why_not_rows(intake, allowed):
    """What of an allowed outcome "rows" the intake breaks; empty when it is met."""
    broken = []
    low, high = allowed["accepted_min"], allowed["accepted_max"]
    if not low <= len(intake.accepted) <= high:
        broken.append(f"accepted {len(intake.accepted)}, allowed {low} to {high}")
    low, high = allowed["rejected_min"], allowed["rejected_max"]
    if not low <= len(intake.rejected) <= high:
        broken.append(f"rejected {len(intake.rejected)}, allowed {low} to {high}")
    for name in ("merged_duplicates", "ignored_blank"):
        if getattr(intake, name) != allowed.get(name, 0):
            broken.append(f"{name} {getattr(intake, name)}, allowed {allowed.get(name, 0)}")
    found = intake.rejected["reason"].value_counts().to_dict()
    for reason, rows in allowed.get("reasons", {}).items():
        coarse = found.get("date_unparseable", 0) if reason.startswith("date") else 0
        if found.get(reason, 0) + coarse < rows:
            broken.append(f"{reason} {found.get(reason, 0)} times, wanted {rows}")
    if "nps" in allowed and _bands(intake.accepted) != allowed["nps"]:
        broken.append(f"bands {_bands(intake.accepted)}, wanted {allowed['nps']}")
    frame = intake.accepted
    by_id = frame.set_index("response_id") if "response_id" in frame else frame
    for key, verdict in allowed.get("row_verdicts", {}).items():
        name = key.split("#")[0]
        if verdict == "accept" and name not in by_id.index:
            broken.append(f"{key} not accepted")
        if verdict.startswith("reject") and name in by_id.index:
            broken.append(f"{key} accepted")
    for name, values in allowed.get("values", {}).items():
        if name in by_id.index:
            broken.extend(_wrong_values(name, by_id.loc[name], values))
    return broken


def _wrong_values(name, row, values):
    for column, wanted in values.items():
        if column == "responded_at" and wanted is not None:
            stamp = pd.Timestamp(wanted)
            stamp = stamp.tz_convert("UTC").tz_localize(None) if stamp.tzinfo else stamp
            if row["responded_at"].floor("s") != stamp:
                yield f"{name}: {row['responded_at']}, wanted {stamp}"
        elif column in ("score", "comment") and row[column] != wanted:
            yield f"{name}: {column} {row[column]!r}, wanted {wanted!r}"


@pytest.mark.parametrize("entry", FILES, ids=[entry["name"] for entry in FILES])
def test_each_file_ends_in_an_allowed_outcome(entry):
    allowed = {outcome["outcome"]: outcome for outcome in reversed(entry["acceptable"])}
    data = (FOLDER / entry["name"]).read_bytes()
    try:
        intake = read_responses(data, entry["upload_as"])
    except FileRefused as refusal:
        intake, refused = None, refusal
    if intake is None:
        assert "refuse_file" in allowed or ("ask_user" in allowed and refused.header), refused
        _assert_plain(str(refused))
        return
    assert intake.rows_in == (
        len(intake.accepted)
        + len(intake.rejected)
        + intake.merged_duplicates
        + intake.ignored_blank
    )
    assert set(intake.rejected["reason"]) <= set(REASONS)
    assert (intake.rejected["line"] > 0).all()
    if intake.questions and "ask_user" in allowed:
        assert all(question.text in intake.warnings for question in intake.questions)
        return
    outcomes = [outcome for outcome in entry["acceptable"] if outcome["outcome"] == "rows"]
    assert outcomes, f"accepted {len(intake.accepted)}; allowed: {sorted(allowed)}"
    broken = [_why_not_rows(intake, outcome) for outcome in outcomes]
    assert [] in broken, broken
    if entry.get("warning_required"):
        assert intake.warnings


def _assert_plain(text):
    assert text[0].isupper()
    assert text.rstrip().endswith((".", "?", "!"))
    for machinery in ("Traceback", "Error:", "/tests/", "BadZipFile", "SELECT", "Exception"):
        assert machinery not in text


def test_all_files_of_the_manifest_are_here():
    assert len(FILES) == 72
    assert {entry["name"] for entry in FILES} <= {path.name for path in FOLDER.iterdir()}


def test_every_reason_of_the_manifest_has_a_sentence():
    assert set(MANIFEST["reasons"]) <= set(REASONS)


def _read(name):
    return read_responses((FOLDER / name).read_bytes(), name)


def test_one_order_for_the_whole_date_column():
    days = _read("402_dates_ddmm_inferable.csv").accepted["responded_at"].dt.strftime("%Y-%m-%d")
    assert days.tolist() == ["2025-04-03", "2025-04-25", "2025-06-05", "2025-01-31", "2024-12-12"]


def test_contradictory_dates_are_never_swapped_one_by_one():
    intake = _read("404_dates_contradictory.csv")
    assert [question.key for question in intake.questions] == ["date_order"]
    reasons = dict(zip(intake.rejected["line"], intake.rejected["reason"], strict=True))
    assert reasons[3] == "date_inconsistent"
    assert intake.accepted.empty


def test_odd_dates_get_their_exact_reasons():
    intake = _read("400_dates_iso_and_odd.csv")
    reasons = dict(zip(intake.rejected["line"], intake.rejected["reason"], strict=True))
    # Line n + 1 holds response n.
    assert {reasons[13], reasons[14]} == {"date_missing"}
    assert {reasons[16], reasons[18], reasons[19]} == {"date_out_of_range"}
    assert {reasons[17], reasons[20]} == {"date_future"}


def test_epochs_in_milliseconds_are_no_nanoseconds():
    dates = _read("406_dates_epoch_ms.csv").accepted["responded_at"]
    assert set(dates) == {pd.Timestamp("2025-03-01 10:00")}


def test_a_naive_time_among_zoned_ones_takes_the_stated_zone():
    data = (FOLDER / "408_dates_mixed_zones.csv").read_bytes()
    for zone, wanted in (("UTC", "2025-04-01 00:30"), ("Europe/Paris", "2025-03-31 22:30")):
        intake = read_responses(data, "zones.csv", {"roles": [], "timezone": zone})
        assert intake.accepted["responded_at"].iloc[3] == pd.Timestamp(wanted)


def test_a_five_point_survey_is_said_and_asked():
    intake = _read("301_scale_1_to_5.csv")
    assert [question.key for question in intake.questions] == ["scale"]
    assert any("1 to 5" in warning for warning in intake.warnings)


def test_classes_are_no_scores():
    with pytest.raises(FileRefused, match="labels without numbers"):
        _read("303_category_labels.csv")


def test_segment_spellings_are_grouped_and_accents_are_not():
    segment = _read("700_segment_variants.csv").accepted.set_index("response_id")["segment"]
    assert set(segment[["R0001", "R0002", "R0003", "R0004", "R0005", "R0006"]]) == {"Enterprise"}
    assert segment["R0008"] == segment["R0009"] == "\u00cele-de-France"
    assert segment["R0010"] == "ile-de-france"
    assert segment["R0013"] == "NA"
    assert segment[["R0011", "R0012"]].isna().all()
    assert segment["R0007"] == "Entreprise"
    assert len({segment["R0019"], segment["R0020"], segment["R0021"]}) == 3


def test_ids_shortened_by_a_spreadsheet_merge_nobody():
    intake = _read("503_ids_ruined_by_excel.csv")
    assert len(intake.accepted) == 5
    assert "response_id" not in intake.accepted
    assert any("shortened by a spreadsheet" in warning for warning in intake.warnings)


def test_both_sides_of_an_id_conflict_are_rejected():
    intake = _read("501_conflicting_duplicate_id.csv")
    assert intake.rejected["line"].tolist() == [3, 6]
    assert set(intake.rejected["reason"]) == {"id_conflict"}


def test_a_twice_named_score_column_is_not_chosen():
    with pytest.raises(FileRefused, match="“score” appears more than once") as refusal:
        _read("012_duplicate_columns.csv")
    assert refusal.value.header.count("score") == 1


def test_no_date_is_no_date_and_asked_for():
    intake = _read("010_missing_date_column.csv")
    assert intake.accepted["responded_at"].isna().all()
    assert len(intake.accepted) == 10
    assert [question.key for question in intake.questions] == ["response_date"]


def test_names_are_left_out_and_comments_are_verbatim():
    intake = _read("600_hostile_comments.csv")
    assert "name" not in intake.accepted
    assert intake.mapping.role_of("name") == "ignore"
    entry = next(entry for entry in FILES if entry["name"] == "600_hostile_comments.csv")
    wanted = {key: value["comment"] for key, value in entry["acceptable"][0]["values"].items()}
    assert intake.accepted.set_index("response_id")["comment"].to_dict() == wanted
