"""JSON, JSON Lines and Parquet: every value as its file wrote it."""

import datetime as dt
import decimal
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nps_core.errors import FileRefused
from nps_core.intake.read import read_table


def rows_of(raw) -> list[tuple]:
    return list(zip(*(column.to_pylist() for column in raw.table.columns), strict=True))


def test_numbers_stay_as_written_and_objects_are_flattened() -> None:
    data = b"""[
      {"id": 12345678901234567890, "score": 9.0, "person": {"email": "a@b.co", "n": {"x": 1e3}}},
      {"id": "b", "score": NaN, "tags": ["a", 1.50, {"k": null}], "ok": true, "person": null}
    ]"""
    raw = read_table(data, "a.json")
    assert raw.header == ("id", "score", "person.email", "person.n.x", "tags", "ok", "person")
    assert rows_of(raw) == [
        ("12345678901234567890", "9.0", "a@b.co", "1e3", None, None, None),
        ("b", "NaN", None, None, '["a", 1.50, {"k": null}]', "TRUE", None),
    ]
    assert raw.lines.tolist() == [1, 2]


@pytest.mark.parametrize(
    "data",
    [
        b'{"results": [{"id": "a", "score": 9}], "total": 1}',
        b'{"total": 1, "meta": {"t": [{"id": "wrong"}]}, "responses": [{"id": "a", "score": 9}]}',
        b'{"data": {"responses": [{"id": "a", "score": 9}]}}',
        b'{"answers_of_2025": [{"id": "a", "score": 9}]}',
        b'{"id": "a", "score": 9}',
        b'\xef\xbb\xbf [{"id": "a", "score": 9}, {}, null]',
        '[{"id": "a", "score": 9}]'.encode("utf-16"),
    ],
)
def test_where_the_list_may_stand(data: bytes) -> None:
    raw = read_table(data, "a.json")
    assert rows_of(raw) == [("a", "9")]


def test_json_lines_keep_their_physical_lines() -> None:
    data = b'{"id":"a","score":9}\n\nnot json\n{"id":"b","score":8,"late":"x"}\r\n[1]\n{"id":"c"'
    raw = read_table(data, "a.jsonl")
    assert raw.container == "jsonl"
    assert rows_of(raw) == [("a", "9", None), ("b", "8", "x")]
    assert raw.lines.tolist() == [1, 4]
    assert [(r.line, r.reason) for r in raw.rejected] == [
        (3, "not_a_response"),
        (5, "not_a_response"),
        (6, "not_a_response"),
    ]
    assert raw.ignored_blank == 1


def test_a_key_that_stands_twice_keeps_both_values() -> None:
    raw = read_table(b'[{"score": 9, "score": 2}]', "a.json")
    assert raw.header == ("score", "score (2)")
    assert rows_of(raw) == [("9", "2")]
    assert raw.duplicate_headers == ("score",)


def test_columns_that_appear_late_are_absent_before() -> None:
    data = b"[" + b'{"id":"a"},' * 6000 + b'{"id":"b","score":1}]'
    raw = read_table(data, "a.json")
    scores = raw.column("score")
    assert scores.null_count == 6000
    assert scores[6000].as_py() == "1"


@pytest.mark.parametrize(
    "data",
    [
        b'[{"id": "a"}, {"id": ',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'[{"a":' + b"[" * 5000 + b"]" * 5000 + b"}]",
        b"[1, 2, 3",
        b"[]",
        b"{}",
        b'{"id": ["a", "b"], "score": [1, 2]}',
        b"[{}]",
        b'[{"x": "\xff"}',
        b"[" + b"{}," * 9_000_000 + b"{}]",
        b'[{"a' + b'":1,"b'.join(str(i).encode() for i in range(300)) + b'":1}]',
    ],
)
def test_json_that_is_no_list_of_responses_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        read_table(data, "a.json")


def test_json_named_csv_is_refused_by_name() -> None:
    with pytest.raises(FileRefused, match="This is JSON"):
        read_table(b'[{"id": "a", "score": 9}]', "a.csv")


def parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def test_parquet_types_become_text() -> None:
    utc = pa.timestamp("us", "Europe/Paris")
    table = pa.table(
        {
            "id": pa.array([2**62, 1]),
            "score": pa.array([9.0, None]),
            "at": pa.array([dt.datetime(2025, 3, 1, 10), dt.datetime(2025, 3, 1, 10, 0, 0, 5000)]),
            "zoned": pa.array([dt.datetime(2025, 3, 1, 10, tzinfo=dt.UTC), None], utc),
            "day": pa.array([dt.date(2025, 3, 1), None]),
            "flag": pa.array([True, False]),
            "money": pa.array([decimal.Decimal("9.50"), decimal.Decimal("7.00")]),
            "plan": pa.array(["pro", None]).dictionary_encode(),
        }
    )
    raw = read_table(parquet(table), "a.parquet")
    first, second = rows_of(raw)
    assert first == (
        "4611686018427387904",
        "9",
        "2025-03-01T10:00:00",
        "2025-03-01T10:00:00Z",
        "2025-03-01",
        "TRUE",
        "9.50",
        "pro",
    )
    assert second == ("1", None, "2025-03-01T10:00:00.005000", None, None, "FALSE", "7", None)
    assert raw.lines.tolist() == [1, 2]


def test_parquet_beyond_the_limits_is_refused() -> None:
    rows = pa.table({"score": pa.array([9] * 1_000_001, pa.int8())})
    with pytest.raises(FileRefused, match="1,000,000 rows"):
        read_table(parquet(rows), "a.parquet")
    wide = pa.table({f"c{i}": ["x"] for i in range(201)})
    with pytest.raises(FileRefused, match="201 columns"):
        read_table(parquet(wide), "a.parquet")
    bomb = pa.table({"comment": pa.DictionaryArray.from_arrays([0] * 100_000, ["x" * 50_000])})
    with pytest.raises(FileRefused, match="unpack"):
        read_table(parquet(bomb), "a.parquet")
    with pytest.raises(FileRefused, match="damaged"):
        read_table(parquet(rows)[:-20], "a.parquet")


def test_parquet_rows_beyond_one_cell_limit_are_rejected() -> None:
    table = pa.table({"id": ["a", "b", None], "comment": ["x" * 100_001, "ok", None]})
    raw = read_table(parquet(table), "a.parquet")
    assert raw.column("id").to_pylist() == ["b"]
    assert [(r.line, r.column, r.reason) for r in raw.rejected] == [
        (1, "comment", "field_too_long")
    ]
    assert raw.ignored_blank == 1
