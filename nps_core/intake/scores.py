"""Text to a score of 0 to 10, in one grammar: never rounded, clipped, rescaled or defaulted."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from nps_core.columns import HIGHEST_SCORE, LOWEST_SCORE
from nps_core.intake import reasons
from nps_core.intake.columnar import encode
from nps_core.intake.text import holds_no_answer, narrow

NO_SCORE: Final = -1
"""Stands in an array of scores where there is none."""

_LONGEST: Final = 120
"""Longer cells are talk; trying patterns on a comment of 100,000 characters takes minutes."""

_WHOLE: Final = re.compile(r"[+-]?\d{1,6}(?:[.,]0+)?", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)", re.ASCII)
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}[.,]000", re.ASCII)
_OUT_OF: Final = re.compile(
    r"([+-]?\d+)(?:[.,]0+)?\s*(?:/|out of|sur|von|de|em|van|op|aus)\s*(\d+)", re.ASCII
)
_DATE: Final = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ t].*)?"
    r"|\d{1,2}[-. /]\s*[^\W\d]{3,9}\.?(?:[-. /]+\d{2,4})?"
    r"|[^\W\d]{3,9}\.?[-. /]\s*\d{1,2}(?:,?[-. /]+\d{2,4})?"
)
_MONTH: Final = re.compile(
    r"\b(?:jan|feb|fév|fev|mar|mär|maa|mrt|apr|avr|abr|may|mai|mei|jun|jui|jul|aug|aoû|aou|ago|sep"
    r"|set|oct|okt|out|nov|dec|déc|dez|dic|ene)[^\W\d]{0,7}\b"
)
_ERROR: Final = re.compile(r"#[A-ZÀ-Ý][A-ZÀ-Ý0-9/_?!]*[!?]?|#N/?A|#DIV/0!|#NV")
_LABEL_AFTER: Final = re.compile(
    r"(\d{1,3})(?:[.,]0+)?\s*(?:[-–—:=|,]|\.(?=\s)|\n|(?=[(\[]))\s*(\D*[^\W\d]\D*)", re.ASCII
)
_LABEL_BEFORE: Final = re.compile(
    r"(\D*[^\W\d]\D*?)(?:\s+[-–—=|]\s*|\s*[-–—=|]\s+|\s*[:\n]\s*|\s*[(\[]\s*|(?<=\w\w)[-–—])"
    r"(\d{1,3})(?:[.,]0+)?\s*[)\]]?",
    re.ASCII,
)


@lru_cache(maxsize=8_192)
def parse_score(text: str) -> tuple[int | None, str]:
    """The score a cell holds and "", or None and the reason it holds none.

    Full-width digits count as digits. "9", "9.0", "9,0", "9/10", "9 out of 10",
    "10 - Extremely likely" and "Extremely likely - 10" are scores. A dot or comma before exactly
    three zeros may part thousands, so "9.000" is not read.

    >>> [parse_score(cell)[0] for cell in ("9", "10.0", "7,0", "9/10", "Extremely likely - 10")]
    [9, 10, 7, 9, 10]
    >>> [parse_score(cell)[1] for cell in ("7.5", "11", "3/5", "9-Oct", "#N/A", "TRUE", "n/a")]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['score_not_integer', 'score_out_of_range', 'score_wrong_scale', 'score_is_date',
     'score_is_error', 'score_not_a_number', 'score_missing']
    """
    if len(text) > _LONGEST:
        return None, reasons.SCORE_NOT_A_NUMBER
    raw = narrow(text).strip()
    cell = raw.casefold()
    if holds_no_answer(cell):
        return None, reasons.SCORE_MISSING
    if _ERROR.fullmatch(raw):
        return None, reasons.SCORE_IS_ERROR
    if _THOUSANDS.fullmatch(cell):
        return None, reasons.SCORE_NOT_A_NUMBER
    if _WHOLE.fullmatch(cell):
        return _within(int(re.split("[.,]", cell)[0]))
    if _NUMBER.fullmatch(cell):
        inside = LOWEST_SCORE <= float(cell.replace(",", ".")) <= HIGHEST_SCORE
        return None, reasons.SCORE_NOT_INTEGER if inside else reasons.SCORE_OUT_OF_RANGE
    if found := _OUT_OF.fullmatch(cell):
        if int(found[2]) != HIGHEST_SCORE:
            return None, reasons.SCORE_WRONG_SCALE
        return _within(int(found[1]))
    if re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?\s*%|[★☆⭐*]+", cell):
        return None, reasons.SCORE_WRONG_SCALE
    if _DATE.fullmatch(cell) and (_MONTH.search(cell) or not re.search(r"[^\W\d]{2}", cell)):
        return None, reasons.SCORE_IS_DATE
    if found := _LABEL_AFTER.fullmatch(cell):
        return _within(int(found[1]))
    if found := _LABEL_BEFORE.fullmatch(cell):
        return _within(int(found[2]))
    return None, reasons.SCORE_NOT_A_NUMBER


def _within(score: int) -> tuple[int | None, str]:
    if LOWEST_SCORE <= score <= HIGHEST_SCORE:
        return score, ""
    return None, reasons.SCORE_OUT_OF_RANGE


@dataclass(frozen=True, eq=False)
class ScoreColumn:
    """A column read as scores: `scores` int8 (`NO_SCORE` where none), `why` the reason codes.

    `counts` says how many rows hold each distinct text; a null cell is no answer.
    """

    scores: npt.NDArray[np.int8]
    why: npt.NDArray[np.int8]
    counts: dict[str, int]


def parse_scores(column: pa.ChunkedArray) -> ScoreColumn:
    """A whole column of text as scores; each distinct text is read once.

    >>> parse_scores(pa.chunked_array([["9", "7.5", None]])).scores.tolist()
    [9, -1, -1]
    """
    values, codes = encode(column)
    parsed = [*map(parse_score, values), (None, reasons.SCORE_MISSING)]
    scores = np.array([NO_SCORE if score is None else score for score, _ in parsed], np.int8)
    why = np.array([reasons.CODES[reason] for _, reason in parsed], np.int8)
    counts = np.bincount(codes[codes >= 0], minlength=len(values))
    return ScoreColumn(scores[codes], why[codes], dict(zip(values, counts.tolist(), strict=True)))
