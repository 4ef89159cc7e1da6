"""A change of the NPS split into what the groups did and who answered, and how each group did."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import NPS, RESPONSES
from nps_core.errors import NpsError
from nps_core.measure.adjust import adjust
from nps_core.measure.arguments import (
    checked_level,
    checked_rate,
    column_names,
    whole_number,
)
from nps_core.measure.compare import ENOUGH, differences, verdicts
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
    names = _names(by)
    groups, before, after = _sides(before_counts, after_counts, names)
    columns: dict[str, NDArray[Any]] = {}
    shares: dict[str, NDArray[Any]] = {}
    balances, empty = [], []
    for side, totals in (("before", before), ("after", after)):
        responses = totals.sum(axis=1)
        balances.append(np.stack([totals[:, 2] - totals[:, 0], responses], axis=1))
        columns[f"{side}_{RESPONSES}"] = responses
        columns[f"{side}_{NPS}"] = 100 * estimate(totals)
        if not responses.any():
            empty.append(side)
        with np.errstate(invalid="ignore"):
            shares[f"{side}_share"] = responses / responses.sum()
    if empty:
        rate = mix = np.full(len(groups), np.nan)
    else:
        rate, mix = kitagawa(*balances)
    result = beside(groups, columns | shares | {RATE: 100 * rate, MIX: 100 * mix}, names)
    result.attrs["empty"] = tuple(empty)
    return result


def compare_groups(
    before_counts: Any,
    after_counts: Any,
    by: str | Iterable[str],
    level: float = 0.95,
    q: float = 0.10,
    minimum: int = ENOUGH,
) -> pd.DataFrame:
    """Each group's own change from before to after, as `compare` judges one, all corrected at once.

    Arguments as for `explain`, the same groups in the same order. Returns `*by`, `difference`,
    `low`, `high` (points, each interval at `level` for itself), `p`, `p_adjusted`
    (Benjamini-Hochberg over every group that could be compared) and `verdict`: "up" or "down"
    where `p_adjusted` is at most `q`, "too few responses" under `minimum` on a side. NaN where a
    group is missing on a side. Raises NpsError as `explain` does, and for a `q` outside 0..1.

    >>> before = pd.DataFrame({"plan": ["Free", "Pro"], "score": [10, 10], "n": [50, 50]})
    >>> after = pd.DataFrame({"plan": ["Free", "Pro"], "score": [0, 10], "n": [50, 50]})
    >>> compare_groups(before, after, "plan")[["plan", "verdict"]].values.tolist()
    [['Free', 'down'], ['Pro', 'no clear change']]
    """
    checked_level(level)
    checked_rate("q", q)
    whole_number("minimum", minimum, 0)
    names = _names(by)
    groups, before, after = _sides(before_counts, after_counts, names)
    found = differences(before, after, level)
    p_adjusted = adjust(found["p"])
    # The verdict follows the adjusted p: an interval made for one comparison would cry wolf.
    change = np.where(p_adjusted <= q, found["difference"], 0.0)
    words = verdicts(change, change, before.sum(axis=1), after.sum(axis=1), minimum)
    columns = found | {"p_adjusted": p_adjusted, "verdict": pd.Series(words, dtype=object)}
    return beside(groups, columns, names)


def _names(by: str | Iterable[str]) -> tuple[str, ...]:
    names = column_names("by", by)
    if not names:
        raise NpsError("by is empty; name the column whose groups explain the change.")
    return names


def _sides(
    before_counts: Any, after_counts: Any, names: tuple[str, ...]
) -> tuple[pd.DataFrame, NDArray[np.int64], NDArray[np.int64]]:
    """The groups of both sides together, and the categories of each on either, (groups, 3)."""
    before = checked_counts("before_counts", before_counts, names)
    after = checked_counts("after_counts", after_counts, names)
    ids, groups = grouped(pd.concat([before, after], ignore_index=True), names)
    first, second = np.split(ids, [len(before)])
    size = len(groups)
    return groups, categories(before, first, size), categories(after, second, size)


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
