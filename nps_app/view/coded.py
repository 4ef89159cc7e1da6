"""The responses as small whole numbers in the order of their days, to be counted again and again.

A product change is judged from many short windows, each by account and by several segments: a
scan of the store for every one would keep a page waiting. Ten bytes or so a response are read once
a version instead; a window is then a slice of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Any, Final

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core import columns as c
from nps_core.measure import Filter

_SCORES: Final = c.HIGHEST_SCORE + 1
_UNDATED: Final = np.int32(np.iinfo(np.int32).max)
_MOST_CELLS: Final = 1_000_000
"""Cells of a table up to which counting into all of them is faster than sorting the rows."""

Value = str | None


@dataclass(frozen=True)
class Coded:
    """Arrays of one value a response, sorted by `day` (days since 1970, undated ones last).

    `account` is the number of the response's account, -1 for none. `codes` has for each segment
    the place of its value in `values`, where the missing value, None, comes last.
    """

    day: NDArray[np.int32]
    score: NDArray[np.int8]
    account: NDArray[np.int32]
    codes: Mapping[str, NDArray[np.int8]]
    values: Mapping[str, tuple[Value, ...]]

    def serves(self, chosen: Filter, by: Sequence[str] = ()) -> bool:
        """Whether all the filter's segments, and those to count by, are at hand."""
        return self.codes.keys() >= {*_choices(chosen), *by}

    def tally(self, chosen: Filter, by: Sequence[str] = (), daily: bool = False) -> pd.DataFrame:
        """What `nps_core.tally` gives of the chosen responses, by day as well where `daily`."""
        rows = self._rows(chosen)
        keys: list[tuple[str, NDArray[Any], NDArray[Any]]] = []
        if daily:
            keys.append((c.PERIOD, *self._days(rows.of(self.day))))
        for name in by:
            keys.append((name, rows.of(self.codes[name]), np.array(self.values[name], object)))
        keys.append((c.SCORE, rows.of(self.score), np.arange(_SCORES)))
        shape = [len(values) for _, _, values in keys]
        cell = np.zeros(len(keys[-1][1]), dtype="int64")
        for (_, places, _), size in zip(keys, shape, strict=True):
            cell = cell * size + places
        if prod(shape) <= _MOST_CELLS:
            n = np.bincount(cell, minlength=prod(shape))
            found = np.flatnonzero(n)
            n = n[found]
        else:
            found, n = np.unique(cell, return_counts=True)
        at = np.unravel_index(found, shape)
        columns = {
            name: pd.Series(values[place], dtype=values.dtype)
            for (name, _, values), place in zip(keys, at, strict=True)
        }
        return pd.DataFrame(columns | {c.COUNT: n.astype("int64")})

    def _days(self, day: NDArray[np.int32]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The place of each row's day among the days from the first on, undated ones at the end."""
        dated = day[: int(np.searchsorted(day, _UNDATED))]
        first, last = (int(dated[0]), int(dated[-1])) if len(dated) else (0, -1)
        days = np.arange(first, last + 2).astype("datetime64[D]").astype("datetime64[us]")
        days[-1] = np.datetime64("NaT", "us")
        return np.minimum(day, last + 1) - first, days

    def by_account(self, chosen: Filter) -> pd.DataFrame:
        """Counts by account and score, accounts being numbered, NaN for none."""
        rows = self._rows(chosen)
        cells = rows.of(self.account).astype("int64") * _SCORES + rows.of(self.score)
        found, n = np.unique(cells, return_counts=True)
        account = found // _SCORES
        return pd.DataFrame(
            {
                c.ACCOUNT_ID: np.where(account >= 0, account, np.nan),
                c.SCORE: found % _SCORES,
                c.COUNT: n.astype("int64"),
            }
        )

    def _rows(self, chosen: Filter) -> "_Rows":
        first, last = 0, len(self.day)
        if chosen.start is not None:
            first = int(np.searchsorted(self.day, _number(chosen.start)))
        if chosen.end is not None:
            last = int(np.searchsorted(self.day, _number(chosen.end), side="right"))
        elif chosen.start is not None:
            last = int(np.searchsorted(self.day, _UNDATED))
        rows = _Rows(slice(first, last))
        for name, picked in _choices(chosen).items():
            among = np.array([value in picked for value in self.values[name]])
            rows = rows.where(among[rows.every(self.codes[name])])
        return rows


@dataclass(frozen=True)
class _Rows:
    """Neighbouring rows, or some of them."""

    range: slice
    kept: NDArray[np.bool_] | None = None

    def where(self, mask: NDArray[np.bool_]) -> "_Rows":
        return _Rows(self.range, mask if self.kept is None else self.kept & mask)

    def every(self, column: NDArray[Any]) -> NDArray[Any]:
        return column[self.range]

    def of(self, column: NDArray[Any]) -> NDArray[Any]:
        return self.every(column) if self.kept is None else self.every(column)[self.kept]


def _choices(chosen: Filter) -> dict[str, tuple[Value, ...]]:
    survey_type = {c.SURVEY_TYPE: chosen.survey_types} if chosen.survey_types else {}
    return dict(chosen.segments) | survey_type


def _number(day: date) -> np.int32:
    """The day as `Coded.day` has it: searched for as another type, all days would be converted."""
    return np.int32(np.datetime64(day, "D").astype("int64"))


def code(frame: Any, values: Mapping[str, Sequence[Value]]) -> Coded:
    """Read a table of responses of the store: its segments named in `values`, with these values.

    All is read at once: between two looks another visitor may import.
    """
    keys = {f"segment{place}": name for place, name in enumerate(values)}
    named = {
        name: sorted(value for value in some if value is not None) for name, some in values.items()
    }
    data = nw.from_native(frame).lazy()
    rows = data.select(
        nw.col(c.RESPONDED_AT),
        nw.col(c.SCORE).cast(nw.Int8),
        nw.col(c.ACCOUNT_ID),
        *(_place(name, named[name]).alias(key) for key, name in keys.items()),
    )
    table = rows.collect("pyarrow").to_native()
    at = table.column(c.RESPONDED_AT).to_numpy().astype("datetime64[D]")
    day = np.where(np.isnat(at), _UNDATED, at.astype("int64")).astype("int32")
    order = _in_order(day)
    account = table.column(c.ACCOUNT_ID).combine_chunks().dictionary_encode().indices
    return Coded(
        day[order],
        table.column(c.SCORE).to_numpy()[order],
        account.fill_null(-1).to_numpy()[order],
        {name: table.column(key).to_numpy()[order] for key, name in keys.items()},
        {name: (*some, None) for name, some in named.items()},
    )


def _in_order(day: NDArray[np.int32]) -> NDArray[np.int64]:
    """The rows by day, in any order within it."""
    dated = day[day != _UNDATED]
    first = int(dated.min(initial=_UNDATED))
    if not len(dated) or int(dated.max()) - first >= np.iinfo(np.uint16).max:
        return np.argsort(day, kind="stable")
    # Sixteen bits are sorted by counting, ten times faster than by comparing.
    near = np.where(day == _UNDATED, np.iinfo(np.uint16).max, day - first).astype("uint16")
    return np.argsort(near, kind="stable")


def _place(name: str, values: Sequence[str]) -> nw.Expr:
    place = nw.lit(len(values))
    for number, value in enumerate(values):
        place = nw.when(nw.col(name) == value).then(nw.lit(number)).otherwise(place)
    return place.cast(nw.Int8)
