"""Which answers belong to one response: by its id, else by who answered which survey when."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from nps_core import columns as c
from nps_core.intake.columnar import blank
from nps_core.intake.date_column import parse_dates, proven_order
from nps_core.intake.raw import RawTable
from nps_core.intake.text import fold_header
from nps_core.intake.vocabulary import NAMES, ordered

_SURVEYS: Final = ordered("""
    survey id | survey | survey name | form id | guide id | guide name | campaign id
""")
_ROW_IDS: Final = frozenset(("answer id",))
_NEAR: Final = pd.Timedelta(days=1)


def join_answers(
    raw: RawTable, responses: npt.NDArray[np.intp], others: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """For each of the rows `others`, the row of `responses` it belongs to, -1 for none.

    Rows belong together by a response id that repeats, else by respondent, survey and the same
    time as written; what is left goes to the nearest response of the same respondent and survey
    within a day.
    """
    names = {fold_header(header): header for header in reversed(raw.header)}
    for name in NAMES[c.RESPONSE_ID]:
        if name in names and name not in _ROW_IDS and _repeats(raw, names[name]):
            return _by_key(_keys(raw, [names[name]]), responses, others)
    person = next((names[n] for n in NAMES[c.RESPONDENT_ID] if n in names), None)
    if person is None:
        return np.full(len(others), -1, np.intp)
    who = [person, *(names[name] for name in _SURVEYS if name in names)]
    when = next((names[n] for n in NAMES[c.RESPONDED_AT] if n in names), None)
    if when is None:
        return _by_key(_keys(raw, who), responses, others)
    joined = _by_key(_keys(raw, [*who, when]), responses, others)
    loose = np.flatnonzero(joined < 0)
    if len(loose):
        joined[loose] = _by_time(raw, _keys(raw, who), when, responses, others[loose])
    return joined


def _repeats(raw: RawTable, header: str) -> bool:
    column = raw.column(header)
    empty = blank(column)
    return not empty.all() and pc.count_distinct(column).as_py() < 0.9 * (~empty).sum()


def _keys(raw: RawTable, headers: list[str]) -> npt.NDArray[np.intp]:
    """One number a row, the same where all these columns agree; -1 where the first is blank."""
    cells = [pc.fill_null(raw.column(header), "") for header in headers]
    joined = pc.binary_join_element_wise(*cells, "\x1f")
    codes = pd.factorize(pd.Series(joined, dtype="str"))[0].astype(np.intp)
    codes[blank(raw.column(headers[0]))] = -1
    return codes


def _by_key(
    keys: npt.NDArray[np.intp], responses: npt.NDArray[np.intp], others: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    first = np.full(int(keys.max(initial=0)) + 2, -1, np.intp)
    known = responses[keys[responses] >= 0]
    first[keys[known][::-1]] = known[::-1]
    # The last place belongs to the key -1: rows of nobody.
    return first[keys[others]]


def _by_time(
    raw: RawTable,
    who: npt.NDArray[np.intp],
    when: str,
    responses: npt.NDArray[np.intp],
    others: npt.NDArray[np.intp],
) -> npt.NDArray[np.intp]:
    column = raw.column(when)
    at = parse_dates(column, proven_order(column).order).at

    def side(rows: npt.NDArray[np.intp]) -> pd.DataFrame:
        frame = pd.DataFrame({"who": who[rows], "at": at[rows], "row": rows})
        return frame[(frame["who"] >= 0) & frame["at"].notna()].sort_values("at", kind="stable")

    right = side(responses).rename(columns={"row": "response"})
    matched = pd.merge_asof(
        side(others), right, on="at", by="who", direction="nearest", tolerance=_NEAR
    )
    found = dict(zip(matched["row"], matched["response"].fillna(-1).astype(np.intp), strict=True))
    return np.array([found.get(row, -1) for row in others.tolist()], np.intp)
