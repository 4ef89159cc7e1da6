"""How much less several answers of one account say than as many answers of different accounts."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nps_core.measure.counts import categories, checked_counts, grouped
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

    >>> import pandas as pd
    >>> alone = pd.DataFrame({"account": list("abcdef"), "score": [10, 0] * 3, "n": 1})
    >>> clustering(alone, alone, "account").factor
    1.0
    >>> double = clustering(alone.assign(n=2), alone.assign(account=list("ghijkl"), n=2), "account")
    >>> round(double.factor, 6)
    2.4
    """
    sides = [_sums(name, counts, by) for name, counts in _named(before_counts, after_counts)]
    plain = sum(side.plain for side in sides)
    if plain == 0 or max(side.largest for side in sides) <= 1:
        accounts = len({name for side in sides for name in side.shifts})
        return Clustering(1.0, float("inf"), accounts + sum(side.alone for side in sides))
    shared = set(sides[0].shifts) & set(sides[1].shifts)
    both = sum(2 * sides[0].shifts[name] * sides[1].shifts[name] for name in shared)
    robust = [side.robust for side in sides]
    total = sum(robust)
    spread = sum(v**2 / max(side.effective - 1, 1) for v, side in zip(robust, sides, strict=True))
    names = set(sides[0].shifts) | set(sides[1].shifts)
    return Clustering(
        factor=max((total - both) / plain, 0.0),
        df=total**2 / spread if spread else float("inf"),
        accounts=len(names) + sum(side.alone for side in sides),
    )


@dataclass(frozen=True)
class _Side:
    largest: int
    alone: int
    effective: float
    plain: float
    robust: float
    shifts: dict[Any, float]


def _named(before_counts: Any, after_counts: Any) -> list[tuple[str, Any]]:
    return [("before_counts", before_counts), ("after_counts", after_counts)]


def _sums(parameter: str, counts: Any, by: str) -> _Side:
    kept = checked_counts(parameter, counts, [by])
    kept = kept[kept["n"] > 0].reset_index(drop=True)
    ids, groups = grouped(kept, [by])
    per_account = categories(kept, ids, len(groups)) if len(kept) else np.zeros((0, 3), "int64")
    total = per_account.sum(axis=0)
    n = int(total.sum())
    if n == 0:
        return _Side(0, 0, 0.0, 0.0, 0.0, {})
    theta = (total[2] - total[0]) / n
    missing = groups[by].isna().to_numpy()
    lone = per_account[missing].sum(axis=0)
    sizes = per_account[~missing].sum(axis=1)
    shifts: Floats = (per_account[~missing, 2] - per_account[~missing, 0] - theta * sizes) / n
    # Each response without an account is one of its own: -1, 0 or +1 less theta, so many times.
    apart = float(lone @ (np.array([-1.0, 0.0, 1.0]) - theta) ** 2) / n**2
    effective = n**2 / float((sizes**2).sum() + lone.sum())
    correction = effective / (effective - 1) if effective > 1 else 1.0
    return _Side(
        largest=int(sizes.max(initial=0)),
        alone=int(lone.sum()),
        effective=effective,
        plain=float(variance(total[None, :])[0]) / n,
        robust=correction * (float((shifts**2).sum()) + apart),
        shifts=dict(zip(groups.loc[~missing, by], shifts.tolist(), strict=True)),
    )
