"""The accepted frame: the canonical columns a file has, then its segments."""

from dataclasses import dataclass
from datetime import UTC, date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from nps_core import columns as c
from nps_core.intake.amounts import parse_amounts
from nps_core.intake.columnar import blank_to_null
from nps_core.intake.date_column import parse_dates, proven_order
from nps_core.intake.dates import find_zone
from nps_core.intake.mapping import SEGMENT, Mapping
from nps_core.intake.raw import RawTable
from nps_core.intake.segments import group_spellings, survey_types
from nps_core.intake.text import number_text, phrases, quote
from nps_core.language import tr, tr_plural

_TAKEN: Final = frozenset((*c.CANONICAL, c.PERIOD, c.COUNT, c.NPS, c.LOW, c.HIGH, c.RESPONSES))
_NOBODY: Final = pa.array(sorted(phrases("anonymous | anonym | anonyme | anónimo | anoniem | n/a")))


@dataclass(frozen=True, eq=False)
class Rows:
    """Positions of the rows to build, their scores and dates, and where to say what was noticed."""

    at: npt.NDArray[np.intp]
    scores: npt.NDArray[np.int8]
    dates: npt.NDArray[np.datetime64]
    warnings: list[str]


def build(raw: RawTable, mapping: Mapping, rows: Rows, today: date | None = None) -> pd.DataFrame:
    """One row a response: `responded_at`, `score` and the other canonical columns the mapping
    names, then the segments under their headers.

    Text is as given, blanks missing; spellings of one segment value are grouped. A segment whose
    header is the name of another column (in any case) gets " (segment)" after it.
    """
    whole = len(rows.at) == raw.table.num_rows
    taken = raw.table if whole else raw.table.take(rows.at)

    def cells(header: str) -> pa.ChunkedArray:
        return taken.column(raw.header.index(header))

    out: dict[str, pa.Array | pa.ChunkedArray] = {}
    for role in c.CANONICAL:
        header = mapping.header_of(role)
        if role == c.RESPONDED_AT:
            out[role] = pa.array(rows.dates)
        elif role == c.SCORE:
            out[role] = pa.array(rows.scores)
        elif header is not None:
            out[role] = _canonical(role, header, cells(header), mapping, rows, today)
    for header in mapping.headers_of(SEGMENT):
        out[_free_name(header, out)] = _segment(header, cells(header), rows)
    return pa.table(out).to_pandas()


def _canonical(
    role: str,
    header: str,
    cells: pa.ChunkedArray,
    mapping: Mapping,
    rows: Rows,
    today: date | None,
) -> pa.Array | pa.ChunkedArray:
    if role in c.NAMED_SEGMENTS:
        return _segment(header, cells, rows)
    if role == c.SURVEY_TYPE:
        kinds, unknown = survey_types(cells)
        if unknown:
            rows.warnings.append(
                tr_plural(
                    "1 cell of {name} neither relational nor transactional: taken as missing.",
                    "{n} cells of {name} neither relational nor transactional: taken as missing.",
                    unknown,
                    n=number_text(unknown),
                    name=quote(header),
                )
            )
        return kinds
    if role in c.NUMBERS:
        numbers, unread = parse_amounts(cells)
        if unread:
            rows.warnings.append(
                tr_plural(
                    "1 cell of {name} without a readable number: left empty.",
                    "{n} cells of {name} without a readable number: left empty.",
                    unread,
                    n=number_text(unread),
                    name=quote(header),
                )
            )
        return pa.array(numbers)
    if role == c.UPDATED_AT:
        zone = UTC if mapping.timezone == "UTC" else find_zone(mapping.timezone)
        order = proven_order(cells).order or mapping.date_order
        return pa.array(parse_dates(cells, order, zone, today).at)
    if role == c.RESPONDENT_ID:
        folded = pc.utf8_lower(pc.utf8_trim_whitespace(cells))
        cells = pc.if_else(pc.is_in(folded, _NOBODY), pa.scalar(None, pa.string()), cells)
    return blank_to_null(cells)


def _segment(header: str, cells: pa.ChunkedArray, rows: Rows) -> pa.Array:
    grouped, went = group_spellings(cells)
    if went:
        shown = ", ".join(quote(text, 40) for text in went[:5])
        rows.warnings.append(
            tr_plural(
                "1 other spelling in {name} grouped with the most frequent form ({spellings}).",
                "{n} other spellings in {name} grouped with the most frequent form ({spellings}).",
                len(went),
                n=number_text(len(went)),
                name=quote(header),
                spellings=tr("{names} and more", names=shown) if len(went) > 5 else shown,
            )
        )
    return grouped


def _free_name(header: str, taken: dict[str, pa.Array | pa.ChunkedArray]) -> str:
    names = _TAKEN | {name.casefold() for name in taken}
    name, number = header, 1
    while name.casefold() in names:
        number += 1
        name = f"{header} (segment)" if number == 2 else f"{header} (segment {number - 1})"
    return name
