"""Which rows are the same response: by its id, or without ids by who answered when and what."""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from nps_core import columns as c
from nps_core.intake.columnar import text_array

_SHORTENED: Final = r"^\s*\d(?:[.,]\d+)?[Ee]\+\d+\s*$"
_ROWS: Final = 65_536

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


def derive_ids(frame: pd.DataFrame, timed: Mask) -> tuple[pa.Array, Mask]:
    """Ids for rows that have none, the same in every export, and which rows are kept.

    A row with a respondent and a time of day is known by the two, others by respondent, day,
    score and comment. Rows wholly alike are one response only when respondent and time of day
    agree; else they are numbered, so that nobody is counted once for two.

    >>> frame = pd.DataFrame({"responded_at": [pd.Timestamp("2025-03-01")] * 2, "score": [9, 9]})
    >>> ids, kept = derive_ids(frame, np.array([False, False]))
    >>> len(set(ids.to_pylist())), kept.tolist()
    (2, [True, True])
    """
    known = timed & frame[c.RESPONDENT_ID].notna().to_numpy() if c.RESPONDENT_ID in frame else None
    known = np.zeros(len(frame), bool) if known is None else known
    ids = _hashes(frame, known)
    kept = np.ones(len(frame), bool)
    seen = pd.Series(ids)
    repeated = np.flatnonzero(seen.duplicated(keep=False).to_numpy())
    if len(repeated):
        part = frame.iloc[repeated]
        texts = part.astype("str").fillna("").agg("\x1f".join, axis=1).tolist()
        groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for row, text in zip(repeated.tolist(), texts, strict=True):
            groups[ids[row]].append((text, row))
        for base, members in groups.items():
            number, before = 0, None
            for text, row in sorted(members):
                if text == before and known[row]:
                    kept[row] = False
                    continue
                number, before = number + 1, text
                ids[row] = base if number == 1 else f"{base}-{number}"
    return pa.array(ids, pa.string()), kept


def _hashes(frame: pd.DataFrame, known: Mask) -> list[str]:
    ids: list[str] = []
    for start in range(0, len(frame), _ROWS):
        part = frame.iloc[start : start + _ROWS]
        blanks = [""] * len(part)
        people, comments = (
            part[name].fillna("").tolist() if name in part else blanks
            for name in (c.RESPONDENT_ID, c.COMMENT)
        )
        times = part[c.RESPONDED_AT].to_numpy("datetime64[us]").astype(str).tolist()
        answers = zip(part[c.SCORE].tolist(), comments, strict=True)
        sure = known[start : start + _ROWS].tolist()
        for person, time, answer, alone in zip(people, times, answers, sure, strict=True):
            facts = (person, time) if alone else (person, time, str(answer[0]), answer[1])
            digest = blake2b("\x1f".join(facts).encode("utf-8", "replace"), digest_size=12)
            ids.append("row-" + digest.hexdigest())
    return ids
