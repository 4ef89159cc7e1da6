"""CSV, TSV and every other delimited text into a `RawTable`, record by record."""

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from nps_core.errors import FileRefused
from nps_core.intake import limits
from nps_core.intake.collect import CHUNK, Collector
from nps_core.intake.dialect import Dialect, find_dialect
from nps_core.intake.encoding import Text, decide_encoding
from nps_core.intake.header import Layout, find_header
from nps_core.intake.raw import RawTable
from nps_core.intake.text import number_text
from nps_core.language import tr

Progress = Callable[[float], None]

_SAMPLE_LINES: Final = 400
_SAMPLE_CHARS: Final = 1 << 18
_HEAD_RECORDS: Final = 60
_MOST_LINES: Final = 10 * limits.MAX_ROWS
_LONGEST_FIELD: Final = 1_000_000

# The limit is one for the whole process and only ever raised. It stands above the limit of a
# field so that a long field is one rejected row, and below what an open quote could swallow.
csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))


def read_delimited(data: bytes, progress: Progress | None = None) -> RawTable:
    r"""Read delimited text of any encoding, delimiter and header layout.

    Every record keeps the physical line it starts on. Records of another width than the header,
    inside an unclosed quote, with bytes that are not valid in the file's encoding, with a NUL or
    with a field beyond 100,000 characters are in `rejected`. Raises `FileRefused`.

    >>> raw = read_delimited(b"id,score\n1,9\n2,8,x\n")
    >>> raw.header, raw.lines.tolist(), [(r.line, r.reason) for r in raw.rejected]
    (('id', 'score'), [2], [(3, 'wrong_field_count')])
    """
    _refuse_odd_shapes(data)
    text = decide_encoding(data)
    with text.open() as lines:
        sample = list(islice(_lines_within(lines, _SAMPLE_CHARS), _SAMPLE_LINES))
    if not "".join(sample).strip():
        raise FileRefused(tr("The file is empty."), remedy=tr("Export it again and upload that."))
    dialect = find_dialect(sample, text.data)
    layout, header_end = _head(text, dialect)
    collector = Collector(layout.header)
    _Records(text, dialect).collect_into(collector, header_end, progress)
    return collector.table(
        "csv",
        questions=layout.questions,
        remarks=text.remarks + layout.remarks,
        duplicate_headers=layout.duplicate_headers,
        timezone=layout.timezone,
    )


def _lines_within(lines: Iterator[str], chars: int) -> Iterator[str]:
    for line in lines:
        yield line
        chars -= len(line)
        if chars < 0:
            return


def _refuse_odd_shapes(data: bytes) -> None:
    """Refuse millions of blank lines, and a line of millions of fields, before they are read."""
    if data.count(b"\n") > _MOST_LINES:
        raise FileRefused(
            tr(
                "The file has more than {n} lines, most of them blank.",
                n=number_text(_MOST_LINES),
            ),
            remedy=tr("Check that this is the export itself, and export it again."),
        )
    at, step = 0, 1 << 20
    while at + step < len(data):
        end = max(data.rfind(b"\n", at, at + step), data.rfind(b"\r", at, at + step))
        if end < 0:
            most = max(data.count(mark, at, at + step) for mark in (b",", b";", b"\t", b"|"))
            if most > 100 * limits.MAX_COLUMNS:
                line = data.count(b"\n", 0, at) + 1
                raise FileRefused(
                    tr("A line has more than {n} columns.", n=limits.MAX_COLUMNS),
                    tr("It starts on line {line}.", line=line),
                    tr("Check that this is the export itself, and export it again."),
                )
            end = at + step
        at = end + 1


def _head(text: Text, dialect: Dialect) -> tuple[Layout, int]:
    """The header, and the last physical line that belongs to it."""
    records = _Records(text, dialect)
    rows: list[list[str]] = []
    ends: list[int] = []
    for row in islice(records, _HEAD_RECORDS):
        if len(row) > 100 * limits.MAX_COLUMNS:
            raise limits.too_many_columns(len(row))
        rows.append(row)
        ends.append(records.line)
    layout = find_header([[_plain(cell) for cell in row] for row in rows])
    return layout, ends[layout.first - 1] if layout.first else int(dialect.named)


def _plain(cell: str) -> str:
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class _Records:
    """The records of a text with the physical lines each of them was read from."""

    def __init__(self, text: Text, dialect: Dialect) -> None:
        self._file = text.open()
        self._size = max(len(text.data), 1)
        self._dialect = dialect
        self.raw: list[str] = []
        self.cut_off = False
        self._reader = dialect.records(self._remembered())
        if dialect.named:
            next(self._file)
        self._skipped = int(dialect.named)

    def _remembered(self) -> Iterator[str]:
        raw, unescape = self.raw, self._dialect.unescape if self._dialect.escaped else None
        for line in self._file:
            raw.append(line)
            yield unescape(line) if unescape else line
        # The reader asks for more in the middle of a record only when a quote is still open.
        self.cut_off = bool(raw)

    @property
    def line(self) -> int:
        """The last physical line read."""
        return self._reader.line_num + self._skipped

    def done(self) -> float:
        """The share of the bytes that was read."""
        return min(self._file.buffer.tell() / self._size, 1.0)

    def __iter__(self) -> Iterator[list[str]]:
        raw = self.raw
        while True:
            try:
                for row in self._reader:
                    yield row
                    raw.clear()
                return
            except csv.Error:
                if len(raw) > 1:
                    start = self.line - len(raw) + 1
                    raise FileRefused(
                        tr("A quote opened on line {line} is not closed.", line=start),
                        tr("It still stood open on line {line}.", line=self.line),
                        tr("Close the quote on that line, or export the file again."),
                    ) from None
                # The field of a single line is beyond any limit: the line is one broken record.
                yield [raw[0]]
                raw.clear()

    def quote_is_broken(self) -> bool:
        """Whether the record of several lines just read came from a quote that was never closed.

        An open quote ends at the opening quote of a later field, with text right behind it;
        a real one is followed by a delimiter or the end of the line.
        """
        if self.cut_off:
            return True
        fix = self._dialect.unescape if self._dialect.escaped else str
        try:
            list(self._dialect.records(map(fix, self.raw), strict=True))
        except csv.Error:
            return True
        return False

    def collect_into(self, collector: Collector, skip: int, progress: Progress | None) -> None:
        """Give every record behind physical line `skip` to the collector."""
        width = len(collector.header)
        cells: list[str | None] = []
        starts: list[int] = []
        last, skipped, reader = self._skipped, self._skipped, self._reader
        for row in self:
            start, last = last + 1, reader.line_num + skipped
            if last <= skip:
                continue
            if (last > start or self.cut_off) and self.quote_is_broken():
                for offset, line in enumerate(self.raw):
                    if line.strip():
                        collector.reject(start + offset, "", line, "unterminated_quote")
                continue
            if not row or (row[0][:1] <= " " and not any(cell.strip() for cell in row)):
                collector.ignored_blank += 1
                continue
            if len(row) != width:
                if len(row) > width and not any(row[width:]):
                    del row[width:]
                else:
                    self._reject_width(collector, start, row)
                    continue
            cells += row
            starts.append(start)
            if len(starts) == CHUNK:
                collector.add(cells, starts)
                cells, starts = [], []
                if progress:
                    progress(self.done())
        collector.add(cells, starts)

    def _reject_width(self, collector: Collector, start: int, row: list[str]) -> None:
        line = "".join(self.raw)
        long = next((cell for cell in row if len(cell) > limits.MAX_FIELD_CHARS), None)
        reason = "wrong_field_count" if long is None else "field_too_long"
        if "\0" in line:
            reason = "nul_byte"
        elif not line.isascii() and _plain(line) != line:
            reason = "bad_encoding"
        collector.reject(start, "", line, reason)
