"""Rows of text into Arrow columns, a chunk at a time; rows that cannot be kept are set aside."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nps_core.errors import FileRefused
from nps_core.intake import limits
from nps_core.intake.raw import SHOWN_CHARS, Container, RawTable, Rejection
from nps_core.intake.reasons import IN_SHORT
from nps_core.intake.text import number_text
from nps_core.language import tr

Cells = list[str | None]

CHUNK: Final = 5_000
"""Rows held as Python objects at any time. Few and flat, because the garbage collector visits
every list that stays alive: 50,000 lists at a time double the time of a read."""


def shown(value: str) -> str:
    r"""The first characters of a value, with bytes that were not valid as `\xff`.

    >>> shown("ab\udcff")
    'ab\\xff'
    """
    cut = value[:SHOWN_CHARS].rstrip("\r\n")
    try:
        cut.encode()
    except UnicodeEncodeError:
        cut = cut.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return cut


class Collector:
    """Gathers the rows of one file under its header and gives them back as a `RawTable`.

    >>> rows = Collector(("id", "score"))
    >>> rows.add(["a", "9", "b\\0", "8"], [2, 3])
    >>> [(r.line, r.column, r.reason) for r in rows.table("csv").rejected]
    [(3, 'id', 'nul_byte')]
    """

    def __init__(self, header: tuple[str, ...]) -> None:
        self.header: tuple[str, ...] = ()
        self.ignored_blank = 0
        self._rejected: list[Rejection] = []
        self._lines: list[np.ndarray] = []
        self._batches: list[pa.RecordBatch] = []
        self._taken = 0
        self.widen(header)

    def widen(self, header: tuple[str, ...]) -> None:
        """Go on under a header that may have more names at its end; the rows so far lack them."""
        if len(header) > limits.MAX_COLUMNS:
            raise limits.too_many_columns(len(header))
        self.header = header
        self._names = [f"c{i}" for i in range(len(header))]

    def reject(self, line: int, column: str, value: str, reason: str) -> None:
        """Set one row aside; raises `FileRefused` when there are too many to list."""
        self._rejected.append(Rejection(line, column, shown(value), reason))
        if len(self._rejected) > limits.MAX_REJECTED:
            first = self._rejected[0]
            raise FileRefused(
                tr("More than {n} rows cannot be read.", n=number_text(limits.MAX_REJECTED)),
                tr(
                    "The first is on line {line} ({reason}).",
                    line=first.line,
                    reason=tr(IN_SHORT.get(first.reason, first.reason)),
                ),
                tr("Export the file again, or upload a part of it."),
                self.header,
            )

    def add(self, cells: Cells, lines: Sequence[int]) -> None:
        """Take the cells of whole rows, one row after the other, and the line of each row.

        Raises `FileRefused` beyond the row limit.
        """
        batch: pa.RecordBatch | None = None
        try:
            batch = self._batch(cells)
        except UnicodeEncodeError:
            cells, lines = self._without(cells, lines, "bad_encoding", _has_surrogate)
        for any_unfit, reason, unfit in _TESTS:
            batch = batch or self._batch(cells)
            if any(any_unfit(column) for column in batch.columns):
                cells, lines = self._without(cells, lines, reason, unfit)
                batch = None
        self._append(batch or self._batch(cells), lines)

    def add_columns(self, columns: Sequence[pa.Array], lines: Sequence[int] | np.ndarray) -> None:
        """Take whole columns of text, valid already, and the line of each row."""
        batch = pa.RecordBatch.from_arrays(list(columns), names=self._names)
        if any(any_unfit(column) for any_unfit, _, _ in _TESTS for column in batch.columns):
            cells = [
                cell for row in zip(*map(pa.Array.to_pylist, columns), strict=True) for cell in row
            ]
            self.add(cells, list(lines))
        else:
            self._append(batch, lines)

    def _append(self, batch: pa.RecordBatch, lines: Sequence[int] | np.ndarray) -> None:
        self._taken += len(lines)
        if self._taken > limits.MAX_ROWS:
            raise limits.too_many_rows()
        self._batches.append(batch)
        self._lines.append(np.asarray(lines, np.int64))

    def _batch(self, cells: Cells) -> pa.RecordBatch:
        width = len(self.header)
        columns = [pa.array(cells[i::width], pa.string()) for i in range(width)]
        return pa.RecordBatch.from_arrays(columns, names=self._names)

    def _without(
        self, cells: Cells, lines: Sequence[int], reason: str, unfit: Callable[[str], bool]
    ) -> tuple[Cells, list[int]]:
        kept: Cells = []
        kept_lines: list[int] = []
        width = len(self.header)
        for i, line in enumerate(lines):
            row = cells[i * width : (i + 1) * width]
            at = next((k for k, cell in enumerate(row) if cell and unfit(cell)), None)
            if at is None:
                kept += row
                kept_lines.append(line)
            else:
                self.reject(line, self.header[at], row[at] or "", reason)
        return kept, kept_lines

    def _widened(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        lacking = len(self._names) - batch.num_columns
        if not lacking:
            return batch
        columns = [*batch.columns, *[pa.nulls(len(batch), pa.string())] * lacking]
        return pa.RecordBatch.from_arrays(columns, names=self._names)

    def table(
        self,
        container: Container,
        *,
        questions: tuple[str, ...] = (),
        remarks: tuple[str, ...] = (),
        duplicate_headers: tuple[str, ...] = (),
        timezone: str | None = None,
    ) -> RawTable:
        """What was gathered; raises `FileRefused` when there was no row at all."""
        if not self._taken and not self._rejected:
            raise limits.no_data_rows(self.header)
        schema = pa.schema([(name, pa.string()) for name in self._names])
        batches = [self._widened(batch) for batch in self._batches]
        lines = np.concatenate(self._lines) if self._lines else np.empty(0, np.int64)
        return RawTable(
            header=self.header,
            table=pa.Table.from_batches(batches, schema).combine_chunks(),
            lines=lines,
            questions=questions,
            rejected=tuple(sorted(self._rejected, key=lambda rejection: rejection.line)),
            ignored_blank=self.ignored_blank,
            remarks=remarks,
            duplicate_headers=duplicate_headers,
            timezone=timezone,
            container=container,
        )


def _has_surrogate(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return True
    return False


def _any_nul(column: pa.Array) -> bool:
    if not len(column):
        return False
    data = column.buffers()[2]
    return data is not None and b"\0" in memoryview(data)[: _end(column)].tobytes()


def _end(column: pa.Array) -> int:
    offsets = np.frombuffer(column.buffers()[1], np.int32, len(column) + 1)
    return int(offsets[-1])


def _any_long(column: pa.Array) -> bool:
    longest = pc.max(pc.binary_length(column)).as_py()
    return longest is not None and longest > limits.MAX_FIELD_CHARS


_TESTS: Final = (
    (_any_nul, "nul_byte", lambda cell: "\0" in cell),
    (_any_long, "field_too_long", lambda cell: len(cell) > limits.MAX_FIELD_CHARS),
)
