"""One product change judged for its page, and what people wrote around it; cached like `queries`.

The judgement is cached on (store version, Filter without dates, the change's id and arguments):
its windows lie around the change, not inside the dates a person picked for other pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import narwhals as nw
import pandas as pd
import streamlit as st

from nps_app.view import counting, queries
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.small_windows import without_small_windows
from nps_app.view.widgets.session import current_store, store_version
from nps_core import columns as c
from nps_core.language import mark
from nps_core.measure import Filter, ProductChange, apply
from nps_core.measure.arguments import SegmentChoice
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.judge_counts import Counted, judge_counts
from nps_core.measure.movement import Movement, movement
from nps_core.measure.rivals import unchecked
from nps_core.measure.windows import Days, Window

QUOTED: Final = 6
SMALL_WINDOW: Final = mark("a window has too few responses to show its figures")
_LONGEST: Final = 600
_NOTHING: Final = pd.DataFrame({c.SCORE: [0][:0], c.COUNT: [0][:0]})
_NO_DAYS: Final = pd.DataFrame({c.PERIOD: pd.to_datetime([]), **_NOTHING})


@dataclass(frozen=True)
class Asked:
    """How a change is looked at: windows by days, or by `responses`, and the mixes held fixed."""

    days: Days = 28
    washout: int = 0
    responses: int | None = None
    mix: tuple[tuple[str, ...], ...] = ()

    def address(self) -> dict[str, str]:
        """The windows as the address of a change's page has them; usual ones are left out."""
        back, on = (self.days, self.days) if isinstance(self.days, int) else self.days
        given = {"before": (back, 28), "after": (on, 28), "left_out": (self.washout, 0)}
        named = {name: str(days) for name, (days, usual) in given.items() if days != usual}
        return named if self.responses is None else {"windows": f"{self.responses} responses"}


def change_of(change_id: int) -> ProductChange | None:
    """The stored change of that id; None when there is none."""
    return next((one for one in queries.stored_changes() if one.id == change_id), None)


def judged(chosen: Filter, change_id: int, asked: Asked) -> ChangeVerdict:
    """The change's verdict with its rival explanations, as `nps_core.judge` gives them."""
    return _judged(
        store_version(),
        undated(chosen),
        change_id,
        asked.days,
        asked.washout,
        asked.responses,
        asked.mix,
    )


def undated(chosen: Filter) -> Filter:
    """The filter without its dates."""
    return replace(chosen, start=None, end=None)


@st.cache_data(**counting.KEPT)
def _judged(
    version: int,
    chosen: Filter,
    change_id: int,
    days: Days,
    washout: int,
    responses: int | None,
    mix: tuple[tuple[str, ...], ...],
) -> ChangeVerdict:
    look = _Look(version, chosen, mix)
    every = queries.stored_changes()
    found = judge_counts(
        Counted(look.daily, look.by_account, look.mixes, look.everybody, look.moved),
        next(one for one in every if one.id == change_id),
        [one for one in every if one.id != change_id],
        days=days,
        washout=washout,
        data_end=queries.freshness().newest,
        responses=responses,
    )
    return _without_small_windows(found, minimum_responses())


def _without_small_windows(found: ChangeVerdict, minimum: int) -> ChangeVerdict:
    """The verdict without the figures of a window under the fewest responses a group shows."""
    row = without_small_windows(pd.DataFrame([found.row]), minimum).iloc[0]
    if not any(0 < row[f"{side}_responses"] < minimum for side in ("before", "after")):
        return found
    return replace(
        found,
        row=row,
        mix=(),
        explained=None,
        masked=None,
        control=unchecked("control", SMALL_WINDOW),
        same_people=unchecked("same people", SMALL_WINDOW),
    )


@dataclass(frozen=True)
class _Look:
    """The filtered responses, counted as the judgement asks for it, from counts kept already."""

    version: int
    chosen: Filter
    mix: tuple[tuple[str, ...], ...]

    def daily(self, scope: SegmentChoice) -> pd.DataFrame:
        narrowed = queries.within_scope(self.chosen, scope)
        return _NO_DAYS if narrowed is None else counting.days(self.version, narrowed)

    def by_account(self, change: ProductChange, window: Window) -> pd.DataFrame | None:
        dated = self._within(window, change.segments)
        if dated is None or not queries.has_accounts():
            return None
        return counting.by_account(self.version, dated)

    def mixes(
        self, change: ProductChange, window: Window
    ) -> Mapping[tuple[str, ...], pd.DataFrame]:
        dated = self._within(window, change.segments)
        if dated is None:
            return {}
        return {by: counting.counted_once(self.version, dated, by, None) for by in self.mix}

    def everybody(self, columns: Sequence[str], window: Window) -> pd.DataFrame:
        dated = self._within(window)
        if dated is None:
            return _NOTHING.assign(**{name: pd.Series([], dtype=object) for name in columns})
        return counting.counts(self.version, dated, tuple(columns), None)

    def moved(self, change: ProductChange, before: Window, after: Window) -> Movement | None:
        sides = self._within(before, change.segments), self._within(after, change.segments)
        if sides[0] is None or sides[1] is None or not _has_respondents(self.version):
            return None
        return _movement(self.version, sides[0], sides[1])

    def _within(self, window: Window, scope: SegmentChoice = ()) -> Filter | None:
        return queries.within_window(window, queries.within_scope(self.chosen, scope))


@st.cache_data(**counting.KEPT)
def _movement(version: int, before: Filter, after: Filter) -> Movement:
    """The same people of two windows: the same whatever mix is held fixed."""
    return movement(current_store().responses(), before, after)


@st.cache_data(**counting.KEPT)
def _has_respondents(version: int) -> bool:
    named = nw.from_native(current_store().responses()).lazy().select(c.RESPONDENT_ID).drop_nulls()
    return bool(len(named.head(1).collect()))


def mix_columns(change: ProductChange) -> list[str]:
    """The segments whose mix can be held fixed: those the change's scope leaves to vary."""
    fixed = {column for column, values in change.segments if len(values) == 1}
    return [column for column in queries.mix_columns() if column not in fixed]


def window_days(row: pd.Series, side: str) -> tuple[date, date] | None:
    """The first and the last day of a window of a measured change; None for an empty one."""
    ends = row[f"{side}_start"], row[f"{side}_end"]
    return None if any(pd.isna(end) for end in ends) else (ends[0].date(), ends[1].date())


def quotes(chosen: Filter, scope: SegmentChoice, days: tuple[date, date]) -> pd.DataFrame:
    """What was written in a window: score, comment; detractors first, then promoters, newest first.

    At most `QUOTED`, half of them of each kind where there are as many.
    """
    return _quotes(store_version(), undated(chosen), scope, days)


@st.cache_data(**counting.KEPT)
def _quotes(
    version: int, chosen: Filter, scope: SegmentChoice, days: tuple[date, date]
) -> pd.DataFrame:
    narrowed = queries.within_scope(chosen, scope)
    wanted = [c.SCORE, c.COMMENT]
    if narrowed is None:
        return pd.DataFrame(columns=wanted)
    dated = replace(narrowed, start=days[0], end=days[1])
    frame = nw.from_native(apply(current_store().responses(), dated)).lazy()
    written = frame.filter(nw.col(c.COMMENT).str.strip_chars().fill_null("") != "")
    kinds = (
        written.filter(nw.col(c.SCORE) <= c.HIGHEST_DETRACTOR),
        written.filter(nw.col(c.SCORE) >= c.LOWEST_PROMOTER),
    )
    low, high = (
        kind.sort(c.RESPONDED_AT, c.RESPONSE_ID, descending=True, nulls_last=True)
        .select(*wanted)
        .head(QUOTED)
        .collect("pandas")
        .to_native()
        for kind in kinds
    )
    half = QUOTED // 2
    first = low.head(max(half, QUOTED - len(high)))
    picked = pd.concat([first, high.head(QUOTED - len(first))], ignore_index=True)
    picked[c.COMMENT] = [str(text)[:_LONGEST] for text in picked[c.COMMENT]]
    return picked
