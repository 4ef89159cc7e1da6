"""Small groups hidden, together with what could be subtracted to reveal them."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import RESPONSES
from nps_core.errors import NpsError
from nps_core.language import mark
from nps_core.measure.arguments import column_names, require_columns, whole_number
from nps_core.measure.counts import grouped
from nps_core.measure.engine import as_pandas, opened
from nps_core.measure.reasons import reason
from nps_core.measure.score import beside

COMPLEMENTARY = mark("hidden so that a smaller group cannot be worked out by subtraction")
FEW = mark("fewer than {minimum} responses")

Lines = NDArray[np.bool_]


def suppress(scored: Any, by: str | Iterable[str], minimum: int = 5) -> pd.DataFrame:
    """`scored` with the figures of small groups, and of those that would betray them, as NaN.

    `scored` has one row a group of `by` and `responses`, as `score` and `against_rest` make it.
    Hidden are groups with 1 to `minimum` - 1 responses. The total of all groups, and for several
    columns each total along one of them (the rows and columns of a two-way table), is taken to be
    shown when it has `minimum` responses: more groups, the smallest first, are hidden until no
    small group follows from the totals and the groups left, and until the hidden ones of a line
    are not together under `minimum`. A small group that is the only one of its lines
    follows from its totals whatever is hidden: do not show those.

    Returns a copy with `hidden`: "" or the reason. In hidden rows every number is NaN and
    `verdict`, where there is one, empty. Raises NpsError for missing columns.

    >>> scored = pd.DataFrame({"plan": ["a", "b", "c"], "responses": [3, 40, 60], "nps": [0, 5, 9]})
    >>> suppress(scored, "plan")["nps"].tolist()
    [nan, nan, 9.0]
    """
    names = column_names("by", by)
    if not names:
        raise NpsError("by is empty; name the columns that make the groups.")
    whole_number("minimum", minimum, 0)
    if not isinstance(scored, pd.DataFrame):
        scored = as_pandas(opened(scored, "scored"))
    require_columns("scored", [*names, RESPONSES], [str(name) for name in scored.columns])
    responses = scored[RESPONSES].fillna(0).to_numpy(dtype="int64")
    small = (responses > 0) & (responses < minimum)
    hidden = small
    if small.any():
        lines = _lines(scored, names)
        hidden = _hidden(responses, small, lines[lines @ responses >= minimum], minimum)

    columns: dict[str, Any] = {}
    for name in scored.columns.difference(list(names), sort=False):
        column = scored[name]
        if pd.api.types.is_numeric_dtype(column.dtype):
            numbers = column.to_numpy(dtype="float64", na_value=np.nan)
            columns[name] = np.where(hidden, np.nan, numbers)
    if "verdict" in scored.columns:
        columns["verdict"] = scored["verdict"].where(~hidden, "")
    few = reason(FEW, minimum=minimum)
    why = [few if is_small else COMPLEMENTARY for is_small in small]
    told = [told if is_hidden else "" for told, is_hidden in zip(why, hidden, strict=True)]
    columns["hidden"] = pd.Series(told, index=scored.index, dtype=object)
    return beside(scored, columns, names)


def totals_to_hide(
    totals: NDArray[np.bool_], responses: NDArray[np.int64], minimum: int = 5
) -> NDArray[np.bool_]:
    """Which totals, shown after one another, would give away fewer than `minimum` responses.

    `totals` has a row a total and a column a cell: True where the total adds the cell up; no cell
    is shown by itself. `responses` holds how many are in each cell. A total is to be hidden when a
    cell of 1 to `minimum` - 1 responses follows from it and from those shown before it. Totals
    under the minimum are taken to be hidden for that.

    >>> all_and_all_but_three = np.array([[True, True], [True, False]])
    >>> totals_to_hide(all_and_all_but_three, np.array([40, 3])).tolist()
    [False, True]
    """
    small = (responses > 0) & (responses < minimum)
    every_cell = np.ones_like(small)
    shown = totals[:0]
    hidden = np.zeros(len(totals), dtype=np.bool_)
    for at in np.flatnonzero(totals @ responses >= minimum):
        more = np.vstack([shown, totals[at]])
        hidden[at] = (_betrayed(responses, every_cell, more, minimum) & small).any()
        shown = shown if hidden[at] else more
    return hidden


def _lines(scored: pd.DataFrame, names: tuple[str, ...]) -> Lines:
    """Which groups (columns) each total (rows) adds: along each column, and of all groups."""
    lines: list[Lines] = []
    for name in names:
        ids, _ = grouped(scored, [other for other in names if other != name])
        lines.extend(ids == line for line in range(ids.max(initial=-1) + 1))
    lines.append(np.ones(len(scored), dtype=np.bool_))
    return np.array(lines, dtype=np.bool_).reshape(len(lines), len(scored))


def _hidden(
    responses: NDArray[np.int64], small: NDArray[np.bool_], lines: Lines, minimum: int
) -> NDArray[np.bool_]:
    hidden = small.copy()
    while True:
        betrayed = _betrayed(responses, hidden, lines, minimum)
        if not (betrayed & small).any():
            break
        near = lines[:, betrayed].any(axis=1) @ lines
        candidates = np.flatnonzero(near & (responses > 0) & ~hidden)
        if not len(candidates):
            break
        hidden[candidates[np.argmin(responses[candidates])]] = True
    lost = betrayed & small
    # Whoever was hidden on the way and is not needed in the end is shown again, largest first.
    taken = np.flatnonzero(hidden & ~small)
    for group in taken[np.argsort(-responses[taken], kind="stable")]:
        hidden[group] = False
        betrayed = _betrayed(responses, hidden, lines, minimum)
        hidden[group] = (betrayed & small & ~lost).any()
    return hidden


def _betrayed(
    responses: NDArray[np.int64], hidden: NDArray[np.bool_], lines: Lines, minimum: int
) -> NDArray[np.bool_]:
    """The hidden groups that the totals and the groups left give away.

    A hidden figure follows from the totals exactly when its own direction lies in the space that
    the totals span: when the projection onto that space leaves it whole.
    """
    betrayed = np.zeros_like(hidden)
    where = np.flatnonzero(hidden)
    known = lines[:, hidden].astype("float64")
    if known.size:
        _, strength, span = np.linalg.svd(known, full_matrices=False)
        share = (span[strength > 1e-9] ** 2).sum(axis=0)
        betrayed[where[share > 1 - 1e-9]] = True
        together = known @ responses[hidden] < minimum
        betrayed[where[known[together].any(axis=0)]] = True
    return betrayed
