"""The verdict of each product change, safe against restless weeks and clustered accounts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from nps_core.columns import ACCOUNT_ID, HIGH, LOW
from nps_core.measure.arguments import (
    SegmentChoice,
    checked_level,
    optional_column,
    whole_number,
)
from nps_core.measure.before_after import Measured, measured, table
from nps_core.measure.changes import ProductChange
from nps_core.measure.compare import (
    DOWN,
    ENOUGH,
    NO_CLEAR_CHANGE,
    TOO_FEW,
    UP,
    Verdict,
    verdicts,
)
from nps_core.measure.engine import opened
from nps_core.measure.filter import Filter, apply
from nps_core.measure.mixes import Mixes, mix_columns, mix_rivals
from nps_core.measure.reading import Reading, read_windows
from nps_core.measure.rivals import Rival, explained_by, masked_by, unchecked
from nps_core.measure.tally import tallies, tally
from nps_core.measure.widened import Widening
from nps_core.measure.windows import Days, Window, overlap

ByAccount = Callable[[ProductChange, Window], pd.DataFrame | None]
"""The tally by account of a change's scope within a window, or None when there are no accounts."""


def change_verdicts(
    frame: Any,
    changes: Any,
    days: Days = 28,
    washout: int = 0,
    level: float = 0.95,
    data_end: date | datetime | str | None = None,
    minimum: int = ENOUGH,
    responses: int | None = None,
    cluster: str | None = ACCOUNT_ID,
    mix: str | Iterable[str | Sequence[str]] | None = None,
) -> pd.DataFrame:
    """What `before_after` returns, with intervals that know responses are not all independent.

    `days` may be two numbers, before and after; `responses` lays windows of as many responses
    instead. `low`, `high` and `p` are the most cautious of three readings: chance alone
    (MOVER, as `compare`), accounts kept whole (where `cluster` is a column of `frame`), and
    ordinary weeks, by placebo windows over the days on which nothing shipped. Further columns:
    `basis` ("chance", "accounts" or "weeks": which reading it is), `factor` (the variance over
    that of chance) and `df` of that reading; `plain_low`, `plain_high`, `plain_p` (chance alone);
    `at_least` and `at_most`, one-sided limits at `level`; `placebos`, how many pairs of ordinary
    windows were looked at, `shortened` when they were shorter ones; `accounts`, how many answered
    (NaN when unknown); and `to_settle`, about how many more responses would make a difference of
    this size clear (0 when it is clear, infinite when no number would).

    `total_verdict` is read from that interval. `verdict` is the same word, but "no clear change"
    where the mix of respondents explains the move: with the segments of `mix` held fixed (each a
    column or several; None takes company_size, industry and persona, as far as the frame has
    them) half of it or less is left, and not clear. `mix_by`, `mix_difference`, `mix_low`,
    `mix_high` and `mix_verdict` are those of the mix that explains or hides a move, or else of
    the one that changes it most; a hidden move is clear after correcting for the number of mixes.

    Raises NpsError as `before_after` does. What each promises is simulated in docs/proof.md.

    >>> responses = pd.DataFrame({
    ...     "responded_at": pd.date_range("2026-01-01", periods=40), "score": [0] * 20 + [10] * 20
    ... })
    >>> found = change_verdicts(responses, [ProductChange("2026-01-21", "New pricing")], days=20)
    >>> found[["difference", "verdict", "basis"]].values.tolist()
    [[200.0, 'up', 'weeks']]
    """

    def daily(scope: SegmentChoice) -> pd.DataFrame:
        return tally(apply(frame, Filter(segments=scope)), every="day")

    names = opened(frame).collect_schema().names()
    accounts = optional_column("cluster", cluster, ACCOUNT_ID, names)
    choices = mix_columns(names, mix)

    def mixes(change: ProductChange, window: Window) -> dict[tuple[str, ...], pd.DataFrame]:
        within = apply(frame, Filter(*window.days, change.segments))
        return tallies(within, choices) if choices else {}

    def by_account(change: ProductChange, window: Window) -> pd.DataFrame | None:
        if accounts is None or window.stop <= window.start:
            return None
        chosen = Filter(*window.days, change.segments)
        return tally(apply(frame, chosen), by=accounts).rename(columns={accounts: ACCOUNT_ID})

    return change_verdicts_daily(
        daily, by_account, mixes, changes, days, washout, level, data_end, minimum, responses
    )


def change_verdicts_daily(
    daily: Callable[[SegmentChoice], pd.DataFrame],
    by_account: ByAccount,
    mixes: Mixes,
    changes: Any,
    days: Days = 28,
    washout: int = 0,
    level: float = 0.95,
    data_end: date | datetime | str | None = None,
    minimum: int = ENOUGH,
    responses: int | None = None,
) -> pd.DataFrame:
    """What `change_verdicts` returns, from counts by day and, for each window, by account.

    `daily` is as for `before_after_daily`; `by_account` gives the tally of a window by
    `account_id`, or None; `mixes` those by each choice of segments to hold fixed.
    """
    checked_level(level)
    whole_number("minimum", minimum, 0)
    found = measured(daily, changes, days, washout, data_end, responses)
    readings = [read(one, found, by_account, washout, level) for one in found]
    rivals = [
        mix_rivals(one, mixes, Widening(careful.factor, careful.df), level, minimum)
        for one, careful in zip(found, readings, strict=True)
    ]
    return careful_table(found, readings, rivals, level, minimum)


def careful_table(
    found: list[Measured],
    readings: Sequence[Reading],
    rivals: Sequence[Sequence[Rival]],
    level: float,
    minimum: int,
) -> pd.DataFrame:
    """What `change_verdicts` returns, from what was read of each change."""
    plain = table(found, level, minimum)
    careful = pd.DataFrame([vars(one) for one in readings], columns=list(Reading.__annotations__))
    result = plain.rename(columns={name: f"plain_{name}" for name in (LOW, HIGH, "p")})
    result = pd.concat([result, careful], axis=1)
    words = verdicts(
        result[LOW].to_numpy(float),
        result[HIGH].to_numpy(float),
        result["before_responses"].to_numpy(),
        result["after_responses"].to_numpy(),
        minimum,
    )
    final: list[Verdict] = []
    told: list[Rival] = []
    for word, difference, mix in zip(words, result["difference"], rivals, strict=True):
        explained = explained_by(word, difference, mix)
        final.append(NO_CLEAR_CHANGE if explained else word)
        telling = explained or masked_by(word, mix, 1 - level)
        most = telling or _most_different(difference, mix)
        if word == NO_CLEAR_CHANGE and not telling and most.verdict in (UP, DOWN):
            # Clear by itself, but not for one of several mixes looked at.
            most = replace(most, verdict=NO_CLEAR_CHANGE)
        told.append(most)
    result["verdict"] = pd.Series(final, dtype=object)
    result["total_verdict"] = pd.Series(words, dtype=object)
    result["mix_by"] = pd.Series([rival.columns for rival in told], dtype=object)
    for name in ("difference", LOW, HIGH):
        result[f"mix_{name}"] = np.array([getattr(rival, name) for rival in told], dtype=float)
    result["mix_verdict"] = pd.Series([rival.verdict for rival in told], dtype=object)
    order = list(plain.columns)
    return result[order + [name for name in result.columns if name not in order]]


def _most_different(difference: float, mix: Sequence[Rival]) -> Rival:
    known = [rival for rival in mix if rival.verdict != TOO_FEW]
    return max(
        known,
        key=lambda rival: abs(rival.difference - difference),
        default=unchecked("mix", "no segment to hold fixed"),
    )


def read(
    one: Measured, found: Sequence[Measured], by_account: ByAccount, washout: int, level: float
) -> Reading:
    """One change with the widest interval that chance, accounts and ordinary weeks give it."""
    # A side without responses has no difference to widen, and its scope may be one the data lost.
    both = one.before_total.any() and one.after_total.any()
    return read_windows(
        one.daily,
        one.before,
        one.after,
        [by_account(one.change, window) if both else None for window in (one.before, one.after)],
        np.datetime64(one.change.date, "D"),
        washout,
        [
            np.datetime64(other.change.date, "D")
            for other in found
            if other is not one and overlap(one.change.segments, other.change.segments)
        ],
        level,
    )
