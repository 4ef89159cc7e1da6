"""What the rest of the app may ask of a store; every engine offers exactly this."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Literal, Protocol

import pandas as pd

from nps_app.store.records import (
    BuiltSegment,
    BuiltTrial,
    ImportPlan,
    ImportRecord,
    MeetingNote,
    SavedView,
    WallLink,
)
from nps_core.measure import ProductChange


class Parsed(Protocol):
    """The part of a parsed upload that an import needs; `nps_app.parsing.ParsedUpload` has it."""

    @property
    def accepted_path(self) -> Path:
        """Parquet file of the accepted rows, canonical columns and segments."""

    @property
    def file_name(self) -> str:
        """The name the file was uploaded under; a label, never a path to open."""

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the uploaded bytes."""

    @property
    def rows_in(self) -> int:
        """Rows the file held, accepted or not."""

    @property
    def merged_duplicates(self) -> int:
        """Rows that repeated another row of the same file."""

    @property
    def ignored_blank(self) -> int:
        """Rows without any content."""


class Store(Protocol):
    """Responses, product changes, imports and settings of one workspace.

    Every method may be called from any thread. Methods that write take turns; each is one
    transaction. All raise `StoreError`, in words fit to be shown.
    """

    def version(self) -> int:
        """Grow with every change of responses, product changes or settings; costs nothing."""

    def responses(self) -> Any:
        """Return all responses as a lazy frame of the engine, for `narwhals.from_native`.

        Columns: the canonical ones, then one text column a segment.
        """

    def segment_columns(self) -> list[str]:
        """Name the segments: company_size, industry, persona, then the others holding values."""

    def plan(self, parsed: Parsed, newest: bool = False, source: str = "") -> ImportPlan:
        """Count what `commit` with the same arguments would do; nothing is written."""

    def commit(
        self, parsed: Parsed, by: str = "", newest: bool = False, source: str = ""
    ) -> ImportRecord:
        """Import the accepted rows in one transaction.

        `newest=True` lets the file win over stored values that look newer. `source` names
        another survey whose ids must not meet those of the others.
        """

    def imports(self) -> list[ImportRecord]:
        """List all imports, the latest first, undone ones included."""

    def undo(self, import_id: int) -> ImportRecord:
        """Take one import back whole, whatever came after it."""

    def history(self, response_id: str) -> pd.DataFrame:
        """Return the values a response had earlier, and older ones that were not taken."""

    def erase(self, respondent_id: str) -> int:
        """Remove a person's responses and their history from the disk; return how many."""

    def changes(self) -> list[ProductChange]:
        """List the product changes by date."""

    def save_change(self, change: ProductChange) -> ProductChange:
        """Add a product change, or replace the one with its id; return it with its id."""

    def save_changes(self, changes: list[ProductChange]) -> list[ProductChange]:
        """Save several at once; one that is already there (date and title) is not doubled."""

    def delete_change(self, change_id: int) -> None:
        """Remove a product change; removing one that is gone does nothing."""

    def views(self) -> list[SavedView]:
        """List the saved views, pinned ones first, each by name."""

    def save_view(self, view: SavedView) -> SavedView:
        """Add a view, or replace the one with its id; names are unique, whatever their case."""

    def delete_view(self, view_id: int) -> None:
        """Remove a view; removing one that is gone does nothing."""

    def wall_links(self) -> list[WallLink]:
        """List all wall links, the latest first, revoked ones included."""

    def wall_link(self, token: str) -> WallLink | None:
        """Return the link a token opens; None when there is none, or it was revoked."""

    def create_wall_link(self, link: WallLink) -> tuple[WallLink, str]:
        """Make a wall link; return it with its token (256 random bits), which is kept nowhere."""

    def revoke_wall_link(self, link_id: int) -> None:
        """Make a link's token open nothing from now on."""

    def meeting_note(self, period: str) -> MeetingNote:
        """Return what was noted for a period ("2026-W46", "2026-10"); empty when nothing was."""

    def save_meeting_note(self, note: MeetingNote) -> MeetingNote:
        """Save a note; refused when the stored one is not that of `note.saved_at`."""

    def built_segments(self) -> list[BuiltSegment]:
        """List the segments built from others, by name."""

    def save_built_segment(self, built: BuiltSegment) -> BuiltSegment:
        """Add a built segment, or replace the one with its id; it is read like any other."""

    def delete_built_segment(self, built_id: int) -> None:
        """Remove a built segment; the responses stay as they are."""

    def try_built_segment(self, built: BuiltSegment) -> BuiltTrial:
        """Count what would fall where; nothing is saved."""

    def bases(self) -> list[str]:
        """Name the columns a segment can be built from: stored segments, then the numbers."""

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a setting as it was set, or the default."""

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a JSON value under a name."""

    def mapping_for(self, header: Sequence[str]) -> dict[str, Any] | None:
        """Return the mapping a person settled for a file with this header, if any."""

    def remember_mapping(self, header: Sequence[str], mapping: dict[str, Any]) -> None:
        """Keep the mapping for the next file with the same header."""

    def export(
        self, target: str | Path | IO[bytes], format: Literal["csv", "parquet"] = "csv"
    ) -> None:
        """Write every accepted response to a file or a binary buffer."""

    def file_is_there(self) -> bool:
        """Tell whether the file that was opened still stands where it stood."""

    def read_only_reason(self) -> str | None:
        """Say why nothing can be written at the moment; None when all is well."""

    def close(self) -> None:
        """Release the file."""
