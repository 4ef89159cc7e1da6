"""What came of a file: the responses it holds, and an account of every other row."""

from collections.abc import Callable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd

from nps_core.errors import FileRefused
from nps_core.intake.choice_columns import fold_choices
from nps_core.intake.clean import clean
from nps_core.intake.long_format import fold_long
from nps_core.intake.mapping import Mapping, Question, fitted
from nps_core.intake.raw import RawTable
from nps_core.intake.read import read_table
from nps_core.intake.recognise import recognise
from nps_core.intake.summary_table import refuse_counts
from nps_core.intake.tool import Tool

_READING: Final = 0.6
_PREVIEW_ROWS: Final = 20


@dataclass(frozen=True)
class Intake:
    """The responses of one file and what became of each of its rows.

    `accepted`: one row a response; the canonical columns that the file has (`responded_at` and
    `score` always; `response_id` missing where the file gives none), then its segments under
    their own headers. Text columns are `str`, `responded_at` and `updated_at` datetime64[us] naive
    UTC, `score` int8, `mrr`, `csat`, `ces` float64. `rejected`: line, column, value (first 80
    characters), reason (a key of `REASONS`). `merged_duplicates`, `ignored_blank`, `rows_in`
    count rows of the file, and always `rows_in == len(accepted) + len(rejected) +
    merged_duplicates + ignored_blank`.

    `mapping` is what was used. `questions` are what a person should settle before the
    responses are stored; each is among `warnings` too. `tool` is the survey tool that wrote
    the file, None when not recognised. `header` and `preview` (first 20 raw rows, text) are the
    file's own words: show them as plain text.
    """

    accepted: pd.DataFrame
    rejected: pd.DataFrame
    merged_duplicates: int
    ignored_blank: int
    rows_in: int
    mapping: Mapping
    warnings: tuple[str, ...]
    questions: tuple[Question, ...]
    tool: str | None
    header: tuple[str, ...]
    preview: pd.DataFrame


def read_responses(
    data: bytes,
    filename: str,
    mapping: Mapping | AnyMapping[str, Any] | None = None,
    *,
    today: date | None = None,
    progress: Callable[[float], None] | None = None,
) -> Intake:
    """The responses in any survey export, with an account of every row that is none.

    `mapping` may be a `Mapping`, its `to_dict()`, or `{canonical name: header}`; columns it does
    not name are recognised. `today` bounds the future (without it, `LATEST_WITHOUT_TODAY` does).
    `progress` is called with the share done, 0 to 1. In a file with one row an answer, a row of
    another question counts among `merged_duplicates` when it belongs to an accepted response and
    is rejected as `other_question` when it does not.

    Raises `FileRefused` for a file that cannot be read as responses, `NpsError` for a mapping
    that makes no sense.

    >>> intake = read_responses(b"id,date,score\\na,2025-03-01,9\\nb,2025-03-02,7.5\\n", "x.csv")
    >>> intake.accepted["score"].tolist(), intake.rejected["reason"].tolist()
    ([9], ['score_not_integer'])
    """
    share = progress or (lambda done: None)
    raw = fold_choices(read_table(data, filename, lambda done: share(_READING * done)))
    said = mapping if isinstance(mapping, Mapping) else Mapping.from_dict(mapping or {})
    given = fitted(said, raw.header)
    preview = _preview(raw)
    long = fold_long(raw, given)
    table, given = (long.table, long.mapping) if long else (raw, given)
    try:
        found = recognise(table, given)
        zone = _zone(raw, given, found.tool)
        found = replace(found, mapping=replace(found.mapping, timezone=zone))
        share(_READING)
        if not given.roles:
            refuse_counts(table, found.mapping)
        cleaned = clean(table, found, today)
    except FileRefused as refused:
        refused.header = raw.header
        raise
    merged, rejected, warnings = cleaned.merged_duplicates, cleaned.rejected, cleaned.warnings
    result = cleaned.mapping
    if long:
        result, rejected, joined, more = long.account(result, rejected)
        merged, warnings = merged + joined, (*more, *warnings)
    share(1.0)
    return Intake(
        accepted=cleaned.accepted,
        rejected=rejected,
        merged_duplicates=merged,
        ignored_blank=raw.ignored_blank,
        rows_in=raw.rows_in,
        mapping=result,
        warnings=tuple(dict.fromkeys((*raw.remarks, *warnings))),
        questions=cleaned.questions,
        tool=found.tool.name if found.tool else None,
        header=raw.header,
        preview=preview,
    )


def _preview(raw: RawTable) -> pd.DataFrame:
    rows = raw.table.slice(0, _PREVIEW_ROWS)
    cells = {name: rows.column(i).to_pylist() for i, name in enumerate(raw.header)}
    return pd.DataFrame(cells, columns=list(raw.header), dtype="str").fillna("")


def _zone(raw: RawTable, given: Mapping, tool: Tool | None) -> str:
    """The zone of times that name none: a person's, the file's own, the tool's, or UTC."""
    if given.timezone != "UTC":
        return given.timezone
    return raw.timezone or (tool.zone if tool and tool.zone else "UTC")
