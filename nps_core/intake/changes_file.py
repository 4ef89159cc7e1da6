"""Product changes from a file: a table with a header, or a list of GitHub releases.

The rows are plain `ChangeRow`s. What a change is measured by belongs to `nps_core.measure`, which
intake does not know; `nps_app.view.changes_import` turns rows into product changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nps_core.errors import FileRefused, NpsError
from nps_core.intake.changes_columns import (
    DATE,
    DRAFT,
    LINK,
    NOTE,
    PRERELEASE,
    SEGMENTS,
    TAG,
    TITLE,
    Records,
    read_segments,
)
from nps_core.intake.changes_dates import ambiguous_example, date_order_of, read_date
from nps_core.intake.changes_json import read_records
from nps_core.intake.changes_table import read_table, text_of
from nps_core.intake.mapping import DAY_FIRST, MONTH_FIRST, Question
from nps_core.intake.raw import SHOWN_CHARS, Rejection
from nps_core.intake.text import and_more, number_text
from nps_core.language import tr, tr_plural

MOST_CHANGES: Final = 10_000

DATE_ORDER: Final = "date_order"
"""Key of the question whether the day or the month comes first."""

_ORDERS: Final = (DAY_FIRST, MONTH_FIRST)


@dataclass(frozen=True)
class ChangeRow:
    """One product change as a file wrote it; every text is to be shown as plain text.

    `segments` holds (column, values) as written. `prerelease` is true for a GitHub release that
    is marked so: such a change is to be offered, not taken for granted. `line` is the physical
    line of a table, the position of a release in its list.
    """

    line: int
    date: date
    title: str
    note: str = ""
    link: str = ""
    segments: tuple[tuple[str, tuple[str, ...]], ...] = ()
    prerelease: bool = False


@dataclass(frozen=True)
class ChangesFile:
    """What a file of product changes held: every row is in `changes`, in `rejected`, or told of.

    `question` is set when only a person can say which of day and month comes first; then `changes`
    is empty and its options are what `date_order` of `read_changes` takes.
    """

    changes: tuple[ChangeRow, ...]
    rejected: tuple[Rejection, ...] = ()
    warnings: tuple[str, ...] = ()
    question: Question | None = None


def read_changes(data: bytes, filename: str, date_order: str | None = None) -> ChangesFile:
    r"""Product changes of a CSV table or of a GitHub releases JSON file.

    A table needs a header with a date and a title; note, link and segments are optional; names in
    English or French, delimiter comma, semicolon, tab or bar. Segments are written
    ``company_size=Enterprise|Mid-market; industry=Fintech``. Dates are read one way for the
    whole column; `date_order` ("day_first" | "month_first") settles what the column does not.
    Draft releases are left out and counted in `warnings`.

    Raises `FileRefused` when the file is no such table or list, `NpsError` on another `date_order`.

    >>> file = read_changes(b"date,title\n2026-08-12,Billing v2\nsoon,Teams\n", "changes.csv")
    >>> file.changes[0].date, file.changes[0].title
    (datetime.date(2026, 8, 12), 'Billing v2')
    >>> file.rejected[0].line, file.rejected[0].reason
    (3, 'not a date')
    """
    if date_order is not None and date_order not in _ORDERS:
        raise NpsError(
            tr(
                "date_order is {given}; allowed are {allowed} or None.",
                given=repr(date_order),
                allowed=", ".join(_ORDERS),
            )
        )
    text = text_of(data, filename)
    rejected: list[Rejection] = []
    warnings: list[str] = []
    if text.lstrip()[:1] in ("[", "{"):
        records = _without_drafts(read_records(text), warnings)
    else:
        records = read_table(text, rejected, warnings)
    if len(records) > MOST_CHANGES:
        raise FileRefused(
            tr(
                "The file has {n} changes; at most {most} are read.",
                n=number_text(len(records)),
                most=number_text(MOST_CHANGES),
            ),
            remedy=tr("Keep the changes users could notice, or split the file."),
        )
    dates = [record.get(DATE, "") for _, record in records]
    order = date_order or date_order_of(dates)
    if order is None:
        question = _question(dates)
        return ChangesFile((), tuple(rejected), (*warnings, question.text), question)
    changes = [row for line, record in records if (row := _row(line, record, order, rejected))]
    rejected.sort(key=lambda rejection: rejection.line)
    return ChangesFile(tuple(changes), tuple(rejected), tuple(warnings))


def _without_drafts(records: Records, warnings: list[str]) -> Records:
    drafts = [record for _, record in records if record.get(DRAFT) == "true"]
    if drafts:
        names = ", ".join(
            record.get(TITLE) or record.get(TAG) or tr("untitled") for record in drafts[:5]
        )
        if len(drafts) > 5:
            names = and_more(names, len(drafts) - 5)
        warnings.append(
            tr_plural(
                "1 draft release is left out, as drafts have not shipped: {names}.",
                "{n} draft releases are left out, as drafts have not shipped: {names}.",
                len(drafts),
                n=len(drafts),
                names=names,
            )
        )
    return [(line, record) for line, record in records if record.get(DRAFT) != "true"]


def _question(dates: Sequence[str]) -> Question:
    example = ambiguous_example(dates)
    text = (
        tr(
            "The dates do not tell whether the day or the month comes first, as in {example}.",
            example=example,
        )
        if example
        else tr("Some dates can only have the day first, others only the month first.")
    )
    return Question(DATE_ORDER, text, _ORDERS)


def _row(
    line: int, record: dict[str, str], order: str, rejected: list[Rejection]
) -> ChangeRow | None:
    def reject(column: str, reason: str) -> None:
        value = record.get(column, "")[:SHOWN_CHARS]
        rejected.append(Rejection(line, column, value, reason))

    day = read_date(record.get(DATE, ""), order)
    title = record.get(TITLE, "") or record.get(TAG, "")
    if day is None:
        reject(DATE, tr("not a date") if record.get(DATE) else tr("no date"))
        return None
    if not title:
        reject(TITLE, tr("no title"))
        return None
    try:
        segments = read_segments(record.get(SEGMENTS, ""))
    except NpsError as error:
        reject(SEGMENTS, str(error))
        return None
    return ChangeRow(
        line,
        day,
        " ".join(title.split()),
        record.get(NOTE, ""),
        record.get(LINK, ""),
        segments,
        record.get(PRERELEASE) == "true",
    )
