"""Responses to counts: the one place that looks at responses."""

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw
import pandas as pd

from nps_core.columns import COUNT, PERIOD, RESPONDED_AT, SCORE
from nps_core.errors import NpsError
from nps_core.measure.arguments import column_names, one_of, require_columns
from nps_core.measure.counts import GRANULARITIES, checked_counts, merged, period_start
from nps_core.measure.engine import decoded, in_utc, opened


def tally(frame: Any, by: str | Iterable[str] = (), every: str | None = None) -> pd.DataFrame:
    """How many responses there are of each score, by group and period.

    `frame` is a table of responses of any engine (pandas, Polars eager or lazy, PyArrow, DuckDB,
    Ibis, PySpark); it is counted where it lies and only the counts come back. `by` names columns;
    `every` is day, week (ISO), month, quarter or year of `responded_at`, in UTC.

    Returns `period` (when `every` is given: the first day of the period), `*by`, `score`, `n`,
    sorted, the same from every engine: `score` and `n` int64, a missing group value as None and a
    missing date as NaT, both groups of their own and last. Responses without a score are never
    counted. Raises NpsError for an unknown column or period, and for scores off the 0..10 scale.

    >>> responses = pd.DataFrame({"score": [9, 9, 3, None], "plan": ["Pro", "Pro", None, "Pro"]})
    >>> tally(responses, by="plan")
       plan  score  n
    0   Pro      9  2
    1  None      3  1
    """
    names = column_names("by", by)
    reserved = (SCORE, COUNT) if every is None else (SCORE, COUNT, PERIOD)
    for name in names:
        if name in reserved:
            raise NpsError(
                f'by holds "{name}", a column that counts keep for themselves; '
                "rename that column of the frame to group by it."
            )
    data = opened(frame)
    needed = [SCORE, *names]
    if every is not None:
        one_of("every", every, GRANULARITIES)
        needed.append(RESPONDED_AT)
    require_columns("The frame", needed, data.collect_schema().names())

    # Keys get plain names: a segment may be called anything, and SQL engines fold case.
    keys = {f"key{i}": name for i, name in enumerate(names)}
    columns = [nw.col(name).alias(key) for key, name in keys.items()]
    data = decoded(data, names)
    schema = data.collect_schema()
    for name in names:
        if schema[name].is_nested():
            raise NpsError(f'The column "{name}" holds {schema[name]}; group by plain values.')
    if every is not None:
        data = in_utc(data)
        # Only days and months are truncated alike everywhere; the rest is merged afterwards.
        unit = "1d" if every in ("day", "week") else "1mo"
        columns.append(nw.col(RESPONDED_AT).dt.truncate(unit).alias(PERIOD))
        keys = {PERIOD: PERIOD, **keys}
    counted = data.select(*columns, nw.col(SCORE)).group_by(*keys, SCORE).agg(nw.len().alias(COUNT))
    counts = checked_counts("frame", counted, keys).rename(columns=keys)
    if every is not None:
        counts[PERIOD] = period_start(counts[PERIOD].astype("datetime64[us]"), every)
    return merged(counts, keys.values())


def tallies(frame: Any, choices: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], pd.DataFrame]:
    """The tally by each choice of columns, from one look at the responses.

    Worth it where the combinations of all the columns are few: those are what comes back.

    >>> responses = pd.DataFrame({"score": [9, 3], "plan": ["Pro", None], "size": ["S", "S"]})
    >>> tallies(responses, [("plan",), ("size",)])[("size",)]
      size  score  n
    0    S      3  1
    1    S      9  1
    """
    every = tally(frame, by=dict.fromkeys(name for columns in choices for name in columns))
    return {columns: merged(every, columns) for columns in choices}
