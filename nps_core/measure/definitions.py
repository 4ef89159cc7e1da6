"""Which score it is: all responses, or one of four other ways to count them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from nps_core.columns import ACCOUNT_ID, MRR, RESPONSES
from nps_core.errors import NpsError
from nps_core.measure.arguments import checked_level, column_names, is_missing, one_of
from nps_core.measure.definition_figures import figured
from nps_core.measure.definition_rows import (
    ACCOUNTS,
    ALL_RESPONSES,
    KINDS,
    POST_STRATIFIED,
    WEIGHTED,
    Grid,
    periods_of,
    read_entries,
)
from nps_core.measure.definition_strata import Shares, stratified
from nps_core.measure.definition_sums import of_accounts, of_responses
from nps_core.measure.engine import opened
from nps_core.measure.score import beside, score
from nps_core.measure.tally import tally
from nps_core.measure.trend import trend


@dataclass(frozen=True, init=False)
class ScoreDefinition:
    """How responses make one score; frozen, hashable, equal when the definition is equal.

    `kind` is "responses" (every response counts once), "latest" (the last one of each
    respondent), "accounts" (every account counts once, with the mean of its respondents),
    "weighted" (each counts with its `weight`, a column) or "post-stratified" (each cell of the
    columns `strata` counts with its known share). `shares` maps a value of the one column, or a
    tuple of values of several, to its share, on any scale; None is a missing value.

    `cluster` names the column of accounts whose responses are not independent: "" for none; None
    for the usual, which is `account_id` for "accounts" and, where the frame has it, "weighted".
    Raises NpsError for an unknown kind and for strata and shares that do not fit each other.

    >>> ScoreDefinition("post-stratified", strata="plan", shares={"Pro": 20, "Free": 80}).shares
    ((('Free',), 80.0), (('Pro',), 20.0))
    """

    kind: str = ALL_RESPONSES
    strata: tuple[str, ...] = ()
    shares: Shares = ()
    weight: str = MRR
    cluster: str | None = None

    def __init__(
        self,
        kind: str = ALL_RESPONSES,
        strata: str | Iterable[str] = (),
        shares: Mapping[Any, float] | Iterable[tuple[Any, float]] = (),
        weight: str = MRR,
        cluster: str | None = None,
    ) -> None:
        object.__setattr__(self, "kind", one_of("kind", kind, KINDS))
        object.__setattr__(self, "strata", column_names("strata", strata))
        object.__setattr__(self, "shares", _checked_shares(shares, self.strata))
        object.__setattr__(self, "weight", weight)
        object.__setattr__(self, "cluster", cluster)
        if kind == POST_STRATIFIED and not self.shares:
            raise NpsError(
                'A "post-stratified" score needs strata, the columns, and shares, the known share '
                "of each of their values; one of them is empty."
            )
        if kind == ACCOUNTS and cluster == "":
            raise NpsError('cluster is ""; a score of kind "accounts" needs a column of accounts.')


def _checked_shares(shares: Any, strata: tuple[str, ...]) -> Shares:
    pairs = shares.items() if isinstance(shares, Mapping) else shares or ()
    known: dict[tuple[Any, ...], float] = {}
    for values, share in pairs:
        whole = values if isinstance(values, tuple) else (values,)
        key = tuple(None if is_missing(value) else value for value in whole)
        if len(key) != len(strata):
            raise NpsError(
                f"shares names {values!r}; give one value for each column of strata: "
                f"{', '.join(strata) or 'none'}."
            )
        number = isinstance(share, (int, float, np.number)) and not isinstance(share, bool)
        if not number or not math.isfinite(share) or share < 0:
            raise NpsError(f"shares gives {values!r} the share {share!r}; it must be 0 or more.")
        if key in known:
            raise NpsError(f"shares names {values!r} twice.")
        known[key] = float(share)
    if known and not sum(known.values()):
        raise NpsError("shares are all 0; at least one must be above it.")
    in_order = sorted(known, key=lambda key: [(v is None, str(type(v)), str(v)) for v in key])
    return tuple((key, known[key]) for key in in_order)


def scores(
    frame: Any,
    by: str | Iterable[str] = (),
    every: str | None = None,
    window: int | None = None,
    definition: ScoreDefinition | None = None,
    level: float = 0.95,
    today: date | datetime | str | None = None,
) -> pd.DataFrame:
    """The score a definition asks for, of each group and period, with its interval.

    `frame` is a table of responses of any engine. Returns the columns of `score`, or with `every`
    (and `window`) those of `trend`, one row a group and period in the same order; for all
    responses their very values. `detractors`, `passives`, `promoters` and `responses` are the
    responses the score is made of. Added are `n_eff` (Kish's effective number), `accounts`
    (distinct ones; NaN where the definition does not look), `left_out` (responses of the group
    and period that the score does not use: older ones of a respondent, those without an account,
    without a weight above 0, without a known share), `interval` ("independent", or "clustered"
    where accounts have several responses; then without limits under 10 accounts) and `merged`
    (strata under 10 responses that were pooled).

    "latest" keeps one response a respondent in each group and period, and in each trailing window
    anew; one without a respondent stands for its own, equal times are settled by `response_id`.
    "responses" without a cluster and "post-stratified" need counts alone, "weighted" and clusters
    sums by account, "accounts" sums by respondent, "latest" the rows. All but the rows are added
    up where the frame lies. Raises NpsError for columns a definition lacks and unfit arguments.

    Source: docs/scores.md names one for each definition.

    >>> responses = pd.DataFrame({
    ...     "score": [10, 10, 9, 0], "account_id": ["Big", "Big", "Big", "Small"],
    ... })
    >>> per_account = ScoreDefinition("accounts")
    >>> scores(responses, definition=per_account)[["responses", "nps", "accounts"]].values.tolist()
    [[4.0, 0.0, 2.0]]
    """
    definition = definition or ScoreDefinition()
    if not isinstance(definition, ScoreDefinition):
        raise NpsError(
            f"definition is a {type(definition).__name__}; it must be a ScoreDefinition."
        )
    if window is not None and every is None:
        raise NpsError("window needs every: a trailing window is a number of periods.")
    checked_level(level)
    names = column_names("by", by)
    data = opened(frame)
    counts = tally(data, by=names, every="day" if every else None)
    if every is None:
        base = score(counts, names, level)
    else:
        base = trend(counts, every, window=window, by=names, today=today, level=level)
    cluster = _cluster(definition, data.collect_schema().names())
    if definition.kind == ALL_RESPONSES and not cluster:
        return _described(base, names, {})
    grid = Grid(*periods_of(base, names, every), every)
    if definition.kind == POST_STRATIFIED:
        made = stratified(data, names, grid, definition.strata, definition.shares, level)
        found = made(1)
        windowed = made(window) if window else found
    else:
        entries = read_entries(
            data,
            names,
            grid,
            kind=definition.kind,
            weight=definition.weight if definition.kind == WEIGHTED else None,
            account=cluster or None,
        )
        add = of_accounts if definition.kind == ACCOUNTS else of_responses
        apart = {"clustered": bool(cluster), "weighted": definition.kind == WEIGHTED}
        found = figured(add(entries.lasting(1), grid), level=level, **apart)
        windowed = found
        if window:
            windowed = figured(add(entries.lasting(window), grid), level=level, **apart)
    found["left_out"] = base[RESPONSES].to_numpy() - found[RESPONSES]
    if every is not None:
        found |= {
            name: windowed[name.removeprefix("window_")]
            for name in base.columns
            if name.startswith("window_") and name not in names
        }
    return _described(base, names, found)


def _cluster(definition: ScoreDefinition, columns: list[str]) -> str:
    if definition.cluster is not None:
        return definition.cluster
    usual = definition.kind == ACCOUNTS or (definition.kind == WEIGHTED and ACCOUNT_ID in columns)
    return ACCOUNT_ID if usual else ""


def _described(base: pd.DataFrame, by: tuple[str, ...], found: Mapping[str, Any]) -> pd.DataFrame:
    """`base` with its figures replaced by those found, and what goes with them."""
    n = base[RESPONSES].to_numpy()
    plain = {
        "n_eff": np.where(n > 0, n, np.nan),
        "accounts": np.full(len(base), np.nan),
        "left_out": np.zeros(len(base), dtype="int64"),
        "interval": np.where(n > 0, "independent", ""),
        "merged": np.zeros(len(base), dtype="int64"),
    }
    result = beside(base, {name: found.get(name, values) for name, values in plain.items()}, by)
    figures = {name: values for name, values in found.items() if name not in plain}
    result = result.assign(**figures)
    result["interval"] = result["interval"].astype(object)
    result.attrs = dict(base.attrs)
    return result
