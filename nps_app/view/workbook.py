"""Tables as XLSX workbooks, in which no cell of a file is ever run."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final

import pandas as pd
import pyarrow.parquet as pq
import xlsxwriter

from nps_app.store import Store, StoreError
from nps_core.language import mark, tr

MOST_ROWS: Final = 1_048_575
"""Rows a sheet holds below its header."""

TOO_MANY: Final = mark(
    "A sheet holds {most} rows at most, and these are {n}. Take the CSV, or narrow the filter."
)
_MOST_LETTERS: Final = 32_767
_MOST_DIGITS: Final = 10**15
_FIRST_DAY: Final = date(1900, 3, 1)
"""Excel counts days from here without the 29 February 1900 that never was."""

_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_OPTIONS: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS: Final = (9, 48)
_LOOKED_AT: Final = 100


def xlsx_bytes(table: pd.DataFrame, name: str = "") -> bytes:
    """Give a table as an XLSX workbook of one sheet called `name`, its header bold and frozen.

    Texts stay texts, whatever they begin with; numbers stay numbers, unrounded; dates are dates,
    instants in UTC. An empty cell is a missing value. Text beyond the 32,767 characters of a cell
    ends in "…". Never changes `table`. Raises StoreError for more rows than a sheet has.

    >>> xlsx_bytes(pd.DataFrame({"nps": [42.5]}), "NPS")[:2]
    b'PK'
    """
    held = BytesIO()
    rows = (row for row in table.itertuples(index=False, name=None))
    _written(held, [str(column) for column in table.columns], rows, len(table), name)
    return held.getvalue()


def responses_xlsx(store: Store, total: int) -> bytes:
    """Give everything accepted as an XLSX workbook, what the other downloads of it hold.

    Raises StoreError for more responses than a sheet has rows.
    """
    if total > MOST_ROWS:
        raise StoreError(too_many(total))
    held = BytesIO()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "responses.parquet"
        store.export(path, "parquet")
        with pq.ParquetFile(path) as file:
            rows = (
                row
                for batch in file.iter_batches(10_000)
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
            )
            _written(held, file.schema_arrow.names, rows, file.metadata.num_rows, "Responses")
    return held.getvalue()


def too_many(rows: int) -> str:
    """Say why this many rows make no workbook; "" when they do.

    >>> too_many(5)
    ''
    """
    return "" if rows <= MOST_ROWS else tr(TOO_MANY, most=f"{MOST_ROWS:,}", n=f"{rows:,}")


def _written(
    target: IO[bytes], header: Sequence[str], rows: Iterable[tuple[Any, ...]], n: int, name: str
) -> None:
    if reason := too_many(n):
        raise StoreError(reason)
    # Many rows are written as they come: kept until the end, a million would take gigabytes.
    with xlsxwriter.Workbook(target, _OPTIONS | {"constant_memory": n > 20_000}) as book:
        sheet = book.add_worksheet(_sheet_name(name))
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True, "quote_prefix": True})
        text = book.add_format({"quote_prefix": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        wide = [len(title) for title in header]
        for place, title in enumerate(header):
            sheet.set_column(place, place, _width(wide[place]))
            sheet.write_string(0, place, title[:_MOST_LETTERS], bold)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                kept = _value(value)
                if kept is None:
                    continue
                if isinstance(kept, bool):
                    sheet.write_boolean(line, place, kept)
                elif isinstance(kept, (int, float)):
                    sheet.write_number(line, place, kept)
                elif isinstance(kept, date):
                    whole = not isinstance(kept, datetime) or kept.time() == time()
                    sheet.write_datetime(line, place, kept, day if whole else instant)
                else:
                    sheet.write_string(line, place, kept, text)
                if line <= _LOOKED_AT:
                    wide[place] = max(wide[place], _letters(kept))
        if n <= 20_000:
            for place, letters in enumerate(wide):
                sheet.set_column(place, place, _width(letters))


def _value(value: Any) -> bool | int | float | date | str | None:
    """The value as a cell holds it: None for a missing one, text for what Excel would change."""
    if hasattr(value, "item") and not isinstance(value, pd.Timestamp):
        value = value.item()
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        if isinstance(value, float) and not math.isfinite(value):
            return None if math.isnan(value) else str(value)
        # Excel keeps 15 digits: a longer whole number would come back as another one.
        return str(value) if isinstance(value, int) and abs(value) >= _MOST_DIGITS else value
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            value = value.astimezone(UTC).replace(tzinfo=None)
        value = value.to_pydatetime(warn=False) if isinstance(value, pd.Timestamp) else value
        return value if value.date() >= _FIRST_DAY else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value if value >= _FIRST_DAY else value.isoformat()
    words = value if isinstance(value, str) else _words(value)
    return words if len(words) <= _MOST_LETTERS else words[: _MOST_LETTERS - 1] + "…"


def _words(value: Any) -> str:
    """Several values of one cell side by side, anything else as it is written."""
    return " ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)


def _letters(value: object) -> int:
    return 12 if isinstance(value, (float, date)) else len(str(value))


def _width(letters: int) -> int:
    return min(max(letters + 2, _WIDTHS[0]), _WIDTHS[1])


def _sheet_name(name: str) -> str:
    """A name Excel takes for a sheet: 31 characters, none of []:*?/\\, no quotes at the ends."""
    kept = _NOT_IN_A_NAME.sub(" ", name).strip().strip("'").strip()[:31].strip().strip("'")
    return kept if kept and kept.casefold() != "history" else "NPS"
