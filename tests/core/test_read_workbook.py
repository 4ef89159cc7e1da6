"""Workbooks: what a cell says, which sheet counts, and what must never reach the parser."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from nps_core.errors import FileRefused
from nps_core.intake.read import read_table


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(rows: list[list[object]], title: str = "Responses") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def with_part(data: bytes, name: str, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, change(text) if part == name else text)
    return out.getvalue()


ROWS: list[list[object]] = [["id", "score", "comment"], ["a", 9, "fine"], ["b", 3, "bad"]]
SHEET = "xl/worksheets/sheet1.xml"


def test_cells_become_the_text_a_person_sees() -> None:
    book = workbook(
        [
            ["id", "score", "at", "share", "flag", "sum", "error"],
            [1.23456789012345e17, 9.0, dt.datetime(2025, 3, 1, 10, 30), 7.5, True, "=1+1", "#N/A"],
            [1e17, 10, dt.date(2025, 3, 2), 0.1, False, "=B2", "#DIV/0!"],
        ]
    )
    book.active["C3"].number_format = "yyyy-mm-dd"
    raw = read_table(saved(book), "a.xlsx")
    rows = list(zip(*(column.to_pylist() for column in raw.table.columns), strict=True))
    assert rows == [
        ("123456789012345000", "9", "2025-03-01T10:30:00", "7.5", "TRUE", "#FORMULA", "#N/A"),
        ("100000000000000000", "10", "2025-03-02", "0.1", "FALSE", "#FORMULA", "#DIV/0!"),
    ]
    assert raw.container == "xlsx"


def test_long_ids_keep_every_digit_the_file_has() -> None:
    data = saved(workbook([["id", "score"], [4711, 9], [4712, 8]]))
    data = with_part(data, SHEET, lambda xml: xml.replace(b">4711<", b">123456789012345678<"))
    raw = read_table(data, "a.xlsx")
    assert raw.column("id").to_pylist() == ["123456789012345678", "4712"]


def test_lines_are_sheet_rows_and_blank_rows_are_counted() -> None:
    book = workbook([["NPS 2025"], [], *ROWS[:2], [], ROWS[2]])
    raw = read_table(saved(book), "a.xlsx")
    assert raw.header == ("id", "score", "comment")
    assert raw.lines.tolist() == [4, 6]
    assert raw.ignored_blank == 1


def test_a_table_that_starts_in_the_middle_of_the_sheet() -> None:
    book = openpyxl.Workbook()
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            book.active.cell(4 + r, 3 + c, value)
    book.active["D7"] = "=1/0"
    book.active["C7"] = "c"
    raw = read_table(saved(book), "a.xlsx")
    assert raw.column("score").to_pylist() == ["9", "3", "#FORMULA"]
    assert raw.lines.tolist() == [5, 6, 7]


def test_hidden_sheets_are_named_and_left_out() -> None:
    book = workbook(ROWS)
    old = book.create_sheet("Old")
    for row in [*ROWS, ["c", 1, "secret"]]:
        old.append(row)
    old.sheet_state = "hidden"
    raw = read_table(saved(book), "a.xlsx")
    assert raw.column("id").to_pylist() == ["a", "b"]
    assert "“Old”" in raw.remarks[0]


def test_the_sheet_with_the_scores_is_read_and_the_others_named() -> None:
    book = workbook([["Survey", "Owner"], ["Q1", "Jo"], *[["x", "y"]] * 20], "About")
    answers = book.create_sheet("Answers")
    for row in ROWS:
        answers.append(row)
    raw = read_table(saved(book), "a.xlsx")
    assert raw.column("score").to_pylist() == ["9", "3"]
    assert "“About”" in raw.remarks[0]


def test_sheets_with_the_same_columns_are_read_together() -> None:
    book = workbook(ROWS, "2024")
    second = book.create_sheet("2025")
    second.append(ROWS[0])
    second.append(["c", 10, "great"])
    raw = read_table(saved(book), "a.xlsx")
    assert raw.column("id").to_pylist() == ["a", "b", "c"]
    assert "one after the other" in raw.remarks[0]


def test_a_workbook_under_another_name_is_still_one() -> None:
    assert read_table(saved(workbook(ROWS)), "a.csv").container == "xlsx"


@pytest.mark.parametrize("far", ["XFD1048576", "ZZ3", "C1048576"])
def test_a_far_cell_is_refused_before_it_is_laid_out(far: str) -> None:
    book = workbook(ROWS)
    book.active[far] = "stray"
    with pytest.raises(FileRefused, match="far outside"):
        read_table(saved(book), "a.xlsx")


def test_an_error_cell_among_thousands_of_plain_ones_is_found() -> None:
    book = workbook([["id", "score"], *[[f"r{i}", i % 11] for i in range(30_000)]])
    book.active["B20000"] = "#REF!"
    book.active["B30001"] = "=1+1"
    scores = read_table(saved(book), "a.xlsx").column("score").to_pylist()
    assert len(scores) == 30_000
    assert (scores[19_998], scores[29_999]) == ("#REF!", "#FORMULA")
    assert scores.count("0") == 2728 - (19_998 % 11 == 0) - (29_999 % 11 == 0)


def test_a_far_cell_in_odd_spelling_is_refused_too() -> None:
    data = saved(workbook(ROWS))
    for cell in (
        b"<c r='XFD1048576' ><v>1</v></c>",
        b'<c s="0" note=">" r="XFD1048576"><v>1</v></c>',
        b'<c\n r = "XFD1048576"\n><v>1</v></c >',
        b'<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'r="XFD1048576"><x:v>1</x:v></x:c>',
    ):
        bad = with_part(data, SHEET, lambda xml, c=cell: xml.replace(b"</row>", c + b"</row>", 1))
        with pytest.raises(FileRefused):
            read_table(bad, "a.xlsx")


def test_empty_formatted_cells_far_away_do_no_harm() -> None:
    data = saved(workbook(ROWS))
    bad = with_part(
        data, SHEET, lambda xml: xml.replace(b"</row>", b'<c r="XFD1" s="0"/></row>', 1)
    )
    assert read_table(bad, "a.xlsx").column("id").to_pylist() == ["a", "b"]


def test_too_many_columns() -> None:
    book = workbook([[f"c{i}" for i in range(201)], list(range(201)), list(range(201))])
    with pytest.raises(FileRefused, match="201 columns"):
        read_table(saved(book), "a.xlsx")


def test_zip_tricks_are_refused() -> None:
    data = saved(workbook(ROWS))
    bomb = with_part(data, SHEET, lambda xml: xml + b" " * 40_000_000)
    with pytest.raises(FileRefused, match="unpack to"):
        read_table(bomb, "a.xlsx")
    dtd = with_part(data, "docProps/app.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml)
    with pytest.raises(FileRefused, match="document types"):
        read_table(dtd, "a.xlsx")
    wide = with_part(data, SHEET, lambda xml: xml.decode().encode("utf-16"))
    with pytest.raises(FileRefused, match="UTF-8"):
        read_table(wide, "a.xlsx")
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        for i in range(1001):
            archive.writestr(f"x{i}", b"")
    with pytest.raises(FileRefused, match="parts"):
        read_table(out.getvalue(), "a.xlsx")


def test_a_zip_of_csv_files_says_to_unpack_it() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "id,score\n")
    with pytest.raises(FileRefused, match="Unpack"):
        read_table(out.getvalue(), "a.xlsx")


def test_a_header_alone_and_an_empty_book_are_refused() -> None:
    with pytest.raises(FileRefused, match="no data rows"):
        read_table(saved(workbook(ROWS[:1])), "a.xlsx")
    with pytest.raises(FileRefused, match="no visible sheet"):
        read_table(saved(openpyxl.Workbook()), "a.xlsx")


def test_password_is_named() -> None:
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    with pytest.raises(FileRefused, match="password"):
        read_table(data, "a.xlsx")
