"""What the store says about an import: before it (a plan) and after it (a record)."""

from dataclasses import dataclass
from datetime import datetime


class StoreError(RuntimeError):
    """The store cannot do what was asked; its text is plain words, fit to be shown."""


@dataclass(frozen=True)
class ImportRecord:
    """One import as it was committed; `undone_at` is set once it has been taken back whole.

    `imported_at` and `undone_at` are naive UTC. The rows of the file are the sum of `new`,
    `updated`, `unchanged`, `kept_newer`, `erased`, `rejected`, `merged_duplicates` and
    `ignored_blank`.
    """

    id: int
    file_name: str
    sha256: str
    imported_at: datetime
    by: str
    source: str
    rows_in: int
    new: int
    updated: int
    unchanged: int
    kept_newer: int
    erased: int
    rejected: int
    merged_duplicates: int
    ignored_blank: int
    newest_responded_at: datetime | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True)
class ImportPlan:
    """What `commit` would do with a parsed file; nothing has been written.

    `kept_newer` rows hold an older value than the store, which stays; `erased` rows belong to
    people whose erasure was asked for and are left out. `warnings` are sentences to show before
    the person confirms. `ids_reused` is true when most of the matching ids belong to other
    people or times: the file is likely another survey and wants `source="its name"`.
    """

    new: int
    updated: int
    unchanged: int
    kept_newer: int
    erased: int
    stored_before: int
    stored_after: int
    same_file_as: ImportRecord | None = None
    ids_reused: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class SavedView:
    """A page as someone left it, under a name: its path and the query that says its choices.

    `page` is the page's path ("" for the Overview, "trend"), `query` what stands behind the "?"
    without the language. `pinned` ones stand first and on every page. Times are naive UTC.
    """

    name: str
    page: str = ""
    query: str = ""
    pinned: bool = False
    id: int | None = None
    created_at: datetime | None = None


@dataclass(frozen=True)
class WallLink:
    """A read-only link for a wall display, bound to its views (ids; none: all responses).

    `every` is seconds a view, `look` "light", "dark" or "contrast". The token itself is never
    kept, only its SHA-256. Times are naive UTC.
    """

    name: str
    views: tuple[int, ...] = ()
    every: int = 20
    look: str = "dark"
    language: str = "en"
    id: int | None = None
    created_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True)
class MeetingNote:
    """What was noted and decided in the meeting about a period ("2026-W46", "2026-10")."""

    period: str
    notes: str = ""
    decisions: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True)
class BuiltSegment:
    """A segment built from another column: values gathered in groups, or a number cut in bands.

    `groups` are (label, values of `column`), None being the missing one; `bands` are (label,
    lowest, below) of the numbers in `column`, from `lowest` to less than `below`, None being open.
    One of the two is empty. What falls in none of them is missing in the new segment.
    """

    name: str
    column: str
    groups: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    bands: tuple[tuple[str, float | None, float | None], ...] = ()
    id: int | None = None


@dataclass(frozen=True)
class BuiltTrial:
    """What would fall where in a segment not saved yet.

    `counts` are (label, responses) in the order given; `left` responses fall in none of them,
    the most frequent values of these are `examples` (value, responses).
    """

    counts: tuple[tuple[str, int], ...]
    left: int
    examples: tuple[tuple[str | None, int], ...]
