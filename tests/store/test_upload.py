"""From uploaded bytes to stored responses, through the real child process."""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
import pytest

from nps_app.parsing import parse_upload, remove_leftovers
from nps_core.errors import FileRefused

FILES = Path(__file__).parents[1] / "data" / "bad_files"
SEQUENCES = json.loads((FILES / "manifest.json").read_text())["sequences"]


def bring(store, data, name):
    with parse_upload(data, name) as parsed:
        plan = store.plan(parsed)
        record = store.commit(parsed)
    assert record.rows_in == (
        record.new
        + record.updated
        + record.unchanged
        + record.kept_newer
        + record.erased
        + record.rejected
        + record.merged_duplicates
        + record.ignored_blank
    )
    return {
        "stored": plan.stored_after,
        "new": record.new,
        "updated": record.updated,
        "unchanged": record.unchanged,
    }


def as_workbook(data):
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(data.decode())):
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("sequence", SEQUENCES, ids=lambda sequence: sequence["name"])
def test_sequences_of_the_manifest(store, sequence):
    for name, wanted in sequence["steps"]:
        got = bring(store, (FILES / name).read_bytes(), name)
        assert {key: wanted[key] for key in got if key in wanted} == {
            key: value for key, value in got.items() if key in wanted
        }
        frame = store.responses().df().set_index("response_id")
        for response_id, values in wanted.get("value", {}).items():
            for column, value in values.items():
                assert frame.loc[response_id, column] == value
            assert len(store.history(response_id)) == 1


def test_the_same_rows_in_another_encoding_or_container_add_nothing(store):
    data = (FILES / "s1_export_a.csv").read_bytes()
    assert bring(store, data, "a.csv")["new"] == 10
    for again, name in (
        (data.decode().encode("utf-16"), "a.csv"),
        (as_workbook(data), "a.xlsx"),
        (data.replace(b",", b";").replace(b"\n", b"\r\n"), "b.csv"),
    ):
        assert bring(store, again, name) == {
            "stored": 10,
            "new": 0,
            "updated": 0,
            "unchanged": 10,
        }


def test_rows_without_any_id_are_the_same_in_a_workbook(store):
    data = b"date,score,comment\n2025-03-01,9,good\n2025-03-01,9,good\n2025-03-02,3,\n"
    assert bring(store, data, "a.csv")["new"] == 3
    assert bring(store, as_workbook(data), "a.xlsx")["new"] == 0
    assert bring(store, data.decode().encode("utf-16"), "a.txt")["new"] == 0


def test_the_report_crosses_the_process_whole():
    data = (FILES / "008_footer_total.csv").read_bytes()
    told = []
    with parse_upload(data, "../../etc/<b>passwd</b>.csv", progress=told.append) as parsed:
        assert parsed.file_name == "../../etc/<b>passwd</b>.csv"
        assert parsed.rows_in == 11
        assert parsed.accepted_rows == 10
        assert list(parsed.rejected.columns) == ["line", "column", "value", "reason"]
        assert parsed.rejected["reason"].tolist() == ["not_a_response"]
        assert parsed.header[0] == "response_id"
        assert parsed.preview.shape[0] == 11
        assert parsed.mapping.header_of("score") == "score"
        assert parsed.accepted_path.parent.stat().st_mode & 0o777 == 0o700
        folder = parsed.accepted_path.parent
        assert not (folder / "upload").exists()
    assert not folder.exists()
    assert all(0 <= done <= 1 for done in told)


def test_a_mapping_goes_to_the_child_and_comes_back():
    data = b"when,a,b\n2025-03-01,9,0\n2025-03-02,3,10\n"
    mapping = {"roles": [["when", "responded_at"], ["a", "segment"], ["b", "score"]]}
    with parse_upload(data, "a.csv", mapping=mapping) as parsed:
        assert parsed.mapping.header_of("score") == "b"
        with parse_upload(data, "a.csv", mapping=parsed.mapping) as again:
            assert again.mapping == parsed.mapping
    with pytest.raises(FileRefused, match="no_such_role"):
        parse_upload(data, "a.csv", mapping={"roles": [["a", "no_such_role"]]})


@pytest.mark.parametrize(
    "name",
    [
        "810_stray_far_cell.xlsx",
        "814_billion_laughs.xlsx",
        "816_quadratic_blowup.xlsx",
        "822_truncated.xlsx",
        "915_nested.parquet",
        "016_10000_columns.csv",
        "211_nul_tail.csv",
    ],
)
def test_hostile_files_are_read_or_refused_in_plain_words(name):
    try:
        parse_upload((FILES / name).read_bytes(), name).close()
    except FileRefused as refused:
        said = str(refused)
        assert said.endswith(".")
        assert "nobody foresaw" not in said
        assert "Traceback" not in said
        for place in (tempfile.gettempdir(), str(Path(__file__).parents[2])):
            assert place not in said


def test_what_a_killed_server_left_of_its_uploads_is_removed_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    script = (
        "import os; from nps_app.parsing.folders import new_folder; folder = new_folder();"
        "open(folder.name + '/accepted.parquet', 'w').write('a comment'); os._exit(9)"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    assert subprocess.run([sys.executable, "-c", script], env=environment).returncode == 9
    assert len(list(tmp_path.iterdir())) == 1
    (tmp_path / "nps-upload-notes").mkdir()
    with parse_upload(b"id,score\n1,9\n2,3\n", "mine.csv") as mine:
        remove_leftovers()
        assert sorted(tmp_path.iterdir()) == sorted(
            [Path(mine.folder.name), tmp_path / "nps-upload-notes"]
        )
