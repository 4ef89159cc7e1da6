"""The list of rejected rows: where each stands in the file, what it holds, and why."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from nps_core.intake.raw import SHOWN_CHARS, RawTable
from nps_core.intake.reasons import BY_CODE

LINE: Final = "line"
COLUMN: Final = "column"
VALUE: Final = "value"
REASON: Final = "reason"


def rejected_frame(
    raw: RawTable, why: npt.NDArray[np.int8], place: npt.NDArray[np.int16]
) -> pd.DataFrame:
    """Rows with a reason code in `why`, and those the reader rejected, by line.

    `place` is the position of the column that shows the reason, -1 for the whole row. Columns:
    line (int64), column, value (its first 80 characters), reason.

    >>> from nps_core.intake.raw import line_numbers, table_of
    >>> raw = RawTable(("score",), table_of([["9", "lots"]]), line_numbers([2, 3]))
    >>> rejected_frame(raw, np.array([0, 2], "int8"), np.array([-1, 0], "int16")).values.tolist()
    [[3, 'score', 'lots', 'score_not_a_number']]
    """
    rows = np.flatnonzero(why)
    values = np.full(len(rows), "", object)
    for at in np.unique(place[rows]).tolist():
        if at < 0:
            continue
        here = place[rows] == at
        cells = raw.table.column(at).take(rows[here])
        shown = pc.utf8_slice_codeunits(pc.fill_null(cells, ""), 0, SHOWN_CHARS)
        values[here] = shown.to_pylist()
    headers = np.array([*raw.header, ""], object)
    early = raw.rejected
    frame = pd.DataFrame(
        {
            LINE: np.concatenate(
                [raw.lines[rows], np.fromiter((r.line for r in early), np.int64, len(early))]
            ).astype(np.int64),
            COLUMN: _text([*headers[place[rows]], *(r.column for r in early)]),
            VALUE: _text([*values, *(r.value for r in early)]),
            REASON: _text([*np.array(BY_CODE, object)[why[rows]], *(r.reason for r in early)]),
        }
    )
    return frame.sort_values(LINE, kind="stable", ignore_index=True)


def _text(values: list[str]) -> pd.Series:
    return pd.Series(pa.array(values, pa.string()), dtype="str")
