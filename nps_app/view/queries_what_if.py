"""What winning people over would do to the score, cached like the tables of `queries`."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from nps_app.view import queries
from nps_app.view.counting import KEPT as COUNTED
from nps_app.view.queries_overview import MANY_VALUES
from nps_app.view.queries_planner import by_group
from nps_app.view.queries_segments import GROUP
from nps_app.view.tables import group_names
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.language import current_language
from nps_core.measure import Filter, score, suppress
from nps_core.measure.what_if import WhatIf, what_if

Group = tuple[str, str | None]
"""A segment column and one of its values; None for the missing one."""

_CATEGORIES: Final = [c.DETRACTORS, c.PASSIVES, c.PROMOTERS]
_KEPT: Final[dict[str, Any]] = COUNTED | {"max_entries": 256}


@dataclass(frozen=True)
class Supposed:
    """A what-if, its rows "now" and "then" for everyone (and the group), the score's interval.

    `table` has of, when, detractors, passives, promoters (exact, so perhaps broken), responses,
    nps; the first two rows are those of everyone.
    """

    found: WhatIf
    table: pd.DataFrame
    low: float
    high: float


def groups_to_suppose(chosen: Filter, minimum: int) -> list[tuple[Group, str]]:
    """Each group a what-if can be about, with its value's text; hidden groups are left out."""
    return _groups(store_version(), chosen, minimum, current_language())


@st.cache_data(**_KEPT)
def _groups(version: int, chosen: Filter, minimum: int, language: str) -> list[tuple[Group, str]]:
    found: list[tuple[Group, str]] = []
    for column in queries.segment_columns():
        if not 1 < len(queries.options(column)) <= MANY_VALUES:
            continue
        counted = by_group(queries.counts(chosen, (column,)), column)
        totals = counted.groupby(GROUP, dropna=False)[c.COUNT].sum()
        table = pd.DataFrame({GROUP: totals.index.astype(object), c.RESPONSES: totals.to_numpy()})
        shown = suppress(table, GROUP, minimum=minimum)
        shown["text"] = group_names(shown[GROUP])
        shown = shown[(shown["hidden"] == "") & (shown[c.RESPONSES] > 0)]
        shown = shown.sort_values(c.RESPONSES, ascending=False, kind="stable")
        for value, text in zip(shown[GROUP], shown["text"], strict=True):
            found.append(((column, None if pd.isna(value) else str(value)), str(text)))
    return found


def suppose(
    chosen: Filter, turn: tuple[str, str], percent: int, group: Group | None = None
) -> Supposed:
    """The NPS when `percent` of the first category of `turn` become the second one."""
    return _suppose(store_version(), chosen, turn, percent, group)


@st.cache_data(**_KEPT)
def _suppose(
    version: int, chosen: Filter, turn: tuple[str, str], percent: int, group: Group | None
) -> Supposed:
    whole = score(queries.counts(chosen))
    share = percent / 100
    if group is None:
        found = what_if(queries.counts(chosen), turn[0], share, turn[1])
        views = [("everyone", whole)]
    else:
        counted = by_group(queries.counts(chosen, (group[0],)), group[0])
        counted[GROUP] = counted[GROUP].map(str, na_action="ignore")
        found = what_if(counted, turn[0], share, turn[1], by=GROUP, value=group[1])
        inside = counted[GROUP].isna() if group[1] is None else counted[GROUP] == group[1]
        views = [("everyone", whole), (group[1] or "no value", score(counted[inside]))]
    rows = [
        {"of": name, "when": when, **_shifted(scored.iloc[0], turn, moved)}
        for name, scored in views
        for when, moved in (("now", 0.0), ("then", found.moved))
    ]
    return Supposed(found, pd.DataFrame(rows), float(whole[c.LOW][0]), float(whole[c.HIGH][0]))


def _shifted(scored: pd.Series, turn: tuple[str, str], moved: float) -> dict[str, float]:
    row = {name: float(scored[name]) for name in _CATEGORIES}
    row[turn[0]] -= moved
    row[turn[1]] += moved
    n = float(scored[c.RESPONSES])
    nps = 100 * (row[c.PROMOTERS] - row[c.DETRACTORS]) / n if n else np.nan
    return row | {c.RESPONSES: n, c.NPS: nps}
