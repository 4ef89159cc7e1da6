"""Day or month first: decided once for the whole response date column, or asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nps_core.intake.date_column import proven_order
from nps_core.intake.date_order import order_alike, order_from_other
from nps_core.intake.dates import NEITHER
from nps_core.intake.mapping import DAY_FIRST, MONTH_FIRST, Mapping, Question
from nps_core.intake.raw import RawTable
from nps_core.intake.text import fold_header, quote
from nps_core.language import mark, tr

_DAY_FIRST_LANGUAGES: Final = re.compile(
    r"^(?:horodateur|horodatage|heure de (?:debut|fin)|date de .*|date reponse|zeitstempel|\w*datum"
    r"|fertigstellungszeit|startzeit|carimbo de data hora|data d[ae] .*|hora de conclusao"
    r"|tijdstempel|tijd van .*|tijdstip van .*|\w+ op)$"
)
"""Names of date columns in languages that are written day first wherever they are spoken."""


_STARTS: Final = re.compile(
    r"\b(?:start\w*|began|begin\w*|debut|inicio|comienzo|anfang\w*|sent|envoye|enviado|verschickt"
    r"|verzonden|invited|delivered|opened|aanvang)\b"
)
"""Names of times before an answer can be complete."""

_BY_ITSELF: Final = {
    DAY_FIRST: mark(
        "Dates in {name} were read with the day first, as its own values show, not in the order "
        "that was set."
    ),
    MONTH_FIRST: mark(
        "Dates in {name} were read with the month first, as its own values show, not in the "
        "order that was set."
    ),
}
_BY_ANOTHER: Final = {
    DAY_FIRST: mark(
        "Dates in {name} were read with the day first, as another date column of the file is "
        "written."
    ),
    MONTH_FIRST: mark(
        "Dates in {name} were read with the month first, as another date column of the file is "
        "written."
    ),
}


@dataclass(frozen=True)
class DateChoice:
    """The order for the whole column: None when no cell needs one or it must be asked, and
    `NEITHER` when the column proves both."""

    order: str | None = None
    question: Question | None = None
    warning: str = ""


def choose_order(
    raw: RawTable, header: str, mapping: Mapping, date_columns: Sequence[str], today: date | None
) -> DateChoice:
    """Day or month first in the column `header`.

    By cells where only one of the two can be; by what a person said; by dots; by another date of
    the same rows that agrees, or is written alike and proves its order; by the language of the
    column's own name where all its countries write the day first. Otherwise a
    question, and no order.
    """
    answered = mapping.date_order or mapping.answer("date_order")
    column = raw.column(header)
    proven = proven_order(column)
    if answered in (DAY_FIRST, MONTH_FIRST):
        if proven.order in (None, answered):
            return DateChoice(answered)
        assert proven.order is not None
        return DateChoice(proven.order, warning=tr(_BY_ITSELF[proven.order], name=quote(header)))
    if not proven.unsettled:
        return DateChoice(proven.order)
    if not proven.contradictory:
        names = [name for name in date_columns if name != header]
        others = [raw.column(name) for name in names]
        order = order_from_other(column, others, today)
        if order is None:
            starts = [bool(_STARTS.search(fold_header(name))) for name in names]
            order = order_alike(column, list(zip(others, starts, strict=True)), today)
        if order:
            return DateChoice(order, warning=tr(_BY_ANOTHER[order], name=quote(header)))
        if _DAY_FIRST_LANGUAGES.fullmatch(fold_header(header)):
            return DateChoice(
                DAY_FIRST,
                warning=tr(
                    "Dates in {name} were read with the day first, going by the language of the "
                    "column's name.",
                    name=quote(header),
                ),
            )
    asked = (
        tr(
            "Dates in {name} hold both days before months and months before days: does the day "
            "or the month come first?",
            name=quote(header),
        )
        if proven.contradictory
        else tr(
            "Dates in {name} can be read with the day or with the month first: does the day or "
            "the month come first?",
            name=quote(header),
        )
    )
    question = Question("date_order", asked, (DAY_FIRST, MONTH_FIRST))
    return DateChoice(NEITHER if proven.contradictory else None, question)
