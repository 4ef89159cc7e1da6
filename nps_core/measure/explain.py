"""A change of the NPS split into what the groups did and who answered."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import NPS, RESPONSES
from nps_core.errors import NpsError
from nps_core.measure.arguments import column_names
from nps_core.measure.counts import categories, checked_counts, grouped
from nps_core.measure.interval import estimate
from nps_core.measure.score import beside

RATE = "rate"
MIX = "mix"


def explain(before_counts: Any, after_counts: Any, by: str | Iterable[str]) -> pd.DataFrame:
    """How many points of the change from before to after come from each group, in two parts.

    `rate` is what the group's own NPS brought: its change times its mean share of the responses.
    `mix` is what its share brought: the change of the share times how far the group's mean NPS
    lies from the mean NPS of all. All `rate` and `mix` together are the change of the NPS. A group
    without responses on one side is taken to score there as it does on the other: its coming or
    going is all mix.

    Both are counts as `tally` makes them, holding the columns of `by`; missing values are a group
    of their own. Returns `*by`, `before_responses`, `before_nps`, `after_responses`, `after_nps`
    (points, NaN without responses), `before_share`, `after_share` (of 1), `rate` and `mix`
    (points). Where a side has no response at all its shares and both parts are NaN, and
    `attrs["empty"]` names it ("before", "after"). Raises NpsError for an empty `by`, for missing
    columns and for a group named like a column of the result.

    Source: Kitagawa 1955, Journal of the American Statistical Association 50: 1168-1194.

    >>> before = pd.DataFrame({"plan": ["Free", "Pro"], "score": [0, 10], "n": [50, 50]})
    >>> after = pd.DataFrame({"plan": ["Free", "Pro"], "score": [0, 10], "n": [25, 75]})
    >>> explain(before, after, "plan")[["plan", "rate", "mix"]].values.tolist()
    [['Free', 0.0, 31.25], ['Pro', 0.0, 18.75]]
    """
    names = column_names("by", by)
    if not names:
        raise NpsError("by is empty; name the column whose groups explain the change.")
    before = checked_counts("before_counts", before_counts, names)
    after = checked_counts("after_counts", after_counts, names)
    ids, groups = grouped(pd.concat([before, after], ignore_index=True), names)
    columns: dict[str, NDArray[Any]] = {}
    shares: dict[str, NDArray[Any]] = {}
    sides, empty = [], []
    at = np.split(ids, [len(before)])
    for side, counts, where in (("before", before, at[0]), ("after", after, at[1])):
        totals = categories(counts, where, len(groups))
        responses = totals.sum(axis=1)
        sides.append(np.stack([totals[:, 2] - totals[:, 0], responses], axis=1))
        columns[f"{side}_{RESPONSES}"] = responses
        columns[f"{side}_{NPS}"] = 100 * estimate(totals)
        if not responses.any():
            empty.append(side)
        with np.errstate(invalid="ignore"):
            shares[f"{side}_share"] = responses / responses.sum()
    if empty:
        rate = mix = np.full(len(groups), np.nan)
    else:
        rate, mix = kitagawa(*sides)
    result = beside(groups, columns | shares | {RATE: 100 * rate, MIX: 100 * mix}, names)
    result.attrs["empty"] = tuple(empty)
    return result


def kitagawa(before: NDArray[Any], after: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The rate and the mix part of each group, on the scale -1..1.

    `before` and `after` are (groups, 2): promoters less detractors, and responses, which must not
    all be 0. Whole numbers give floats; Fractions (dtype object) give Fractions, whose sum is the
    change exactly.

    >>> from fractions import Fraction
    >>> rate, mix = kitagawa(*np.vectorize(Fraction)([[[1, 3], [2, 4]], [[0, 5], [1, 6]]]))
    >>> rate.sum() + mix.sum() == Fraction(1, 11) - Fraction(3, 7)
    True
    """
    (net0, n0), (net1, n1) = before.T, after.T
    own0, own1 = _rates(net0, n0, net1, n1), _rates(net1, n1, net0, n0)
    all0, all1 = net0.sum() / n0.sum(), net1.sum() / n1.sum()
    w0, w1 = n0 / n0.sum(), n1 / n1.sum()
    rate = (w0 + w1) / 2 * (own1 - own0)
    mix = (w1 - w0) * ((own0 + own1) / 2 - (all0 + all1) / 2)
    return rate, mix


def _rates(
    net: NDArray[Any], n: NDArray[Any], other_net: NDArray[Any], other_n: NDArray[Any]
) -> NDArray[Any]:
    """Each group's own score, that of the other side where it has no responses here."""
    there = n > 0
    anywhere = np.where(there, n, other_n)
    return np.where(there, net, other_net) / np.where(anywhere > 0, anywhere, 1)
