"""The responses behind a figure: how many, a page of them, and all of them for a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import pandas as pd
import streamlit as st

from nps_app.view import counting, queries
from nps_app.view.counting import KEPT as COUNTED
from nps_app.view.widgets.session import current_store, store_version
from nps_core import columns as c
from nps_core.measure import Filter, apply
from nps_core.measure.movement import Way, movers

A_PAGE: Final = 200
_KEPT: Final[dict[str, Any]] = COUNTED | {"max_entries": 32}
_DAY: Final = pd.Timedelta(days=1)


@dataclass(frozen=True)
class FoundResponses:
    """The responses behind a figure: how many, a page of them, all of them; `people` of movers."""

    total: int
    page: Callable[[int], pd.DataFrame]
    everything: Callable[[], pd.DataFrame]
    people: int = 0


NOTHING: Final = FoundResponses(0, lambda page: pd.DataFrame(), pd.DataFrame)


def of_filter(chosen: Filter, scores: Sequence[int] = ()) -> FoundResponses:
    """The chosen responses that gave one of `scores`; () stands for every score."""
    return FoundResponses(
        how_many(chosen, scores),
        lambda page: listed(chosen, scores, page),
        lambda: everything(chosen, scores),
    )


def of_movers(
    before: Filter, after: Filter, way: Way, scores: Sequence[int] = ()
) -> FoundResponses:
    """Both responses of those won over, or lost, between two windows, the newest first."""
    every = _movers(store_version(), before, after, way)
    rows = every[every[c.SCORE].isin(scores)] if scores else every
    return FoundResponses(
        len(rows),
        lambda page: rows.iloc[(page - 1) * A_PAGE : page * A_PAGE].reset_index(drop=True),
        lambda: rows.dropna(axis="columns", how="all"),
        every[c.RESPONDENT_ID].nunique(),
    )


def how_many(chosen: Filter, scores: Sequence[int] = ()) -> int:
    """How many of the chosen responses gave one of `scores`; () stands for every score.

    Counted from the counts that the figures are made of.
    """
    counted = queries.counts(chosen)
    if scores:
        counted = counted[counted[c.SCORE].isin(scores)]
    return int(counted[c.COUNT].sum())


def listed(chosen: Filter, scores: Sequence[int] = (), page: int = 1) -> pd.DataFrame:
    """A page of the chosen responses, the newest first, undated ones last; pages count from 1."""
    return _listed(store_version(), chosen, tuple(scores), page)


@st.cache_data(**_KEPT)
def _listed(version: int, chosen: Filter, scores: tuple[int, ...], page: int) -> pd.DataFrame:
    # The days the page lies in are known from the counts: only these are sorted.
    days = counting.counts(version, chosen, (), "day")
    if scores:
        days = days[days[c.SCORE].isin(scores)]
    of_day = days.groupby(c.PERIOD, dropna=False)[c.COUNT].sum()
    of_day = of_day.sort_index(ascending=False, na_position="last")
    until, before = of_day.cumsum(), of_day.cumsum() - of_day
    skipped = (page - 1) * A_PAGE
    held = (until > skipped) & (before < skipped + A_PAGE)
    frame = _chosen(chosen, scores)
    if not held.any():
        return _sorted(frame).head(0).collect("pandas").to_native()
    skipped -= int(before[held].iloc[0])
    newest = _sorted(frame.filter(_on(of_day.index[held]))).head(skipped + A_PAGE)
    rows = newest.collect("pandas").to_native()
    return rows.iloc[skipped:].reset_index(drop=True)


def everything(chosen: Filter, scores: Sequence[int] = ()) -> pd.DataFrame:
    """All the chosen responses, the newest first, every column that is not wholly empty."""
    found = _sorted(_chosen(chosen, scores)).collect("pandas").to_native()
    return found.dropna(axis="columns", how="all") if len(found) else found


@st.cache_data(**_KEPT)
def _movers(version: int, before: Filter, after: Filter, way: Way) -> pd.DataFrame:
    found = movers(current_store().responses(), before, after, way)
    first = [c.RESPONDED_AT, c.RESPONSE_ID]
    return found.sort_values(first, ascending=False, ignore_index=True)


def _chosen(chosen: Filter, scores: Sequence[int]) -> nw.LazyFrame[Any]:
    frame = nw.from_native(apply(current_store().responses(), chosen)).lazy()
    return frame.filter(nw.col(c.SCORE).is_in(list(scores))) if scores else frame


def _on(days: pd.DatetimeIndex) -> nw.Expr:
    at = nw.col(c.RESPONDED_AT)
    dated = days.dropna()
    if dated.empty:
        return at.is_null()
    first, after = dated.min().to_pydatetime(), (dated.max() + _DAY).to_pydatetime()
    within = (at >= nw.lit(first)) & (at < nw.lit(after))
    return within if len(dated) == len(days) else within | at.is_null()


def _sorted(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    # By every column: rows alike in date and id would else change places between two pages.
    first = [c.RESPONDED_AT, c.RESPONSE_ID]
    rest = [name for name in frame.collect_schema().names() if name not in first]
    return frame.sort(*first, *rest, descending=True, nulls_last=True)
