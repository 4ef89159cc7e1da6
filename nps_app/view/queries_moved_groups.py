"""The groups of "Why did the NPS move?" with what each is made of: values and responses a span."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from nps_app.view import queries
from nps_app.view.hidden_words import PROTECTS, Hidden
from nps_app.view.move_words import Days
from nps_app.view.queries_moves import Spans, undated
from nps_app.view.tables import group_names
from nps_core import columns as c
from nps_core.measure import Filter


@dataclass(frozen=True)
class MovedGroup:
    """A group by its name and its values, with its responses on the two spans."""

    name: str
    values: tuple[Any, ...]
    before: int
    after: int


def moved_groups(chosen: Filter, spans: Spans, by: Sequence[str]) -> list[MovedGroup]:
    """Every group with responses on either span, named as the table names it."""
    narrowed = queries.within_scope(undated(chosen), spans.scope)
    if narrowed is None:
        return []
    sides = [_counted(narrowed, days, by) for days in (spans.before, spans.after)]
    both = pd.concat(sides, axis=1, keys=["before", "after"]).fillna(0).reset_index()
    names = [group_names(both[column].astype(object)) for column in by]
    return [
        MovedGroup(
            " · ".join(parts),
            tuple(None if pd.isna(value) else value for value in values),
            int(before),
            int(after),
        )
        for parts, values, before, after in zip(
            zip(*names, strict=True),
            zip(*(both[column] for column in by), strict=True),
            both["before"],
            both["after"],
            strict=True,
        )
    ]


def hidden_moves(groups: Sequence[MovedGroup], shown: set[str], minimum: int) -> list[Hidden]:
    """The groups not shown, those with too few responses on a span first."""
    hidden = []
    for group in groups:
        if group.name not in shown:
            fewest = min((n for n in (group.before, group.after) if n), default=0)
            one = Hidden(group.name, fewest)
            hidden.append(one if fewest < minimum else replace(one, rule=PROTECTS))
    return sorted(hidden, key=lambda one: (one.rule == PROTECTS, -one.responses, one.name))


def _counted(chosen: Filter, days: Days, by: Sequence[str]) -> pd.Series:
    counted = queries.counts(replace(chosen, start=days[0], end=days[1]), tuple(by))
    return counted.groupby(list(by), dropna=False)[c.COUNT].sum()
