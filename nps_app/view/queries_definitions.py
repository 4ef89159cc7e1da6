"""The tables of a chosen definition of the score, cached like those of `queries`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import narwhals as nw
import pandas as pd
import streamlit as st

from nps_app.view import queries
from nps_app.view.counting import KEPT as COUNTED
from nps_app.view.known_shares import SETTING, KnownShares, Values
from nps_app.view.widgets.session import current_store, store_version
from nps_core import columns as c
from nps_core.measure import Filter, apply
from nps_core.measure.definition_rows import (
    ACCOUNTS,
    ALL_RESPONSES,
    LATEST,
    POST_STRATIFIED,
    WEIGHTED,
)
from nps_core.measure.definitions import ScoreDefinition, scores
from nps_core.measure.engine import as_pandas

KEPT: Final[dict[str, Any]] = COUNTED | {
    "max_entries": 256,
    "hash_funcs": {Filter: repr, ScoreDefinition: repr},
}
PLAIN: Final = ScoreDefinition()
_GROUP: Final = "group of the score"
"""A segment of the data may be called like one of the columns that come with a score."""


@dataclass(frozen=True)
class Offered:
    """What the data can carry: the kinds of score, and whether responses name their account."""

    kinds: tuple[str, ...]
    accounts: bool


def offered() -> Offered:
    """The definitions one can choose from in this data."""
    return _offered(store_version())


@st.cache_data(**KEPT)
def _offered(version: int) -> Offered:
    frame = nw.from_native(current_store().responses()).lazy()
    row = as_pandas(
        frame.select(
            nw.col(c.RESPONDENT_ID).count(), nw.col(c.ACCOUNT_ID).count(), nw.col(c.MRR).max()
        )
    ).iloc[0]
    there = {
        LATEST: row[c.RESPONDENT_ID] > 0,
        ACCOUNTS: row[c.ACCOUNT_ID] > 0,
        WEIGHTED: pd.notna(row[c.MRR]) and row[c.MRR] > 0,
        POST_STRATIFIED: known_shares() is not None,
    }
    kinds = tuple(kind for kind, carried in there.items() if carried)
    return Offered((ALL_RESPONSES, *kinds), bool(row[c.ACCOUNT_ID] > 0))


def definition_of(kind: str) -> ScoreDefinition:
    """The definition of a kind that is offered, with the data's accounts and the known shares."""
    known = known_shares()
    if kind == POST_STRATIFIED and known is not None:
        return ScoreDefinition(kind, strata=known.columns, shares=known.shares)
    if kind in (LATEST, WEIGHTED):
        return ScoreDefinition(kind, cluster=c.ACCOUNT_ID if offered().accounts else "")
    return ScoreDefinition(kind)


def known_shares() -> KnownShares | None:
    """The known shares as last saved, of columns the data still has; None without any."""
    return _known_shares(store_version())


@st.cache_data(**KEPT)
def _known_shares(version: int) -> KnownShares | None:
    known = KnownShares.from_setting(current_store().setting(SETTING, None))
    there = set(queries.segment_columns()) | {c.SURVEY_TYPE}
    return known if known and there.issuperset(known.columns) else None


def save_known_shares(known: KnownShares | None) -> None:
    """Keep the shares for everybody, None to forget them. Raises StoreError when it cannot."""
    current_store().set_setting(SETTING, known.to_setting() if known else None)


def combinations(columns: Sequence[str]) -> dict[Values, int]:
    """The combinations of values that the stored responses have, with their responses."""
    counted = queries.counts(Filter(), columns)
    totals: dict[Values, int] = {}
    for values, n in zip(
        zip(*(counted[name] for name in columns), strict=True), counted[c.COUNT], strict=True
    ):
        key = tuple(None if pd.isna(value) else str(value) for value in values)
        totals[key] = totals.get(key, 0) + int(n)
    return totals


def headline(chosen: Filter, definition: ScoreDefinition) -> pd.DataFrame:
    """The score of the chosen responses: one row as `scores` returns it.

    For all responses the interval, too, keeps accounts together where they have several.
    """
    if definition.kind == ALL_RESPONSES and offered().accounts:
        definition = ScoreDefinition(cluster=c.ACCOUNT_ID)
    return _scores(store_version(), chosen, definition, "", None, None, None)


def trend(
    chosen: Filter,
    definition: ScoreDefinition,
    every: str,
    window: int | None = None,
    by: str = "",
) -> pd.DataFrame:
    """The score per period, and per value of `by`; of all responses what `queries.trend` gives."""
    if definition.kind == ALL_RESPONSES:
        return queries.trend(chosen, every, window, (by,) if by else ())
    table = _scores(store_version(), chosen, definition, by, every, window, date.today())
    return table.drop(columns=by, errors="ignore").rename(columns={_GROUP: by})


def by_column(chosen: Filter, definition: ScoreDefinition, column: str) -> pd.DataFrame:
    """The score of each value of a segment column, the value in `segment`."""
    found = _scores(store_version(), chosen, definition, column, None, None, None)
    return found.rename(columns={_GROUP: "segment"})


@st.cache_data(**KEPT)
def _scores(
    version: int,
    chosen: Filter,
    definition: ScoreDefinition,
    by: str,
    every: str | None,
    window: int | None,
    today: date | None,
) -> pd.DataFrame:
    frame = nw.from_native(apply(current_store().responses(), chosen)).lazy()
    frame = frame.with_columns(nw.col(by).alias(_GROUP)) if by else frame
    return scores(frame, _GROUP if by else (), every, window, definition, today=today)
