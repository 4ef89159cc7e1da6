"""A change of the NPS by who became more and who fewer, and the trap in its split by groups."""

from typing import Any

import numpy as np
import pandas as pd

from nps_core.columns import DETRACTORS, NPS, PASSIVES, PROMOTERS, RESPONSES
from nps_core.language import mark
from nps_core.measure.arguments import require_columns
from nps_core.measure.counts import categories, checked_counts
from nps_core.measure.engine import as_pandas, opened
from nps_core.measure.reasons import reason

_WORTH = {PROMOTERS: 1, PASSIVES: 0, DETRACTORS: -1}
_PARADOX = {
    "up": (
        mark(
            "The only group on both sides moved up, yet all responses together moved down: "
            "the mix of who answered changed. Read the groups, not the total."
        ),
        mark(
            "Each of the {n} groups moved up, yet all responses together moved down: "
            "the mix of who answered changed. Read the groups, not the total."
        ),
    ),
    "down": (
        mark(
            "The only group on both sides moved down, yet all responses together moved up: "
            "the mix of who answered changed. Read the groups, not the total."
        ),
        mark(
            "Each of the {n} groups moved down, yet all responses together moved up: "
            "the mix of who answered changed. Read the groups, not the total."
        ),
    ),
}


def explain_flow(before_counts: Any, after_counts: Any) -> pd.DataFrame:
    """How many points of the change come from the shares of promoters and of detractors.

    A share of promoters that grows by one hundredth is one point up, one of detractors one point
    down; `points` sum to the change of the NPS. Passives always bring 0 points themselves: a
    person who turns from passive to promoter is in the promoters' growth, so the passives' shares
    only say from where, or to where, the others came and went. These are shares of two groups of
    answers, not people followed from one side to the other.

    Both are counts as `tally` makes them (`score`, `n`; other columns are added over). Returns
    three rows, `category` ("promoters", "passives", "detractors"), `before_share`, `after_share`
    (of 1) and `points`; NaN where a side has no responses. Raises NpsError for what are no counts.

    >>> before = pd.DataFrame({"score": [3, 8, 10], "n": [25, 25, 50]})
    >>> after = pd.DataFrame({"score": [3, 8, 10], "n": [50, 0, 50]})
    >>> explain_flow(before, after)[["category", "points"]].values.tolist()
    [['promoters', 0.0], ['passives', 0.0], ['detractors', -25.0]]
    """
    shares = []
    for parameter, counts in (("before_counts", before_counts), ("after_counts", after_counts)):
        kept = checked_counts(parameter, counts)
        totals = categories(kept, np.zeros(len(kept), dtype="int64"), 1)[0, ::-1]
        with np.errstate(invalid="ignore"):
            shares.append(totals / totals.sum())
    before, after = shares
    # Adding 0 turns the -0.0 of a loss of nothing into 0.0.
    points = 100 * np.array(list(_WORTH.values())) * (after - before) + 0.0
    return pd.DataFrame(
        {
            "category": pd.Series(list(_WORTH), dtype=object),
            "before_share": before,
            "after_share": after,
            "points": points,
        }
    )


def simpson(explained: Any) -> str:
    """A sentence when all groups moved one way and all responses together the other, else "".

    `explained` is what `explain` returns. Groups with responses on one side only have not moved
    and are not asked; each of the others must have moved, however little, and so must the total,
    the opposite way (Simpson's paradox). Raises NpsError for missing columns.

    Source: Simpson 1951, Journal of the Royal Statistical Society B 13: 238-241.

    >>> print(simpson(pd.DataFrame({
    ...     "plan": ["Free", "Pro"], "before_responses": [20, 80], "before_nps": [0.0, 50.0],
    ...     "after_responses": [80, 20], "after_nps": [5.0, 55.0],
    ... })).partition(":")[0])
    Each of the 2 groups moved up, yet all responses together moved down
    """
    if not isinstance(explained, pd.DataFrame):
        explained = as_pandas(opened(explained, "explained"))
    needed = [f"{side}_{name}" for side in ("before", "after") for name in (RESPONSES, NPS)]
    require_columns(
        "explained (a table as explain makes it)", needed, [str(name) for name in explained.columns]
    )
    (n0, net0), (n1, net1) = (_whole(explained, side) for side in ("before", "after"))
    # Cross-multiplied whole numbers: a change of 0 must not be read as one by a rounding error.
    moves = [b * m - a * k for a, k, b, m in zip(net0, n1, net1, n0, strict=True) if m and k]
    total = sum(net1) * sum(n0) - sum(net0) * sum(n1)
    if not moves or total == 0 or not all(move * total < 0 for move in moves):
        return ""
    only, each = _PARADOX["up" if total < 0 else "down"]
    return reason(only) if len(moves) == 1 else reason(each, n=len(moves))


def _whole(explained: pd.DataFrame, side: str) -> tuple[list[int], list[int]]:
    """Responses, and promoters less detractors, of each group as Python's whole numbers."""
    responses = [int(n) for n in explained[f"{side}_{RESPONSES}"].fillna(0)]
    nps = explained[f"{side}_{NPS}"].fillna(0.0)
    return responses, [round(v * n / 100) for v, n in zip(nps, responses, strict=True)]
