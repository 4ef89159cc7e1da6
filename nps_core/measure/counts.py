"""Frames of counts: checked, put in groups, merged by adding."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from nps_core.columns import (
    COUNT,
    HIGHEST_DETRACTOR,
    HIGHEST_SCORE,
    LOWEST_PROMOTER,
    LOWEST_SCORE,
    PERIOD,
    SCORE,
)
from nps_core.errors import NpsError
from nps_core.measure.arguments import require_columns
from nps_core.measure.engine import as_pandas, opened

_MOST = 2**53
"""Up to here whole numbers are exact on the way through floats, and their sums do not overflow."""

GRANULARITIES = ("day", "week", "month", "quarter", "year")


def checked_counts(parameter: str, counts: Any, by: Iterable[str] = ()) -> pd.DataFrame:
    """A copy of `*by, score, n` from a frame of counts, as whole numbers, unscored rows left out.

    Raises NpsError for a missing column, a score that is not a whole number from 0 to 10, and an
    `n` that is negative, missing or fractional: weights are not counts.
    """
    if not isinstance(counts, pd.DataFrame):
        counts = as_pandas(opened(counts, parameter))
    by = list(by)
    for name in by:
        if name in (SCORE, COUNT):
            raise NpsError(f'by holds "{name}", which counts keep for themselves; name a group.')
    require_columns(
        f"{parameter} (a table of counts, as tally makes it)",
        [*by, SCORE, COUNT],
        [str(name) for name in counts.columns],
    )
    kept = counts[[*by, SCORE, COUNT]]
    scored = kept[SCORE].notna().to_numpy()
    # Choosing rows takes longer than all else here, and counts hardly ever lack a score.
    kept = (kept if scored.all() else kept[scored]).reset_index(drop=True)
    for name, lowest, highest in ((SCORE, LOWEST_SCORE, HIGHEST_SCORE), (COUNT, 0, _MOST)):
        whole = _whole(f'{parameter}, column "{name}"', kept[name], lowest, highest)
        if kept[name].dtype != whole.dtype:
            kept[name] = whole
    return kept


def _whole(where: str, values: pd.Series, lowest: int, highest: int) -> np.ndarray:
    plain = values.to_numpy() if values.dtype == np.int64 else None
    if plain is not None and (plain >= lowest).all() and (plain <= highest).all():
        return plain
    numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    wrong = ~(np.isfinite(numbers) & (numbers == np.floor(numbers)) & (numbers >= lowest))
    wrong |= numbers > highest
    if wrong.any() or pd.api.types.is_bool_dtype(values.dtype):
        got = values.iloc[[int(np.argmax(wrong))]].tolist()[0]
        raise NpsError(
            f"{where} holds {got!r}; only whole numbers from {lowest} to {highest} are counted."
        )
    return numbers.astype("int64")


def grouped(frame: pd.DataFrame, by: Iterable[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """The group number of each row, and the groups in order, missing values last.

    Timestamps stay timestamps (NaT when missing); every other value becomes a plain Python value
    (None when missing), so that the groups are the same whichever engine counted.
    """
    ids = np.zeros(len(frame), dtype="int64")
    firsts = np.zeros(0 if frame.empty else 1, dtype="int64")
    by = list(by)
    codes: dict[str, tuple[np.ndarray, Any]] = {}
    for name in by:
        codes[name] = _coded(frame[name])
        code, values = codes[name]
        _, firsts, ids = np.unique(
            ids * (len(values) + 1) + code, return_index=True, return_inverse=True
        )
    size = len(firsts) if by else 1
    # Series, not arrays: a frame made of object arrays of text would turn None into NaN.
    columns = {
        name: pd.Series(values[code[firsts]], dtype=values.dtype)
        for name, (code, values) in codes.items()
    }
    return ids, pd.DataFrame(columns, index=range(size))


def _coded(values: pd.Series) -> tuple[np.ndarray, Any]:
    """The rank of each value among the sorted different ones, and those, the missing one last."""
    code, unique = pd.factorize(values)
    if isinstance(values.dtype, np.dtype) and values.dtype.kind == "M":
        stamps = np.asarray(unique, dtype="datetime64[us]")
        order = np.argsort(stamps)
        different: Any = np.append(stamps[order], np.datetime64("NaT", "us"))
    elif isinstance(values.dtype, np.dtype) and values.dtype.kind in "if":
        numbers = np.asarray(unique)
        # pandas writes whole numbers as floats as soon as one is missing; others do not.
        if (np.abs(numbers) < _MOST).all() and (numbers == np.floor(numbers)).all():
            numbers = numbers.astype("int64")
        order = np.argsort(numbers)
        different = np.array([*numbers[order].tolist(), None], dtype=object)
    else:
        plain = pd.Index(unique).astype(object).tolist()
        if all(isinstance(value, float) and value.is_integer() for value in plain):
            plain = [int(value) for value in plain]
        # Values of one kind are compared as they are, several times faster than by a key.
        alike = {type(value) for value in plain} in ({str}, {int}, {float})
        key = plain.__getitem__ if alike else lambda i: _sort_key(plain[i])
        order = np.array(sorted(range(len(plain)), key=key), dtype="int64")
        different = np.empty(len(plain) + 1, dtype=object)
        different[: len(plain)] = [plain[i] for i in order]
    rank = np.empty(len(order) + 1, dtype="int64")
    rank[order] = np.arange(len(order))
    rank[-1] = len(order)
    return rank[code], different


def _sort_key(value: Any) -> tuple[str, Any]:
    if isinstance(value, (bool, int, float)):
        return ("", value)
    return (type(value).__name__, value if isinstance(value, str) else str(value))


def merged(counts: pd.DataFrame, by: Iterable[str]) -> pd.DataFrame:
    """Counts with equal `*by, score` added together, sorted by them."""
    ids, groups = grouped(counts, [*by, SCORE])
    total = np.zeros(len(groups), dtype="int64")
    np.add.at(total, ids, counts[COUNT].to_numpy())
    groups[SCORE] = groups[SCORE].astype("int64")
    groups[COUNT] = total
    return groups


def categories(counts: pd.DataFrame, ids: np.ndarray, size: int) -> np.ndarray:
    """Detractors, passives and promoters of each of `size` groups: whole numbers, (size, 3)."""
    scores = counts[SCORE].to_numpy()
    category = (scores > HIGHEST_DETRACTOR).astype("int64") + (scores >= LOWEST_PROMOTER)
    total = np.zeros((size, 3), dtype="int64")
    np.add.at(total, (ids, category), counts[COUNT].to_numpy())
    return total


def period_start(days: pd.Series, every: str) -> pd.Series:
    """The first day of the period each day lies in; weeks begin on Monday (ISO 8601).

    >>> period_start(pd.Series(pd.to_datetime(["2026-03-04"])), "week").dt.date.tolist()
    [datetime.date(2026, 3, 2)]
    """
    if every == "day":
        return days.dt.normalize()
    if every == "week":
        return days.dt.normalize() - pd.to_timedelta(days.dt.day_of_week, unit="D")
    frequency = {"month": "M", "quarter": "Q", "year": "Y"}[every]
    return days.dt.to_period(frequency).dt.start_time


def dated_counts(parameter: str, counts: Any, by: Iterable[str]) -> pd.DataFrame:
    """Checked counts with `period` as a timestamp, NaT among them."""
    kept = checked_counts(parameter, counts, [PERIOD, *by])
    if pd.api.types.is_numeric_dtype(kept[PERIOD]):
        raise NpsError(f'{parameter}, column "{PERIOD}" holds {kept[PERIOD].dtype}, not dates.')
    try:
        kept[PERIOD] = pd.to_datetime(kept[PERIOD], format="ISO8601").astype("datetime64[us]")
    except (ValueError, TypeError):
        raise NpsError(
            f'{parameter}, column "{PERIOD}" holds {kept[PERIOD].dtype}, not dates; give days, or '
            "times without a zone."
        ) from None
    return kept
