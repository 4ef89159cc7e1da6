"""The finished tables of "Why did the NPS move?", cached like those of `queries`.

Groups that are too small in either of the two spans are added up into one row before anything is
computed: each figure of the page follows from the totals and the rows that are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import prod
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from nps_app.view import counting, queries, queries_overview
from nps_app.view.move_words import FOLDED, Days
from nps_app.view.queries_segments import ACROSS, GROUP, MOST_COLUMNS, MOST_ROWS
from nps_app.view.said import notes
from nps_app.view.tables import count_text, dates_text, group_names, period_text
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.language import current_language, tr
from nps_core.measure import Comparison, Filter, ProductChange, compare, score, suppress
from nps_core.measure.arguments import SegmentChoice
from nps_core.measure.explain import compare_groups, explain
from nps_core.measure.flow import explain_flow, simpson
from nps_core.measure.pairs import hidden_pairs

_SIDES: Final = ("before", "after")
_PLACE: Final = "place"
_MOST_BY_DAY: Final = 60
"""Groups up to which counts by day stay a small table; one scan then serves every span."""

_NOTHING: Final = pd.DataFrame({c.SCORE: [0][:0], c.COUNT: [0][:0]})

Both = tuple[pd.DataFrame, pd.DataFrame]


@dataclass(frozen=True)
class Spans:
    """Two spans of days to compare, the ends inclusive, each with its name.

    `scope` holds the segments a product change was for; `notes` say what cut a span short. Around
    a product change `judged` has the fields of `Comparison` as the change's own page gives them:
    two pages with two intervals of the same difference would contradict each other.
    """

    before: Days
    after: Days
    before_name: str
    after_name: str
    scope: SegmentChoice = ()
    notes: tuple[str, ...] = ()
    judged: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Move:
    """What moved between two spans.

    `sides` has a row for each as `score` returns it, `flow` is what `explain_flow` returns.
    `groups` has a row a group: its name in `GROUP`, what `explain` and `compare_groups` return,
    and in `FOLDED` how many groups are added up in it (0: it is one); it is empty when the
    responses or the groups are too few to be split. `paradox` is the reason `simpson` gives.
    """

    comparison: Comparison
    sides: pd.DataFrame
    flow: pd.DataFrame
    groups: pd.DataFrame
    paradox: str = ""


def last_periods(chosen: Filter, every: str) -> Spans | None:
    """The last complete week, month or quarter with responses and the one before; else None."""
    found = queries_overview.period_move(undated(chosen), every)
    if found is None:
        return None
    return Spans(
        (found.before_start, found.before_end),
        (found.start, found.end),
        period_text(found.before_start, every),
        period_text(found.start, every),
    )


def last_days(days: int) -> Spans | None:
    """The `days` days up to the newest response and the `days` before; None without dates."""
    newest = queries.freshness().newest
    if newest is None:
        return None
    first = newest - timedelta(days=days - 1)
    before = (first - timedelta(days=days), first - timedelta(days=1))
    n = count_text(days)
    return Spans(before, (first, newest), tr("the {n} days before", n=n), tr("last {n} days", n=n))


def around_change(chosen: Filter, change: ProductChange, days: int) -> Spans | None:
    """The days before and after a product change, as its own page cuts them; None without any."""
    table = queries.before_after(chosen, days)
    stored = queries.stored_changes()
    at = next((place for place, one in enumerate(stored) if one.id == change.id), None)
    if at is None or at not in set(table["change"]):
        return None
    row = table[table["change"] == at].iloc[0]
    ends = [row[f"{side}_{end}"] for side in _SIDES for end in ("start", "end")]
    if any(pd.isna(end) for end in ends):
        return None
    first, until, since, last = (pd.Timestamp(end).date() for end in ends)
    return Spans(
        (first, until),
        (since, last),
        tr("before it"),
        tr("after “{title}”", title=change.title),
        change.segments,
        tuple(f"{note}." for note in notes(row["cut"])),
        as_judged(row),
    )


def as_judged(row: pd.Series) -> tuple[tuple[str, Any], ...]:
    """The limits and the verdict of a measured change, widened as its page has them."""
    fields = {name: float(row[name]) for name in ("low", "high", "p")}
    return (*fields.items(), ("verdict", str(row["total_verdict"])))


def free_dates(before: Days, after: Days) -> Spans:
    """Two spans as they were picked."""
    return Spans(before, after, dates_text(*before), dates_text(*after))


def undated(chosen: Filter) -> Filter:
    """The filter without its dates: the spans compared have dates of their own."""
    return replace(chosen, start=None, end=None)


def move(chosen: Filter, spans: Spans, by: Sequence[str], minimum: int) -> Move:
    """What moved between the spans, split by one segment or two, small groups folded together."""
    within = undated(chosen)
    narrowed = queries.within_scope(within, spans.scope) if spans.scope else within
    found = _move(
        store_version(),
        narrowed,
        spans.before,
        spans.after,
        tuple(by),
        minimum,
        current_language(),
    )
    return replace(found, comparison=replace(found.comparison, **dict(spans.judged)))


@st.cache_data(**counting.KEPT)
def _move(
    version: int,
    chosen: Filter | None,
    before: Days,
    after: Days,
    by: tuple[str, ...],
    minimum: int,
    language: str,
) -> Move:
    counted = _counts(version, chosen, by, before), _counts(version, chosen, by, after)
    found = compare(*counted)
    if chosen is not None and before[1] < after[0]:
        found = queries.compare_spans(chosen, before, after)
    sides = pd.concat([score(side) for side in counted], ignore_index=True)
    sides.insert(0, "side", pd.Series(_SIDES, dtype=object))
    whole = Move(found, sides, explain_flow(*counted), pd.DataFrame())
    if not by or min(found.before_responses, found.after_responses) < max(minimum, 1):
        return whole
    groups = _groups(counted, tuple((GROUP, ACROSS)[: len(by)]), minimum)
    return replace(whole, groups=groups, paradox="" if groups.empty else simpson(groups))


def _counts(version: int, chosen: Filter | None, by: tuple[str, ...], days: Days) -> pd.DataFrame:
    """Counts of one span by the segments, under the names the tables here use."""
    if chosen is None:
        return _NOTHING
    values = prod(max(1, len(counting.options(version, column))) for column in by)
    if values <= _MOST_BY_DAY:
        daily = counting.counts(version, chosen, by, "day")
        first, last = map(pd.Timestamp, days)
        within = daily[daily[c.PERIOD].between(first, last)]
        counted = within.groupby([*by, c.SCORE], dropna=False)[c.COUNT].sum().reset_index()
    else:
        dated = replace(chosen, start=days[0], end=days[1])
        counted = counting.counts(version, dated, by, None)
    columns = {name: counted[column] for name, column in zip((GROUP, ACROSS), by, strict=False)}
    return pd.DataFrame(columns | {name: counted[name] for name in (c.SCORE, c.COUNT)})


def _groups(counted: Both, keys: tuple[str, ...], minimum: int) -> pd.DataFrame:
    """The groups with their parts, the largest first, those too small to show as one row, last."""
    apart = explain(*counted, keys)
    names = [_named(apart, key) for key in keys]
    labels = [" · ".join(parts) for parts in zip(*names, strict=True)]
    hidden = _hidden(counted, apart, keys, minimum)
    if hidden.all():
        return pd.DataFrame()
    places = {
        values: -1 if hides else place
        for place, (values, hides) in enumerate(zip(_values(apart, keys), hidden, strict=True))
    }
    first, second = (
        pd.DataFrame(
            {
                _PLACE: [places[values] for values in _values(side, keys)],
                c.SCORE: side[c.SCORE].to_numpy(),
                c.COUNT: side[c.COUNT].to_numpy(),
            }
        )
        for side in counted
    )
    table = explain(first, second, _PLACE)
    own = compare_groups(first, second, _PLACE).drop(columns=_PLACE)
    table = pd.concat([table, own], axis=1)
    folded = (table[_PLACE] == -1).to_numpy()
    table.insert(0, GROUP, pd.Series(["" if p < 0 else labels[p] for p in table[_PLACE]]))
    table.insert(1, FOLDED, np.where(folded, int(hidden.sum()), 0))
    order = np.lexsort((-table["rate"].abs().to_numpy(), folded))
    return table.drop(columns=_PLACE).iloc[order].reset_index(drop=True)


def _named(table: pd.DataFrame, key: str) -> list[str]:
    return list(group_names(table[key]))


def _values(table: pd.DataFrame, keys: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """The segment values of each row, a missing one as None whatever pandas made of it."""
    columns = [[None if pd.isna(value) else value for value in table[key]] for key in keys]
    return list(zip(*columns, strict=True))


def _hidden(counted: Both, apart: pd.DataFrame, keys: tuple[str, ...], minimum: int) -> np.ndarray:
    """Which groups are too small in a span, or would betray one that is."""
    if len(keys) == 1:
        return np.logical_or(*_too_small(apart, minimum))
    lines = [explain(*counted, key) for key in keys]
    small = [_too_small(line, minimum) for line in lines]
    kept = [
        _largest(line, np.logical_or(*flags), most)
        for line, flags, most in zip(lines, small, (MOST_ROWS, MOST_COLUMNS), strict=True)
    ]
    places = []
    for key, line, most in zip(keys, lines, kept, strict=True):
        at = {values: place for place, values in enumerate(_values(line.iloc[most], (key,)))}
        places.append(np.array([at.get(value, len(most)) for value in _values(apart, (key,))]))
    rows, columns = places
    shape = (int(rows.max()) + 1, int(columns.max()) + 1)
    shape = (max(shape[0], len(kept[0])), max(shape[1], len(kept[1])))
    drawn = np.zeros(shape, dtype=bool)
    drawn[: len(kept[0]), : len(kept[1])] = True
    hidden = np.zeros(shape, dtype=bool)
    for place, side in enumerate(_SIDES):
        cells = np.zeros(shape, dtype="int64")
        np.add.at(cells, (rows, columns), apart[f"{side}_{c.RESPONSES}"].to_numpy())
        lost = [
            # The line of all that has no room is nobody's own, so it is not hidden by itself.
            np.resize(np.append(flags[place][most], False), size)
            for flags, most, size in zip(small, kept, shape, strict=True)
        ]
        hidden |= hidden_pairs(cells, lost[0], lost[1], drawn, minimum)
    return np.asarray(hidden[rows, columns])


def _too_small(table: pd.DataFrame, minimum: int) -> list[np.ndarray]:
    """For each span, which groups `suppress` hides in it, in the order every page counts them."""
    found = []
    for side in _SIDES:
        responses = table[f"{side}_{c.RESPONSES}"]
        scored = pd.DataFrame({GROUP: range(len(table)), c.RESPONSES: responses})
        found.append((suppress(scored, GROUP, minimum=minimum)["hidden"] != "").to_numpy())
    return found


def _largest(table: pd.DataFrame, hidden: np.ndarray, most: int) -> np.ndarray:
    """The rows with the most responses, hidden ones last: their place would tell their size."""
    responses = sum(table[f"{side}_{c.RESPONSES}"].to_numpy() for side in _SIDES)
    order = np.lexsort((np.where(hidden, 0, -np.asarray(responses)), hidden))
    return np.sort(order[:most])
