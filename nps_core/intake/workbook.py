"""An Excel workbook into a `RawTable`: its visible sheet of responses, as text."""

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final
from xml.etree import ElementTree

import python_calamine

from nps_core.errors import FileRefused
from nps_core.intake.archive import damaged, open_workbook_archive, pieces_of
from nps_core.intake.collect import CHUNK, Collector
from nps_core.intake.header import Layout, find_header
from nps_core.intake.raw import RawTable
from nps_core.intake.sheet import Extent, scan_sheet
from nps_core.intake.text import listed, quote
from nps_core.language import tr

_HEAD_ROWS: Final = 60
_SCORE_LIKE: Final = re.compile(
    r"nps|score|rating|recom|empfehl|aanbevel|likely|respon|réponse|antwort|note", re.IGNORECASE
)
_LARGEST_WHOLE: Final = 1e21
_EXACT: Final = 2.0**53


@dataclass(frozen=True)
class _Sheet:
    name: str
    cells: python_calamine.CalamineSheet
    extent: Extent

    def rows(self) -> Iterator[list[str]]:
        """The rows from row 1 on, each as wide as the sheet, as text."""
        left = self.cells.start[1] if self.cells.start else 0
        texts = self.extent.texts
        rows_with_texts = {row for row, _ in texts}
        pad = [""] * left
        for number, row in enumerate(self.cells.iter_rows(), start=1):
            line = pad + [cell if type(cell) is str else _text(cell) for cell in row]
            if number in rows_with_texts:
                for column in range(1, len(line) + 1):
                    line[column - 1] = texts.get((number, column), line[column - 1])
            yield line


def read_workbook(data: bytes, progress: Callable[[float], None] | None = None) -> RawTable:
    """Read the visible sheet of an .xlsx workbook that holds the responses.

    Sheets with the same header are read one after the other; of different ones, the likeliest is
    read and the others named in the remarks, as hidden ones are. Nothing is calculated: a formula
    without a stored value is "#FORMULA", an error keeps its text. Raises `FileRefused`.
    """
    archive = open_workbook_archive(data)
    visible, hidden = _sheet_parts(archive)
    extents = {name: scan_sheet(archive, part) for name, part in visible.items()}
    filled = {name: extent for name, extent in extents.items() if extent.cells}
    for name, extent in filled.items():
        extent.check(name)
    remarks = []
    if hidden:
        remarks.append(tr("Hidden sheets were left out: {names}.", names=listed(hidden, 5)))
    if not filled:
        raise FileRefused(
            tr("The workbook has no visible sheet with data."),
            tr("Hidden: {names}.", names=listed(hidden, 5)) if hidden else "",
            tr("Show the sheet with the responses, or save it as CSV."),
        )
    sheets = [_Sheet(name, cells, filled[name]) for name, cells in _load(data, list(filled))]
    layouts = [find_header(list(islice(sheet.rows(), _HEAD_ROWS))) for sheet in sheets]
    chosen = _choose(sheets, layouts)
    layout = layouts[chosen[0]]
    if len(chosen) > 1:
        names = listed([sheets[i].name for i in chosen], 5)
        remarks.append(
            tr("Sheets with the same columns were read one after the other: {names}.", names=names)
        )
    left_out = [sheet.name for i, sheet in enumerate(sheets) if i not in chosen]
    if left_out:
        remarks.append(
            tr(
                "Sheet {name} was read; left out: {names}.",
                name=quote(sheets[chosen[0]].name),
                names=listed(left_out, 5),
            )
        )
    collector = Collector(layout.header)
    total = sum(sheets[i].extent.last_row for i in chosen)
    done = 0
    for i in chosen:
        _collect(sheets[i], layouts[i].first, collector, done, total, progress)
        done += sheets[i].extent.last_row
    return collector.table(
        "xlsx",
        questions=layout.questions,
        remarks=(*remarks, *layout.remarks),
        duplicate_headers=layout.duplicate_headers,
        timezone=layout.timezone,
    )


def _sheet_parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], list[str]]:
    """The zip member of each visible sheet, and the names of the hidden ones."""
    targets = {}
    for link in _tree(archive, "xl/_rels/workbook.xml.rels").iter():
        target = link.get("Target", "")
        targets[link.get("Id")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    visible: dict[str, str] = {}
    hidden: list[str] = []
    for element in _tree(archive, "xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        name = element.get("name", "")
        relation = next((v for k, v in element.items() if k.rpartition("}")[2] == "id"), None)
        part = targets.get(relation)
        if element.get("state", "visible") != "visible":
            hidden.append(name)
        elif part and "chartsheet" not in part and "dialogsheet" not in part:
            if part not in archive.namelist() or name in visible:
                raise damaged()
            visible[name] = part
    return visible, hidden


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(b"".join(pieces_of(archive, part)))
    except (ElementTree.ParseError, ValueError, LookupError):
        raise damaged() from None


def _load(data: bytes, names: list[str]) -> list[tuple[str, python_calamine.CalamineSheet]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [(name, book.get_sheet_by_name(name)) for name in names]
    except (python_calamine.CalamineError, OSError, ValueError):
        raise damaged() from None
    except BaseException as error:
        # A panic of the parser is no Exception in Python, but here it means a damaged file.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from None


def _choose(sheets: Sequence[_Sheet], layouts: Sequence[Layout]) -> list[int]:
    def likelihood(i: int) -> tuple[bool, int]:
        text = " ".join(layouts[i].header)
        return bool(_SCORE_LIKE.search(text)), sheets[i].extent.cells

    best = max(range(len(sheets)), key=likelihood)
    return [i for i, layout in enumerate(layouts) if layout.header == layouts[best].header]


def _collect(
    sheet: _Sheet,
    first: int,
    collector: Collector,
    done: int,
    total: int,
    progress: Callable[[float], None] | None,
) -> None:
    width = len(collector.header)
    cells: list[str | None] = []
    lines: list[int] = []
    for number, row in enumerate(sheet.rows(), start=1):
        if number <= first:
            continue
        if not any(map(str.strip, row)):
            collector.ignored_blank += 1
            continue
        if len(row) != width:
            if any(map(str.strip, row[width:])):
                collector.reject(number, "", ",".join(row), "wrong_field_count")
                continue
            row = row[:width] + [""] * (width - len(row))
        cells += row
        lines.append(number)
        if len(lines) == CHUNK:
            collector.add(cells, lines)
            cells, lines = [], []
            if progress:
                progress(min((done + number) / total, 1.0))
    collector.add(cells, lines)


def _text(value: object) -> str:
    """A cell's value as text: whole floats without ".0", dates and times in ISO form.

    >>> _text(9.0), _text(True), _text(dt.date(2025, 3, 1)), _text(1e17)
    ('9', 'TRUE', '2025-03-01', '100000000000000000')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if not value.is_integer() or abs(value) >= _LARGEST_WHOLE:
            return repr(value)
        if abs(value) < _EXACT:
            return str(int(value))
        # int() would show digits beyond those that the file has.
        return format(Decimal(repr(value)), ".0f")
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return "" if value is None else str(value)
