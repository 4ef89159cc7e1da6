"""What winning some people over would do to the NPS."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from nps_core.columns import DETRACTORS, PASSIVES, PROMOTERS
from nps_core.errors import NpsError
from nps_core.measure.arguments import did_you_mean, is_missing, is_single, one_of
from nps_core.measure.counts import categories, checked_counts, grouped
from nps_core.measure.sample_size import checked_share

_CATEGORIES = (DETRACTORS, PASSIVES, PROMOTERS)
_USUAL = {DETRACTORS: PASSIVES, PASSIVES: PROMOTERS, PROMOTERS: PASSIVES}


@dataclass(frozen=True)
class WhatIf:
    """The NPS of all responses before and after some of them change category, in points.

    `moved` is how many responses that is, exactly; `people` the same in whole ones, out of `of`.
    `group_before_nps` and `group_after_nps` are those of the chosen group alone, which is
    everyone when none was chosen.
    """

    before_nps: float
    after_nps: float
    difference: float
    moved: float
    people: int
    of: int
    responses: int
    group_before_nps: float
    group_after_nps: float


def what_if(
    counts: Any,
    category: str,
    share: float,
    to: str | None = None,
    by: str | None = None,
    value: Any = None,
) -> WhatIf:
    """How the NPS moves when `share` of a category turns into another and all else stays.

    `counts` is what `tally` makes: `score`, `n` and, for one group, the column `by`, of which
    `value` names the group (None the missing value). `category` is "detractors", "passives" or
    "promoters"; `to` defaults to the next better one ("passives" for promoters). `share` is 0 to
    1. Computed exactly, as fractions of the counts, before anything is rounded; without any
    responses everything is NaN. Raises NpsError for names and values that do not exist, a share
    outside 0..1, and a category that would turn into itself.

    >>> import pandas as pd
    >>> counts = pd.DataFrame({"score": [3, 8, 10], "n": [20, 30, 50]})
    >>> found = what_if(counts, "passives", 0.10)
    >>> found.before_nps, found.after_nps, found.difference, found.moved
    (30.0, 33.0, 3.0, 3.0)
    """
    one_of("category", category, _CATEGORIES)
    to = one_of("to", _USUAL[category] if to is None else to, _CATEGORIES)
    if to == category:
        raise NpsError(f'category and to are both "{category}"; name two different ones.')
    part = Fraction(str(checked_share("share", share)))
    if by is not None and not isinstance(by, str):
        raise NpsError(f"by is {by!r}; it is the name of one column, or None for everyone.")
    if by is None and value is not None:
        raise NpsError(f"value is {value!r} without by; name the column it belongs to.")
    kept = checked_counts("counts", counts, () if by is None else (by,))
    everyone = _totals(kept)
    group = everyone if by is None else _totals(kept[_rows_of(kept, by, value)])

    source, target = _CATEGORIES.index(category), _CATEGORIES.index(to)
    moved = part * group[source]
    change = moved * (target - source)
    before, after = _nps(everyone, Fraction(0)), _nps(everyone, change)
    return WhatIf(
        before_nps=float(before),
        after_nps=float(after),
        difference=float(after - before),
        moved=float(moved),
        people=int(moved + Fraction(1, 2)),
        of=group[source],
        responses=sum(everyone),
        group_before_nps=float(_nps(group, Fraction(0))),
        group_after_nps=float(_nps(group, change)),
    )


def _totals(kept: Any) -> tuple[int, ...]:
    total = categories(kept, np.zeros(len(kept), dtype="int64"), 1)[0]
    return tuple(int(n) for n in total)


def _rows_of(kept: Any, by: str, value: Any) -> np.ndarray:
    ids, groups = grouped(kept, [by])
    names = groups[by].tolist()
    if not is_single(value):
        raise NpsError(f'value is a {type(value).__name__}; give one value of the column "{by}".')
    for place, name in enumerate(names):
        if is_missing(name) if is_missing(value) else (not is_missing(name) and name == value):
            return ids == place
    shown = ", ".join("(missing)" if is_missing(name) else str(name) for name in names[:8])
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    raise NpsError(
        f'value is {value!r}, which the column "{by}" does not hold; '
        f"it has {shown or 'none'}{more}." + did_you_mean(value, names)
    )


def _nps(total: tuple[int, ...], change: Fraction) -> Fraction | float:
    n = sum(total)
    return 100 * (total[2] - total[0] + change) / n if n else float("nan")
