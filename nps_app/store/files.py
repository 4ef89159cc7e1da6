"""The data file as the operating system sees it: which one it is, may it grow, is it written."""

import os
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage
from typing import Final

PROBE_BYTES: Final = 4 * 1024 * 1024


def identity_of(path: Path) -> tuple[int, int] | None:
    """Device and inode of the file: another pair is another file. None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def has_space(path: Path, *, whole: bool = False) -> bool:
    """Try whether the file could grow by 4 MB; with `whole`, ask for room for a copy of it too."""
    probe = path.with_name(path.name + ".probe")
    try:
        size = path.stat().st_size + PROBE_BYTES
        if whole and disk_usage(path.parent).free < size:
            return False
        # Past the end of the present file, so that a limit on file size is noticed too.
        with probe.open("wb") as file:
            file.seek(size - PROBE_BYTES)
            file.write(b"\0" * PROBE_BYTES)
            file.flush()
            os.fsync(file.fileno())
        return True
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the operating system write a file or folder to the disk now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
