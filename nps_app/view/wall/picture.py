"""All that one picture of a wall shows, measured as the other pages measure it; no words yet."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from urllib.parse import parse_qs

import pandas as pd

from nps_app.store.records import SavedView
from nps_app.view import queries, queries_definitions, queries_overview
from nps_app.view.link_filter import read_query
from nps_app.view.queries_overview import PeriodMove
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.wall.groups import Groups, most_telling
from nps_app.view.wall.week import Week, this_week
from nps_core import columns as c
from nps_core.measure import Filter
from nps_core.measure.definitions import ScoreDefinition

PERIODS: Final = ("quarter", "month", "week")
_WEEKS: Final = 30
_MONTHS: Final = 24
"""Periods a trend read from five metres has room for; weeks where they are not more."""


@dataclass(frozen=True)
class WallPicture:
    """One view of the data for a wall, finished but for its words.

    `all_responses` is the row of every response, which the shares are drawn from, `score` that of
    the chosen definition; both are None when fewer than `minimum` answered, and then nothing else
    is measured either. `unknown` are phrases for what the view asks for and the data lacks.
    """

    name: str
    chosen: Filter
    definition: ScoreDefinition
    unknown: tuple[str, ...]
    minimum: int
    responses: int
    newest: date | None
    imported_at: datetime | None
    score: pd.Series | None = None
    all_responses: pd.Series | None = None
    move: PeriodMove | None = None
    every: str = "month"
    trend: pd.DataFrame | None = None
    changes: pd.DataFrame | None = None
    latest: pd.Series | None = None
    groups: Groups | None = None
    week: Week | None = None


def measure(view: SavedView | None, today: date) -> WallPicture:
    """Measure what a saved view shows, or all responses for None.

    Raises StoreError when the store cannot be read.
    """
    asked = read_query(view.query if view else "")
    chosen, definition = asked.chosen, asked.definition
    minimum = minimum_responses()
    fresh, record = queries.freshness(), queries_overview.last_import()
    everybody = queries.headline(chosen).iloc[0]
    picture = WallPicture(
        view.name if view else "",
        chosen,
        definition,
        tuple(asked.unknown),
        minimum,
        int(everybody[c.RESPONSES]),
        fresh.newest,
        record.imported_at if record else None,
    )
    score = queries_definitions.headline(chosen, definition).iloc[0]
    if min(everybody[c.RESPONSES], score[c.RESPONSES]) < max(minimum, 1):
        return picture
    every = _trend_period(chosen)
    days = queries.counts(replace(chosen, start=None), every="day")
    return replace(
        picture,
        score=score,
        all_responses=everybody,
        move=_move(chosen, view.query if view else "", minimum, today),
        every=every,
        trend=queries_definitions.trend(chosen, definition, every).tail(
            _WEEKS if every == "week" else _MONTHS
        ),
        changes=queries_overview.measured_changes(chosen),
        latest=queries_overview.latest_change(chosen),
        groups=most_telling(chosen, minimum),
        week=_week(chosen, days, today),
    )


def _trend_period(chosen: Filter) -> str:
    days = queries.counts(chosen, every="day")[c.PERIOD].dropna()
    short = days.empty or (days.max() - days.min()) / pd.Timedelta(days=7) <= _WEEKS
    return "week" if short else "month"


def _move(chosen: Filter, query: str, minimum: int, today: date) -> PeriodMove | None:
    """The move the view's page compares, else the longest period that can be compared."""
    asked = parse_qs(query).get("compare", [""])[0]
    for every in (asked, *PERIODS) if asked in PERIODS else PERIODS:
        found = queries_overview.period_move(chosen, every, today)
        if found is None:
            continue
        sides = found.comparison.before_responses, found.comparison.after_responses
        if min(sides) >= minimum:
            return found
    return None


def _week(chosen: Filter, days: pd.DataFrame, today: date) -> Week | None:
    fresh = queries.freshness()
    if fresh.newest is None or fresh.oldest is None:
        return None
    newest = min(fresh.newest, chosen.end) if chosen.end else fresh.newest
    return this_week(days, fresh.oldest, newest, today) if newest >= fresh.oldest else None
