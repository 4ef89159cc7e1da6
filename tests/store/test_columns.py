"""Whatever a header is called, its column is kept, shown and counted, and runs nothing."""

import io
import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nps_app.store import StoreError, open_store
from nps_core.measure import Filter, ProductChange, against_rest, apply, tally

HOSTILE = [
    'say "hi"',
    "x'); DROP TABLE nps.responses; --",
    "\"; ATTACH 'evil.db' AS evil; --",
    "=cmd|' /C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "person.plan",
    "Plan",
    "plan",
    "PLAN",
    "select",
    "rowid",
    "file_row_number",
    "rn",
    "key",
    "import_id",
    "segment_1",
    "Score",
    "n",
    "period",
    "*",
    "été ﬁ",
    "a\nb",
    "  spaced  ",
    "名前",
    "x" * 500,
]


def test_every_header_keeps_its_values(store, accepted, month):
    rows = [row | {name: f"{name}:{i % 2}" for name in HOSTILE} for i, row in enumerate(month())]
    parsed = accepted(rows)
    assert store.commit(parsed).new == 10
    plan = store.plan(parsed)
    assert (plan.new, plan.unchanged) == (0, 10)
    labels = store.segment_columns()[4:]
    assert len(labels) == len(HOSTILE)
    assert len({label.casefold() for label in labels}) == len(HOSTILE)
    frame = store.responses().df().sort_values("response_id")
    for header, label in zip(HOSTILE, labels, strict=True):
        assert frame[label].tolist() == [f"{header}:{i % 2}" for i in range(10)]
        counts = tally(store.responses(), by=label)
        assert counts["n"].sum() == 10
        chosen = apply(store.responses(), Filter(segments={label: [f"{header}:1"]}))
        assert tally(chosen)["n"].sum() == 5


def test_labels_stay_the_same_in_every_later_file(store, accepted, month):
    store.commit(accepted(month(1, plan="a")))
    store.commit(accepted(month(2, Plan="b")))
    labels = store.segment_columns()
    assert labels[3:] == ["country", "plan", "Plan (2)"]
    store.commit(accepted([dict(reversed(row.items())) for row in month(3, Plan="b", plan="a")]))
    assert store.segment_columns() == labels
    frame = store.responses().df()
    assert frame["plan"].notna().sum() == frame["Plan (2)"].notna().sum() == 20


def test_two_hundred_columns(store, accepted, month):
    wide = {f"column {i}": str(i) for i in range(190)}
    store.commit(accepted(month(1, **wide)))
    assert store.segment_columns()[-1] == "column 189"
    assert store.responses().df()["column 189"].eq("189").all()


def test_only_canonical_columns_and_segments_are_shown(store, accepted, month):
    assert store.responses().df().empty
    store.commit(accepted(month()))
    assert store.responses().columns == [
        *("response_id", "responded_at", "score", "comment", "respondent_id", "account_id"),
        *("survey_type", "company_size", "industry", "persona", "updated_at"),
        *("mrr", "csat", "ces", "country"),
    ]


def test_a_missing_value_is_missing_and_not_an_empty_text(store, accepted, month):
    rows = month()
    rows[0]["country"], rows[1]["country"], rows[2]["industry"] = "", None, ""
    store.commit(accepted(rows))
    assert store.responses().df()["country"].isna().sum() == 2
    assert tally(store.responses(), by="industry")["industry"].isna().sum() == 1


def test_csv_export_runs_nothing_in_a_spreadsheet(store, accepted, month):
    rows = month()
    attacks = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠A1"]
    for row, attack in zip(rows, attacks, strict=False):
        row["comment"] = attack
    rows[9]["comment"] = 'a "quoted", text\nof two lines'
    rows = [row | {"=header": "x"} for row in rows]
    store.commit(accepted(rows))
    buffer = io.BytesIO()
    store.export(buffer)
    frame = pd.read_csv(io.BytesIO(buffer.getvalue()), dtype=str, keep_default_na=False)
    assert frame["comment"].tolist() == [*(f"'{a}" for a in attacks), rows[9]["comment"]]
    assert "'=header" in frame
    assert frame["responded_at"][0] == "2025-01-01T10:00:00Z"
    for cell in frame.to_numpy().ravel():
        assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_parquet_export_is_exact(store, accepted, month, tmp_path):
    rows = month()
    rows[0]["comment"] = "=1+1"
    store.commit(accepted(rows))
    store.export(tmp_path / "out.parquet", "parquet")
    frame = pq.read_table(tmp_path / "out.parquet").to_pandas()
    assert frame["comment"][0] == "=1+1"
    assert frame["score"].tolist() == [row["score"] for row in rows]
    with pytest.raises(StoreError, match="Allowed: 'csv', 'parquet'"):
        store.export(tmp_path / "out.xlsx", "xlsx")


def test_product_changes_keep_everything(store, data_file):
    one = ProductChange(
        "2025-03-04", "New <b>pricing</b>", "note", "https://example.com", {"plan": ["Pro", None]}
    )
    saved = store.save_change(one)
    assert saved.id == 1
    assert store.changes() == [saved]
    store.save_change(ProductChange(saved.date, "Renamed", id=saved.id))
    assert [change.title for change in store.changes()] == ["Renamed"]
    store.save_changes([ProductChange("2025-01-01", "Earlier"), ProductChange(saved.date, "Same")])
    store.save_changes([ProductChange("2025-01-01", "Earlier", note="again")])
    assert [(c.title, c.note) for c in store.changes()] == [
        ("Earlier", "again"),
        ("Renamed", ""),
        ("Same", ""),
    ]
    store.delete_change(saved.id)
    store.delete_change(99)
    store.close()
    again = open_store(data_file)
    assert [change.title for change in again.changes()] == ["Earlier", "Same"]
    again.close()


def test_a_change_without_a_title_is_refused(store):
    with pytest.raises(StoreError, match="needs a title"):
        store.save_change(ProductChange("2025-03-04", " "))


def test_settings_mappings_and_the_version(store, data_file):
    version = store.version()
    store.set_setting("benchmarks", [{"label": "SaaS", "low": 28, "high": 31}])
    assert store.version() == version + 1
    store.remember_mapping(["Score", "Date"], {"roles": [["Score", "score"]]})
    assert store.mapping_for([" date", "SCORE"]) == {"roles": [["Score", "score"]]}
    assert store.mapping_for(["Other"]) is None
    assert store.setting("_version", "none") == "none"
    version = store.version()
    store.close()
    again = open_store(data_file)
    assert again.version() >= version
    assert json.dumps(again.setting("benchmarks")) == ('[{"label": "SaaS", "low": 28, "high": 31}]')
    again.close()


def test_headers_that_parquet_holds_twice_in_another_case(store, tmp_path, accepted):
    parsed = accepted([{"score": 9}])
    table = pa.table({"score": [9, 3], "A": ["x", "y"], "a": ["1", "2"]})
    pq.write_table(table, parsed.accepted_path)
    store.commit(parsed)
    frame = store.responses().df().sort_values("score")
    assert frame["A"].tolist() == ["y", "x"]
    assert frame["a (2)"].tolist() == ["2", "1"]


def test_open_store_uses_the_folder_of_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("NPS_DATA", str(tmp_path / "elsewhere"))
    store = open_store()
    store.close()
    assert (tmp_path / "elsewhere" / "nps.duckdb").exists()


@pytest.mark.parametrize(
    "header", ["verdict", "hidden", "p", "difference", "complete", "window_nps"]
)
def test_a_segment_named_like_a_figure_is_compared_under_another_name(
    store, accepted, month, header
):
    store.commit(accepted(month(1, **{header: "a"})))
    label = store.segment_columns()[-1]
    assert label != header
    assert against_rest(tally(store.responses(), by=label), label)["responses"].tolist() == [10]
