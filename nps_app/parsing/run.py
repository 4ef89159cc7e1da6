"""Run a child process in a group of its own, pass its progress on, end it when time is up."""

import logging
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from nps_app.parsing.limits import ENVIRONMENT

log = logging.getLogger(__name__)

LINE_BYTES: Final = 65_536


class TimeIsUp(Exception):  # noqa: N818  the end of the time is no error of the program
    """The child was still running at the end of its time and has been ended."""


def run_child(
    command: list[str],
    folder: Path,
    seconds: float,
    progress: Callable[[float], None] | None = None,
) -> int:
    """Run the command to its end and return its exit code, negative for a signal.

    Each line the child writes to its standard output is the share it has done, 0 to 1, for one
    call of `progress`, made in the calling thread. Raises `TimeIsUp` after `seconds`. However this
    function is left, the child and all it started are gone.
    """
    started = time.monotonic()
    child = subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        env={**ENVIRONMENT, "HOME": str(folder), "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        close_fds=True,
    )
    try:
        _pass_on(child, started + seconds, progress)
        code = child.wait(max(0.1, started + seconds - time.monotonic()))
    except subprocess.TimeoutExpired:
        log.warning("parsing was ended after %.0f s", seconds)
        raise TimeIsUp from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        if child.stdout:
            child.stdout.close()
    log.info("parsing ended with code %d after %.1f s", code, time.monotonic() - started)
    return code


def _pass_on(
    child: "subprocess.Popen[bytes]", until: float, progress: Callable[[float], None] | None
) -> None:
    if child.stdout is None:
        return
    handle = child.stdout.fileno()
    rest = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(handle, selectors.EVENT_READ)
        while True:
            left = until - time.monotonic()
            if left <= 0:
                raise subprocess.TimeoutExpired(child.args, 0)
            if not waiting.select(left):
                continue
            read = os.read(handle, LINE_BYTES)
            if not read:
                return
            *lines, rest = (rest + read).split(b"\n")
            rest = rest[-LINE_BYTES:]
            for line in lines:
                _tell(line, progress)


def _tell(line: bytes, progress: Callable[[float], None] | None) -> None:
    try:
        done = float(line)
    except ValueError:
        return
    if progress and 0 <= done <= 1:
        progress(done)
