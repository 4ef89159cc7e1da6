"""What kind of file the bytes are, decided before any parser touches them."""

import re
from typing import Final, Literal

from nps_core.errors import FileRefused
from nps_core.intake import limits
from nps_core.language import mark, tr

Kind = Literal["delimited", "workbook", "document", "parquet"]

_TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt")
_DOCUMENT_ENDINGS: Final = (".json", ".jsonl", ".ndjson")
ENDINGS: Final = (*_TEXT_ENDINGS, ".xlsx", ".xlsm", *_DOCUMENT_ENDINGS, ".parquet")

_AS_CSV: Final = mark("Export the survey as CSV or XLSX and upload that file.")
_UNPACK: Final = mark("Unpack it and upload the file inside.")
_MAGIC: Final = (
    (0, b"%PDF", mark("This is a PDF, not a table."), _AS_CSV),
    (0, b"\x1f\x8b", mark("This is a compressed (gzip) file."), _UNPACK),
    (0, b"BZh", mark("This is a compressed (bzip2) file."), _UNPACK),
    (0, b"\xfd7zXZ\0", mark("This is a compressed (xz) file."), _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", mark("This is a compressed (zstd) file."), _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", mark("This is a 7-Zip archive."), _UNPACK),
    (0, b"Rar!\x1a\x07", mark("This is a RAR archive."), _UNPACK),
    (8, b"DUCK", mark("This is a DuckDB database, not a text file."), _AS_CSV),
    (0, b"SQLite format 3\0", mark("This is an SQLite database, not a text file."), _AS_CSV),
    (0, b"$FL2", mark("This is an SPSS file."), _AS_CSV),
    (0, b"{\\rtf", mark("This is a rich text document."), _AS_CSV),
    (0, b"\x89PNG", mark("This is a picture."), _AS_CSV),
    (0, b"\xff\xd8\xff", mark("This is a picture."), _AS_CSV),
    (0, b"GIF8", mark("This is a picture."), _AS_CSV),
    (0, b"MZ\x90", mark("This is a program."), _AS_CSV),
    (0, b"\x7fELF", mark("This is a program."), _AS_CSV),
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
            tr("The file is larger than {size} MB.", size=limits.MAX_FILE_BYTES // 1024**2),
            remedy=tr("Split the export, by year for example, and upload the parts."),
        )
    if not data.strip(b"\0 \t\r\n"):
        raise FileRefused(tr("The file is empty."), remedy=tr("Export it again and upload that."))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_office(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "workbook"
    if data.startswith(b"PAR1"):
        return "parquet"
    for at, magic, what, remedy in _MAGIC:
        if data.startswith(magic, at):
            raise FileRefused(tr(what), remedy=tr(remedy))
    if _MARKUP.match(data[:1024]):
        raise FileRefused(
            tr("This is a web page or an XML document, not a table."), remedy=tr(_AS_CSV)
        )
    if _JSON.match(data[:4096]):
        if ending in _TEXT_ENDINGS:
            raise FileRefused(
                tr("This is JSON, though its name says CSV or text."),
                remedy=tr("Rename it to end in .json and upload it again."),
            )
        return "document"
    if ending in _DOCUMENT_ENDINGS:
        # Other encodings of JSON show only once they are decoded.
        return "document"
    if ending == ".parquet":
        raise FileRefused(
            tr("This is not a Parquet file, though its name says so."), remedy=tr(_AS_CSV)
        )
    return "delimited"


def _ending(filename: str) -> str:
    """The ending of a name in small letters; raises `FileRefused` for one of no data file."""
    name = re.split(r"[/\\]", filename.strip())[-1]
    stem, dot, last = name.rpartition(".")
    ending = f".{last.lower()}" if dot and stem else ""
    if ending == ".xls":
        raise FileRefused(
            tr("Files ending in .xls are not read."),
            remedy=tr("Open it in a spreadsheet program and save it as .xlsx or CSV."),
        )
    if ending and ending not in ENDINGS:
        raise FileRefused(
            tr("The name of the file does not end like a data file."),
            tr("Only {allowed} can be uploaded.", allowed=", ".join(ENDINGS)),
            tr("Export the survey in one of these formats."),
        )
    return ending


def _old_office(data: bytes) -> FileRefused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return FileRefused(
            tr("The workbook is protected by a password."),
            remedy=tr("Save it without the password, or as CSV, and upload that."),
        )
    return FileRefused(
        tr("This is a file in the old Excel format (.xls)."),
        remedy=tr("Open it in a spreadsheet program and save it as .xlsx or CSV."),
    )
