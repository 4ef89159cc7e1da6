"""The verdict of each product change, safe against restless weeks and clustered accounts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from nps_core.columns import ACCOUNT_ID, HIGH, LOW
from nps_core.measure.accounts import clustering
from nps_core.measure.arguments import SegmentChoice, checked_level, whole_number
from nps_core.measure.before_after import Measured, measured, table
from nps_core.measure.changes import ProductChange
from nps_core.measure.compare import ENOUGH, difference_limits, verdicts
from nps_core.measure.engine import opened
from nps_core.measure.filter import Filter, apply
from nps_core.measure.interval import estimate, variance
from nps_core.measure.restless import restlessness
from nps_core.measure.settle import responses_to_settle
from nps_core.measure.tally import tally
from nps_core.measure.widened import CHANCE_ALONE, Widening, critical_t, widened
from nps_core.measure.windows import Day, Days, Window, overlap

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
    cluster: str = ACCOUNT_ID,
) -> pd.DataFrame:
    """What `before_after` returns, with intervals that know responses are not all independent.

    `days` may be two numbers, before and after; `responses` lays windows of as many responses
    instead. `low`, `high`, `p` and `verdict` are the most cautious of three readings: chance alone
    (MOVER, as `compare`), accounts kept whole (where `cluster` is a column of `frame`), and
    ordinary weeks, by placebo windows over the days on which nothing shipped. Further columns:
    `basis` ("chance", "accounts" or "weeks": which reading it is), `factor` (the variance over
    that of chance) and `df` of that reading; `plain_low`, `plain_high`, `plain_p` (chance alone);
    `at_least` and `at_most`, one-sided limits at `level`; `placebos`, how many pairs of ordinary
    windows were looked at, `shortened` when they were shorter ones; `accounts`, how many answered
    (NaN when unknown); and `to_settle`, about how many more responses would make a difference of
    this size clear (0 when it is clear, infinite when no number would).

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

    has_accounts = cluster in opened(frame).collect_schema().names()

    def by_account(change: ProductChange, window: Window) -> pd.DataFrame | None:
        if not has_accounts or window.stop <= window.start:
            return None
        chosen = Filter(_day(window.start), _day(window.stop - 1), change.segments)
        return tally(apply(frame, chosen), by=cluster).rename(columns={cluster: ACCOUNT_ID})

    return change_verdicts_daily(
        daily, by_account, changes, days, washout, level, data_end, minimum, responses
    )


def change_verdicts_daily(
    daily: Callable[[SegmentChoice], pd.DataFrame],
    by_account: ByAccount,
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
    `account_id`, or None.
    """
    checked_level(level)
    whole_number("minimum", minimum, 0)
    found = measured(daily, changes, days, washout, data_end, responses)
    return careful_table(found, found, by_account, washout, level, minimum)


def careful_table(
    wanted: list[Measured],
    found: Sequence[Measured],
    by_account: ByAccount,
    washout: int,
    level: float,
    minimum: int,
) -> pd.DataFrame:
    """The rows of `change_verdicts` for the `wanted` ones among the changes `found`."""
    plain = table(wanted, level, minimum)
    read = [_read(one, found, by_account, washout, level) for one in wanted]
    careful = pd.DataFrame([vars(one) for one in read], columns=list(Reading.__annotations__))
    result = plain.rename(columns={name: f"plain_{name}" for name in (LOW, HIGH, "p")})
    result = pd.concat([result, careful], axis=1)
    words = verdicts(
        result[LOW].to_numpy(float),
        result[HIGH].to_numpy(float),
        result["before_responses"].to_numpy(),
        result["after_responses"].to_numpy(),
        minimum,
    )
    result["verdict"] = pd.Series(words, dtype=object)
    order = list(plain.columns)
    return result[order + [name for name in result.columns if name not in order]]


@dataclass(frozen=True)
class Reading:
    """One change read as cautiously as its data asks for; the columns of `change_verdicts`."""

    low: float
    high: float
    p: float
    basis: str
    factor: float
    df: float
    at_least: float
    at_most: float
    placebos: int
    shortened: bool
    accounts: float
    to_settle: float


def _read(
    one: Measured, found: Sequence[Measured], by_account: ByAccount, washout: int, level: float
) -> Reading:
    nothing = float("nan")
    before, after = one.before_total, one.after_total
    if not before.sum() or not after.sum():
        return Reading(
            low=nothing,
            high=nothing,
            p=nothing,
            basis="chance",
            factor=1.0,
            df=float("inf"),
            at_least=nothing,
            at_most=nothing,
            placebos=0,
            shortened=False,
            accounts=nothing,
            to_settle=nothing,
        )
    readings = {"chance": CHANCE_ALONE}
    sides = [by_account(one.change, window) for window in (one.before, one.after)]
    accounts = nothing
    if sides[0] is not None and sides[1] is not None:
        kept = clustering(sides[0], sides[1], ACCOUNT_ID)
        accounts = kept.accounts
        if kept.factor > 1:
            readings["accounts"] = Widening(kept.factor, kept.df)
    restless = restlessness(
        one.daily.days,
        one.daily.totals,
        np.datetime64(one.change.date, "D"),
        _length(one.before),
        _length(one.after),
        washout,
        [
            np.datetime64(other.change.date, "D")
            for other in found
            if other is not one and overlap(one.change.segments, other.change.segments)
        ],
    )
    totals = np.stack([before, after])
    chance = float((variance(totals) / totals.sum(axis=1)).sum())
    factor = 1 + restless.excess / chance if chance else 1.0
    if restless.placebos and (factor > 1 or restless.shortened):
        readings["weeks"] = Widening(factor, restless.df)
    limits = {name: widened(before, after, how, level) for name, how in readings.items()}
    # The widest interval and the largest p: each reading alone would let something pass.
    basis = max(limits, key=lambda name: limits[name][1] - limits[name][0])
    widening = readings[basis]
    one_sided = difference_limits(
        before[None, :] / widening.factor,
        after[None, :] / widening.factor,
        critical_t(2 * level - 1, widening.df) if level > 0.5 else 0.0,
    )
    low, high, p = limits[basis]
    theta = estimate(totals)
    return Reading(
        low=low,
        high=high,
        p=p,
        basis=basis,
        factor=widening.factor,
        df=widening.df,
        at_least=float(one_sided[0][0]),
        at_most=float(one_sided[1][0]),
        placebos=restless.placebos,
        shortened=restless.shortened,
        accounts=accounts,
        to_settle=responses_to_settle(
            float(theta[1] - theta[0]), totals, clear=low > 0 or high < 0, widening=widening
        ),
    )


def _length(window: Window) -> int:
    return max(1, int((window.stop - window.start).astype(int)))


def _day(at: Day) -> date:
    day: date = at.astype("datetime64[D]").item()
    return day
