"""The finished figures of the Planner page, cached like those of `queries`."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from nps_app.view import queries
from nps_app.view.counting import KEPT as COUNTED
from nps_app.view.queries_segments import GROUP
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.measure import Filter, score
from nps_core.measure.pace import Pace, Wait, pace, wait
from nps_core.measure.sample_size import half_width, responses_for_margin, sample_size, shifted

RECENT_DAYS: Final = 90
ENOUGH_SHARES: Final = 30
"""Fewer responses say too little of the shares to plan with them."""

FEW: Final = "few"
ALIKE: Final = "alike"
LEVEL: Final = 0.95
WORST: Final = (0.5, 0.0, 0.5)
Shares = tuple[float, float, float]
_POINTS: Final = 90
_ROOM: Final = 1.6
"""The axis goes on beyond the last point by this power of the ratio of sizes, for its name."""

_FEWEST_DAYS: Final = 7
_FEWEST_RESPONSES: Final = 5
"""Of fewer the pace could be anything."""

_KEPT: Final[dict[str, Any]] = COUNTED | {"max_entries": 256}


@dataclass(frozen=True)
class Now:
    """What a plan starts from: the recent responses, their pace, and the shares of all chosen.

    `recent` is one row of `score` over the days of `pace`, or over all chosen responses where
    none has a date (`pace` None); `margin` half the width of its interval. `shares` are those of
    detractors, passives and promoters among all `chosen`; `reason`, `FEW` or `ALIKE`, is why the
    worst case takes their place ("" when they are taken).
    """

    pace: Pace | None
    recent: pd.Series
    margin: float
    chosen: int
    undated: int
    shares: Shares
    reason: str


@dataclass(frozen=True)
class Plan:
    """The responses a margin and a move need with these shares, and how long they take.

    `needed` and `missing` (beyond the recent ones) are for the margin; `each` a side for the move,
    `visible_move` what two times the recent responses could detect. Waits are None
    without dates and where the pace is not `foreseeable`.
    """

    now: Now
    shares: Shares
    needed: int
    missing: int
    missing_wait: Wait | None
    needed_wait: Wait | None
    each: float
    each_wait: Wait | None
    visible_move: float


def now(chosen: Filter, today: date | None = None) -> Now:
    """The recent responses among the chosen ones; a filter's dates cut the recent days as well."""
    return _now(store_version(), chosen, today or date.today())


@st.cache_data(**_KEPT)
def _now(version: int, chosen: Filter, today: date) -> Now:
    days = queries.counts(chosen, every="day")
    whole = score(days).iloc[0]
    n = int(whole[c.RESPONSES])
    undated = int(days.loc[days[c.PERIOD].isna(), c.COUNT].sum())
    found = _pace(chosen, days, today)
    recent = whole
    if found is not None and found.start is not None and found.end is not None:
        inside = days[c.PERIOD].between(pd.Timestamp(found.start), pd.Timestamp(found.end))
        recent = score(days[inside]).iloc[0]
    shares, reason = WORST, ""
    alike = bool((whole[[c.DETRACTORS, c.PASSIVES, c.PROMOTERS]] == n).any())
    if n < ENOUGH_SHARES:
        reason = FEW
    elif alike:
        reason = ALIKE
    else:
        shares = (whole[c.DETRACTORS] / n, whole[c.PASSIVES] / n, whole[c.PROMOTERS] / n)
    margin = float(recent[c.HIGH] - recent[c.LOW]) / 2
    return Now(found, recent, margin, n, undated, shares, reason)


def _pace(chosen: Filter, days: pd.DataFrame, today: date) -> Pace | None:
    """The pace over the recent days the data covers; None where there is no such day."""
    fresh = queries.freshness()
    if fresh.oldest is None or fresh.newest is None or days[c.PERIOD].isna().all():
        return None
    since = max(fresh.oldest, chosen.start or fresh.oldest)
    last = min(fresh.newest, chosen.end or fresh.newest)
    if today > since:
        # The day that still runs is left out, unless there is no other.
        last = min(last, today - timedelta(days=1))
    if last < since:
        return None
    return pace(days, today=last + timedelta(days=1), days=RECENT_DAYS, since=since)


def foreseeable(found: Pace) -> bool:
    """Whether a pace rests on enough to say how long responses take; silence long enough does."""
    return found.days >= _FEWEST_DAYS and not 0 < found.responses < _FEWEST_RESPONSES


def plan(
    chosen: Filter,
    margin: float,
    move: float,
    power: float,
    worst: bool,
    today: date | None = None,
) -> Plan:
    """The responses needed for a margin and a move (points), overall."""
    return _plan(store_version(), chosen, margin, move, power, worst, today or date.today())


@st.cache_data(**_KEPT)
def _plan(
    version: int,
    chosen: Filter,
    margin: float,
    move: float,
    power: float,
    worst: bool,
    today: date,
) -> Plan:
    start = now(chosen, today)
    shares = WORST if worst else start.shares
    needed = int(responses_for_margin(np.array([shares]), margin, LEVEL)[0])
    each = _each_side(shares, move, power)
    n = int(start.recent[c.RESPONSES])
    missing = max(0, needed - n)

    def until(responses: int) -> Wait | None:
        return wait(start.pace, responses) if start.pace and foreseeable(start.pace) else None

    return Plan(
        now=start,
        shares=shares,
        needed=needed,
        missing=missing,
        missing_wait=until(missing),
        needed_wait=until(needed),
        each=each,
        each_wait=until(int(each)),
        visible_move=_visible_move(shares, n, power),
    )


def _each_side(shares: Shares, move: float, power: float) -> float:
    """Responses each side for a move either way, of which the harder one counts.

    Infinite for a move that the scale has no room for.
    """
    sizes = [
        sample_size(
            difference=move,
            detractors=shares[0],
            promoters=shares[2],
            after_detractors=after[0],
            after_promoters=after[2],
            level=LEVEL,
            power=power,
        )
        for after in (shifted(shares, move), shifted(shares, -move))
        if after is not None
    ]
    return max(sizes, default=math.inf)


def _visible_move(shares: Shares, responses: int, power: float) -> float:
    """The smallest move that so many responses a side detect; infinite when none."""
    small, large = 0.0, 100.0
    if _each_side(shares, large, power) > responses:
        return math.inf
    while large - small > 0.01:
        middle = (small + large) / 2
        enough = _each_side(shares, middle, power) <= responses
        small, large = (small, middle) if enough else (middle, large)
    return large


def margins(chosen: Filter, margin: float, worst: bool, today: date | None = None) -> pd.DataFrame:
    """Responses and the margin they give, from few to more than the present and the wanted."""
    return _margins(store_version(), chosen, margin, worst, today or date.today())


@st.cache_data(**_KEPT)
def _margins(version: int, chosen: Filter, margin: float, worst: bool, today: date) -> pd.DataFrame:
    start = now(chosen, today)
    shares = np.array([WORST if worst else start.shares])
    widest = min(80.0, max(2.5 * margin, 1.4 * start.margin if start.margin < 80 else 0, 8.0))
    n = int(start.recent[c.RESPONSES])
    fewest = responses_for_margin(shares, widest, LEVEL)[0]
    # Both points stand clear of the ends, so that their names have room.
    fewest = max(1, min(fewest, n // 2 or fewest))
    needed = responses_for_margin(shares, margin, LEVEL)[0]
    largest = max(needed, n)
    most = max(3 * largest, fewest * (largest / fewest) ** _ROOM)
    sizes = np.unique(np.geomspace(fewest, most, _POINTS).round())
    return pd.DataFrame(
        {
            c.RESPONSES: sizes.astype("int64"),
            "margin": 100 * half_width(shares * sizes[:, None], LEVEL),
        }
    )


def by_group(counted: pd.DataFrame, column: str) -> pd.DataFrame:
    """Counts by a segment column under the name the tables here use."""
    named = {GROUP: counted[column], c.SCORE: counted[c.SCORE], c.COUNT: counted[c.COUNT]}
    if c.PERIOD in counted:
        named[c.PERIOD] = counted[c.PERIOD]
    return pd.DataFrame(named)
