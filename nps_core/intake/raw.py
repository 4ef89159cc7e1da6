"""What every reader returns: a table of text, and an account of every row it could not take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Container = Literal["csv", "xlsx", "json", "jsonl", "parquet"]

SHOWN_CHARS: Final = 80
"""How much of a rejected value the report shows."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that was not taken, with its place in the file, and why.

    `line` is the physical line, sheet row or record number (from 1); `column` is a header or ""
    when the whole row is meant; `value` is the raw text, at most 80 characters of it.
    """

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, eq=False)
class RawTable:
    """A file as text: nothing in it has been interpreted yet.

    `table` has one nullable string column `c0..cN` for each name of `header`: a blank cell is "",
    an absent one null. `lines` (int64) has the physical line, sheet row or record number of each
    row. `header` is unique; the names that had to be changed for that stand, as the file wrote
    them, in `duplicate_headers`. `questions` holds the question text under each header, or "".
    `rejected` are the rows the reader could not take, `ignored_blank` counts empty rows after the
    header, `remarks` are sentences for the person, `timezone` is the zone the file names itself.

    >>> table = table_of([["9", "10"], ["", None]])
    >>> raw = RawTable(("score", "comment"), table, line_numbers([2, 3]))
    >>> raw.column("score").to_pylist(), raw.rows_in
    (['9', '10'], 2)
    """

    header: tuple[str, ...]
    table: pa.Table
    lines: npt.NDArray[np.int64]
    questions: tuple[str, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    ignored_blank: int = 0
    remarks: tuple[str, ...] = ()
    duplicate_headers: tuple[str, ...] = ()
    timezone: str | None = None
    container: Container = "csv"

    def __post_init__(self) -> None:
        if not self.questions:
            object.__setattr__(self, "questions", ("",) * len(self.header))

    @property
    def rows_in(self) -> int:
        """Every row of the file below its header: taken, rejected or blank."""
        return self.table.num_rows + len(self.rejected) + self.ignored_blank

    def column(self, name: str) -> pa.ChunkedArray:
        """The text of one column by its header; KeyError when there is none."""
        try:
            return self.table.column(self.header.index(name))
        except ValueError:
            raise KeyError(name) from None


def table_of(columns: Sequence[Sequence[str | None]]) -> pa.Table:
    """Columns of text as the table of a `RawTable`.

    >>> table_of([["9"], [None]]).column_names
    ['c0', 'c1']
    """
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.table(arrays, names=[f"c{i}" for i in range(len(arrays))])


def line_numbers(lines: Iterable[int]) -> npt.NDArray[np.int64]:
    """Line numbers as the `lines` of a `RawTable`.

    >>> line_numbers([2, 4]).dtype.name
    'int64'
    """
    return np.fromiter(lines, np.int64)
