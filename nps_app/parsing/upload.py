"""Parse an uploaded file in a child process and bring back the report."""

import hashlib
import json
import logging
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pandas as pd
import pyarrow.parquet as pq

from nps_app.parsing.folders import new_folder
from nps_app.parsing.limits import (
    CHILDREN_AT_ONCE,
    FILE_BYTES,
    MEGABYTE,
    MEMORY_BYTES,
    SECONDS,
)
from nps_app.parsing.run import TimeIsUp, run_child
from nps_core.errors import FileRefused
from nps_core.intake.mapping import Mapping, Question
from nps_core.intake.text import decimal_text, number_text
from nps_core.language import current_language, tr

COMMAND: Final = [sys.executable, "-m", "nps_app.parsing.child"]

log = logging.getLogger(__name__)

_turns = threading.BoundedSemaphore(CHILDREN_AT_ONCE)


@dataclass(frozen=True)
class ParsedUpload:
    """What came of an upload: the attributes of `Intake`, with the accepted rows in a file.

    `accepted_path` is a Parquet file in a folder only this user can read; `close()` removes it,
    as does the end of this object. `rejected` (line, column, value, reason) and `preview` (the
    first raw rows, text) are read when asked for.
    """

    file_name: str
    sha256: str
    accepted_rows: int
    merged_duplicates: int
    ignored_blank: int
    rows_in: int
    mapping: Mapping
    warnings: tuple[str, ...]
    questions: tuple[Question, ...]
    tool: str | None
    header: tuple[str, ...]
    folder: "tempfile.TemporaryDirectory[str]"

    @property
    def accepted_path(self) -> Path:
        """The accepted rows: canonical columns the file has, then its segments."""
        return Path(self.folder.name) / "accepted.parquet"

    @cached_property
    def rejected(self) -> pd.DataFrame:
        """The rows not taken, with line, column, value and reason."""
        return _frame(Path(self.folder.name) / "rejected.parquet")

    @cached_property
    def preview(self) -> pd.DataFrame:
        """The first raw rows as text."""
        return _frame(Path(self.folder.name) / "preview.parquet")

    def close(self) -> None:
        """Remove the folder with the accepted rows."""
        self.folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def parse_upload(
    data: bytes,
    filename: str,
    mapping: Mapping | dict[str, Any] | None = None,
    progress: Callable[[float], None] | None = None,
    *,
    today: date | None = None,
) -> ParsedUpload:
    """Read an upload with `nps_core.read_responses` in a child process with limits.

    `filename` is a label, never a path. `progress` is called in this thread with the
    share done, 0 to 1. Raises `FileRefused` for a file that cannot be read, and as well when the
    child crashed, took more than 30 s or wanted more than 1 GB.
    """
    if len(data) > FILE_BYTES:
        raise FileRefused(
            tr(
                "The file has {size} MB; at most {most} MB are read at once.",
                size=decimal_text(len(data) / MEGABYTE),
                most=FILE_BYTES // MEGABYTE,
            ),
            remedy=tr("Export a shorter period, or split the file, and upload the parts."),
        )
    folder = new_folder()
    try:
        report = _report(Path(folder.name), data, filename, mapping, progress, today)
        return ParsedUpload(
            file_name=filename,
            sha256=hashlib.sha256(data).hexdigest(),
            accepted_rows=report["accepted_rows"],
            merged_duplicates=report["merged_duplicates"],
            ignored_blank=report["ignored_blank"],
            rows_in=report["rows_in"],
            mapping=Mapping.from_dict(report["mapping"]),
            warnings=tuple(report["warnings"]),
            questions=tuple(
                Question(key, text, tuple(options)) for key, text, options in report["questions"]
            ),
            tool=report["tool"],
            header=tuple(report["header"]),
            folder=folder,
        )
    except BaseException:
        folder.cleanup()
        raise


def _report(
    folder: Path,
    data: bytes,
    filename: str,
    mapping: Mapping | dict[str, Any] | None,
    progress: Callable[[float], None] | None,
    today: date | None,
) -> dict[str, Any]:
    (folder / "upload").write_bytes(data)
    request = {
        "file_name": filename,
        "mapping": mapping.to_dict() if isinstance(mapping, Mapping) else mapping,
        "today": (today or datetime.now(UTC).date()).isoformat(),
        "language": current_language(),
    }
    (folder / "request.json").write_text(json.dumps(request))
    try:
        with _turns:
            code = run_child([*COMMAND, str(folder)], folder, SECONDS, progress)
    except TimeIsUp:
        raise FileRefused(
            tr(
                "Reading this file took longer than {n} seconds and was stopped.",
                n=round(SECONDS),
            ),
            remedy=tr("Export it again as CSV, or split it, and upload the parts."),
        ) from None
    finally:
        (folder / "upload").unlink()
    return _understood(folder / "report.json", code)


def _understood(path: Path, code: int) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        report = {"out_of_memory": True} if code == -9 else {"failed": f"code {code}"}
    if "refused" in report:
        what, where, remedy = report["refused"]
        raise FileRefused(what, where, remedy, header=tuple(report["header"]))
    if report.get("out_of_memory"):
        raise FileRefused(
            tr(
                "Reading this file needs more than {n} MB of memory and was stopped.",
                n=number_text(MEMORY_BYTES // MEGABYTE),
            ),
            remedy=tr("Export it again as CSV, with fewer columns or a shorter period."),
        )
    if "failed" in report or code != 0:
        failed = report.get("failed", f"code {code}")
        log.warning("parsing failed: %s at %s", failed, report.get("at", "an unknown place"))
        raise FileRefused(
            tr(
                "Reading this file failed in a way nobody foresaw ({failed}). It may be damaged.",
                failed=failed,
            ),
            remedy=tr("Open it in a spreadsheet program, save it as CSV and upload that."),
        )
    return report


def _frame(path: Path) -> pd.DataFrame:
    return pq.read_table(path).to_pandas()
