"""Product changes: what shipped, when, and for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from typing import Any

import narwhals as nw

from nps_core.errors import NpsError
from nps_core.measure.arguments import SegmentChoice, as_date, chosen_segments, is_missing
from nps_core.measure.engine import as_pandas


@dataclass(frozen=True)
class ProductChange:
    """A change of the product on one day, for everybody or for some segments.

    `date` may be given as ISO text or a timestamp; `segments` takes the form of
    `Filter.segments` (empty: for everybody). Raises NpsError when the date is none.

    >>> ProductChange("2026-03-04", "New pricing", segments={"plan": "Pro"}).segments
    (('plan', ('Pro',)),)
    """

    date: date
    title: str
    note: str = ""
    link: str = ""
    segments: SegmentChoice = ()
    id: int | None = None

    def __post_init__(self) -> None:
        day = as_date("date", self.date)
        if day is None:
            raise NpsError(f'The product change "{self.title}" has no date.')
        object.__setattr__(self, "date", day)
        object.__setattr__(self, "segments", chosen_segments("segments", self.segments))


def as_changes(changes: Any) -> tuple[ProductChange, ...]:
    """Product changes from ProductChange objects, mappings with their fields, or a table.

    Further fields of a mapping are passed over. Raises NpsError for a mapping without a date or
    with a misspelt field.

    >>> as_changes([{"date": "2026-03-04", "title": "New pricing"}])[0].title
    'New pricing'
    """
    table = nw.from_native(changes, pass_through=True)
    if isinstance(table, (nw.DataFrame, nw.LazyFrame)):
        changes = as_pandas(table).to_dict("records")
    if isinstance(changes, (ProductChange, Mapping)):
        changes = [changes]
    if isinstance(changes, str) or not isinstance(changes, Iterable):
        raise NpsError(f"changes is {changes!r}; give a list of ProductChange.")
    return tuple(_as_change(change, at) for at, change in enumerate(changes))


def _as_change(change: Any, at: int) -> ProductChange:
    if isinstance(change, ProductChange):
        return change
    if not isinstance(change, Mapping):
        raise NpsError(
            f"changes[{at}] is {change!r}; give a ProductChange or a mapping with date and title."
        )
    known = [field.name for field in fields(ProductChange)]
    for name in change:
        close = get_close_matches(str(name).lower(), known, n=1, cutoff=0.8)
        if name not in known and close:
            raise NpsError(f'changes[{at}] has a field "{name}". Did you mean "{close[0]}"?')
    given = {name: change[name] for name in known if not _absent(change.get(name))}
    if "date" not in given:
        raise NpsError(f"changes[{at}] has no date; it has {', '.join(map(str, change))}.")
    return ProductChange(**{"title": "", **given})


def _absent(value: Any) -> bool:
    return not isinstance(value, (Mapping, list, tuple)) and is_missing(value)
