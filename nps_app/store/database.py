"""One DuckDB file: opened once, a cursor a call, one writer at a time, read-only when it must be.

The file is attached to an in-memory instance rather than opened as the instance itself: it can
then be detached, replaced by a rewritten file and attached again under the same name, while
frames that were handed out before keep working.
"""

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import duckdb

from nps_app.store.files import has_space, identity_of, sync
from nps_app.store.records import StoreError
from nps_app.store.schema import SCHEMA, TABLES, literal
from nps_app.store.troubles import (
    FILE_IS_GONE,
    FULL_DISK,
    OUT_OF_MEMORY,
    REWRITE_IS_DUE,
    is_of_the_disk,
    opening_error,
    why_not_writable,
)
from nps_core.language import tr

MEMORY_LIMIT: Final = "500MB"
THREADS: Final = min(4, os.cpu_count() or 1)
SECONDS_FOR_READERS: Final = 60.0
SECONDS_BETWEEN_PROBES: Final = 5.0

VERSION: Final = "_version"
REWRITE: Final = "_rewrite_pending"


class Database:
    """The connection to one data file; cursors from any thread, writers in turn."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writing = threading.RLock()
        self._gate = threading.RLock()
        self._attached = False
        self._read_only: str | None = None
        self._probed = 0.0
        self._version = 0
        self._figures_version = 0
        self._file: tuple[int, int] | None = None
        with suppress(OSError):
            # A folder that cannot be made is said when the file in it cannot be opened.
            path.parent.mkdir(parents=True, exist_ok=True)
        spill = path.parent / ".spill"
        self._root = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": MEMORY_LIMIT,
                "threads": str(THREADS),
                "temp_directory": str(spill),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                # A table that is not there must not be taken from a variable of that name.
                "python_enable_replacements": "false",
            },
        )
        with suppress(OSError):
            for leftover in (self._fresh(), *spill.glob("*")):
                leftover.unlink(missing_ok=True)
        self._attach()
        self._prepare()

    def _fresh(self, suffix: str = "") -> Path:
        return self.path.with_name(self.path.name + ".rewrite" + suffix)

    @property
    def wal(self) -> Path:
        """The write-ahead log beside the data file; absent when all is in the file."""
        return self.path.with_name(self.path.name + ".wal")

    def _attach(self, read_only: bool = False) -> None:
        mode = " (READ_ONLY)" if read_only else ""
        give_up = time.monotonic() + SECONDS_FOR_READERS
        while True:
            try:
                self._root.execute(f"ATTACH {literal(str(self.path))} AS {SCHEMA}{mode}")
                self._file = identity_of(self.path)
                self._attached = True
                return
            except duckdb.Error as error:
                # A long query keeps the file it reads from until it has finished.
                if "already attached" in str(error) and time.monotonic() < give_up:
                    time.sleep(0.05)
                    continue
                if not read_only and self.path.exists() and (why := why_not_writable(error)):
                    self._read_only = why
                    return self._attach(read_only=True)
                raise opening_error(self.path, error) from None

    def _prepare(self) -> None:
        tables = "SELECT table_name FROM duckdb_tables() WHERE database_name = ?"
        there = {name for (name,) in self.cursor().execute(tables, [SCHEMA]).fetchall()}
        if "settings" in there:
            self._version = self._figures_version = int(self.setting(VERSION, 0))
            self._add_later_tables()
        elif self._read_only is None:
            self._make_tables()
        self._finish_rewrite()

    def _add_later_tables(self) -> None:
        """Give a file of an earlier version the tables it lacks; read-only it goes without."""
        tables = "SELECT count(*) FROM duckdb_tables() WHERE database_name = ?"
        held = self.cursor().execute(tables, [SCHEMA]).fetchone() or (0,)
        if held[0] < len(TABLES) and self._read_only is None:
            # Without the space for them the store opens for reading, and says why.
            with suppress(StoreError):
                self._make_tables()

    def _make_tables(self) -> None:
        with self.write() as cursor:
            for statement in TABLES:
                cursor.execute(statement)

    def _finish_rewrite(self) -> None:
        if self._read_only is None and self.setting(REWRITE, False):
            # Without the space for it the store opens for reading, and says why.
            with suppress(StoreError):
                self.rewrite()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a fresh cursor; each call of the store uses its own."""
        with self._gate:
            if not self._attached:
                self._attach()
            return self._root.cursor()

    def relation(self, statement: str) -> duckdb.DuckDBPyRelation:
        """Return a lazy frame on a cursor of its own, never while the file is being swapped."""
        with self._gate:
            return self.cursor().sql(statement)

    def setting(self, key: str, default: Any = None) -> Any:
        """Return the JSON value under a key."""
        row = (
            self.cursor()
            .execute(f"SELECT value FROM {SCHEMA}.settings WHERE key = ?", [key])
            .fetchone()
        )
        return default if row is None else json.loads(row[0])

    def version(self) -> int:
        """Return the number that grows with every committed write that moves a figure."""
        return self._figures_version

    @contextmanager
    def write(self, figures: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor inside a transaction; commit at the end, roll back on any error.

        `figures=False`: no figure can move by it, so what was counted before stays good.
        """
        with self.writing:
            if reason := self.read_only_reason(probe_now=True):
                raise StoreError(reason)
            cursor = self.cursor()
            try:
                cursor.execute("BEGIN")
                yield cursor
                set_setting(cursor, VERSION, self._version + 1)
                cursor.execute("COMMIT")
            except BaseException as error:
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                if is_of_the_disk(error):
                    self._after_failed_write(error)
                elif isinstance(error, duckdb.OutOfMemoryException):
                    raise StoreError(tr(OUT_OF_MEMORY)) from error
                else:
                    raise
            finally:
                cursor.close()
            self._version += 1
            if figures:
                # One assignment: no reader may see a number that stands for other data later.
                self._figures_version = self._version

    def _after_failed_write(self, error: BaseException) -> None:
        self._become_read_only()
        # The log may hold the whole transaction though moving it into the file has failed.
        if int(self.setting(VERSION, 0)) != self._version + 1:
            raise StoreError(tr(FULL_DISK)) from error

    def file_is_there(self) -> bool:
        """Tell whether the file that was opened still stands where it stood."""
        with self._gate:
            return not self._attached or identity_of(self.path) == self._file

    def read_only_reason(self, probe_now: bool = False) -> str | None:
        """Say why nothing can be written, None when it can; notices when space is back."""
        if not self.file_is_there():
            return tr(FILE_IS_GONE)
        if self._read_only is None:
            return None
        if not probe_now and time.monotonic() - self._probed < SECONDS_BETWEEN_PROBES:
            return tr(self._read_only)
        with self.writing:
            self._probed = time.monotonic()
            if self._read_only and has_space(self.path, whole=self._read_only == REWRITE_IS_DUE):
                with self._gate:
                    self._detach()
                    self._read_only = None
                    self._attach()
                self._add_later_tables()
                self._finish_rewrite()
            return tr(self._read_only) if self._read_only else None

    def _become_read_only(self, reason: str = FULL_DISK) -> None:
        with self._gate:
            self._read_only = reason
            self._probed = time.monotonic()
            self._detach()
            self._attach(read_only=True)

    def _detach(self) -> None:
        self._attached = False
        # After a full disk the last checkpoint fails; the log keeps what it held.
        with suppress(duckdb.Error):
            self._root.execute(f"DETACH {SCHEMA}")

    def rewrite(self) -> None:
        """Copy what is live into a new file and put it in place of the old one.

        DELETE leaves the bytes in the file; a copy never had them. A crash leaves either the old
        file with its note that a rewrite is due, or the new one. Without space for the copy the
        store is read-only until there is, and then finishes the work.
        """
        with self.writing:
            fresh = self._fresh()
            try:
                self._empty_log()
                self._copy_live(fresh)
            except (duckdb.Error, OSError) as error:
                with suppress(OSError):
                    fresh.unlink(missing_ok=True)
                self._become_read_only(REWRITE_IS_DUE)
                raise StoreError(tr(REWRITE_IS_DUE)) from error
            with self._gate:
                self._detach()
                fresh.replace(self.path)
                sync(self.path.parent)
                self._attach()

    def _copy_live(self, fresh: Path) -> None:
        for leftover in (fresh, self._fresh(".wal")):
            leftover.unlink(missing_ok=True)
        cursor = self.cursor()
        try:
            cursor.execute(f"ATTACH {literal(str(fresh))} AS fresh")
            try:
                cursor.execute(f"COPY FROM DATABASE {SCHEMA} TO fresh")
                cursor.execute("DELETE FROM fresh.settings WHERE key = ?", [REWRITE])
                cursor.execute("CHECKPOINT fresh")
            finally:
                cursor.execute("DETACH fresh")
        finally:
            cursor.close()
        sync(fresh)

    def _empty_log(self) -> None:
        # A log left beside the new file would be replayed into it.
        give_up = time.monotonic() + SECONDS_FOR_READERS
        while True:
            with suppress(duckdb.TransactionException):
                self.cursor().execute(f"CHECKPOINT {SCHEMA}")
            if not self.wal.exists() or self.wal.stat().st_size == 0:
                return
            if time.monotonic() > give_up:
                raise StoreError(
                    tr(
                        "Other sessions have kept the data file busy for a minute. Nothing is "
                        "lost; start the app again and it finishes the work."
                    )
                )
            time.sleep(0.1)

    def close(self) -> None:
        """Write everything to the file and release it."""
        with self.writing, self._gate:
            self._detach()
            self._root.close()


def set_setting(cursor: duckdb.DuckDBPyConnection, key: str, value: Any) -> None:
    """Keep a JSON value under a key, within the caller's transaction."""
    cursor.execute(
        f"INSERT OR REPLACE INTO {SCHEMA}.settings VALUES (?, ?)", [key, json.dumps(value)]
    )
