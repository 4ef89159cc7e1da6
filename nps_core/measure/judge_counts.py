"""One product change and its rival explanations, from counts and the little else they take."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd

from nps_core.columns import (
    COUNT,
    HIGHEST_DETRACTOR,
    LOWEST_PROMOTER,
    PERIOD,
    SCORE,
)
from nps_core.measure.arguments import SegmentChoice, checked_level, whole_number
from nps_core.measure.before_after import Daily, Measured, measured
from nps_core.measure.change_verdicts import ByAccount, careful_table, read
from nps_core.measure.changes import ProductChange
from nps_core.measure.compare import ENOUGH
from nps_core.measure.diff_in_diff import difference_in_differences
from nps_core.measure.interrupted import interrupted
from nps_core.measure.mixes import Mixes, mix_rivals
from nps_core.measure.movement import Movement
from nps_core.measure.rivals import Rival, explained_by, masked_by, rival_of, unchecked
from nps_core.measure.widened import Widening
from nps_core.measure.windows import Days, Window, both_lengths, day_of, overlap

_ONE_OF_EACH = (HIGHEST_DETRACTOR, HIGHEST_DETRACTOR + 1, LOWEST_PROMOTER)
"""A score of each category, for counts that know no more than the category."""


@dataclass(frozen=True)
class Counted:
    """What `judge_counts` asks for, so that whoever keeps counts need not count again.

    `daily`, `by_account` and `mixes` are as for `change_verdicts_daily`. `everybody` gives the
    tally by the columns named of all responses in a window, whomever a change was for; `moved`
    the same people of a change's scope before and after, or None when respondents are not named.
    """

    daily: Callable[[SegmentChoice], pd.DataFrame]
    by_account: ByAccount
    mixes: Mixes
    everybody: Callable[[Sequence[str], Window], pd.DataFrame]
    moved: Callable[[ProductChange, Window, Window], Movement | None]


@dataclass(frozen=True)
class ChangeVerdict:
    """What `judge` found: the careful comparison, the rivals, and other changes nearby.

    `row` is the change's row of `change_verdicts`, whose `verdict` has taken the mix into account;
    `mix` has a rival for each choice of segments; `explained` is the one that explains a move in
    all, `masked` the one that hides a move; `nearby` the other changes of an overlapping scope no
    further off than the windows reach.
    """

    change: ProductChange
    row: pd.Series
    mix: tuple[Rival, ...]
    explained: Rival | None
    masked: Rival | None
    trend: Rival
    control: Rival
    same_people: Rival
    nearby: tuple[ProductChange, ...]
    level: float


def judge_counts(
    counted: Counted,
    change: ProductChange,
    others: Sequence[ProductChange] = (),
    days: Days = 28,
    washout: int = 0,
    level: float = 0.95,
    data_end: date | datetime | str | None = None,
    minimum: int = ENOUGH,
    responses: int | None = None,
) -> ChangeVerdict:
    """What `judge` returns, from counts kept elsewhere; NpsError as there."""
    checked_level(level)
    whole_number("minimum", minimum, 0)
    found = measured(counted.daily, (change, *others), days, washout, data_end, responses)
    one = found[0]
    careful = read(one, found, counted.by_account, washout, level)
    widening = Widening(careful.factor, careful.df)
    rivals = mix_rivals(one, counted.mixes, widening, level, minimum)
    row = careful_table([one], [careful], [rivals], level, minimum).iloc[0]
    total = row["total_verdict"]
    sides = int(row["before_responses"]), int(row["after_responses"])
    return ChangeVerdict(
        change=change,
        row=row,
        mix=tuple(rivals),
        explained=explained_by(total, row["difference"], rivals),
        masked=masked_by(total, rivals, 1 - level),
        trend=_trend(found, level, sides),
        control=_control(counted, one, widening, level, minimum),
        same_people=_same_people(counted, one),
        nearby=_nearby(change, others, one, days),
        level=level,
    )


def _empty(one: Measured) -> bool:
    return not one.before_total.sum() or not one.after_total.sum()


def _control(
    counted: Counted, one: Measured, widening: Widening, level: float, minimum: int
) -> Rival:
    scope = one.change.segments
    if not scope:
        return unchecked("control", "made for everybody")
    if _empty(one):
        return unchecked("control", "no responses on one side")
    columns = [column for column, _ in scope]
    control = []
    for window in (one.before, one.after):
        counts = counted.everybody(columns, window)
        known = counts[columns].notna() | [None in values for _, values in scope]
        treated = np.ones(len(counts), dtype=bool)
        for column, values in scope:
            treated &= counts[column].map(lambda value, values=values: value in values).to_numpy()
        control.append(counts[~treated & known.all(axis=1).to_numpy()])
    before, after = control
    sizes = int(before[COUNT].sum()), int(after[COUNT].sum())
    if not all(sizes):
        return unchecked("control", "nobody else answered on one side")
    beyond = difference_in_differences(
        _as_counts(one.before_total),
        _as_counts(one.after_total),
        before,
        after,
        level=level,
        minimum=minimum,
    )
    return rival_of("control", beyond, sizes, tuple(columns), widening, level, minimum)


def _as_counts(total: np.ndarray) -> pd.DataFrame:
    """Detractors, passives and promoters as the counts that functions of counts take."""
    return pd.DataFrame({SCORE: _ONE_OF_EACH, COUNT: total})


def _trend(found: Sequence[Measured], level: float, sides: tuple[int, int]) -> Rival:
    """The interrupted series between the neighbouring changes, each of which bends it too."""
    one = found[0]
    at = np.datetime64(one.change.date, "D")
    around = [
        np.datetime64(other.change.date, "D")
        for other in found[1:]
        if overlap(one.change.segments, other.change.segments)
    ]
    start = max((day for day in around if day < at), default=None)
    stop = min((day for day in around if day > at), default=None)
    series = interrupted(
        _daily_counts(one.daily),
        one.change.date,
        start=None if start is None else day_of(start),
        end=None if stop is None else day_of(stop - 1),
        level=level,
    )
    return Rival(
        "trend",
        series.verdict,
        series.level_change,
        series.level_low,
        series.level_high,
        series.p_level,
        *sides,
        detail=series,
    )


def _daily_counts(daily: Daily) -> pd.DataFrame:
    """A scope's days as the counts that functions of counts take."""
    return pd.DataFrame(
        {
            PERIOD: np.repeat(daily.days.astype("datetime64[us]"), len(_ONE_OF_EACH)),
            SCORE: np.tile(_ONE_OF_EACH, len(daily.days)),
            COUNT: daily.totals.reshape(-1),
        }
    )


def _same_people(counted: Counted, one: Measured) -> Rival:
    if _empty(one):
        return unchecked("same people", "no responses on one side")
    moved = counted.moved(one.change, one.before, one.after)
    if moved is None:
        return unchecked("same people", "respondents are not named")
    return Rival(
        "same people",
        moved.verdict,
        moved.difference,
        moved.low,
        moved.high,
        moved.p,
        moved.respondents,
        moved.respondents,
        detail=moved,
    )


def _nearby(
    change: ProductChange, others: Sequence[ProductChange], one: Measured, days: Days
) -> tuple[ProductChange, ...]:
    back, on = both_lengths(days)
    back = max(back, int((np.datetime64(change.date, "D") - one.before.start).astype(int)))
    on = max(on, int((one.after.stop - np.datetime64(change.date, "D")).astype(int)))
    near = [
        other
        for other in others
        if -back <= (other.date - change.date).days <= on
        and overlap(change.segments, other.segments)
    ]
    return tuple(sorted(near, key=lambda other: other.date))
