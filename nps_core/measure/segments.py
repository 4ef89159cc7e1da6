"""Groups against the rest of the responses."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

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
from nps_core.measure.score import beside, figures


def against_rest(
    counts: Any,
    by: str | Iterable[str],
    level: float = 0.95,
    q: float = 0.10,
    minimum: int = ENOUGH,
    within: str | Iterable[str] = (),
) -> pd.DataFrame:
    """Each group's NPS against that of all other responses together.

    `counts` is a tally holding the columns of `by`. With `within`, some of these columns, the rest
    are the other groups with the same values in them: tallies by several segments, each named in
    a column, are compared by segment and corrected together. Returns the columns of `score`, then
    `difference` (group less rest, points) with `difference_low` and `difference_high` at `level`,
    `p`, `p_adjusted` (Benjamini-Hochberg over every comparison that could be made) and `verdict`:
    "up" or "down" where `p_adjusted` is at most `q`, "too few responses" where the group or the
    rest has under `minimum`. NaN where the rest is empty. Raises NpsError for
    missing columns and for a group named like a column of the result.

    >>> counts = pd.DataFrame({
    ...     "plan": ["Free", "Free", "Pro", "Pro"], "score": [0, 10, 0, 10], "n": [60, 40, 30, 70]
    ... })
    >>> against_rest(counts, "plan").round(6)[["plan", "difference", "verdict"]].values.tolist()
    [['Free', -60.0, 'down'], ['Pro', 60.0, 'up']]
    """
    names = column_names("by", by)
    if not names:
        raise NpsError("by is empty; name the column whose groups are compared with the rest.")
    checked_level(level)
    checked_rate("q", q)
    whole_number("minimum", minimum, 0)
    kept = checked_counts("counts", counts, names)
    ids, groups = grouped(kept, names)
    group = categories(kept, ids, len(groups))
    outer = column_names("within", within)
    for name in outer:
        if name not in names:
            raise NpsError(f'within holds "{name}", which is not in by; by is {", ".join(names)}.')
    whole, _ = grouped(groups, outer)
    totals = np.zeros((len(groups), 3), dtype="int64")
    np.add.at(totals, whole, group)
    rest = totals[whole] - group
    found = differences(rest, group, level)
    p_adjusted = adjust(found["p"])
    # The verdict follows the adjusted p: an interval made for one comparison would cry wolf.
    clear = p_adjusted <= q
    change = np.where(clear, found["difference"], 0.0)
    words = verdicts(change, change, rest.sum(axis=1), group.sum(axis=1), minimum)
    columns = figures(group, level) | {
        "difference": found["difference"],
        "difference_low": found["low"],
        "difference_high": found["high"],
        "p": found["p"],
        "p_adjusted": p_adjusted,
        "verdict": pd.Series(words, dtype=object),
    }
    return beside(groups, columns, names)
