"""Two or three saved views side by side: each with its figures, each pair with its difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import pandas as pd

from nps_app.store import SavedView
from nps_app.view import queries, queries_definitions
from nps_app.view.filter_words import filter_words
from nps_app.view.link_filter import read_query
from nps_app.view.queries_segments import minimum_responses
from nps_core import columns as c
from nps_core.measure import Filter
from nps_core.measure.definitions import ScoreDefinition
from nps_core.measure.scored_difference import ScoredDifference, compare_scored


@dataclass(frozen=True)
class ComparedView:
    """One view: what it keeps, in words too, what its link names that is not there, its score.

    `tokens` are those of `chosen` and of the score, as a link has them.
    """

    view: SavedView
    tokens: dict[str, list[str]]
    chosen: Filter
    definition: ScoreDefinition
    words: str
    unknown: tuple[str, ...]
    score: pd.Series
    small: bool


@dataclass(frozen=True)
class Pair:
    """Two views and the difference between them; None when some responses are in both."""

    first: ComparedView
    second: ComparedView
    shared: int
    difference: ScoredDifference | None


def compared_views(views: Sequence[SavedView]) -> list[ComparedView]:
    """Each view with its score; `small` when it holds fewer responses than may be shown."""
    found = []
    for view in views:
        asked = read_query(view.query)
        chosen, definition = asked.chosen, asked.definition
        row = queries_definitions.headline(chosen, definition).iloc[0]
        small = queries.selected_of_total(chosen)[0] < minimum_responses()
        words = filter_words(chosen, definition)
        found.append(
            ComparedView(
                view, asked.known, chosen, definition, words, tuple(asked.unknown), row, small
            )
        )
    return found


def pairs(compared: Sequence[ComparedView]) -> list[Pair]:
    """Every two views of one kind of score that can be shown, with the difference between them.

    Two groups are independent, so that their intervals tell how sure the difference is, only
    when no response is in both.
    """
    shown = [one for one in compared if not one.small]
    return [
        _pair(first, second)
        for first, second in combinations(shown, 2)
        if first.definition == second.definition
    ]


def _pair(first: ComparedView, second: ComparedView) -> Pair:
    both = _in_both(first.chosen, second.chosen)
    shared = 0 if both is None else int(queries.counts(both)[c.COUNT].sum())
    difference = None if shared else compare_scored(first.score.to_dict(), second.score.to_dict())
    return Pair(first, second, shared, difference)


def _in_both(first: Filter, second: Filter) -> Filter | None:
    """The filter that keeps what both keep; None when they exclude each other."""
    choices: dict[str, tuple[str | None, ...]] = {}
    for one in (first, second):
        chosen = dict(one.segments)
        if one.survey_types:
            chosen[c.SURVEY_TYPE] = one.survey_types
        for column, values in chosen.items():
            kept = tuple(value for value in choices.get(column, values) if value in values)
            if not kept:
                return None
            choices[column] = kept
    starts = [day for day in (first.start, second.start) if day]
    ends = [day for day in (first.end, second.end) if day]
    start: date | None = max(starts, default=None)
    end: date | None = min(ends, default=None)
    if start and end and start > end:
        return None
    return Filter(start=start, end=end, segments=choices)
