"""What kind of file the bytes are, decided before any parser touches them."""

import re
from typing import Final, Literal

from nps_core.errors import FileRefused
from nps_core.intake import limits

Kind = Literal["delimited", "workbook", "document", "parquet"]

_TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt")
_DOCUMENT_ENDINGS: Final = (".json", ".jsonl", ".ndjson")
ENDINGS: Final = (*_TEXT_ENDINGS, ".xlsx", ".xlsm", *_DOCUMENT_ENDINGS, ".parquet")

_AS_CSV: Final = "Export the survey as CSV or XLSX and upload that file."
_UNPACK: Final = "Unpack it and upload the file inside."
_MAGIC: Final = (
    (0, b"%PDF", "This is a PDF, not a table.", _AS_CSV),
    (0, b"\x1f\x8b", "This is a compressed (gzip) file.", _UNPACK),
    (0, b"BZh", "This is a compressed (bzip2) file.", _UNPACK),
    (0, b"\xfd7zXZ\0", "This is a compressed (xz) file.", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "This is a compressed (zstd) file.", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "This is a 7-Zip archive.", _UNPACK),
    (0, b"Rar!\x1a\x07", "This is a RAR archive.", _UNPACK),
    (8, b"DUCK", "This is a DuckDB database, not a text file.", _AS_CSV),
    (0, b"SQLite format 3\0", "This is an SQLite database, not a text file.", _AS_CSV),
    (0, b"$FL2", "This is an SPSS file.", _AS_CSV),
    (0, b"{\\rtf", "This is a rich text document.", _AS_CSV),
    (0, b"\x89PNG", "This is a picture.", _AS_CSV),
    (0, b"\xff\xd8\xff", "This is a picture.", _AS_CSV),
    (0, b"GIF8", "This is a picture.", _AS_CSV),
    (0, b"MZ\x90", "This is a program.", _AS_CSV),
    (0, b"\x7fELF", "This is a program.", _AS_CSV),
)
_JSON: Final = re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*([{\]]|$)|\{\s*("([^"\\]|\\.)*"\s*:|\}|$))')
_MARKUP: Final = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|table|head|body)\b", re.I)


def kind_of(data: bytes, filename: str) -> Kind:
    """What the bytes are; the ending of the name only has to be one of a data file.

    The name is looked at, never used. Raises `FileRefused` for everything that is no table.

    >>> kind_of(b"id,score\\na,9\\n", "answers.csv")
    'delimited'
    """
    ending = _ending(filename)
    if len(data) > limits.MAX_FILE_BYTES:
        raise FileRefused(
            f"The file is larger than {limits.MAX_FILE_BYTES // 1024**2} MB.",
            remedy="Split the export, by year for example, and upload the parts.",
        )
    if not data.strip(b"\0 \t\r\n"):
        raise FileRefused("The file is empty.", remedy="Export it again and upload that.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_office(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "workbook"
    if data.startswith(b"PAR1"):
        return "parquet"
    for at, magic, what, remedy in _MAGIC:
        if data.startswith(magic, at):
            raise FileRefused(what, remedy=remedy)
    if _MARKUP.match(data[:1024]):
        raise FileRefused("This is a web page or an XML document, not a table.", remedy=_AS_CSV)
    if _JSON.match(data[:4096]):
        if ending in _TEXT_ENDINGS:
            raise FileRefused(
                "This is JSON, though its name says CSV or text.",
                remedy="Rename it to end in .json and upload it again.",
            )
        return "document"
    if ending in _DOCUMENT_ENDINGS:
        # Other encodings of JSON show only once they are decoded.
        return "document"
    if ending == ".parquet":
        raise FileRefused("This is not a Parquet file, though its name says so.", remedy=_AS_CSV)
    return "delimited"


def _ending(filename: str) -> str:
    """The ending of a name in small letters; raises `FileRefused` for one of no data file."""
    name = re.split(r"[/\\]", filename.strip())[-1]
    stem, dot, last = name.rpartition(".")
    ending = f".{last.lower()}" if dot and stem else ""
    if ending == ".xls":
        raise FileRefused(
            "Files ending in .xls are not read.",
            remedy="Open it in a spreadsheet program and save it as .xlsx or CSV.",
        )
    if ending and ending not in ENDINGS:
        allowed = ", ".join(ENDINGS)
        raise FileRefused(
            "The name of the file does not end like a data file.",
            f"Only {allowed} can be uploaded.",
            "Export the survey in one of these formats.",
        )
    return ending


def _old_office(data: bytes) -> FileRefused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return FileRefused(
            "The workbook is protected by a password.",
            remedy="Save it without the password, or as CSV, and upload that.",
        )
    return FileRefused(
        "This is a file in the old Excel format (.xls).",
        remedy="Open it in a spreadsheet program and save it as .xlsx or CSV.",
    )
