"""A table of product changes as text: its encoding, its delimiter, its header, its rows."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from nps_core.errors import FileRefused
from nps_core.intake.changes_columns import DATE, ROLES, TAG, TITLE, Records, header_roles
from nps_core.intake.raw import SHOWN_CHARS, Rejection
from nps_core.intake.text import number_text
from nps_core.language import mark, tr

MOST_BYTES: Final = 10_000_000

_NOT_TEXT: Final = {
    b"PK\x03\x04": mark("{file} is an Excel workbook or a zip archive, not a CSV or JSON file."),
    b"\xd0\xcf\x11\xe0": mark("{file} is an old Excel workbook, not a CSV or JSON file."),
    b"%PDF": mark("{file} is a PDF, not a CSV or JSON file."),
    b"\x1f\x8b": mark("{file} is a gzip archive, not a CSV or JSON file."),
    b"PAR1": mark("{file} is a Parquet file, not a CSV or JSON file."),
}
_ENCODINGS: Final = ("utf-8-sig", "cp1252")
_DELIMITERS: Final = ",;\t|"
_AS_CSV: Final = mark("Save the list of changes as CSV and upload that.")
_MISSING: Final = {
    (DATE,): mark("No column holds the date of a change."),
    (TITLE,): mark("No column holds the title of a change."),
    (DATE, TITLE): mark("No column holds the date and the title of a change."),
}


def text_of(data: bytes, filename: str) -> str:
    r"""The text of a small file: UTF-8, UTF-16 with its mark, else Windows-1252.

    `filename` is only named in messages. Raises `FileRefused` when the file is larger than 10 MB,
    empty, or of a kind that is not text.

    >>> text_of("date,titre\n".encode("utf-16"), "changes.csv")
    'date,titre\n'
    """
    if len(data) > MOST_BYTES:
        raise FileRefused(
            tr("The file is larger than {size} MB.", size=MOST_BYTES // 1_000_000),
            remedy=tr("A list of product changes is short: check that this is the right file."),
        )
    for magic, what in _NOT_TEXT.items():
        if data.startswith(magic):
            raise FileRefused(tr(what, file=filename), remedy=tr(_AS_CSV))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        text = _decoded(data)
    if not text.strip():
        raise FileRefused(
            tr("{file} is empty.", file=filename), remedy=tr("Export the list of changes again.")
        )
    if "\0" in text:
        raise FileRefused(
            tr("{file} holds bytes that are not text.", file=filename), remedy=tr(_AS_CSV)
        )
    return text


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_table(text: str, rejected: list[Rejection], warnings: list[str]) -> Records:
    r"""(physical line, {role: text}) of each row under the header; blank rows are passed over.

    A row with more cells than the header goes to `rejected`: its texts have moved under the wrong
    names. Columns without a role are named in `warnings`. Raises `FileRefused` without a column
    for the date and the title, or when quotation marks do not pair.

    >>> read_table("date;titre\n2026-08-12;Billing v2\n", [], [])
    [(2, {'date': '2026-08-12', 'title': 'Billing v2'})]
    """
    skipped = 0
    if text[:4].casefold() == "sep=":
        text = text.partition("\n")[2]
        skipped = 1
    header_line = text.splitlines()[0] if text.strip() else ""
    delimiter = max(_DELIMITERS, key=lambda d: len(set(header_roles(header_line.split(d)))))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    records: Records = []
    line = 1 + skipped
    try:
        for cells in reader:
            if not header and any(cell.strip() for cell in cells):
                header = cells
                roles = _roles_or_refusal(header, warnings)
            elif any(cell.strip() for cell in cells):
                if any(cell.strip() for cell in cells[len(header) :]):
                    value = delimiter.join(cells)[:SHOWN_CHARS]
                    reason = tr(
                        "more cells than columns: quote a text that holds {delimiter}",
                        delimiter=repr(delimiter),
                    )
                    rejected.append(Rejection(line, "", value, reason))
                else:
                    named = zip(roles, cells, strict=False)
                    records.append((line, {role: cell.strip() for role, cell in named if role}))
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        if "limit" in str(error):
            raise FileRefused(
                tr(
                    "A cell is longer than {n} characters.",
                    n=number_text(csv.field_size_limit()),
                ),
                where=tr("It is in the row that begins on line {line}.", line=line),
                remedy=tr("Shorten it, or close the quotation mark it begins with."),
            ) from error
        raise FileRefused(
            tr("A quotation mark is opened and not closed, or stands inside a quoted text."),
            where=tr("It is in the row that begins on line {line}.", line=line),
            remedy=tr('Write a quotation mark inside a quoted text twice: "".'),
        ) from error
    return records


def _roles_or_refusal(header: Sequence[str], warnings: list[str]) -> list[str]:
    roles = header_roles(header)
    titled = TITLE in roles or TAG in roles
    needed = ((DATE, DATE in roles), (TITLE, titled))
    if missing := tuple(name for name, found in needed if not found):
        names = ", ".join(name.strip()[:SHOWN_CHARS] for name in header)
        raise FileRefused(
            tr(_MISSING[missing]),
            where=tr("The header is: {names}.", names=names),
            remedy=tr(
                "Name the columns {names}; the first two are needed.", names=", ".join(ROLES)
            ),
            header=tuple(header),
        )
    ignored = [name.strip() for name, role in zip(header, roles, strict=True) if not role]
    if any(ignored):
        names = ", ".join(name for name in ignored if name)
        warnings.append(tr("Columns not used: {names}.", names=names))
    return roles
