"""Which responses are looked at: dates, segment values, survey types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import narwhals as nw

from nps_core.columns import RESPONDED_AT, SURVEY_TYPE
from nps_core.errors import NpsError
from nps_core.measure.arguments import (
    SegmentChoice,
    as_date,
    chosen_segments,
    chosen_values,
    require_columns,
)
from nps_core.measure.engine import in_utc, opened, value_kinds


@dataclass(frozen=True, init=False)
class Filter:
    """A choice of responses, frozen, hashable, and equal when the choice is equal.

    `start` and `end` are whole days in UTC, both inclusive; None leaves that side open.
    `segments` maps a column to its chosen values (None among them means missing), `survey_types`
    works alike; values of one column are alternatives, columns narrow each other. An empty choice
    restricts nothing. Raises NpsError for a date that is none, or a start after the end.

    >>> Filter(segments={"industry": ["Retail", "Fintech"]}).segments
    (('industry', ('Fintech', 'Retail')),)
    >>> Filter(start="2026-01-01", segments={"persona": []}) == Filter(start=date(2026, 1, 1))
    True
    """

    start: date | None = None
    end: date | None = None
    segments: SegmentChoice = ()
    survey_types: tuple[Any, ...] = ()

    def __init__(
        self,
        start: date | datetime | str | None = None,
        end: date | datetime | str | None = None,
        segments: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
        survey_types: Iterable[str | None] | str = (),
    ) -> None:
        first, last = as_date("start", start), as_date("end", end)
        if first and last and first > last:
            raise NpsError(f"start is {first}, after end, {last}; give the earlier day first.")
        object.__setattr__(self, "start", first)
        object.__setattr__(self, "end", last)
        object.__setattr__(self, "segments", chosen_segments("segments", segments))
        types = () if survey_types is None else chosen_values(survey_types)
        object.__setattr__(self, "survey_types", types)


def apply(frame: Any, filter: Filter) -> Any:
    """The responses of `frame` that `filter` chooses, as a frame of the same engine.

    Lazy engines stay lazy. Where dates are chosen, responses without a date are left out and
    `responded_at` comes back as a timestamp in UTC. Raises NpsError when a chosen column is not
    in the frame.

    >>> import pandas as pd
    >>> responses = pd.DataFrame({"score": [9, 3], "industry": ["Fintech", None]})
    >>> apply(responses, Filter(segments={"industry": [None]}))["score"].tolist()
    [3]
    """
    if not isinstance(filter, Filter):
        raise NpsError(f"filter is a {type(filter).__name__}; it must be a Filter.")
    data = opened(frame)
    choices = list(filter.segments)
    if filter.survey_types:
        choices.append((SURVEY_TYPE, filter.survey_types))
    names = [name for name, _ in choices]
    dated = filter.start is not None or filter.end is not None
    needed = [*names, *([RESPONDED_AT] if dated else [])]
    require_columns("The frame", needed, data.collect_schema().names())

    kinds = value_kinds(data, names)
    conditions = [_is_chosen(name, kinds[name], values) for name, values in choices]
    if dated:
        data = in_utc(data)
        at = nw.col(RESPONDED_AT)
        if filter.start is not None:
            conditions.append(at >= nw.lit(_midnight(filter.start)))
        if filter.end == date.max:
            conditions.append(~at.is_null())
        elif filter.end is not None:
            conditions.append(at < nw.lit(_midnight(filter.end + timedelta(days=1))))
    # One at a time where pandas may be behind: it cannot join conditions on columns of its own and
    # of Arrow's types. A database is asked once: each further question costs it milliseconds.
    if conditions and isinstance(data, nw.LazyFrame):
        data = data.filter(*conditions)
    else:
        for condition in conditions:
            data = data.filter(condition)
    return data if isinstance(frame, (nw.DataFrame, nw.LazyFrame)) else data.to_native()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _is_chosen(name: str, dtype: Any, values: tuple[Any, ...]) -> nw.Expr:
    """Engines disagree on a null or nothing inside `is_in`: missing is asked for apart."""
    column = nw.col(name)
    present = [value for value in values if value is not None]
    if not present:
        return column.is_null()
    if dtype == nw.Unknown:
        column = column.cast(nw.String)
    if dtype in (nw.Boolean, nw.String) or dtype.is_numeric() or dtype.is_temporal():
        wrong = [value for value in present if isinstance(value, str) != (dtype == nw.String)]
        if wrong:
            raise NpsError(
                f'segments chooses {wrong[0]!r} of the column "{name}", which holds {dtype}; '
                "choose values of that kind."
            )
    # Never null, so that DuckDB asks each different text once instead of comparing row by row.
    chosen = column.is_in(present).fill_null(False)
    return chosen | nw.col(name).is_null() if len(present) < len(values) else chosen
