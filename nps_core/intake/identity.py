"""Which rows of one file are the same response: by its id, or wholly alike without one."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from nps_core import columns as c
from nps_core.intake.columnar import text_array

_SHORTENED: Final = r"^\s*\d(?:[.,]\d+)?[Ee]\+\d+\s*$"

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Identities:
    """For each row: is it `kept`, or `in_conflict` with another of the same id, or merged.

    `superseded` counts merged rows that a later `updated_at` replaced.
    """

    kept: Mask
    in_conflict: Mask
    superseded: int = 0


def shortened(ids: pa.Array) -> Mask:
    """Which ids a spreadsheet has shortened to a form such as 1.23457E+17.

    >>> shortened(pa.array(["1.23457E+17", "R1"])).tolist()
    [True, False]
    """
    found = pc.fill_null(pc.match_substring_regex(ids, _SHORTENED), False)
    return found.to_numpy(zero_copy_only=False)


def settle(frame: pd.DataFrame) -> Identities:
    """Rows of one `response_id`: alike are one, a later `updated_at` wins, else all conflict.

    >>> frame = pd.DataFrame({"response_id": ["a", "a", "b"], "score": [9, 1, 5]})
    >>> settle(frame).in_conflict.tolist()
    [True, True, False]
    """
    kept = np.ones(len(frame), bool)
    conflict = np.zeros(len(frame), bool)
    superseded = 0
    encoded = text_array(frame[c.RESPONSE_ID]).dictionary_encode()
    if len(encoded.dictionary) == len(frame):
        return Identities(kept, conflict)
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(np.bincount(codes)[codes] > 1)
    part = frame.iloc[rows].reset_index(drop=True)
    content = [name for name in frame.columns if name != c.UPDATED_AT]
    alike = part.groupby(content, dropna=False, sort=False).ngroup().to_numpy()
    updated = (
        part[c.UPDATED_AT].to_numpy("datetime64[us]")
        if c.UPDATED_AT in frame
        else np.full(len(part), np.datetime64("NaT", "us"))
    )
    groups: dict[int, list[int]] = defaultdict(list)
    for place, code in enumerate(codes[rows].tolist()):
        groups[code].append(place)
    for places in groups.values():
        times = updated[places]
        known = not np.isnat(times).any()
        newest = [p for p in places if known and updated[p] == times.max()] or places
        if len({alike[p] for p in newest}) > 1:
            conflict[rows[places]] = True
            kept[rows[places]] = False
            continue
        kept[rows[places]] = False
        kept[rows[newest[0]]] = True
        superseded += sum(alike[p] != alike[newest[0]] for p in places)
    return Identities(kept, conflict, superseded)


def repeated(frame: pd.DataFrame, timed: Mask) -> Mask:
    """Which rows say the same as an earlier one: same respondent, same time of day, same content.

    For rows without an id. Without a respondent, or with a day alone, two rows alike may be two
    people, so they stay two.

    >>> frame = pd.DataFrame({"responded_at": [pd.Timestamp("2025-03-01 10:00")] * 2,
    ...                       "score": [9, 9], "respondent_id": ["p1", "p1"]})
    >>> repeated(frame, np.array([True, True])).tolist()
    [False, True]
    """
    found = np.zeros(len(frame), bool)
    if c.RESPONDENT_ID not in frame:
        return found
    known = timed & frame[c.RESPONDENT_ID].notna().to_numpy()
    people = frame.loc[known, [c.RESPONDENT_ID, c.RESPONDED_AT]]
    rows = np.flatnonzero(known)[people.duplicated(keep=False).to_numpy()]
    found[rows] = frame.iloc[rows].duplicated().to_numpy()
    return found
