"""Whether other people answer than usual, and whether fewer do: figures for what to watch."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st
from scipy.stats import chi2_contingency

from nps_app.view import queries
from nps_app.view.counting import KEPT
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.measure import Filter
from nps_core.measure.adjust import adjust

LEAST_SHIFT: Final = 0.05
"""A share has to move by this much to be worth a word."""

_FALSE_FINDS: Final = 0.05
_MOST_VALUES: Final = 30


@dataclass(frozen=True)
class Drift:
    """A value whose share of the responses moved most, in a column whose mix did (of 1)."""

    column: str
    value: Any
    before_share: float
    share: float
    before_responses: int
    responses: int
    p_adjusted: float


def drifts(now: Filter, before: Filter) -> list[Drift]:
    """The columns whose mix of `now` is clearly not that of `before`, the clearest first.

    Pearson's chi-squared of the two rows of counts, corrected for the columns looked at
    (Benjamini-Hochberg, 5 %); values too rare to be expected five times are added up.
    """
    return _drifts(store_version(), now, before, minimum_responses())


@st.cache_data(**KEPT)
def _drifts(version: int, now: Filter, before: Filter, minimum: int) -> list[Drift]:
    found: list[Drift] = []
    p_values: list[float] = []
    for column in (c.SURVEY_TYPE, *queries.segment_columns()):
        if not 1 < len(queries.options(column)) <= _MOST_VALUES:
            continue
        sides = [_totals(queries.counts(side, (column,)), column) for side in (before, now)]
        both = pd.concat(sides, axis=1, keys=["before", "now"]).fillna(0).astype("int64")
        p = _p(both.to_numpy())
        drift = _largest(both, column, minimum)
        if p is not None and drift is not None:
            found.append(drift)
            p_values.append(p)
    adjusted = adjust(np.array(p_values)) if p_values else np.array([])
    kept = [
        Drift(**(vars(drift) | {"p_adjusted": float(p)}))
        for drift, p in zip(found, adjusted, strict=True)
        if p <= _FALSE_FINDS and abs(drift.share - drift.before_share) >= LEAST_SHIFT
    ]
    return sorted(kept, key=lambda drift: drift.p_adjusted)


def _totals(counts: pd.DataFrame, column: str) -> pd.Series:
    return counts[c.COUNT].groupby(counts[column].astype(object), dropna=False).sum()


def _p(both: np.ndarray) -> float | None:
    """The p-value of the two columns of counts having one mix; None where nothing is left."""
    if not both.sum(axis=0).all():
        return None
    expected = both.sum(axis=1) * both.sum(axis=0).min() / both.sum()
    rare = expected < 5
    table = both[~rare]
    if rare.any():
        table = np.vstack([table, both[rare].sum(axis=0)])
    table = table[table.sum(axis=1) > 0]
    return None if len(table) < 2 else float(chi2_contingency(table, correction=False).pvalue)


def _largest(both: pd.DataFrame, column: str, minimum: int) -> Drift | None:
    """The value whose share moved most, of those with enough responses on both sides to show."""
    whole = both.sum()
    shown = both[(both >= minimum).all(axis=1)]
    if shown.empty or not whole.all():
        return None
    shares = shown / whole
    at = int((shares["now"] - shares["before"]).abs().to_numpy().argmax())
    value = shown.index[at]
    return Drift(
        column,
        None if pd.isna(value) else value,
        float(shares["before"].iloc[at]),
        float(shares["now"].iloc[at]),
        int(shown["before"].iloc[at]),
        int(shown["now"].iloc[at]),
        float("nan"),
    )
