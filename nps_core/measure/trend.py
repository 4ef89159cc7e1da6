"""The NPS over time: a score for each period and for a window trailing behind it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import COUNT, HIGH, LOW, NPS, PERIOD, RESPONSES
from nps_core.measure.arguments import as_date, checked_level, column_names, one_of, whole_number
from nps_core.measure.counts import (
    GRANULARITIES,
    categories,
    dated_counts,
    grouped,
    period_start,
)
from nps_core.measure.score import beside, figures

_STEPS = {"day": "D", "week": "W-MON", "month": "MS", "quarter": "QS", "year": "YS"}


def trend(
    counts: Any,
    every: str,
    window: int | None = None,
    by: str | Iterable[str] = (),
    today: date | datetime | str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """The NPS of every period from the first to the last counted one, silent periods included.

    `counts` is a tally with a `period`: by day, or by any period that nests in `every` (day, week,
    month, quarter, year). `window` is a number of periods: the period itself and those right
    before it, pooled by adding their counts; at the beginning there are fewer. None is 1.

    Returns one row a period of each group of `by` (all groups share one calendar): `*by`,
    `period` (its first day), the columns of `score`, then `window_responses`, `window_nps`,
    `window_low`, `window_high` and `complete`. A period without responses has `responses` 0 and
    NaN. `complete` is False when the period is not over at the start of `today`. Without `today`
    the counts must tell: a last period whose last day was counted is complete, one that stops
    before is not, and counts that hold nothing but first days of periods cannot tell and are
    taken as complete.

    Responses without a date belong to no period and are left out; how many stands in the
    result's `attrs["undated"]`. Raises NpsError for missing columns and unfit arguments.

    >>> days = pd.to_datetime(["2026-03-02", "2026-03-17"])
    >>> weeks = trend(pd.DataFrame({"period": days, "score": [10, 0], "n": [3, 1]}), "week", 3)
    >>> weeks[["responses", "nps", "window_nps"]].values.tolist()
    [[3.0, 100.0, 100.0], [0.0, nan, 100.0], [1.0, -100.0, 50.0]]
    """
    one_of("every", every, GRANULARITIES)
    checked_level(level)
    names = [name for name in column_names("by", by) if name != PERIOD]
    span = 1 if window is None else whole_number("window", window, 1)
    kept = dated_counts("counts", counts, names)
    dated = kept[kept[PERIOD].notna()].reset_index(drop=True)
    starts = period_start(dated[PERIOD], every)
    calendar = _calendar(starts, every)

    ids, groups = grouped(dated, names)
    cells = ids * len(calendar) + calendar.get_indexer(pd.DatetimeIndex(starts))
    totals = categories(dated, cells, len(groups) * len(calendar))
    pooled = _trailing(totals.reshape(len(groups), len(calendar), 3), span).reshape(-1, 3)

    result = groups.loc[np.repeat(np.arange(len(groups)), len(calendar))].reset_index(drop=True)
    alone = figures(totals, level)
    windowed = alone if span == 1 else figures(pooled, level)
    over = _complete(calendar, dated[PERIOD], starts, every, as_date("today", today))
    columns: dict[str, Any] = {PERIOD: np.tile(calendar.to_numpy(), len(groups))}
    columns |= alone
    columns |= {f"window_{name}": windowed[name] for name in (RESPONSES, NPS, LOW, HIGH)}
    columns["complete"] = np.tile(over, len(groups))
    result = beside(result, columns, names)
    result.attrs["undated"] = int(kept.loc[kept[PERIOD].isna(), COUNT].sum())
    return result


def _calendar(starts: pd.Series, every: str) -> pd.DatetimeIndex:
    if starts.empty:
        return pd.DatetimeIndex([], dtype="datetime64[us]")
    days = pd.date_range(starts.min(), starts.max(), freq=_STEPS[every])
    return pd.DatetimeIndex(days, dtype="datetime64[us]")


def _trailing(totals: NDArray[np.int64], span: int) -> NDArray[np.int64]:
    """The sum of each period and up to `span - 1` before it, along the second axis."""
    running = np.cumsum(totals, axis=1)
    pooled = running.copy()
    pooled[:, span:] -= running[:, :-span]
    return pooled


def _complete(
    calendar: pd.DatetimeIndex,
    days: pd.Series,
    starts: pd.Series,
    every: str,
    today: date | None,
) -> NDArray[np.bool_]:
    ends = calendar + pd.tseries.frequencies.to_offset(_STEPS[every])
    if today is not None:
        return np.asarray(ends <= pd.Timestamp(today))
    if (days == starts).all():
        return np.ones(len(calendar), dtype=bool)
    return np.asarray(ends <= days.max().normalize() + pd.Timedelta(days=1))
