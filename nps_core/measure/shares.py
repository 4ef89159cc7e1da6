"""Known shares of customers, however they are given, as one table."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from nps_core.errors import NpsError
from nps_core.measure.arguments import is_missing, is_single, require_columns
from nps_core.measure.counts import grouped
from nps_core.measure.engine import as_pandas, opened

SHARE = "share"


def known_shares(weights: Any, by: Sequence[str]) -> pd.DataFrame:
    """The columns of `by` and `share`, a row a cell, shares adding up to 1.

    `weights` is a mapping or Series of value to share (tuples of values for several columns, None
    for a missing value), or a table with the columns of `by` and `share`. Raises NpsError for a
    share given twice, for one that is negative, missing or no number, and for none above 0.

    >>> known_shares({"Free": 30, None: 10}, ["plan"])
       plan  share
    0  Free   0.75
    1  None   0.25
    """
    names = list(by)
    if isinstance(weights, (Mapping, pd.Series)):
        # Of a Series an index may hold a value twice; a dict of it would lose the first share.
        rows = [(*_values(key, names), share) for key, share in weights.items()]
        table = pd.DataFrame(rows, columns=[*names, SHARE], dtype=object)
    else:
        table = weights if isinstance(weights, pd.DataFrame) else _opened(weights)
        present = [str(name) for name in table.columns]
        require_columns("weights (a table of shares)", [*names, SHARE], present)
    ids, cells = grouped(table, names)
    twice = np.flatnonzero(np.bincount(ids, minlength=len(cells)) > 1)
    if len(table) and len(twice):
        raise NpsError(f"weights gives {cell_name(cells, int(twice[0]))} a share twice.")
    shares = np.zeros(len(cells))
    for row, share in enumerate(table[SHARE].tolist()):
        shares[ids[row]] = _number(share, cells, int(ids[row]))
    largest = shares.max(initial=0.0)
    if not largest > 0:
        raise NpsError("weights holds no share above 0; give each cell its share of customers.")
    shares = shares / largest  # so that not even the largest numbers add up to infinity
    return cells.assign(**{SHARE: shares / shares.sum()})


def _opened(weights: Any) -> pd.DataFrame:
    try:
        return as_pandas(opened(weights, "weights"))
    except NpsError as error:
        raise NpsError(f"{error} Or give a mapping of value to share.") from None


def _values(key: Any, names: list[str]) -> tuple[Any, ...]:
    if len(names) == 1 and not (isinstance(key, tuple) and len(key) == 1):
        return (key,)
    if is_single(key) or len(key) != len(names):
        raise NpsError(
            f"weights has the key {key!r}; for by = {', '.join(names)} a key is a tuple of "
            f"{len(names)} values."
        )
    return tuple(key)


def _number(share: Any, cells: pd.DataFrame, cell: int) -> float:
    try:
        number = float(share)
    except (TypeError, ValueError, OverflowError):
        number = np.nan
    if isinstance(share, (str, bool)) or not (np.isfinite(number) and number >= 0):
        raise NpsError(
            f"weights gives {cell_name(cells, cell)} the share {share!r}; shares are numbers, "
            "0 or more."
        )
    return number


def cell_name(cells: pd.DataFrame, row: int) -> str:
    """The values of one cell as text: plan "Pro", size missing.

    >>> cell_name(pd.DataFrame({"plan": ["Pro"], "size": [None]}), 0)
    'plan "Pro", size missing'
    """
    values = cells.iloc[row]
    return ", ".join(
        f"{name} missing" if is_missing(values[name]) else f'{name} "{values[name]}"'
        for name in cells.columns
        if name != SHARE
    )
