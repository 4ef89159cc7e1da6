"""Whom to call, whom to win over and whom to thank: the period's own responses, by name."""

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import pandas as pd
import streamlit as st

from nps_app.view.counting import KEPT
from nps_app.view.tables import count_text, date_text, number_text
from nps_app.view.weekly.content import Section, Table
from nps_app.view.weekly.look import Look
from nps_app.view.widgets.session import current_store, store_version
from nps_app.view.widgets.text import visible
from nps_core import columns as c
from nps_core.language import mark, tr, tr_plural
from nps_core.measure import Filter, apply

MOST: Final = 10
_WORDS: Final = 140
_COLUMNS: Final = (c.ACCOUNT_ID, c.RESPONDENT_ID, c.SCORE, c.RESPONDED_AT, c.MRR, c.COMMENT)


@dataclass(frozen=True)
class Called:
    """The first `MOST` responses of a kind, and how many there are in all."""

    rows: pd.DataFrame
    total: int


def people(look: Look) -> Section:
    """The three lists, each with the most urgent first."""
    detractors, passives, promoters = called(look.now)
    tables = [
        _table(tr("Whom to call"), detractors),
        _table(tr("Whom to win over"), passives),
        _table(tr("Whom to thank"), promoters),
    ]
    shown = tuple(table for table in tables if table is not None)
    return Section("people", tr("Whom to call, whom to thank"), _sentences(look), tables=shown)


def called(chosen: Filter) -> tuple[Called, Called, Called]:
    """Detractors (lowest score first), passives (largest revenue) and promoters (highest score)."""
    return _called(store_version(), chosen)


@st.cache_data(**{**KEPT, "max_entries": 64})
def _called(version: int, chosen: Filter) -> tuple[Called, Called, Called]:
    frame = (
        nw.from_native(apply(current_store().responses(), chosen))
        .lazy()
        .select(*_COLUMNS, c.RESPONSE_ID)
    )
    score = nw.col(c.SCORE)
    kinds: list[tuple[Any, list[str], list[bool]]] = [
        (score <= c.HIGHEST_DETRACTOR, [c.SCORE, c.MRR], [False, True]),
        (
            (score > c.HIGHEST_DETRACTOR) & (score < c.LOWEST_PROMOTER),
            [c.MRR, c.SCORE],
            [True, True],
        ),
        (score >= c.LOWEST_PROMOTER, [c.SCORE, c.MRR], [True, True]),
    ]
    found = []
    for kind, order, down in kinds:
        rows = frame.filter(kind)
        total = int(rows.select(nw.len()).collect().item())
        first = rows.sort(
            *order, c.RESPONDED_AT, c.RESPONSE_ID, descending=[*down, True, True], nulls_last=True
        ).head(MOST)
        found.append(Called(first.collect("pandas").to_native(), total))
    return found[0], found[1], found[2]


def _sentences(look: Look) -> tuple[str, ...]:
    kinds = called(look.now)
    if not any(kind.total for kind in kinds):
        return (look.said(mark("Nobody answered this week."), mark("Nobody answered this month.")),)
    call, win, thank = (kind.total for kind in kinds)
    said = tr(
        "{detractors}, {passives} and {promoters}.",
        detractors=tr_plural(
            "{n} detractor to call", "{n} detractors to call", call, n=count_text(call)
        ),
        passives=tr_plural(
            "{n} passive to win over", "{n} passives to win over", win, n=count_text(win)
        ),
        promoters=tr_plural(
            "{n} promoter to thank", "{n} promoters to thank", thank, n=count_text(thank)
        ),
    )
    return (said,)


def _table(title: str, kind: Called) -> Table | None:
    if not kind.total:
        return None
    rows = kind.rows
    columns = {
        tr("Account"): [_text(value, 40) for value in rows[c.ACCOUNT_ID]],
        tr("Respondent"): [_text(value, 40) for value in rows[c.RESPONDENT_ID]],
        tr("Score"): [str(int(value)) for value in rows[c.SCORE]],
        tr("Date"): [date_text(value) for value in rows[c.RESPONDED_AT]],
        tr("MRR"): ["" if pd.isna(value) else number_text(value) for value in rows[c.MRR]],
        tr("Comment"): [_text(value, _WORDS) for value in rows[c.COMMENT]],
    }
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    left = kind.total - len(rows)
    more = tr("{n} more", n=count_text(left)) if left else ""
    return Table(title, tuple(kept), tuple(zip(*kept.values(), strict=True)), more)


def _text(value: Any, longest: int) -> str:
    return "" if pd.isna(value) else visible(value, longest)
