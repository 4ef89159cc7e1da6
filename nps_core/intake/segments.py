"""Segment values: spellings of one value are grouped, blanks are missing, nothing else changes."""

import unicodedata
from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa

from nps_core.columns import RELATIONAL, TRANSACTIONAL
from nps_core.intake.columnar import encode
from nps_core.intake.row_words import RELATIONAL_WORDS, TRANSACTIONAL_WORDS
from nps_core.intake.text import fold_header, fold_value


def group_spellings(column: pa.ChunkedArray) -> tuple[pa.Array, tuple[str, ...]]:
    """The column with each value under its most frequent spelling, and the spellings that went.

    Case, outer blanks, width and the form of accents are one value; Ile and Île are two. "NA"
    and "None" are values; a blank is missing. Of equally frequent spellings the first in
    alphabetical order stands.

    >>> column = pa.chunked_array([["Pro", "pro ", "Pro", "NA", " "]])
    >>> grouped, went = group_spellings(column)
    >>> grouped.to_pylist(), went
    (['Pro', 'Pro', 'Pro', 'NA', None], ('pro',))
    """
    values, codes = encode(column)
    counts = np.bincount(codes[codes >= 0], minlength=len(values))
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for value, rows in zip(values, counts.tolist(), strict=True):
        spellings[fold_value(value)][unicodedata.normalize("NFC", value.strip())] += rows
    spellings.pop("", None)
    label = {
        key: min(found, key=lambda text, n=found: (-n[text], text))  # type: ignore[misc]
        for key, found in spellings.items()
    }
    went = sorted(text for key, found in spellings.items() for text in found if text != label[key])
    return _relabel([label.get(fold_value(value)) for value in values], codes), tuple(went)


def survey_types(column: pa.ChunkedArray) -> tuple[pa.Array, int]:
    """The column as relational, transactional or missing, and how many cells said anything else.

    >>> survey_types(pa.chunked_array([["rNPS", "Transactional", "other"]]))[0].to_pylist()
    ['relational', 'transactional', None]
    """
    values, codes = encode(column)
    folded = [fold_header(value) for value in values]
    known = [
        RELATIONAL
        if text in RELATIONAL_WORDS
        else TRANSACTIONAL
        if text in TRANSACTIONAL_WORDS
        else None
        for text in folded
    ]
    unknown = [bool(text) and kind is None for text, kind in zip(folded, known, strict=True)]
    rows = np.array([*unknown, False])[codes]
    return _relabel(known, codes), int(rows.sum())


def _relabel(labels: list[str | None], codes: np.ndarray) -> pa.Array:
    places = pa.array(np.where(codes < 0, len(labels), codes))
    return pa.array([*labels, None], pa.string()).take(places)
