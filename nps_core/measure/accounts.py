"""How much less several answers of one account say than as many answers of different accounts."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from nps_core.columns import COUNT
from nps_core.measure.counts import categories, checked_counts
from nps_core.measure.interval import Floats, variance


@dataclass(frozen=True)
class Clustering:
    """The design effect of a difference of two windows, and what it rests on.

    `factor` is the variance of the difference with accounts kept whole over that of independent
    responses; `df` its degrees of freedom (Satterthwaite); `accounts` how many answered.
    """

    factor: float
    df: float
    accounts: int


def clustering(before_counts: Any, after_counts: Any, by: str) -> Clustering:
    """How the accounts in `by` widen the difference between two windows of counts.

    Both are tallies by account. The variance of each window is that of its accounts' sums around
    the window's NPS, G/(G - 1) sum_g (sum_i (s - theta))^2 / n^2, G being the effective number of
    accounts, (sum m)^2 / sum m^2; accounts that answer in both windows take their own level
    along, and what it adds to both is subtracted. A response without an account stands alone.
    Raises NpsError for what are no counts.

    Source: the cluster-robust variance of survey sampling (Kish 1965; Bell and McCaffrey 2002).

    >>> alone = pd.DataFrame({"account": list("abcdef"), "score": [10, 0] * 3, "n": 1})
    >>> clustering(alone, alone, "account").factor
    1.0
    >>> double = clustering(alone.assign(n=2), alone.assign(account=list("ghijkl"), n=2), "account")
    >>> round(double.factor, 6)
    2.4
    """
    before, after = (
        _side("before_counts", before_counts, by),
        _side("after_counts", after_counts, by),
    )
    place = before.names.get_indexer(after.names)
    shared = place >= 0
    accounts = len(before.names) + int((~shared).sum()) + before.alone + after.alone
    plain = before.plain + after.plain
    if plain == 0 or max(before.largest, after.largest) <= 1:
        return Clustering(1.0, float("inf"), accounts)
    both = 2 * float(before.shifts[place[shared]] @ after.shifts[shared])
    total = before.robust + after.robust
    spread = sum(side.robust**2 / max(side.effective - 1, 1) for side in (before, after))
    return Clustering(
        factor=max((total - both) / plain, 0.0),
        df=total**2 / spread if spread else float("inf"),
        accounts=accounts,
    )


@dataclass(frozen=True)
class _Side:
    """One window: the named accounts and how each shifts its NPS, and what they add up to."""

    names: pd.Index
    shifts: Floats
    largest: int
    alone: int
    effective: float
    plain: float
    robust: float


def _side(parameter: str, counts: Any, by: str) -> _Side:
    kept = checked_counts(parameter, counts, [by])
    kept = kept[kept[COUNT] > 0]
    # Not `grouped`: with thousands of accounts its order is most of the work, and nobody reads it.
    account, names = pd.factorize(kept[by])
    lone_row = len(names)
    account = np.where(account < 0, lone_row, account)
    per_account = categories(kept, account, lone_row + 1)
    total = per_account.sum(axis=0)
    n = int(total.sum())
    if n == 0:
        return _Side(pd.Index([]), np.zeros(0), 0, 0, 0.0, 0.0, 0.0)
    theta = (total[2] - total[0]) / n
    named, lone = per_account[:lone_row], per_account[lone_row]
    sizes = named.sum(axis=1)
    shifts: Floats = (named[:, 2] - named[:, 0] - theta * sizes) / n
    # Each response without an account is one of its own: -1, 0 or +1 less theta, so many times.
    apart = float(lone @ (np.array([-1.0, 0.0, 1.0]) - theta) ** 2) / n**2
    effective = n**2 / float((sizes**2).sum() + lone.sum())
    correction = effective / (effective - 1) if effective > 1 else 1.0
    return _Side(
        names=pd.Index(names),
        shifts=shifts,
        largest=int(sizes.max(initial=0)),
        alone=int(lone.sum()),
        effective=effective,
        plain=float(variance(total[None, :])[0]) / n,
        robust=correction * (float((shifts**2).sum()) + apart),
    )
