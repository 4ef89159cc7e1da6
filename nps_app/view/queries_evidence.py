"""Which segments differ most, and whether this week is news: finished tables, cached.

What a page shows is hidden across it: sentence, chart, table and downloads are all made from the
tables here, which do not hold the figures of hidden groups.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from nps_app.view import counting, queries, queries_segments
from nps_app.view.counting import KEPT
from nps_app.view.evidence_words import value_names
from nps_app.view.queries_overview import MANY_VALUES
from nps_app.view.queries_segments import GROUP
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.language import current_language
from nps_core.measure import Filter
from nps_core.measure.counts import period_start
from nps_core.measure.expected import ExpectedRange, expected_range
from nps_core.measure.pairs import hidden_pairs
from nps_core.measure.scan import scan
from nps_core.measure.together import together

FALSE_FINDS: Final = 0.10
MOST_CROSSED: Final = 12
"""Columns whose pairs are compared: beyond 66 pairs a page would keep its visitor waiting."""

LOOKED_BACK: Final = {"week": 16, "month": 13}
"""Periods on the chart, by granularity; how far the expectation looks back is in its own hands."""

_ONE_TALLY: Final = 30_000
_ANY: Final = 10**300
_FEWEST: Final = 5
"""A period of fewer responses shows no score, as on the trend."""


@dataclass(frozen=True)
class Evidence:
    """Every segment, and every pair, against the rest: what may be shown, by evidence.

    `table` holds what `nps_core.measure.scan` returns, of shown groups alone. `compared` counts
    the comparisons corrected for and `clear` those that stay clear, shown or not; `hidden` the
    groups too small to be shown or kept back for a smaller one; `left_out` names the columns with
    too many values to be segments, `unpaired` those beyond the first `MOST_CROSSED`, which are
    compared alone.
    """

    table: pd.DataFrame
    compared: int
    clear: int
    hidden: int
    left_out: tuple[str, ...]
    unpaired: tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    """The period looked at, the complete one before it, and those on the chart, oldest first.

    `table` has period (its first day), end, nps, responses, expected, low, high, verdict and
    complete. `running` says that today lies in the period, `newest` is the last day with a
    response; `now` and `before` are None when there is none to look at.
    """

    now: ExpectedRange | None
    before: ExpectedRange | None
    table: pd.DataFrame
    running: bool
    newest: date | None


def evidence(chosen: Filter, pairs: bool, minimum: int) -> Evidence:
    """Every group of every segment column, and with `pairs` of every two, against the rest."""
    return _evidence(store_version(), chosen, pairs, minimum, current_language())


@st.cache_data(**KEPT)
def _evidence(version: int, chosen: Filter, pairs: bool, minimum: int, language: str) -> Evidence:
    values = {name: len(queries.options(name)) for name in queries.segment_columns()}
    left_out = tuple(name for name, n in values.items() if n > MANY_VALUES)
    few = {name: n for name, n in values.items() if 1 < n <= MANY_VALUES}
    crossed = dict(list(few.items())[:MOST_CROSSED]) if pairs else {}
    unpaired = tuple(name for name in few if name not in crossed)
    # A tally is never longer than the responses it counts: of few, one tally holds every pair.
    few_responses = queries.freshness().responses <= _ONE_TALLY
    tallied = together(crossed, most=_ANY) if few_responses else together(crossed)
    blocks = [*tallied, *((name,) for name in unpaired)]
    if not blocks:
        return Evidence(pd.DataFrame(), 0, 0, 0, left_out, ())
    tallies = {block: counting.counts(version, chosen, block, None) for block in blocks}
    found = scan(tallies, q=FALSE_FINDS, pairs=pairs)
    keep = _shown(chosen, tallies, minimum, pairs)
    groups = [
        tuple(zip(names, values, strict=True))
        for names, values in zip(found["columns"], found["values"], strict=True)
    ]
    shown = np.array([group in keep for group in groups], dtype=bool)
    return Evidence(
        found[shown & found["difference"].notna()].reset_index(drop=True),
        int(found["p"].notna().sum()),
        int(found["verdict"].isin(["up", "down"]).sum()),
        int((~shown).sum()),
        left_out,
        unpaired if pairs else (),
    )


Group = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class _Column:
    """A segment as its own page shows it: the table, the value of each name, what is not hidden."""

    table: pd.DataFrame
    named: dict[str, Any]
    shown: list[Any]
    hides: bool


def _shown(
    chosen: Filter, tallies: Mapping[tuple[str, ...], pd.DataFrame], minimum: int, pairs: bool
) -> set[Group]:
    """The groups whose figures may stand beside those of all the others."""
    known: dict[str, _Column] = {}
    shown: set[Group] = set()
    for block, counts in tallies.items():
        n = counts.groupby(list(block), dropna=False, observed=True)[c.COUNT].sum()
        for name in block:
            if name not in known:
                known[name] = _column(chosen, name, n, minimum)
                shown |= {((name, _plain(value)),) for value in known[name].shown}
        for one, other in combinations(block, 2) if pairs else ():
            # More values go down the page, as on the Segments page.
            down, across = sorted(
                (one, other), key=lambda name: len(queries.options(name)), reverse=True
            )
            both = n.groupby(level=[down, across], dropna=False).sum()
            whole = not (known[one].hides or known[other].hides)
            if whole and not both.between(1, minimum - 1).any():
                cells = list(both.index)
            else:
                cells = _shown_pairs(both, known[down], known[across], minimum)
            places = (0, 1) if down == one else (1, 0)
            shown |= {
                ((one, _plain(cell[places[0]])), (other, _plain(cell[places[1]]))) for cell in cells
            }
    return shown


def _column(chosen: Filter, name: str, n: pd.Series, minimum: int) -> _Column:
    table = queries_segments.by_segment(chosen, name, queries_segments.ORDERS[0], minimum).table
    values = n.index.get_level_values(name).unique() if n.index.nlevels > 1 else n.index
    named = {label: value for value, label in value_names(values).items()}
    # Another tab may have imported between the two looks: a value only one has seen is left out.
    table = table[table[GROUP].isin(list(named))].reset_index(drop=True)
    hidden = table["hidden"] != ""
    return _Column(
        table, named, [named[label] for label in table[GROUP][~hidden]], bool(hidden.any())
    )


def _shown_pairs(both: pd.Series, down: _Column, across: _Column, minimum: int) -> list[Any]:
    """The pairs the Segments page shows: two pages hiding differently would betray each other."""
    wide = both.unstack(fill_value=0)
    sides = (
        (down, wide.index, queries_segments.MOST_ROWS),
        (across, wide.columns, queries_segments.MOST_COLUMNS),
    )
    places, gone = [], []
    for column, values, most in sides:
        kept = queries_segments.largest(column.table, most)
        places.append(values.get_indexer(pd.Index([column.named[name] for name in kept[GROUP]])))
        gone.append(np.append(kept["hidden"] != "", False))
    whole = _with_rest(_with_rest(wide.to_numpy(dtype="int64"), places[0]).T, places[1]).T
    drawn = np.zeros(whole.shape, dtype=bool)
    drawn[: len(places[0]), : len(places[1])] = True
    hidden = hidden_pairs(
        whole,
        np.resize(gone[0], whole.shape[0]),
        np.resize(gone[1], whole.shape[1]),
        drawn,
        minimum,
    )
    return [
        (wide.index[places[0][row]], wide.columns[places[1][column]])
        for row, column in np.argwhere(drawn & ~hidden)
    ]


def _with_rest(lines: np.ndarray, places: np.ndarray) -> np.ndarray:
    """These lines in order, and all others added up in one more, as the Segments page has them."""
    others = np.delete(lines, places, axis=0)
    return np.vstack([lines[places], *([others.sum(axis=0)] if len(others) else [])])


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value


def expected(chosen: Filter, every: str) -> Expected:
    """The running week or month, else the last one with responses, against those before it."""
    return _expected(store_version(), chosen, every, date.today())


@st.cache_data(**KEPT)
def _expected(version: int, chosen: Filter, every: str, today: date) -> Expected:
    # What is usual comes from before the days a person picked as well.
    days = counting.counts(version, replace(chosen, start=None), (), "day")
    counted = days.loc[days[c.PERIOD] <= pd.Timestamp(today), c.PERIOD].dropna()
    if counted.empty or counted.max() < pd.Timestamp(chosen.start or date.min):
        return Expected(None, None, pd.DataFrame(), False, None)
    newest = counted.max().date()
    # A date filter that ends inside a period leaves it as incomplete as one that still runs.
    reached = today if chosen.end is None else min(today, chosen.end + timedelta(days=1))
    dated = days[days[c.PERIOD].notna()]
    # Added up once: every range below would add up the same days.
    starts = period_start(dated[c.PERIOD], every)
    periods = dated[c.COUNT].groupby([starts, dated[c.SCORE]]).sum().reset_index()
    ranges: list[ExpectedRange] = []
    at = newest
    while len(ranges) < LOOKED_BACK[every] and pd.Timestamp(at) >= counted.min():
        ranges.insert(0, expected_range(periods, every, today=reached, at=at))
        at = (ranges[0].start or at) - timedelta(days=1)
    now = ranges[-1]
    rows = [
        {
            c.PERIOD: pd.Timestamp(str(each.start)),
            "end": pd.Timestamp(str(each.end)),
            c.NPS: each.nps if each.responses >= _FEWEST else float("nan"),
            c.RESPONSES: each.responses,
            "expected": each.expected,
            c.LOW: each.low,
            c.HIGH: each.high,
            "verdict": each.verdict,
            "complete": each.complete,
        }
        for each in ranges
    ]
    before = ranges[-2] if len(ranges) > 1 else None
    running = now.end is not None and today <= now.end
    return Expected(now, before, pd.DataFrame(rows), running, newest)
