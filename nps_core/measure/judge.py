"""One product change with everything else that could explain what moved around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import numpy as np
import pandas as pd

from nps_core.columns import (
    ACCOUNT_ID,
    HIGHEST_SCORE,
    LOWEST_SCORE,
    NAMED_SEGMENTS,
    RESPONDENT_ID,
    SCORE,
)
from nps_core.measure.arguments import SegmentChoice, checked_level, column_names, whole_number
from nps_core.measure.before_after import Measured, measured
from nps_core.measure.change_verdicts import careful_table
from nps_core.measure.changes import ProductChange, as_changes
from nps_core.measure.compare import ENOUGH, TOO_FEW, Verdict, verdicts
from nps_core.measure.diff_in_diff import difference_in_differences
from nps_core.measure.engine import opened
from nps_core.measure.filter import Filter, apply
from nps_core.measure.interrupted import interrupted
from nps_core.measure.movement import movement
from nps_core.measure.post_stratify import post_stratified_difference
from nps_core.measure.tally import tally
from nps_core.measure.widened import Widening, widened_limits
from nps_core.measure.windows import Day, Days, Window, overlap

RivalName = Literal["mix", "trend", "control", "same people"]


@dataclass(frozen=True)
class Rival:
    """One rival explanation, checked with its own figure, or the reason it could not be.

    `difference`, `low`, `high` (points) and `p` are the move with this explanation taken out:
    at a fixed mix of `columns`, beyond the trend, beyond those the change was not for, among the
    same people. `verdict` is read from them. `missing` is "" or why there is nothing to check.
    `detail` is the whole result (`Adjusted`, `InterruptedSeries`, `DifferenceInDifferences`,
    `Movement`), None when nothing was checked.
    """

    name: RivalName
    verdict: Verdict
    difference: float
    low: float
    high: float
    p: float
    before_responses: int
    after_responses: int
    columns: tuple[str, ...] = ()
    missing: str = ""
    detail: Any = None


@dataclass(frozen=True)
class ChangeVerdict:
    """What `judge` found: the careful comparison, the rivals, and other changes nearby.

    `row` is the change's row of `change_verdicts`; `mix` has a rival for each choice of segments;
    `nearby` the other changes of an overlapping scope no further off than the windows reach.
    """

    change: ProductChange
    row: pd.Series
    mix: tuple[Rival, ...]
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
    row = careful_table([one], found, look.by_account, washout, level, minimum).iloc[0]
    widening = Widening(row["factor"], row["df"])
    sides = (int(row["before_responses"]), int(row["after_responses"]))
    fixed = {column for column, values in made.segments if len(values) == 1}
    whole = [held for held in _chosen(names, mix) if not fixed.issuperset(held)]
    return ChangeVerdict(
        change=made,
        row=row,
        mix=tuple(_mix(look, one, columns, widening, level, minimum, sides) for columns in whole),
        trend=_trend(daily(made.segments), found, level, sides),
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


def _chosen(names: Sequence[str], mix: Iterable[str | Sequence[str]] | None) -> list[Any]:
    if mix is None:
        mix = [name for name in NAMED_SEGMENTS if name in names]
    return [column_names("mix", columns) for columns in mix]


def _missing(name: RivalName, why: str, columns: tuple[str, ...] = ()) -> Rival:
    nothing = float("nan")
    return Rival(name, TOO_FEW, nothing, nothing, nothing, nothing, 0, 0, columns, why)


def _empty(one: Measured) -> bool:
    return not one.before_total.sum() or not one.after_total.sum()


def _mix(
    look: _Look,
    one: Measured,
    columns: tuple[str, ...],
    widening: Widening,
    level: float,
    minimum: int,
    sides: tuple[int, int],
) -> Rival:
    if _empty(one):
        return _missing("mix", "no responses on one side", columns)
    before, after = (tally(look.within(window), by=columns) for window in (one.before, one.after))
    held = post_stratified_difference(before, after, by=columns, level=level, minimum=minimum)
    return _rival("mix", held, widening, level, minimum, sides, columns)


def _control(look: _Look, one: Measured, widening: Widening, level: float, minimum: int) -> Rival:
    scope = one.change.segments
    if not scope:
        return _missing("control", "made for everybody")
    if _empty(one):
        return _missing("control", "no responses on one side")
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
        return _missing("control", "nobody else answered on one side")
    beyond = difference_in_differences(
        _as_counts(one.before_total),
        _as_counts(one.after_total),
        before,
        after,
        level=level,
        minimum=minimum,
    )
    return _rival("control", beyond, widening, level, minimum, sizes, tuple(columns))


def _as_counts(total: np.ndarray) -> pd.DataFrame:
    """Detractors, passives and promoters as the counts that functions of counts take."""
    return pd.DataFrame({SCORE: [LOWEST_SCORE, 7, HIGHEST_SCORE], "n": total})


def _rival(
    name: RivalName,
    result: Any,
    widening: Widening,
    level: float,
    minimum: int,
    sides: tuple[int, int],
    columns: tuple[str, ...],
) -> Rival:
    low, high, p = widened_limits(
        result.difference, result.low, result.high, result.p, widening, level
    )
    word = verdicts(
        np.array([low]), np.array([high]), np.array([sides[0]]), np.array([sides[1]]), minimum
    )[0]
    if result.verdict == TOO_FEW:
        word = TOO_FEW
    return Rival(name, word, result.difference, low, high, p, *sides, columns, "", result)


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
        return _missing("same people", "respondents are not named")
    if _empty(one):
        return _missing("same people", "no responses on one side")
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
