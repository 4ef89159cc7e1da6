"""Which answers belong to one response: by its id, else by who answered which survey when."""

from collections.abc import Collection
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
_RESPONSES: Final = tuple(
    name
    for name in (
        *NAMES[c.RESPONSE_ID],
        *ordered("""
            response | response number | response no | response key | response ref | submission
            interview | entry | attempt id | token | reponse | respuesta | resposta
            numero de reponse | n de reponse
        """),
    )
    if name != "answer id"
)
_PEOPLE: Final = (
    *NAMES[c.RESPONDENT_ID],
    *ordered("""
        visitor | user | person | participant | recipient | contact | customer | client | member
        respondent no | respondent number | repondant | utilisateur | encuestado | usuario
        teilnehmer | kunde | respondente | cliente | gebruiker | klant | session id | session
        user name | username | customer name | contact name | full name | name
    """),
)
_NEAR: Final = pd.Timedelta(days=1)
_DISTINCT: Final = 0.5


def join_answers(
    raw: RawTable,
    responses: npt.NDArray[np.intp],
    others: npt.NDArray[np.intp],
    answers: Collection[str] = (),
) -> npt.NDArray[np.intp]:
    """For each of the rows `others`, the row of `responses` it belongs to, -1 for none.

    Rows belong together by a response id, else by respondent, survey and the same time as
    written; what is left goes to the nearest response of the same respondent and survey within a
    day, or in the order of the file when it has no dates. The columns `answers` hold questions
    and answers, so they are no key.
    """
    names = {fold_header(header): header for header in reversed(raw.header)}
    names = {name: header for name, header in names.items() if header not in answers}
    key = response_key(raw, responses, others, answers)
    if key is not None:
        return _by_key(_keys(raw, [key]), responses, others)
    surveys = [names[name] for name in _SURVEYS if name in names]
    when = next((names[n] for n in NAMES[c.RESPONDED_AT] if n in names), None)
    joined = np.full(len(others), -1, np.intp)
    for person in [names[name] for name in _PEOPLE if name in names]:
        who = [person, *surveys]
        if when is not None:
            loose = np.flatnonzero(joined < 0)
            joined[loose] = _by_key(_keys(raw, [*who, when]), responses, others[loose])
        loose = np.flatnonzero(joined < 0)
        if len(loose):
            joined[loose] = _nearest(raw, _keys(raw, who), when, responses, others[loose])
    return joined


def response_key(
    raw: RawTable,
    responses: npt.NDArray[np.intp],
    others: npt.NDArray[np.intp],
    answers: Collection[str] = (),
) -> str | None:
    """The column that names the response a row belongs to, None when there is none.

    It tells the responses apart, and some other row shares its value with one of them.
    """
    names = {fold_header(header): header for header in reversed(raw.header)}
    for name in _RESPONSES:
        header = names.get(name)
        if header is None or header in answers:
            continue
        keys = _keys(raw, [header])
        known = keys[responses][keys[responses] >= 0]
        apart = len(np.unique(known)) >= _DISTINCT * max(len(known), 1)
        if apart and (_by_key(keys, responses, others) >= 0).any():
            return header
    return None


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


def _nearest(
    raw: RawTable,
    who: npt.NDArray[np.intp],
    when: str | None,
    responses: npt.NDArray[np.intp],
    others: npt.NDArray[np.intp],
) -> npt.NDArray[np.intp]:
    if when is None:
        at = np.arange(raw.table.num_rows)
        tolerance = None
    else:
        column = raw.column(when)
        at = parse_dates(column, proven_order(column).order).at
        tolerance = _NEAR

    def side(rows: npt.NDArray[np.intp]) -> pd.DataFrame:
        frame = pd.DataFrame({"who": who[rows], "at": at[rows], "row": rows})
        return frame[(frame["who"] >= 0) & frame["at"].notna()].sort_values("at", kind="stable")

    right = side(responses).rename(columns={"row": "response"})
    matched = pd.merge_asof(
        side(others), right, on="at", by="who", direction="nearest", tolerance=tolerance
    )
    found = dict(zip(matched["row"], matched["response"].fillna(-1).astype(np.intp), strict=True))
    return np.array([found.get(row, -1) for row in others.tolist()], np.intp)
