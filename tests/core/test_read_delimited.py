"""Delimited text: what a row is, where it stands, and that no row is lost without a word."""

import pytest

from nps_core.errors import FileRefused
from nps_core.intake.read import read_table

ROWS = "id,score,comment\r\na,9,fine\r\nb,3,bad\r\n"


def cells(raw, name):
    return raw.column(name).to_pylist()


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "^", "~", "\x1f", "¦"])
def test_any_delimiter(mark: str) -> None:
    raw = read_table(ROWS.replace(",", mark).encode(), "a.csv")
    assert raw.header == ("id", "score", "comment")
    assert cells(raw, "score") == ["9", "3"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(end: str) -> None:
    raw = read_table(ROWS.replace("\r\n", end).encode(), "a.csv")
    assert cells(raw, "comment") == ["fine", "bad"]
    assert raw.lines.tolist() == [2, 3]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252"],
)
def test_any_encoding(encoding: str) -> None:
    text = ROWS.replace("fine", '"déjà vu, größer"')
    raw = read_table(text.encode(encoding), "a.csv")
    assert raw.header[0] == "id"
    assert cells(raw, "comment") == ["déjà vu, größer", "bad"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Źle się czuję, łatwość obsługi jest świetna"),
        ("cp1251", "Очень хорошо, спасибо большое за работу"),
        ("koi8_r", "Очень хорошо, спасибо большое за работу"),
        ("cp1253", "Πολύ καλό προϊόν, ευχαριστώ"),
        ("cp1254", "Çok güzel, teşekkür ederim, ığdır şimdi"),
        ("mac_roman", "Très bien, déçu à côté, même prix, l’été"),
        ("cp932", "とても良い製品です。ありがとうございます"),
        ("gb18030", "这个产品很好,我很喜欢,他们的服务也不错"),
        ("cp949", "정말 좋은 제품입니다 감사합니다"),
        ("big5", "這個產品很好,我的朋友也喜歡他們的服務"),
    ],
)
def test_older_code_pages_are_decided_for_the_whole_file(encoding: str, text: str) -> None:
    data = f'id;score;comment\na;9;"{text}"\nb;8;ok\n'.encode(encoding)
    raw = read_table(data, "a.csv")
    assert cells(raw, "comment") == [text, "ok"]
    assert any("not UTF-8" in remark for remark in raw.remarks)


def test_one_invalid_byte_in_utf8_costs_one_row() -> None:
    data = "id,score,comment\na,9,déçu\nb,8,".encode() + b"bro\xffken\nc,7,\xc3\xa9t\xc3\xa9\n"
    raw = read_table(data, "a.csv")
    assert cells(raw, "comment") == ["déçu", "été"]
    assert [(r.line, r.column, r.value, r.reason) for r in raw.rejected] == [
        (3, "comment", r"bro\xffken", "bad_encoding")
    ]


def test_lone_surrogate_in_utf16_costs_one_row() -> None:
    data = "\ufeffid,score\na,9\n".encode("utf-16-le") + b"b\x00\x00\xd8,\x008\x00\n\x00"
    raw = read_table(data, "a.csv")
    assert cells(raw, "id") == ["a"]
    assert [r.reason for r in raw.rejected] == ["bad_encoding"]


def test_text_damaged_before_is_kept_and_mentioned() -> None:
    raw = read_table("id,score,comment\na,9,dÃ©Ã§u\n".encode(), "a.csv")
    assert cells(raw, "comment") == ["dÃ©Ã§u"]
    assert "damaged before" in raw.remarks[0]


def test_line_numbers_are_physical_lines_after_comments_of_several_lines() -> None:
    text = 'id,comment,score\na,"one\ntwo\r\nthree",9\n\nb,"x, y\n",8\nc,short\nd,ok,7\n'
    raw = read_table(text.encode(), "a.csv")
    assert raw.lines.tolist() == [2, 6, 9]
    assert cells(raw, "comment") == ["one\ntwo\r\nthree", "x, y\n", "ok"]
    assert [(r.line, r.reason, r.value) for r in raw.rejected] == [
        (8, "wrong_field_count", "c,short")
    ]
    assert raw.ignored_blank == 1
    assert raw.rows_in == 5


def test_a_pasted_table_inside_quotes_stays_one_comment() -> None:
    text = 'id,comment,score\na,"see:\n1,2,3\n4,5,6\n",9\nb,ok,8\n'
    raw = read_table(text.encode(), "a.csv")
    assert cells(raw, "comment") == ["see:\n1,2,3\n4,5,6\n", "ok"]
    assert not raw.rejected


def test_quote_never_closed_rejects_the_rest_line_by_line() -> None:
    raw = read_table(b'id,comment,score\na,ok,9\nb,"open,8\nc,ok,7\n', "a.csv")
    assert cells(raw, "id") == ["a"]
    assert [(r.line, r.reason) for r in raw.rejected] == [
        (3, "unterminated_quote"),
        (4, "unterminated_quote"),
    ]


def test_open_quote_that_swallows_megabytes_is_refused_with_its_line() -> None:
    data = b'id,comment,score\na,ok,9\nb,"open,8\n' + b"c,some words here,7\n" * 80_000
    with pytest.raises(FileRefused, match="line 3 is not closed"):
        read_table(data, "a.csv")


def test_a_quote_inside_a_field_is_only_a_sign() -> None:
    raw = read_table(b'id,comment,score\na,5" screen,9\nb,"he said ""no""",8\n', "a.csv")
    assert cells(raw, "comment") == ['5" screen', 'he said "no"']


def test_excel_names_its_delimiter_in_the_first_line() -> None:
    raw = read_table(b"sep=;\r\nid;score\r\na,b;9\r\n", "a.csv")
    assert raw.header == ("id", "score")
    assert cells(raw, "id") == ["a,b"]
    assert raw.lines.tolist() == [3]


def test_decimal_commas_and_commas_in_quotes_do_not_make_the_delimiter() -> None:
    text = 'id;price;comment\na;9,5;"x, y, z"\nb;8,0;"a, b, c"\nc;7,0;"a, b"\n'
    raw = read_table(text.encode(), "a.csv")
    assert raw.header == ("id", "price", "comment")
    assert cells(raw, "price") == ["9,5", "8,0", "7,0"]


def test_second_delimiter_further_down_rejects_those_rows_only() -> None:
    data = b"id,score,c\na,9,x\nb,8,y\n" + b"d;7;z\n" * 30
    raw = read_table(data, "a.csv")
    assert cells(raw, "id") == ["a", "b"]
    assert {r.reason for r in raw.rejected} == {"wrong_field_count"}
    assert raw.rows_in == 32


def test_one_column_needs_no_delimiter() -> None:
    raw = read_table(b"score\n9\n10\n0\n", "a.csv")
    assert raw.header == ("score",)
    assert cells(raw, "score") == ["9", "10", "0"]


def test_trailing_delimiters_make_no_column() -> None:
    raw = read_table(b"id,score,,\na,9,,\nb,8,,\n", "a.csv")
    assert raw.header == ("id", "score")
    raw = read_table(b"id,score\na,9,\nb,8,\n", "a.csv")
    assert cells(raw, "score") == ["9", "8"]
    assert not raw.rejected


def test_nul_and_too_long_fields_cost_their_row_only() -> None:
    text = f"id,score,comment\na,9,x\0y\nb,8,{'z' * 100_001}\nc,7,{'é' * 100_000}\n"
    raw = read_table(text.encode(), "a.csv")
    assert cells(raw, "id") == ["c"]
    assert [(r.line, r.column, r.reason, len(r.value)) for r in raw.rejected] == [
        (2, "comment", "nul_byte", 3),
        (3, "comment", "field_too_long", 80),
    ]


def test_repeated_names_are_made_unique_and_told() -> None:
    raw = read_table(b"id,score,score,score (2)\na,9,2,x\n", "a.csv")
    assert raw.header == ("id", "score", "score (3)", "score (2)")
    assert raw.duplicate_headers == ("score",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"id,score\n", "no data rows"),
        (b"id,score\n\n\n", "no data rows"),
        (",".join(f"c{i}" for i in range(201)).encode() + b"\n" + b"," * 200 + b"\n", "columns"),
        (b"," * 3_000_000, "columns"),
        (b"x" * (50 * 1024 * 1024 + 1), "larger than 50 MB"),
        (b"id,score\n" + b"a,9\n" * 1_000_001, "more than 1,000,000 rows"),
        (b"id,score\n" + b"a,9\n" * 400 + b"a,9,1,1\n" * 200_001, "cannot be read"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "web page"),
        (bytes(range(256)) * 50, "not a text file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refusals_say_what_is_wrong(data: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words) as refused:
        read_table(data, "a.csv")
    assert refused.value.remedy


@pytest.mark.parametrize("name", ["a.csv.exe", "a.html", "a.xls", "a.csv.gz", "x.csv\u202egpj.exe"])
def test_names_that_are_no_data_file_are_refused(name: str) -> None:
    with pytest.raises(FileRefused):
        read_table(ROWS.encode(), name)


@pytest.mark.parametrize(
    "name", ["A.CSV", "export", "../../x.tsv", "C:\\x\\y.txt", ".csv", "a.xlsx"]
)
def test_the_bytes_count_more_than_the_name(name: str) -> None:
    assert cells(read_table(ROWS.encode(), name), "id") == ["a", "b"]


def test_progress_grows_to_at_most_one() -> None:
    seen: list[float] = []
    read_table(b"id,score\n" + b"abc,9\n" * 20_000, "a.csv", seen.append)
    assert seen
    assert seen == sorted(seen)
    assert 0 < seen[0] <= seen[-1] <= 1
