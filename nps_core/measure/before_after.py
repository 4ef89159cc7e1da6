"""The NPS before and after each product change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import HIGH, LOW, PERIOD
from nps_core.errors import NpsError
from nps_core.language import mark
from nps_core.measure.arguments import SegmentChoice, as_date, checked_level, whole_number
from nps_core.measure.changes import ProductChange, as_changes
from nps_core.measure.compare import ENOUGH, differences, verdicts
from nps_core.measure.counts import categories, grouped
from nps_core.measure.filter import Filter, apply
from nps_core.measure.reasons import Reason, reason
from nps_core.measure.score import figures
from nps_core.measure.tally import tally
from nps_core.measure.windows import (
    LONGEST,
    Day,
    Days,
    Extent,
    Window,
    both_lengths,
    overlap,
    windows,
)

_AS_FAR_AS_IT_GOES = (36_500, 36_500)


def before_after(
    frame: Any,
    changes: Any,
    days: Days = 28,
    washout: int = 0,
    level: float = 0.95,
    data_end: date | datetime | str | None = None,
    minimum: int = ENOUGH,
) -> pd.DataFrame:
    """What the NPS was before and after each product change, and whether it differs.

    `frame` is a table of responses of any engine. `changes` is ProductChange objects, mappings
    with their fields, or a table of them; one with `segments` is measured among those responses
    only. The window before is the `days` days up to the day of the change, the one after `days`
    days from `washout` days after it. `data_end` is the last day the data reaches; None takes the
    last response's.

    Returns one row a change, in the order given: `change` (its position), `date`, `title`; for
    each of before and after `_start` and `_end` (both inclusive, NaT for an empty window),
    `_detractors`, `_passives`, `_promoters`, `_responses`, `_nps`, `_low`, `_high`; `difference`,
    `low`, `high` (points), `p` and `verdict` as `compare` gives them; and `cut`, a tuple of plain
    sentences, empty when both windows are whole and no other change is mixed in. Windows are cut
    by the data's first and last day and by a neighbouring change whose segments overlap. A side
    without responses is NaN and "too few responses". Nothing here claims a cause.

    >>> responses = pd.DataFrame({
    ...     "responded_at": pd.date_range("2026-01-01", periods=40), "score": [0] * 20 + [10] * 20
    ... })
    >>> found = before_after(responses, [ProductChange("2026-01-21", "New pricing")], days=20)
    >>> found[["before_nps", "after_nps", "difference", "verdict"]].values.tolist()
    [[-100.0, 100.0, 200.0, 'up']]
    """

    def daily(scope: SegmentChoice) -> pd.DataFrame:
        return tally(apply(frame, Filter(segments=scope)), every="day")

    return before_after_daily(daily, changes, days, washout, level, data_end, minimum)


def before_after_daily(
    daily: Callable[[SegmentChoice], pd.DataFrame],
    changes: Any,
    days: Days = 28,
    washout: int = 0,
    level: float = 0.95,
    data_end: date | datetime | str | None = None,
    minimum: int = ENOUGH,
) -> pd.DataFrame:
    """What `before_after` returns, from counts by day instead of responses.

    `daily` gives the tally by day of the responses in a scope (pairs of column and values; empty
    for all), and raises NpsError for a scope the data does not have. It is asked once a scope.

    >>> counts = pd.DataFrame({"period": pd.to_datetime(["2026-01-01"]), "score": [9], "n": [4]})
    >>> found = before_after_daily(lambda scope: counts, [ProductChange("2026-01-02", "Dark mode")])
    >>> found[["before_responses", "before_nps", "after_responses"]].values.tolist()
    [[4.0, 100.0, 0.0]]
    """
    whole_number("minimum", minimum, 0)
    checked_level(level)
    return table(measured(daily, changes, days, washout, data_end), level, minimum)


@dataclass(frozen=True)
class Measured:
    """One change with its windows, the counts in them (3,), and all the days of its scope."""

    change: ProductChange
    before: Window
    after: Window
    before_total: NDArray[np.int64]
    after_total: NDArray[np.int64]
    daily: "Daily"
    cut: tuple[str, ...]


def measured(
    daily: Callable[[SegmentChoice], pd.DataFrame],
    changes: Any,
    days: Days = 28,
    washout: int = 0,
    data_end: date | datetime | str | None = None,
    responses: int | None = None,
) -> list[Measured]:
    """The windows of each change and what was counted in them, as `before_after` lays them.

    With `responses`, each window is the nearest whole days that hold as many, as far as the data
    and the neighbouring changes leave them, whatever `days` says.
    """
    days = both_lengths(days)
    washout = whole_number("washout", washout, 0, LONGEST)
    if responses is not None:
        whole_number("responses", responses, 1)
        days = _AS_FAR_AS_IT_GOES
    made = as_changes(changes)
    whole = by_day(daily(()))
    extent = _extent(whole, as_date("data_end", data_end))
    scopes: dict[SegmentChoice, Daily] = {(): whole}
    found = []
    for at, change in enumerate(made):
        others = [*made[:at], *made[at + 1 :]]
        cut: list[str] = (
            [] if extent.first is not None else [reason(mark("no response has a date"))]
        )
        try:
            if change.segments not in scopes:
                scopes[change.segments] = by_day(daily(change.segments))
        except NpsError as error:
            # One change made for a segment that is gone must not take the others with it.
            scopes[change.segments] = Daily(whole.days[:0], whole.totals[:0])
            names = ", ".join(column for column, _ in change.segments)
            lost = mark("the data does not have the segments of this change: {segments}")
            cut.append(reason(lost, english=str(error), segments=names))
        scope = scopes[change.segments]
        before, after = windows(change, others, extent, days, washout)
        if responses is not None:
            before, after = scope.nearest(before, responses, -1), scope.nearest(after, responses, 1)
        cut += [*before.cut, *after.cut, *_same_day(change, others)]
        totals = scope.between(before), scope.between(after)
        found.append(Measured(change, before, after, *totals, scope, tuple(cut)))
    return found


@dataclass(frozen=True)
class Daily:
    """Detractors, passives and promoters of each day that has any, (days, 3), in order."""

    days: NDArray[np.datetime64]
    totals: NDArray[np.int64]

    def between(self, window: Window) -> NDArray[np.int64]:
        """The detractors, passives and promoters of a window's days, (3,)."""
        inside = (self.days >= window.start) & (self.days < window.stop)
        total: NDArray[np.int64] = self.totals[inside].sum(axis=0)
        return total

    def nearest(self, window: Window, responses: int, direction: int) -> Window:
        """The days of the window nearest to its change that hold `responses`, or all of it.

        `direction` is -1 for the window before, whose last day is the nearest, and 1 after.
        """
        inside = (self.days >= window.start) & (self.days < window.stop)
        days, counted = self.days[inside][::direction], self.totals[inside].sum(axis=1)
        reached = np.flatnonzero(counted[::direction].cumsum() >= responses)
        if not len(reached):
            return Window(
                window.start,
                window.stop,
                (_too_few(int(counted.sum()), responses, direction, window.cut),),
            )
        last = days[reached[0]]
        if direction < 0:
            return Window(last, window.stop)
        return Window(window.start, last + 1)


def _too_few(found: int, wanted: int, direction: int, cut: Sequence[str]) -> Reason:
    """Why a window holds fewer responses than were asked for."""
    why = tuple(each for one in cut if isinstance(one, Reason) for each in one.values["reasons"])
    if not why:
        few = (
            mark("only {n} of {responses} responses before"),
            mark("only {n} of {responses} responses after"),
        )
        return reason(few[direction > 0], n=found, responses=wanted)
    few = (
        mark("only {n} of {responses} responses before: {reasons}"),
        mark("only {n} of {responses} responses after: {reasons}"),
    )
    return reason(few[direction > 0], n=found, responses=wanted, reasons=why)


def by_day(counts: pd.DataFrame) -> Daily:
    """Counts by day (`period`, `score`, `n`) as arrays; undated ones are left out."""
    counts = counts.dropna(subset=PERIOD)
    ids, groups = grouped(counts, [PERIOD])
    days = groups[PERIOD].to_numpy().astype("datetime64[D]")
    return Daily(days, categories(counts, ids, len(groups)))


def _extent(daily: Daily, data_end: date | None) -> Extent:
    if not len(daily.days):
        return Extent(None, None)
    last = daily.days[-1] if data_end is None else np.datetime64(data_end, "D")
    return Extent(daily.days[0], last)


def _bounds(side: str, window: Window) -> dict[str, Day]:
    empty = window.stop <= window.start
    never = np.datetime64("NaT", "D")
    return {
        f"{side}_start": never if empty else window.start,
        f"{side}_end": never if empty else window.stop - 1,
    }


def _same_day(change: ProductChange, others: Sequence[ProductChange]) -> list[Reason]:
    return [
        reason(mark('cannot be told apart from "{title}", made on the same day'), title=other.title)
        for other in others
        if other.date == change.date and overlap(change.segments, other.segments)
    ]


def table(found: list[Measured], level: float, minimum: int) -> pd.DataFrame:
    """What `before_after` returns, from what was measured."""
    empty = np.zeros((0, 3), dtype="int64")
    before = np.array([one.before_total for one in found]).reshape(-1, 3) if found else empty
    after = np.array([one.after_total for one in found]).reshape(-1, 3) if found else empty
    rows: list[dict[str, Any]] = [
        {"date": one.change.date} | _bounds("before", one.before) | _bounds("after", one.after)
        for one in found
    ]
    compared = differences(before, after, level)
    columns: dict[str, Any] = {
        "change": np.arange(len(found), dtype="int64"),
        "date": _stamps(rows, "date"),
        "title": pd.Series([one.change.title for one in found], dtype=object),
    }
    for side, total in (("before", before), ("after", after)):
        columns |= {name: _stamps(rows, name) for name in (f"{side}_start", f"{side}_end")}
        columns |= {f"{side}_{name}": value for name, value in figures(total, level).items()}
    columns |= compared
    columns["verdict"] = pd.Series(
        verdicts(compared[LOW], compared[HIGH], before.sum(axis=1), after.sum(axis=1), minimum),
        dtype=object,
    )
    columns["cut"] = pd.Series([one.cut for one in found], dtype=object)
    return pd.DataFrame(columns)


def _stamps(rows: list[dict[str, Any]], name: str) -> NDArray[np.datetime64]:
    days = np.array([row[name] for row in rows], dtype="datetime64[D]")
    return days.astype("datetime64[us]")
