"""Responses added up where they lie, as far as a score's definition lets them be."""

from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import (
    COUNT,
    HIGHEST_DETRACTOR,
    LOWEST_PROMOTER,
    PERIOD,
    RESPONDED_AT,
    RESPONDENT_ID,
    RESPONSE_ID,
    SCORE,
)
from nps_core.errors import NpsError
from nps_core.measure.arguments import require_columns
from nps_core.measure.counts import checked_counts, grouped, period_start
from nps_core.measure.engine import Responses, as_pandas, decoded, in_utc, value_kinds

Ints = NDArray[np.int64]

ALL_RESPONSES = "responses"
LATEST = "latest"
ACCOUNTS = "accounts"
WEIGHTED = "weighted"
POST_STRATIFIED = "post-stratified"
KINDS = (ALL_RESPONSES, LATEST, ACCOUNTS, WEIGHTED, POST_STRATIFIED)


@dataclass(frozen=True)
class Grid:
    """The cells of a result: `groups` groups of `periods` periods each, group after group."""

    groups: int
    calendar: pd.DatetimeIndex
    every: str | None

    @property
    def periods(self) -> int:
        """How many periods; 1 where nothing is divided by time."""
        return 1 if self.every is None else len(self.calendar)


def periods_of(
    base: pd.DataFrame, by: tuple[str, ...], every: str | None
) -> tuple[int, pd.DatetimeIndex]:
    """The number of groups and the calendar of a result of `score` or `trend`."""
    if every is None:
        return len(base), pd.DatetimeIndex([])
    calendar = pd.DatetimeIndex(base[PERIOD].drop_duplicates())
    return (len(base) // len(calendar) if len(calendar) else 0), calendar


@dataclass(frozen=True)
class Entries:
    """Responses alike in all that matters; arrays of one value an entry.

    An entry counts in the periods from `start` up to but not including `stop`: `periods` for ever.
    `account` and `respondent` are numbers, -1 for none. `weight` and `square` are `n` itself where
    every response weighs 1.
    """

    group: Ints
    start: Ints
    stop: Ints
    category: Ints
    n: Ints
    weight: NDArray[Any]
    square: NDArray[Any]
    account: Ints
    respondent: Ints

    def lasting(self, span: int) -> "Entries":
        """The entries when each period pools `span` of them: itself and those before it."""
        return replace(self, stop=np.minimum(self.stop, self.start + span))

    def only(self, kept: NDArray[Any]) -> "Entries":
        """Some of the entries."""
        if kept.dtype == np.bool_ and kept.all():
            return self
        some = {name: values[kept] for name, values in vars(self).items()}
        if self.weight is self.n:
            some |= dict.fromkeys(("weight", "square"), some["n"])
        return Entries(**some)


def read_entries(
    data: Responses,
    by: tuple[str, ...],
    grid: Grid,
    *,
    kind: str,
    weight: str | None,
    account: str | None,
) -> Entries:
    """The scored responses of `data` that a definition uses, dated ones alone when time matters.

    Raises NpsError for missing columns, and for weights that are no numbers.
    """
    present = data.collect_schema().names()
    people = kind == LATEST or (kind == ACCOUNTS and RESPONDENT_ID in present)
    keys = {f"key{i}": name for i, name in enumerate(by)}
    if account is not None:
        keys["account"] = account
    if people:
        keys["respondent"] = RESPONDENT_ID
    timed = kind == LATEST or grid.every is not None
    needed = [SCORE, *keys.values(), *([RESPONDED_AT] if timed else [])]
    require_columns("The frame", [*needed, *([weight] if weight else [])], present)
    data = decoded(data, list(keys.values()))
    if timed:
        data = in_utc(data)
    columns = [nw.col(name).alias(key) for key, name in keys.items()]
    if kind == LATEST:
        more = [nw.col(RESPONDED_AT).alias("at")]
        if RESPONSE_ID in present:
            more.append(nw.col(RESPONSE_ID).alias("response"))
        cells = as_pandas(data.select(*columns, *more, nw.col(SCORE)))
        cells = cells.assign(**{COUNT: 1})
    else:
        cells = as_pandas(_added(data, columns, list(keys), grid.every, weight))
    return _entries(cells, list(keys), grid, weighted=weight is not None, latest=kind == LATEST)


def _added(
    data: Responses, columns: list[nw.Expr], keys: list[str], every: str | None, weight: str | None
) -> Any:
    if every is not None:
        unit = "1d" if every in ("day", "week") else "1mo"
        columns = [*columns, nw.col(RESPONDED_AT).dt.truncate(unit).alias("at")]
        keys = [*keys, "at"]
    if weight is None:
        return (
            data.select(*columns, nw.col(SCORE)).group_by(*keys, SCORE).agg(nw.len().alias(COUNT))
        )
    kind = value_kinds(data, [weight])[weight]
    if not kind.is_numeric():
        raise NpsError(f'The column "{weight}" holds {kind}; weights are numbers.')
    w = nw.col("weight")
    given = data.select(*columns, nw.col(SCORE), nw.col(weight).cast(nw.Float64).alias("weight"))
    # Not a number is above every number in some engines, and never above any in others.
    kept = given.with_columns(nw.when((w > 0) & (w < float("inf"))).then(w).alias("weight"))
    return (
        kept.with_columns((w * w).alias("square"))
        .group_by(*keys, SCORE)
        .agg(w.sum(), nw.col("square").sum(), w.count().alias(COUNT))
    )


def _entries(
    cells: pd.DataFrame, keys: list[str], grid: Grid, *, weighted: bool, latest: bool
) -> Entries:
    scored = cells[SCORE].notna()
    if grid.every is not None:
        scored &= cells["at"].notna()
    cells = cells[scored].reset_index(drop=True)
    scores = checked_counts("frame", cells)[SCORE].to_numpy()
    group, _ = grouped(cells, [key for key in keys if key.startswith("key")])
    start = np.zeros(len(cells), dtype="int64")
    if grid.every is not None:
        at = cells["at"].astype("datetime64[us]")
        start = grid.calendar.get_indexer(pd.DatetimeIndex(period_start(at, grid.every)))
    n = cells[COUNT].to_numpy(dtype="int64")
    weight = cells["weight"].to_numpy(dtype="float64", na_value=0.0) if weighted else n
    square = cells["square"].to_numpy(dtype="float64", na_value=0.0) if weighted else n
    entries = Entries(
        group=group,
        start=start.astype("int64"),
        stop=np.full(len(cells), grid.periods),
        category=(scores > HIGHEST_DETRACTOR).astype("int64") + (scores >= LOWEST_PROMOTER),
        n=n,
        weight=weight,
        square=square,
        account=_numbered(cells, "account"),
        respondent=_numbered(cells, "respondent"),
    )
    if latest:
        entries = replace(entries, stop=superseded(entries, cells, grid.periods))
    return entries.only(n > 0)


def _numbered(cells: pd.DataFrame, name: str) -> Ints:
    if name not in cells:
        return np.full(len(cells), -1)
    return pd.factorize(cells[name])[0].astype("int64")


def superseded(entries: Entries, rows: pd.DataFrame, periods: int) -> Ints:
    """The period of the same respondent's next response of the group: `periods` if there is none.

    Responses without a time come before all others; equal times are settled by `response`, in the
    order of its letters, and after that by category, so that no engine's order of rows counts.
    """
    order = np.flatnonzero(entries.respondent >= 0)
    person = entries.group * (entries.respondent.max(initial=0) + 1) + entries.respondent
    at = rows["at"].to_numpy(dtype="datetime64[us]")
    time, undated = at.astype("int64"), np.isnat(at)
    if undated.any():
        time[undated] = time[~undated].min() - 1_000_000 if (~undated).any() else 0
    order = order[_by_person(person[order], time[order])]
    alike = (np.diff(person[order]) == 0) & (np.diff(time[order]) == 0)
    tied = np.flatnonzero(np.append(alike, False) | np.append(False, alike))
    if len(tied):
        among = order[tied]
        place = np.zeros(len(among), dtype="int64")
        if "response" in rows:
            texts = rows["response"].iloc[among].astype(object)
            place = np.unique(texts.where(texts.notna(), "").astype(str), return_inverse=True)[1]
        keys = (entries.category[among], place, time[among], person[among])
        order[tied] = among[np.lexsort(keys)]
    stop = np.full(len(person), periods)
    followed = np.flatnonzero(np.diff(person[order]) == 0)
    stop[order[followed]] = entries.start[order[followed + 1]]
    return stop


def _by_person(person: Ints, time: Ints) -> Ints:
    """The order by person and time; equal ones in any order."""
    if not len(person):
        return person
    unit = 1 if (time % 1_000_000).any() else 1_000_000
    time = time // unit - time.min() // unit
    if (int(person.max()) + 1) * (int(time.max()) + 1) < 2**63:
        # One key is sorted several times faster than two.
        return np.argsort(person * (time.max() + 1) + time)
    return np.lexsort((time, person))
