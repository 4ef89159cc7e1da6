"""A Parquet file with flat columns into a `RawTable`."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nps_core.errors import FileRefused
from nps_core.intake import limits
from nps_core.intake.collect import Collector
from nps_core.intake.header import unique_names
from nps_core.intake.raw import RawTable
from nps_core.intake.text import number_text, quote
from nps_core.language import mark, tr

_BATCH: Final = 16_384
_AGAIN: Final = mark("Export it again, as Parquet or CSV.")


def read_parquet(data: bytes, progress: Callable[[float], None] | None = None) -> RawTable:
    """Read a Parquet file; `lines` are record numbers from 1, times come as ISO text.

    Rows, columns and sizes are checked in its metadata first. Raises `FileRefused`, for lists and
    structs as well.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        _check_metadata(file.metadata)
        schema = file.schema_arrow
        _check_types(schema)
        texts = [f.name for f in schema if _is_text(f.type)]
        # Kept as dictionaries, a long text that a small file repeats a million times stays small.
        file = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts)
        return _read(file, progress)
    except (pa.ArrowException, OSError, ValueError, NotImplementedError, MemoryError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(
            tr("The Parquet file is damaged or incomplete."), remedy=tr(_AGAIN)
        ) from None


def _read(file: pq.ParquetFile, progress: Callable[[float], None] | None) -> RawTable:
    header, repeated = unique_names([name.strip() for name in file.schema_arrow.names])
    collector = Collector(header)
    rows, size = 0, 0
    for batch in file.iter_batches(_BATCH):
        size += sum(map(_text_size, batch.columns))
        if size > limits.MAX_UNZIPPED_BYTES:
            raise _too_large(size)
        columns = [_as_text(column) for column in batch.columns]
        lines = np.arange(rows + 1, rows + 1 + len(batch))
        blank = np.ones(len(batch), bool)
        for column in columns:
            empty = pc.equal(pc.fill_null(pc.binary_length(column), 0), 0)
            blank &= empty.to_numpy(zero_copy_only=False)
        collector.ignored_blank += int(blank.sum())
        collector.add_columns([c.filter(pa.array(~blank)) for c in columns], lines[~blank])
        rows += len(batch)
        if progress:
            progress(min(rows / max(file.metadata.num_rows, 1), 1.0))
    return collector.table("parquet", duplicate_headers=repeated)


def _check_metadata(metadata: pq.FileMetaData) -> None:
    if metadata.num_rows > limits.MAX_ROWS:
        raise limits.too_many_rows()
    if metadata.num_columns > limits.MAX_COLUMNS:
        raise limits.too_many_columns(metadata.num_columns)
    size = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    if size > limits.MAX_UNZIPPED_BYTES:
        raise _too_large(size)


def _too_large(size: int) -> FileRefused:
    return FileRefused(
        tr(
            "The Parquet file would unpack to more than {size} MB.",
            size=limits.MAX_UNZIPPED_BYTES // 1024**2,
        ),
        tr("It holds at least {size} MB.", size=number_text(round(size / 1024**2))),
        tr("Split the export, by year for example, and upload the parts."),
    )


def _check_types(schema: pa.Schema) -> None:
    for column in schema:
        if pa.types.is_nested(column.type):
            raise FileRefused(
                tr("The Parquet file has nested columns (lists or structs)."),
                tr("One is {name}.", name=quote(column.name)),
                tr("Write one plain value a cell, or export as CSV."),
            )


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_binary(kind) or pa.types.is_large_string(kind)


def _text_size(column: pa.Array) -> int:
    if not pa.types.is_dictionary(column.type) or not _is_text(column.type.value_type):
        return column.nbytes
    lengths = pc.binary_length(column.dictionary)
    return pc.sum(lengths.take(column.indices)).as_py() or 0


def _as_text(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _as_text(column.dictionary_decode())
    if pa.types.is_boolean(kind):
        return pc.if_else(column, "TRUE", "FALSE")
    if pa.types.is_timestamp(kind):
        text = pc.strftime(_in_utc(column), format="%Y-%m-%dT%H:%M:%S")
        text = pc.replace_substring_regex(text, r"\.0+$", "")
        return pc.binary_join_element_wise(text, "Z", "") if kind.tz else text
    if pa.types.is_floating(kind):
        values = [None if v is None or v != v else v for v in column.to_pylist()]
        whole = (v is not None and v.is_integer() and abs(v) < 1e21 for v in values)
        texts = [
            None if v is None else str(int(v)) if w else repr(v)
            for v, w in zip(values, whole, strict=True)
        ]
        return pa.array(texts, pa.string())
    if pa.types.is_decimal(kind):
        text = pc.cast(column, pa.string())
        return pc.replace_substring_regex(text, r"\.0+$", "")
    return pc.cast(column, pa.string())


def _in_utc(column: pa.Array) -> pa.Array:
    return pc.cast(column, pa.timestamp(column.type.unit, "UTC")) if column.type.tz else column
