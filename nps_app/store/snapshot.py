"""A copy of the data file as it is now, for a second process: the file itself has one owner."""

import shutil
import time
from pathlib import Path
from typing import Final

from nps_app.store.records import StoreError
from nps_core.language import tr

_TRIES: Final = 20
_PAUSE: Final = 0.25


def copy_store(path: Path, folder: Path) -> Path:
    """Copy a data file with its log into `folder`, both from one moment; give the copy's path.

    The dashboard may be running and writing. Raises StoreError when there is no data file, or
    when it never keeps still for as long as the copy takes.
    """
    if not path.is_file():
        raise StoreError(
            tr(
                "There is no data file {name} in the folder named by NPS_DATA. Start the dashboard "
                "and import responses first, or name another folder.",
                name=path.name,
            )
        )
    log = path.with_name(path.name + ".wal")
    copy = folder / path.name
    for _ in range(_TRIES):
        before = _state(path, log)
        copied = copy.with_name(copy.name + ".wal")
        copied.unlink(missing_ok=True)
        try:
            shutil.copyfile(path, copy)
            if log.is_file():
                shutil.copyfile(log, copied)
        except FileNotFoundError:
            # The log was moved into the file meanwhile: the states differ, so once more.
            pass
        if _state(path, log) == before:
            return copy
        time.sleep(_PAUSE)
    raise StoreError(tr("The data file is being written all the time. Try again in a minute."))


def _state(*paths: Path) -> list[tuple[int, int, int] | None]:
    """What changes when a file does: its place on the disk, its size, its last write."""
    states: list[tuple[int, int, int] | None] = []
    for path in paths:
        try:
            found = path.stat()
            states.append((found.st_ino, found.st_size, found.st_mtime_ns))
        except FileNotFoundError:
            states.append(None)
    return states
