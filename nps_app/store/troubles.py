"""What goes wrong with a data file, told from the engine's errors, in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from nps_app.store.records import StoreError
from nps_core.language import mark, tr

FULL_DISK: Final = mark(
    "The disk is full or the data file cannot grow. Everything stored can be read, nothing can be "
    "added. Free some space; writing resumes by itself."
)

NOT_WRITABLE: Final = mark(
    "The user that runs the app may not write the data file or its folder. Everything stored can "
    "be read, nothing can be added. Give it the right to; writing resumes by itself."
)

FILE_IS_GONE: Final = mark(
    "The data file was removed or replaced while the app was running. What is shown was read "
    "before; nothing can be added, since it would be lost. Stop the app, put the right file in "
    "place and start the app again."
)

REWRITE_IS_DUE: Final = mark(
    "What was erased is hidden already but still in the data file, which could not be written "
    "anew for want of disk space. Free as much space as the data file takes: the work is then "
    "finished by itself. Until then everything stored can be read and nothing added."
)

OUT_OF_MEMORY: Final = mark(
    "This needs more memory or disk than there is. Nothing was written. Free some space or split "
    "the file, then try again."
)


def is_of_the_disk(error: BaseException) -> bool:
    """Tell whether a write failed for want of disk, so that the file must be opened anew."""
    if isinstance(error, duckdb.IOException | duckdb.FatalException | OSError):
        return True
    # A commit that could not be written comes as a plain transaction error.
    return isinstance(error, duckdb.Error) and (
        "invalidated" in str(error) or is_of_a_full_disk(error)
    )


def is_of_a_full_disk(error: duckdb.Error) -> bool:
    """Tell whether the engine says that it could not write."""
    return any(sign in str(error) for sign in ("Could not write", "No space left"))


def why_not_writable(error: duckdb.Error) -> str | None:
    """Say why a file that is there opens for reading at most, None when that is not the matter."""
    if is_of_a_full_disk(error):
        return FULL_DISK
    return NOT_WRITABLE if _is_of_rights(error) else None


def _is_of_rights(error: duckdb.Error) -> bool:
    signs = ("ermission", "Read-only file system")
    return isinstance(error, duckdb.PermissionException) or any(s in str(error) for s in signs)


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn what the engine raises for want of disk or memory into a `StoreError`."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise StoreError(tr(OUT_OF_MEMORY)) from error
    except (duckdb.IOException, OSError) as error:
        raise StoreError(
            tr(
                "A file could not be read or written, most likely for want of disk space. "
                "Free some space, then try again."
            )
        ) from error


def opening_error(path: Path, error: duckdb.Error) -> StoreError:
    """Say in plain words why the data file did not open; no folder of the server is named."""
    said = str(error)
    if "lock" in said.lower():
        return StoreError(
            tr(
                "The data file {file} is in use by another program, most likely a second copy of "
                "this app. Stop the other one, or give this one its own folder with NPS_DATA.",
                file=path.name,
            )
        )
    if _is_of_rights(error) or not path.parent.is_dir():
        return StoreError(
            tr(
                "The data file {file} may not be opened or made by this user. Give the user that "
                "runs the app the right to read and write it and its folder.",
                file=path.name,
            )
        )
    return StoreError(
        tr(
            "The data file {file} cannot be read: it is damaged or was not written by this app. "
            "Nothing was changed. Put a backup in its place, or move it away to start empty.",
            file=path.name,
        )
    )
