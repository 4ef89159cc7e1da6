"""One product change with everything else that could explain what moved around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from nps_core.columns import (
    ACCOUNT_ID,
    HIGHEST_SCORE,
    LOWEST_SCORE,
    RESPONDENT_ID,
    SCORE,
)
from nps_core.measure.arguments import SegmentChoice, checked_level, whole_number
from nps_core.measure.before_after import Measured, measured
from nps_core.measure.change_verdicts import (
    Mixes,
    careful_table,
    mix_columns,
    mix_rivals,
    read,
)
from nps_core.measure.changes import ProductChange, as_changes
from nps_core.measure.compare import ENOUGH
from nps_core.measure.diff_in_diff import difference_in_differences
from nps_core.measure.engine import opened
from nps_core.measure.filter import Filter, apply
from nps_core.measure.interrupted import interrupted
from nps_core.measure.movement import movement
from nps_core.measure.rivals import Rival, explained_by, masked_by, rival_of, unchecked
from nps_core.measure.tally import tally
from nps_core.measure.widened import Widening
from nps_core.measure.windows import Day, Days, Window, overlap


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


def judge(
    frame: Any,
    change: Any,
    others: Any = (),
    days: Days = 28,
    washout: int = 0,
    level: float = 0.95,
    data_end: date | datetime | str | None = None,
    minimum: int = ENOUGH,
    responses: int | None = None,
    mix: Iterable[str | Sequence[str]] | None = None,
    cluster: str = ACCOUNT_ID,
    respondent: str = RESPONDENT_ID,
) -> ChangeVerdict:
    """Whether the NPS moved around one change, and what else could have moved it.

    `frame` is a table of responses of any engine; `change` a ProductChange, `others` the other
    ones, which cut the windows as in `before_after`. `mix` names the segments whose mix is held
    fixed, each a column or several at once; None takes company_size, industry and persona, as far
    as the frame has them; what the change's scope fixes already is left out. The mix and control
    rivals are widened like the comparison itself. The control is everybody the change was not
    for; responses with an unknown value in a column of its scope are in neither group. Raises
    NpsError as `change_verdicts` does.

    >>> responses = pd.DataFrame({
    ...     "responded_at": pd.date_range("2026-01-01", periods=40), "score": [0] * 20 + [10] * 20
    ... })
    >>> found = judge(responses, ProductChange("2026-01-21", "New pricing"), days=20)
    >>> found.row["verdict"], found.trend.verdict, found.control.missing
    ('up', 'too few responses', 'made for everybody')
    """
    checked_level(level)
    whole_number("minimum", minimum, 0)
    (made,), rest = as_changes([change]), as_changes(others)
    names = opened(frame).collect_schema().names()
    look = _Look(frame, made, cluster if cluster in names else None)

    def daily(scope: SegmentChoice) -> pd.DataFrame:
        return tally(apply(frame, Filter(segments=scope)), every="day")

    found = measured(daily, (made, *rest), days, washout, data_end, responses)
    one = found[0]
    careful = read(one, found, look.by_account, washout, level)
    widening = Widening(careful.factor, careful.df)
    rivals = mix_rivals(one, look.mixes(mix_columns(names, mix)), widening, level, minimum)
    row = careful_table([one], [careful], [rivals], level, minimum).iloc[0]
    total = row["total_verdict"]
    return ChangeVerdict(
        change=made,
        row=row,
        mix=tuple(rivals),
        explained=explained_by(total, row["difference"], rivals),
        masked=masked_by(total, rivals, 1 - level),
        trend=_trend(
            daily(made.segments),
            found,
            level,
            (int(row["before_responses"]), int(row["after_responses"])),
        ),
        control=_control(look, one, widening, level, minimum),
        same_people=_same_people(look, one, respondent if respondent in names else "", level),
        nearby=_nearby(made, rest, one, days),
        level=level,
    )


@dataclass(frozen=True)
class _Look:
    """The responses of one change's scope, a window at a time."""

    frame: Any
    change: ProductChange
    cluster: str | None

    def within(self, window: Window, scoped: bool = True) -> Any:
        segments = self.change.segments if scoped else ()
        return apply(self.frame, Filter(_day(window.start), _day(window.stop - 1), segments))

    def by_account(self, change: ProductChange, window: Window) -> pd.DataFrame | None:
        if self.cluster is None or window.stop <= window.start:
            return None
        counts = tally(self.within(window), by=self.cluster)
        return counts.rename(columns={self.cluster: ACCOUNT_ID})

    def mixes(self, choices: Iterable[tuple[str, ...]]) -> Mixes:
        def counted(change: ProductChange, window: Window) -> dict[tuple[str, ...], pd.DataFrame]:
            frame = self.within(window)
            return {columns: tally(frame, by=columns) for columns in choices}

        return counted


def _empty(one: Measured) -> bool:
    return not one.before_total.sum() or not one.after_total.sum()


def _control(look: _Look, one: Measured, widening: Widening, level: float, minimum: int) -> Rival:
    scope = one.change.segments
    if not scope:
        return unchecked("control", "made for everybody")
    if _empty(one):
        return unchecked("control", "no responses on one side")
    columns = [column for column, _ in scope]
    control = []
    for window in (one.before, one.after):
        counts = tally(look.within(window, scoped=False), by=columns)
        known = counts[columns].notna() | [None in values for _, values in scope]
        treated = np.ones(len(counts), dtype=bool)
        for column, values in scope:
            treated &= counts[column].map(lambda value, values=values: value in values).to_numpy()
        control.append(counts[~treated & known.all(axis=1).to_numpy()])
    before, after = control
    sizes = int(before["n"].sum()), int(after["n"].sum())
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
    return pd.DataFrame({SCORE: [LOWEST_SCORE, 7, HIGHEST_SCORE], "n": total})


def _trend(
    daily: pd.DataFrame, found: Sequence[Measured], level: float, sides: tuple[int, int]
) -> Rival:
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
        daily,
        one.change.date,
        start=None if start is None else _day(start),
        end=None if stop is None else _day(stop - 1),
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


def _same_people(look: _Look, one: Measured, respondent: str, level: float) -> Rival:
    if not respondent:
        return unchecked("same people", "respondents are not named")
    if _empty(one):
        return unchecked("same people", "no responses on one side")
    moved = movement(
        apply(look.frame, Filter(segments=look.change.segments)),
        (_day(one.before.start), _day(one.before.stop - 1)),
        (_day(one.after.start), _day(one.after.stop - 1)),
        level=level,
    )
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
    back, on = (days, days) if isinstance(days, int) else days
    back = max(back, int((np.datetime64(change.date, "D") - one.before.start).astype(int)))
    on = max(on, int((one.after.stop - np.datetime64(change.date, "D")).astype(int)))
    near = [
        other
        for other in others
        if -back <= (other.date - change.date).days <= on
        and overlap(change.segments, other.segments)
    ]
    return tuple(sorted(near, key=lambda other: other.date))


def _day(at: Day) -> date:
    day: date = at.astype("datetime64[D]").item()
    return day
