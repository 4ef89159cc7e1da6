"""Whatever the bytes are, the reader ends quickly, in a table that adds up or in FileRefused."""

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nps_core.errors import FileRefused
from nps_core.intake.read import read_table

FOLDER = Path(__file__).parent.parent / "data" / "bad_files"
NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.json", "a.jsonl", "a.parquet", "a.txt", "a"])


def read_or_refuse(data: bytes, name: str) -> None:
    try:
        raw = read_table(data, name)
    except FileRefused:
        return
    assert raw.table.num_columns == len(raw.header) == len(set(raw.header)) == len(raw.questions)
    assert raw.table.num_rows == len(raw.lines)
    for rejection in raw.rejected:
        assert len(rejection.value) <= 4 * 80
        rejection.value.encode()


@pytest.mark.parametrize(
    "name",
    [
        "000_clean.csv",
        "107_unbalanced_quote.csv",
        "203_utf16le_nobom.csv",
        "909_json_as.csv",
        "800_clean.xlsx",
        "915_nested.parquet",
    ],
)
def test_a_file_cut_off_anywhere(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    ending = "x.json" if "json" in name else name
    started = time.process_time()
    for end in range(0, len(data), 3):
        read_or_refuse(data[:end], ending)
    assert time.process_time() - started < 30


@given(st.binary(max_size=400), NAMES)
@settings(max_examples=200, deadline=None)
def test_any_bytes(data: bytes, name: str) -> None:
    read_or_refuse(data, name)


@given(st.text(max_size=300), NAMES, st.sampled_from(["utf-8", "utf-16", "utf-32", "utf-16-be"]))
@settings(max_examples=200, deadline=None)
def test_any_text(text: str, name: str, encoding: str) -> None:
    read_or_refuse(text.encode(encoding, "surrogatepass"), name)


@given(st.text(alphabet="ab19\",;\t\n\r'\\ []{}:", max_size=200), NAMES)
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_signs_with_a_meaning(text: str, name: str) -> None:
    read_or_refuse(text.encode(), name)


cell = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), min_size=1, max_size=30
).filter(str.strip)


@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=20), st.sampled_from(",;\t|"))
@settings(max_examples=200, deadline=None)
def test_what_a_csv_writer_wrote_comes_back_as_it_was(rows, mark: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL)
    writer.writerow(["response id", "score", "comment", "country"])
    writer.writerows([f"r{i}", "9", a, b] for i, (a, b) in enumerate(rows))
    raw = read_table(out.getvalue().encode(), "a.csv")
    comments = raw.column("comment").to_pylist()
    countries = raw.column("country").to_pylist()
    assert list(zip(comments, countries, strict=True)) == rows
