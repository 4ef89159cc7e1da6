"""From the rows of a file of product changes to what importing it would add.

The reader (`nps_core.intake.changes_file`) and the measured `ProductChange` never import each
other; they meet here, where the data's own segment columns and values are known as well.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from nps_app.view.said import clauses
from nps_app.view.tables import UNKNOWN, column_label, value_label
from nps_core.intake.changes_columns import write_segments
from nps_core.intake.changes_file import ChangeRow
from nps_core.language import ENGLISH, mark, speaking, tr
from nps_core.measure import ProductChange

Standing = Literal["new", "prerelease", "already there", "twice in the file"]

STANDINGS: Final = (
    mark("new"),
    mark("prerelease"),
    mark("already there"),
    mark("twice in the file"),
)
OFFERED: Final = STANDINGS[:2]
"""A person may add these; the others are there already."""

Values = Mapping[str, Sequence[str | None]]


@dataclass(frozen=True)
class PlannedChange:
    """A change of a file and how it stands to what is stored."""

    change: ProductChange
    standing: Standing


def plan_changes(
    rows: Sequence[ChangeRow], stored: Sequence[ProductChange], values: Values
) -> tuple[tuple[PlannedChange, ...], tuple[str, ...]]:
    """Each row as a product change with its standing, in the order of the file, and warnings.

    The same date and title, or the same link, is the same change. A link that several rows or
    several stored changes share (the address of a changelog) names none of them, and is not
    looked at. `values` maps each segment column of the data to its values (None is missing):
    columns and values are found by any upper or lower case, and what the data does not have is
    kept as written and told of in the warnings.

    >>> from datetime import date
    >>> row = ChangeRow(2, date(2026, 8, 12), "Billing v2", segments=(("Industry", ("fintech",)),))
    >>> (planned,), _ = plan_changes([row], [], {"industry": ["Fintech", None]})
    >>> planned.standing, planned.change.segments
    ('new', (('industry', ('Fintech',)),))
    """
    warnings: dict[str, None] = {}
    changes = [_change(row, values, warnings) for row in rows]
    shared = {link for link, n in Counter(_link(c) for c in changes).items() if n > 1}
    shared |= {link for link, n in Counter(_link(c) for c in stored).items() if n > 1}
    there = {name for change in stored for name in _names(change, shared)}
    in_file: set[tuple[str, ...]] = set()
    planned: list[PlannedChange] = []
    for row, change in zip(rows, changes, strict=True):
        names = _names(change, shared)
        standing: Standing = "prerelease" if row.prerelease else "new"
        if names & there:
            standing = "already there"
        elif names & in_file:
            standing = "twice in the file"
        in_file |= names
        planned.append(PlannedChange(change, standing))
    return tuple(planned), tuple(warnings)


def scope_text(segments: Sequence[tuple[str, Sequence[str | None]]]) -> str:
    """The segments of a change in words; plain text, not yet safe as markup.

    >>> scope_text((("company_size", ("Enterprise", None)), ("industry", ("Fintech",))))
    'Company size: Enterprise or Unknown; Industry: Fintech'
    """
    return clauses(
        tr(
            "{segment}: {values}",
            segment=column_label(column),
            values=_either([value_label(value) for value in values]),
        )
        for column, values in segments
    )


def _either(names: Sequence[str]) -> str:
    *first, last = names or [""]
    for name in reversed(first):
        last = tr("{first} or {last}", first=name, last=last)
    return last


def segments_cell(segments: Sequence[tuple[str, Sequence[str | None]]]) -> str:
    """The segments of a change as a file has them, to be read back by an import.

    >>> segments_cell((("industry", ("Fintech", None)),))
    'industry=Fintech|Unknown'
    """
    return write_segments([(column, [_word(v) for v in values]) for column, values in segments])


def _word(value: str | None) -> str:
    return UNKNOWN if value is None else value


def _link(change: ProductChange) -> str:
    return change.link.strip().rstrip("/")


def _names(change: ProductChange, shared: set[str]) -> set[tuple[str, ...]]:
    title = " ".join(change.title.casefold().split())
    names: set[tuple[str, ...]] = {(change.date.isoformat(), title)}
    link = _link(change)
    return names | {(link,)} if link and link not in shared else names


def _change(row: ChangeRow, values: Values, warnings: dict[str, None]) -> ProductChange:
    segments = [_known(column, chosen, values, warnings) for column, chosen in row.segments]
    return ProductChange(row.date, row.title, row.note, row.link, segments=tuple(segments))


def _called(column: str) -> tuple[str, ...]:
    """What a file may call a column: its name, and its label in English and as it is read here."""
    with speaking(ENGLISH):
        english = column_label(column)
    return tuple(name.casefold() for name in (column, english, column_label(column)))


def _known(
    written: str, chosen: Sequence[str], values: Values, warnings: dict[str, None]
) -> tuple[str, tuple[str | None, ...]]:
    names = {name: column for column in values for name in _called(column)}
    column = names.get(written.casefold(), written)
    if column not in values:
        warnings[tr("The data has no segment column '{column}'.", column=written)] = None
        return written, tuple(chosen)
    here = {value.casefold(): value for value in values[column] if value is not None}
    found: list[str | None] = []
    for value in chosen:
        if value in values[column]:
            found.append(value)
        elif value.casefold() in here:
            found.append(here[value.casefold()])
        elif value in (UNKNOWN, tr(UNKNOWN)):
            found.append(None)
        else:
            missing = mark("No response has {column} '{value}'.")
            warnings[tr(missing, column=column_label(column), value=value)] = None
            found.append(value)
    return column, tuple(found)
