"""The private folders uploads are read in: outside the data folder, gone with their process."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

_PREFIX: Final = "nps-upload-"


def new_folder() -> "tempfile.TemporaryDirectory[str]":
    """Make a folder only this user can read; its name says which process it belongs to."""
    return tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-")


def remove_leftovers() -> None:
    """Remove the folders of processes that were killed before they could: they hold responses."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not _runs(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        # It runs, as another user.
        return True
    return True
