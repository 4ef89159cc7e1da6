"""Arguments as people write them, brought to one form; what cannot be is refused in full."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from nps_core.errors import NpsError


def did_you_mean(got: object, allowed: Iterable[object]) -> str:
    """The closest allowed name as a question, or nothing.

    >>> did_you_mean("industri", ["industry", "persona"])
    ' Did you mean "industry"?'
    """
    by_lower = {str(name).lower(): str(name) for name in allowed}
    close = get_close_matches(str(got).lower(), list(by_lower), n=1)
    return f' Did you mean "{by_lower[close[0]]}"?' if close else ""


def one_of(parameter: str, got: object, allowed: Sequence[str]) -> str:
    """`got` when it is one of `allowed`.

    Raises NpsError naming the parameter, the value and what is allowed.

    >>> one_of("every", "weekly", ("day", "week"))
    Traceback (most recent call last):
        ...
    nps_core.errors.NpsError: every is "weekly"; it must be one of day, week. Did you mean "week"?
    """
    if isinstance(got, str) and got in allowed:
        return got
    shown = f'"{got}"' if isinstance(got, str) else repr(got)
    raise NpsError(
        f"{parameter} is {shown}; it must be one of {', '.join(allowed)}."
        + did_you_mean(got, allowed)
    )


def column_names(parameter: str, names: str | Iterable[str] | None) -> tuple[str, ...]:
    """Column names from one name or several, each once, in the order given.

    >>> column_names("by", "industry"), column_names("by", ["a", "b", "a"])
    (('industry',), ('a', 'b'))
    """
    if names is None:
        return ()
    if isinstance(names, str):
        return (names,)
    several = tuple(names) if isinstance(names, Iterable) else (names,)
    for name in several:
        if not isinstance(name, str):
            raise NpsError(f"{parameter} holds {name!r}; column names are text.")
    return tuple(dict.fromkeys(several))


def require_columns(what: str, needed: Iterable[str], present: Sequence[str]) -> None:
    """Raises NpsError for the first needed column that `what` does not have."""
    for name in needed:
        if name not in present:
            raise NpsError(
                f'{what} has no column "{name}"; it has {", ".join(map(str, present)) or "none"}.'
                + did_you_mean(name, present)
            )


def optional_column(parameter: str, name: Any, usual: str, present: Sequence[str]) -> str | None:
    """The column called `name`, or None: there need not be one of the usual name.

    One that was named otherwise must be there: left out in silence, a misspelt column of accounts
    would make every interval too narrow.

    >>> optional_column("cluster", "account_id", "account_id", ["score"])
    >>> optional_column("cluster", "firm_", "account_id", ["firm"])
    Traceback (most recent call last):
        ...
    nps_core.errors.NpsError: cluster is "firm_"; it must be one of firm. Did you mean "firm"?
    """
    if name is None or (isinstance(name, str) and name == usual and name not in present):
        return None
    return one_of(parameter, name, present)


def checked_level(level: float) -> float:
    """A confidence level strictly between 0 and 1.

    >>> checked_level(95)
    Traceback (most recent call last):
        ...
    nps_core.errors.NpsError: level is 95; it must be between 0 and 1. Did you mean 0.95?
    """
    number = isinstance(level, (int, float, np.number)) and not isinstance(level, bool)
    # So near to 1 that its quantile is infinite, a level bounds nothing.
    if number and 0 < level < 1 and (1 + float(level)) / 2 < 1:
        return float(level)
    hint = f" Did you mean {level / 100:g}?" if number and 1 < level < 100 else ""
    raise NpsError(f"level is {level!r}; it must be between 0 and 1.{hint}")


def checked_rate(parameter: str, got: Any) -> float:
    """A rate of errors strictly between 0 and 1.

    >>> checked_rate("q", 10)
    Traceback (most recent call last):
        ...
    nps_core.errors.NpsError: q is 10; it must be between 0 and 1. Did you mean 0.1?
    """
    number = isinstance(got, (int, float, np.number)) and not isinstance(got, bool)
    if number and 0 < got < 1:
        return float(got)
    hint = f" Did you mean {got / 100:g}?" if number and 1 < got < 100 else ""
    raise NpsError(f"{parameter} is {got!r}; it must be between 0 and 1.{hint}")


def whole_number(parameter: str, got: object, lowest: int, highest: int | None = None) -> int:
    """A whole number from `lowest` to `highest`; raises NpsError otherwise.

    >>> whole_number("days", 0, 1, 36_500)
    Traceback (most recent call last):
        ...
    nps_core.errors.NpsError: days is 0; it must be a whole number from 1 to 36500.
    """
    whole = isinstance(got, (int, np.integer)) and not isinstance(got, bool)
    if whole and got >= lowest and (highest is None or got <= highest):  # type: ignore[operator]
        return int(got)  # type: ignore[call-overload]
    allowed = f", {lowest} or more" if highest is None else f" from {lowest} to {highest}"
    raise NpsError(f"{parameter} is {got!r}; it must be a whole number{allowed}.")


def as_date(parameter: str, value: Any) -> date | None:
    """A calendar day from a date, datetime, Timestamp or ISO text; None for a missing one.

    A time with a zone falls on its day in UTC, as the responses do.

    >>> as_date("start", "2026-03-04"), as_date("start", None)
    (datetime.date(2026, 3, 4), None)
    """
    given = value
    if is_missing(value):
        return None
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            value = None
    elif isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).date()
    if isinstance(value, date):
        return value
    raise NpsError(
        f"{parameter} is {given!r}, not a date; give one as a date or as text like 2026-03-04."
    )


SegmentChoice = tuple[tuple[str, tuple[Any, ...]], ...]
"""Chosen values by column, sorted: equal when the choice is equal, and hashable."""


def is_missing(value: object) -> bool:
    """Whether one value stands for "no value": None, NaN, NA or NaT."""
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):  # a table or an array has no one answer: it is a value
        return False


def chosen_values(values: Any) -> tuple[Any, ...]:
    """The values of one choice, each once and sorted, None (missing) last.

    >>> chosen_values(["b", None, "a", "b"]), chosen_values("a"), chosen_values(None)
    (('a', 'b', None), ('a',), (None,))
    """
    several = [values] if is_single(values) else list(values)
    try:
        unique = {None if is_missing(value) else _plain(value) for value in several}
    except (TypeError, ValueError):
        raise NpsError(f"{several!r} are not all single values; give one level of them.") from None
    return tuple(sorted(unique, key=lambda value: (value is None, str(type(value)), str(value))))


def _plain(value: Any) -> Any:
    """NumPy's numbers, texts and booleans as Python's; its times have no match as exact."""
    exact = isinstance(value, np.generic) and not isinstance(value, (np.datetime64, np.timedelta64))
    return value.item() if exact else value


def is_single(values: Any) -> bool:
    """Whether `values` is one value rather than several."""
    return isinstance(values, (str, bytes)) or not isinstance(values, Iterable)


def chosen_segments(parameter: str, segments: Any) -> SegmentChoice:
    """Segment values as sorted tuples, from a mapping or from (column, values) pairs.

    An empty choice restricts nothing and is left out.

    >>> chosen_segments("segments", {"persona": [], "industry": "Fintech"})
    (('industry', ('Fintech',)),)
    """
    pairs = segments.items() if isinstance(segments, Mapping) else segments or ()
    merged: dict[str, list[Any]] = {}
    for pair in pairs:
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
            raise NpsError(
                f"{parameter} holds {pair!r}; give a mapping of column to values, "
                "or (column, values) pairs."
            )
        column, values = pair
        if not isinstance(column, str):
            raise NpsError(f"{parameter} names the column {column!r}; column names are text.")
        merged.setdefault(column, []).extend(chosen_values(values))
    return tuple((name, chosen_values(merged[name])) for name in sorted(merged) if merged[name])
