"""Rows that are no counted responses: totals, repeated headers, previews, other kinds of survey."""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from nps_core.columns import RESPONDED_AT, RESPONSE_ID, SCORE
from nps_core.intake.columnar import blank, encode
from nps_core.intake.mapping import Mapping
from nps_core.intake.raw import RawTable
from nps_core.intake.row_words import FOOTERS, KIND_NAMES, NPS_KINDS, OTHER_KINDS
from nps_core.intake.text import fold_header, number_text, quote
from nps_core.intake.tool import Tool
from nps_core.language import tr, tr_plural

_SURE_TOOLS: Final = frozenset(("HubSpot", "AskNicely", "Delighted"))
_WORDS: Final = r"(?i)^\s*(?:" + "|".join(sorted(FOOTERS, key=len, reverse=True)) + ")"
_NUMBERED: Final = r"(?:\s*\([^)]*\))?\s*[:=]\s*[+-]?[\d.,]*\s*%?\s*$"
_FOOTER: Final = _WORDS + r"(?:" + _NUMBERED + r"|\s*(?:\([^)]*\))?\s*$)"
_LAST_ROWS: Final = 12

Mask = npt.NDArray[np.bool_]


def not_responses(
    raw: RawTable, mapping: Mapping, tool: Tool | None
) -> tuple[npt.NDArray[np.int16], list[str]]:
    """For each row the position of the column that shows it is no response, -1 for the others.

    Also sentences: how many rows were left out for what, and which were kept although a tool
    marks them (not finished, but with a score).
    """
    shown_by = np.full(raw.table.num_rows, -1, np.int16)
    said: list[str] = []

    def leave_out(mask: Mask, place: int) -> int:
        new = mask & (shown_by < 0)
        shown_by[new] = place
        return int(new.sum())

    for place, mask in _footers(raw, mapping):
        leave_out(mask, place)
    score = mapping.header_of(SCORE)
    if score is not None:
        place = raw.header.index(score)
        names = {fold_header(score), fold_header(raw.questions[place])} - {""}
        repeated = _where(raw, place, lambda text: _is_header(text, names))
        leave_out(repeated, place)
    named = {fold_header(header): place for place, header in reversed([*enumerate(raw.header)])}
    legacy = {fold_header(text): place for place, text in enumerate(raw.questions) if text}
    for rule in tool.rules if tool else ():
        at = named.get(rule.column, legacy.get(rule.column))
        if at is None:
            continue
        values = rule.values
        mask = _where(raw, at, lambda text, values=values: fold_header(text) in values)  # type: ignore[misc]
        if rule.drop:
            if rows := leave_out(mask, at):
                said.append(
                    tr_plural(
                        "1 row left out: {reason} ({name}).",
                        "{n} rows left out: {reason} ({name}).",
                        rows,
                        n=number_text(rows),
                        reason=tr(rule.means),
                        name=quote(raw.header[at]),
                    )
                )
        elif score is not None and (mask & ~blank(raw.column(score))).any():
            said.append(
                tr_plural(
                    "1 row of responses marked as {reason} ({name}); those with a score are "
                    "counted.",
                    "{n} rows of responses marked as {reason} ({name}); those with a score are "
                    "counted.",
                    int(mask.sum()),
                    n=number_text(int(mask.sum())),
                    reason=tr(rule.means),
                    name=quote(raw.header[at]),
                )
            )
    for place, mask in _other_kinds(raw, tool):
        if rows := leave_out(mask, place):
            said.append(
                tr_plural(
                    "1 row left out: {name} says they answer another kind of survey than NPS.",
                    "{n} rows left out: {name} says they answer another kind of survey than NPS.",
                    rows,
                    n=number_text(rows),
                    name=quote(raw.header[place]),
                )
            )
    return shown_by, said


def _is_header(text: str, names: set[str]) -> bool:
    return fold_header(text) in names or text.lstrip().startswith('{"ImportId"')


def _where(raw: RawTable, place: int, holds: Callable[[str], bool]) -> Mask:
    values, codes = encode(raw.table.column(place))
    # A cell that is not there is read like a blank one.
    table = np.array([holds(value) for value in values] + [holds("")], bool)
    return table[codes]


def _footers(raw: RawTable, mapping: Mapping) -> list[tuple[int, Mask]]:
    """Lines that sum the table up: a word such as Total first, and no date or mostly blanks.

    In a file without dates also the last lines, where nothing but numbers follows the word; and
    a score cell such as "Average: 8", which is no answer with a label.
    """
    found = []
    ids, dates, score = map(mapping.header_of, (RESPONSE_ID, RESPONDED_AT, SCORE))
    for place in sorted({0, *(raw.header.index(header) for header in (ids, dates) if header)}):
        rows, mask = _matching(raw, place, _FOOTER)
        if not len(rows):
            continue
        part = raw.table.take(rows)
        blanks = np.array([blank(column) for column in part.columns])
        sums_up = blanks.sum(axis=0) * 2 >= len(raw.header) - 1
        if dates is not None:
            at = raw.header.index(dates)
            sums_up |= blanks[at] if at != place else True
        else:
            sums_up |= _at_the_end(raw, rows) & _only_numbers(part, place)
        mask[rows] = sums_up
        found.append((place, mask))
    if score is not None:
        place = raw.header.index(score)
        found.append((place, _matching(raw, place, _WORDS + _NUMBERED)[1]))
    return found


def _matching(raw: RawTable, place: int, pattern: str) -> tuple[npt.NDArray[np.intp], Mask]:
    words = pc.fill_null(pc.match_substring_regex(raw.table.column(place), pattern), False)
    mask = words.to_numpy(zero_copy_only=False).copy()
    return np.flatnonzero(mask), mask


def _at_the_end(raw: RawTable, rows: npt.NDArray[np.intp]) -> Mask:
    """Which of these rows have nothing but each other between them and the end of the table."""
    from_the_end = raw.table.num_rows - rows
    block = from_the_end == np.arange(len(rows), 0, -1)
    return block & (from_the_end <= _LAST_ROWS)


def _only_numbers(part: pa.Table, place: int) -> Mask:
    others = [column for at, column in enumerate(part.columns) if at != place]
    plain = [
        pc.fill_null(pc.match_substring_regex(column, r"^\s*[+-]?[\d.,]*\s*%?\s*$"), True)
        for column in others
    ]
    cells = [column.to_numpy(zero_copy_only=False) for column in plain]
    return np.all(cells, axis=0) if cells else np.ones(part.num_rows, bool)


def _other_kinds(raw: RawTable, tool: Tool | None) -> list[tuple[int, Mask]]:
    found = []
    for place, header in enumerate(raw.header):
        if fold_header(header) not in KIND_NAMES:
            continue
        values, _ = encode(raw.table.column(place))
        kinds = {fold_header(value) for value in values} - {""}
        sure = tool is not None and tool.name in _SURE_TOOLS
        if sure and kinds & (NPS_KINDS | OTHER_KINDS):
            others = kinds - NPS_KINDS
        elif kinds & (NPS_KINDS | {"csat", "ces"}):
            others = kinds & OTHER_KINDS
        else:
            continue
        mask = _where(raw, place, lambda text, others=others: fold_header(text) in others)  # type: ignore[misc]
        found.append((place, mask))
    return found
