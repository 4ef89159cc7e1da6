"""A raw table whose columns are known, into accepted responses and an account of all other rows."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from nps_core import columns as c
from nps_core.errors import FileRefused, NpsError
from nps_core.intake import find_score, reasons
from nps_core.intake.columnar import text_array
from nps_core.intake.date_choice import choose_order
from nps_core.intake.date_column import DateColumn, parse_dates
from nps_core.intake.dates import Moment, find_zone, parse_date, to_utc
from nps_core.intake.frame import Rows, build
from nps_core.intake.identity import repeated, settle, shortened
from nps_core.intake.mapping import (
    DATE_COLUMN,
    DAY_FIRST,
    IGNORE,
    MONTH_FIRST,
    SCALE,
    ZERO_TO_TEN,
    Mapping,
    Question,
)
from nps_core.intake.not_responses import not_responses
from nps_core.intake.raw import RawTable
from nps_core.intake.reasons import CODES
from nps_core.intake.recognise import Recognition
from nps_core.intake.rejections import rejected_frame
from nps_core.intake.scale import scale_of
from nps_core.intake.scores import NO_SCORE, ScoreColumn, parse_scores
from nps_core.intake.text import number_text, quote
from nps_core.language import tr, tr_plural

_REFUSED_SCALES: Final = frozenset(("labels", "weights", "hundred", "flag", "seven"))
_ONE_DATE: Final = "response_date"


@dataclass(frozen=True, eq=False)
class Cleaned:
    """The accepted frame, the rejected frame, how many rows were merged, and what to say of it."""

    accepted: pd.DataFrame
    rejected: pd.DataFrame
    merged_duplicates: int
    mapping: Mapping
    questions: tuple[Question, ...]
    warnings: tuple[str, ...]


class _Account:
    """One verdict a row: a reason code and the position of the column that shows it."""

    def __init__(self, rows: int) -> None:
        self.why = np.zeros(rows, np.int8)
        self.place = np.full(rows, -1, np.int16)
        self.questions: list[Question] = []
        self.warnings: list[str] = []

    @property
    def open(self) -> npt.NDArray[np.bool_]:
        return self.why == 0

    def reject(self, rows: npt.NDArray[np.intp], why: npt.NDArray[np.int8] | int, at: int) -> None:
        self.why[rows] = why
        self.place[rows] = at

    def ask(self, question: Question) -> None:
        self.questions.append(question)
        self.warnings.append(question.text)


def clean(raw: RawTable, found: Recognition, today: date | None = None) -> Cleaned:
    """Every row of `raw` as a response, as part of one, or rejected with its reason.

    `accepted` is built as in `Intake`. Raises `FileRefused` when the score column as a whole is
    no 0 to 10 scale and nobody has confirmed it (`Mapping.answers`, key "scale").
    """
    mapping, account = found.mapping, _Account(raw.table.num_rows)
    account.warnings.extend(found.warnings)
    for question in found.questions:
        account.ask(question)
    shown_by, said = not_responses(raw, mapping, found.tool)
    rows = np.flatnonzero(shown_by >= 0)
    account.why[rows], account.place[rows] = CODES[reasons.NOT_A_RESPONSE], shown_by[rows]
    account.warnings.extend(said)
    scores = _scores(raw, found, account)
    mapping, dates = _dates(raw, replace(found, mapping=mapping), account, today)
    rows = np.flatnonzero(account.open)
    frame = build(raw, mapping, Rows(rows, scores[rows], dates.at, account.warnings), today)
    frame, merged = _settled(raw, mapping, frame, rows, dates.timed, account)
    return Cleaned(
        frame,
        rejected_frame(raw, account.why, account.place),
        merged,
        mapping,
        tuple(account.questions),
        tuple(dict.fromkeys(account.warnings)),
    )


def _scores(raw: RawTable, found: Recognition, account: _Account) -> npt.NDArray[np.int8]:
    header = found.mapping.header_of(c.SCORE)
    assert header is not None
    at = raw.header.index(header)
    rows = np.flatnonzero(account.open)
    column = raw.column(header)
    parsed = parse_scores(column if len(rows) == len(account.why) else column.take(rows))
    _check_scale(raw, found, parsed, header, account)
    failed = parsed.why != 0
    account.reject(rows[failed], parsed.why[failed], at)
    scores = np.full(len(account.why), NO_SCORE, np.int8)
    scores[rows] = parsed.scores
    return scores


def _check_scale(
    raw: RawTable, found: Recognition, parsed: ScoreColumn, header: str, account: _Account
) -> None:
    scale = scale_of(parsed.counts)
    if not scale.kind or found.mapping.answer(SCALE):
        return
    if scale.kind == "no_zero":
        account.warnings.append(
            tr("The score column {name} looks like {looks}.", name=quote(header), looks=scale.looks)
        )
        return
    if scale.kind in _REFUSED_SCALES or found.sure < find_score.PLAIN:
        raise FileRefused(
            tr(
                "The column {name} does not hold answers from 0 to 10: it looks like {looks}.",
                name=quote(header),
                looks=scale.looks,
            ),
            remedy=tr(
                "Choose the column with the answers to the recommendation question, or export "
                "the survey with its numeric answers."
            ),
            header=raw.header,
        )
    text = tr(
        "The score column {name} looks like {looks}. Is it a recommendation from 0 to 10? "
        "Its values were taken as they are.",
        name=quote(header),
        looks=scale.looks,
    )
    account.ask(Question(SCALE, text, (ZERO_TO_TEN,)))


def _dates(
    raw: RawTable, found: Recognition, account: _Account, today: date | None
) -> tuple[Mapping, DateColumn]:
    """The response dates of the rows still open; rows without a usable one are rejected."""
    mapping = found.mapping
    header = mapping.header_of(c.RESPONDED_AT)
    rows = np.flatnonzero(account.open)
    if header is None:
        return mapping, _one_date(len(rows), mapping, account, today)
    choice = choose_order(raw, header, mapping, found.date_columns, today)
    column = raw.column(header)
    whole = len(rows) == len(account.why)
    zone = UTC if mapping.timezone == "UTC" else find_zone(mapping.timezone)
    parsed = parse_dates(column if whole else column.take(rows), choice.order, zone, today)
    if _is_one_old_day(parsed):
        mapping = mapping.with_role(header, IGNORE)
        account.warnings.append(
            tr(
                "Every date in {name} lies before 1990: they were taken as no dates.",
                name=quote(header),
            )
        )
        return mapping, _one_date(len(rows), mapping, account, today)
    if choice.question:
        account.ask(choice.question)
    if choice.warning:
        account.warnings.append(choice.warning)
    if choice.order in (DAY_FIRST, MONTH_FIRST):
        mapping = replace(mapping, date_order=choice.order)
    failed = parsed.why != 0
    account.reject(rows[failed], parsed.why[failed], raw.header.index(header))
    return mapping, DateColumn(parsed.at[~failed], parsed.timed[~failed], parsed.why[~failed])


def _is_one_old_day(parsed: DateColumn) -> bool:
    """Some tools write one constant day, such as 1980-01-01, where they stamp no dates."""
    return len(parsed.why) > 1 and bool((parsed.why == CODES[reasons.DATE_OUT_OF_RANGE]).all())


def _one_date(rows: int, mapping: Mapping, account: _Account, today: date | None) -> DateColumn:
    """The one date a person gave for a file without dates, else none at all and a question."""
    at = np.full(rows, np.datetime64("NaT"), "datetime64[us]")
    if answered := mapping.answer(_ONE_DATE):
        moment = parse_date(answered, mapping.date_order)
        stamp = to_utc(moment, UTC, today) if isinstance(moment, Moment) else moment
        if not isinstance(stamp, datetime):
            raise NpsError(
                tr(
                    "The response date given is {given}: {reason} Give a day such as 2025-03-31.",
                    given=quote(answered),
                    reason=tr(reasons.REASONS[stamp.reason]),
                )
            )
        at[:] = np.datetime64(stamp)
    elif all(question.key != DATE_COLUMN for question in account.questions):
        account.warnings.append(tr("The file has no response dates: it scores, but has no trend."))
        account.ask(Question(_ONE_DATE, tr("Which date applies to the responses of this file?")))
    return DateColumn(at, np.zeros(rows, bool), np.zeros(rows, np.int8))


def _settled(
    raw: RawTable,
    mapping: Mapping,
    frame: pd.DataFrame,
    rows: npt.NDArray[np.intp],
    timed: npt.NDArray[np.bool_],
    account: _Account,
) -> tuple[pd.DataFrame, int]:
    """The frame with every response once, and how many rows were merged."""
    kept = np.ones(len(frame), bool)
    conflict = np.zeros(len(frame), bool)
    nameless = _without_id(mapping, frame, account)
    if nameless.any():
        kept[nameless] = ~repeated(frame[nameless], timed[nameless])
    if not nameless.all():
        named = np.flatnonzero(~nameless)
        same = settle(frame if len(named) == len(frame) else frame.iloc[named])
        kept[named], conflict[named] = same.kept, same.in_conflict
        if same.superseded:
            account.warnings.append(
                tr_plural(
                    "1 earlier version of edited responses replaced by the later one in the same "
                    "file (counted as merged).",
                    "{n} earlier versions of edited responses replaced by the later one in the "
                    "same file (counted as merged).",
                    same.superseded,
                    n=number_text(same.superseded),
                )
            )
    if conflict.any():
        header = mapping.header_of(c.RESPONSE_ID)
        assert header is not None
        at = raw.header.index(header)
        account.reject(rows[conflict], CODES[reasons.ID_CONFLICT], at)
    merged = int((~kept & ~conflict).sum())
    if not kept.all():
        frame = frame[kept].reset_index(drop=True)
    if c.RESPONSE_ID in frame and nameless.any() and nameless.all():
        frame = frame.drop(columns=c.RESPONSE_ID)
    return frame, merged


def _without_id(mapping: Mapping, frame: pd.DataFrame, account: _Account) -> npt.NDArray[np.bool_]:
    """Which rows have no id of their own; one that a spreadsheet shortened is none and goes."""
    if c.RESPONSE_ID not in frame:
        return np.ones(len(frame), bool)
    ids = text_array(frame[c.RESPONSE_ID])
    damaged = shortened(ids)
    if damaged.any():
        header = mapping.header_of(c.RESPONSE_ID) or ""
        account.warnings.append(
            tr_plural(
                "1 id in {name} shortened by a spreadsheet (such as {example}): left out, since "
                "they no longer tell responses apart. Export the file again and do not open it "
                "in a spreadsheet.",
                "{n} ids in {name} shortened by a spreadsheet (such as {example}): left out, "
                "since they no longer tell responses apart. Export the file again and do not "
                "open it in a spreadsheet.",
                int(damaged.sum()),
                n=number_text(int(damaged.sum())),
                name=quote(header),
                example=ids.filter(pa.array(damaged))[0].as_py(),
            )
        )
        ids = pc.if_else(pa.array(damaged), pa.scalar(None, pa.string()), ids)
        frame[c.RESPONSE_ID] = pd.Series(ids, dtype="str")
    return frame[c.RESPONSE_ID].isna().to_numpy()
