"""Two windows of days read as cautiously as their responses ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nps_core.columns import ACCOUNT_ID
from nps_core.errors import NpsError
from nps_core.measure.accounts import clustering
from nps_core.measure.arguments import as_date, checked_level, whole_number
from nps_core.measure.before_after import Daily, by_day
from nps_core.measure.compare import ENOUGH, Comparison, difference_limits, verdicts
from nps_core.measure.counts import dated_counts
from nps_core.measure.interval import estimate, variance
from nps_core.measure.restless import restlessness
from nps_core.measure.settle import responses_to_settle
from nps_core.measure.widened import CHANCE_ALONE, Widening, critical_t, widened
from nps_core.measure.windows import Day, Window


@dataclass(frozen=True)
class Reading:
    """The difference of two windows; fields as the columns of `change_verdicts`."""

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


_NOTHING = float("nan")
_BLANK = Reading(
    low=_NOTHING,
    high=_NOTHING,
    p=_NOTHING,
    basis="chance",
    factor=1.0,
    df=float("inf"),
    at_least=_NOTHING,
    at_most=_NOTHING,
    placebos=0,
    shortened=False,
    accounts=_NOTHING,
    to_settle=_NOTHING,
)


def compare_spans(
    daily_counts: Any,
    before: Sequence[Any],
    after: Sequence[Any],
    by_account: Sequence[Any] | None = None,
    changes: Iterable[Any] = (),
    level: float = 0.95,
    minimum: int = ENOUGH,
) -> Comparison:
    """How the NPS of one span of days differs from that of an earlier one, ordinary weeks minded.

    `daily_counts` is a tally by day over as long a history as there is; `before` and `after` are
    (first day, last day), both inclusive, one after the other. `by_account` holds the tallies of
    both spans by `account_id`, where accounts are known; `changes` the days on which something
    shipped, which placebo windows do not straddle. The fields are those of `compare`, the
    interval, p and verdict those of the widest reading, as `change_verdicts` takes it. Raises
    NpsError for spans that overlap or are back to front, and for what are no counts by day.

    >>> import pandas as pd
    >>> days = pd.DataFrame({"period": pd.date_range("2026-01-01", periods=60), "score": 9, "n": 2})
    >>> found = compare_spans(days, ("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28"))
    >>> found.difference, found.verdict, found.after_responses
    (0.0, 'no clear change', 56)
    """
    checked_level(level)
    whole_number("minimum", minimum, 0)
    first, second = _window("before", before), _window("after", after)
    if first.stop > second.start:
        raise NpsError(
            f"before ends on {first.stop - 1}, after begins on {second.start}; "
            "give the earlier span as before, and spans that do not overlap."
        )
    daily = by_day(dated_counts("daily_counts", daily_counts, ()))
    sides = list(by_account) if by_account is not None else [None, None]
    told = read_windows(
        daily,
        first,
        second,
        sides,
        first.stop,
        int((second.start - first.stop).astype(int)),
        [np.datetime64(as_date("changes", day), "D") for day in changes],
        level,
    )
    totals = np.stack([daily.between(first), daily.between(second)])
    theta, n = 100 * estimate(totals), totals.sum(axis=1)
    words = verdicts(np.array([told.low]), np.array([told.high]), n[:1], n[1:], minimum)
    return Comparison(
        difference=float(theta[1] - theta[0]),
        low=told.low,
        high=told.high,
        p=told.p,
        verdict=words[0],
        before_responses=int(n[0]),
        after_responses=int(n[1]),
        before_nps=float(theta[0]),
        after_nps=float(theta[1]),
        level=float(level),
    )


def _window(parameter: str, span: Sequence[Any]) -> Window:
    if isinstance(span, str) or not isinstance(span, Sequence) or len(span) != 2:
        raise NpsError(f"{parameter} is {span!r}; give (first day, last day).")
    first, last = (as_date(parameter, day) for day in span)
    if first is None or last is None or first > last:
        raise NpsError(f"{parameter} is {span!r}; give (first day, last day), in that order.")
    return Window(np.datetime64(first, "D"), np.datetime64(last, "D") + 1)


def read_windows(
    daily: Daily,
    before: Window,
    after: Window,
    by_account: Sequence[Any],
    at: Day,
    gap: int,
    changes: Iterable[Day],
    level: float,
) -> Reading:
    """The widest interval that chance, accounts and ordinary weeks give two windows of `daily`.

    `by_account` holds each window's tally by `account_id`, or None; `at` is the day between the
    windows and `gap` the days left out after it; placebos straddle neither `at` nor `changes`.
    """
    totals = np.stack([daily.between(before), daily.between(after)])
    if not totals.sum(axis=1).all():
        return _BLANK
    readings = {"chance": CHANCE_ALONE}
    accounts = _NOTHING
    if by_account[0] is not None and by_account[1] is not None:
        kept = clustering(by_account[0], by_account[1], ACCOUNT_ID)
        accounts = kept.accounts
        if kept.factor > 1:
            readings["accounts"] = Widening(kept.factor, kept.df)
    restless = restlessness(
        daily.days, daily.totals, at, _length(before), _length(after), gap, changes
    )
    chance = float((variance(totals) / totals.sum(axis=1)).sum())
    factor = 1 + restless.excess / chance if chance else 1.0
    if restless.placebos and (factor > 1 or restless.shortened):
        readings["weeks"] = Widening(factor, restless.df)
    limits = {name: widened(totals[0], totals[1], how, level) for name, how in readings.items()}
    # The widest interval and the largest p: each reading alone would let something pass.
    basis = max(limits, key=lambda name: limits[name][1] - limits[name][0])
    widening = readings[basis]
    one_sided = difference_limits(
        totals[:1] / widening.factor,
        totals[1:] / widening.factor,
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
