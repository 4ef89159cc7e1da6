"""One sheet's XML, streamed: how far its cells reach, and what a parser does not tell of them."""

import re
import zipfile
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from nps_core.errors import FileRefused
from nps_core.intake import limits
from nps_core.intake.archive import damaged, pieces_of
from nps_core.intake.text import number_text, quote
from nps_core.language import tr

_ATTRIBUTE: Final = rb"""\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')"""
_TOKEN: Final = re.compile(
    rb"<(?:\w+:)?(?:row((?:" + _ATTRIBUTE + rb")*)\s*/?>"
    rb"|c((?:" + _ATTRIBUTE + rb")*)\s*(?:/>|>(.*?)</(?:\w+:)?c\s*>))",
    re.DOTALL,
)
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s/>]")
_REFERENCE: Final = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)(\d+)\s*["']""")
_TYPE: Final = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)</")
_LONG_INTEGER: Final = re.compile(rb"-?\d{16,}")
_PLAIN: Final = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="\d+")?(?: t="(?:s|str|inlineStr|n|b)")?>'
)
_PLAIN_EMPTY: Final = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d+")? ?/>')
_MANY_DIGITS: Final = re.compile(rb"<v>-?\d{16}")
_NOT_PLAIN: Final = (b"<f", b't="e"', b"<!")
_LONGEST_CELL: Final = 16 << 20
_MOST_CELLS: Final = 10_000_000
"""A parser lays the sheet out as a full rectangle of about 32 bytes a cell."""

NO_VALUE: Final = "#FORMULA"


@dataclass
class Extent:
    """How far the filled cells of a sheet reach (rows and columns from 1), and texts to restore.

    `texts` maps (row, column) to the text of an error cell, of a formula without a stored value,
    and of a whole number with more digits than a float keeps.
    """

    first_row: int = 0
    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    furthest: tuple[int, int] = (0, 0)

    def check(self, sheet: str) -> None:
        """Raise `FileRefused` when the cells would not fit into memory as a rectangle."""
        columns = self.last_column
        area = (self.last_row - self.first_row + 1) * columns
        if self.last_row > limits.MAX_ROWS + 1000 or columns > limits.MAX_COLUMNS:
            if columns > limits.MAX_COLUMNS and self.cells > 2 * self.last_row + columns / 2:
                raise limits.too_many_columns(columns)
        elif area <= _MOST_CELLS or area <= 4 * self.cells:
            return
        raise FileRefused(
            tr("The sheet has a cell far outside its table: too many rows or columns."),
            tr(
                "Sheet {sheet} reaches to cell row {row}, column {column}.",
                sheet=quote(sheet),
                row=number_text(self.furthest[0]),
                column=number_text(self.furthest[1]),
            ),
            tr("Delete that cell, or save the sheet as CSV."),
        )


def scan_sheet(archive: zipfile.ZipFile, part: str) -> Extent:
    """Walk through all cells of a sheet's XML without building anything of its size.

    Raises `FileRefused` for XML that is not a sheet's.
    """
    extent = Extent()
    row = column = tags = tokens = 0
    rest = b""
    for piece in chain(pieces_of(archive, part), (b"",)):
        text = rest + piece
        whole = text.rfind(b"<c ") if piece else 0
        if whole > 0 and (last := _scan_plain(extent, text[:whole])):
            row, column = last
            rest = text[whole:]
            continue
        end = 0
        for token in _TOKEN.finditer(text):
            end = token.end()
            attributes = token[2]
            if attributes is None:
                reference = _REFERENCE.search(token[1])
                row, column = int(reference[2]) if reference else row + 1, 0
                continue
            tokens += 1
            reference = _REFERENCE.search(attributes)
            if reference:
                row, column = int(reference[2]), _column(reference[1])
            else:
                column += 1
            if token[3]:
                _note(extent, row, column, attributes, token[3])
        open_cell = _CELL.search(text, end)
        keep = open_cell.start() if open_cell else max(end, text.rfind(b"<"))
        tags += len(_CELL.findall(text, 0, keep))
        rest = text[keep:]
        if len(rest) > _LONGEST_CELL:
            raise damaged()
    # A cell that is written in a way this scan does not know must not reach the parser.
    if tags + len(_CELL.findall(rest)) != tokens:
        raise damaged()
    return extent


def _scan_plain(extent: Extent, text: bytes) -> tuple[int, int] | None:
    """Take whole cells that are written as Excel writes them, ten times as fast; None if not so.

    Returns the place of the last filled cell.
    """
    cells = _PLAIN.findall(text)
    if not cells or any(mark in text for mark in _NOT_PLAIN) or _MANY_DIGITS.search(text):
        return None
    if len(cells) + len(_PLAIN_EMPTY.findall(text)) != len(_CELL.findall(text)):
        return None
    rows = sorted({int(number) for _, number in cells})
    columns = set(map(_column, {letters for letters, _ in cells}))
    for row, column in ((rows[0], 1), (rows[-1], max(columns))):
        _reach(extent, row, column)
    extent.cells += len(cells)
    return int(cells[-1][1]), _column(cells[-1][0])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _note(extent: Extent, row: int, column: int, attributes: bytes, body: bytes) -> None:
    extent.cells += 1
    _reach(extent, row, column)
    kind = _TYPE.search(attributes)
    value = _VALUE.search(body)
    if kind and kind[1] == b"e":
        extent.texts[row, column] = value[1].decode("utf-8", "replace")[:40] if value else "#N/A"
    elif not value and _FORMULA.search(body):
        extent.texts[row, column] = NO_VALUE
    elif value and (not kind or kind[1] == b"n") and _LONG_INTEGER.fullmatch(value[1]):
        extent.texts[row, column] = value[1].decode()


def _reach(extent: Extent, row: int, column: int) -> None:
    extent.first_row = min(extent.first_row or row, row)
    if row > extent.last_row or column > extent.last_column:
        extent.furthest = (row, column)
    extent.last_row = max(extent.last_row, row)
    extent.last_column = max(extent.last_column, column)
