"""Small tools over Arrow columns of text: distinct values once, codes for the rows."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def encode(column: pa.ChunkedArray) -> tuple[list[str], npt.NDArray[np.int32]]:
    """The distinct texts of a column and, for each row, which one it holds (-1 for null).

    >>> values, codes = encode(pa.chunked_array([["a", "b"], ["a", None]]))
    >>> values, codes.tolist()
    (['a', 'b'], [0, 1, 0, -1])
    """
    if column.length() == 0:
        return [], np.empty(0, np.int32)
    encoded = column.dictionary_encode().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    return encoded.dictionary.to_pylist(), codes.astype(np.int32, copy=False)


def blank(column: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    """Which rows hold nothing but white space, or nothing.

    >>> blank(pa.chunked_array([["a", " ", None]])).tolist()
    [False, True, True]
    """
    empty = pc.equal(pc.utf8_trim_whitespace(column), "")
    return pc.fill_null(empty, True).to_numpy(zero_copy_only=False)


def blank_to_null(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column with its blank cells missing; every other cell as given.

    >>> blank_to_null(pa.chunked_array([["a ", "  "]])).to_pylist()
    ['a ', None]
    """
    keep = pc.not_equal(pc.utf8_trim_whitespace(column), "")
    return pc.if_else(keep, column, pa.scalar(None, pa.string()))


def sample(column: pa.ChunkedArray, rows: int) -> pa.ChunkedArray:
    """At most `rows` cells spread evenly over the column; all of a shorter one.

    >>> sample(pa.chunked_array([["a", "b", "c", "d"]]), 2).to_pylist()
    ['a', 'c']
    """
    if column.length() <= rows:
        return column
    return column.take(np.arange(rows, dtype=np.int64) * column.length() // rows)


def text_array(series: pd.Series) -> pa.Array:
    """A pandas column of text as one Arrow array; missing is null.

    >>> text_array(pd.Series(["a", None], dtype="str")).to_pylist()
    ['a', None]
    """
    cells = pa.array(series, from_pandas=True)
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    return cells.cast(pa.string())
