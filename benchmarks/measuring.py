"""The fastest of several runs, and the most memory a process and its children held."""

import resource
import threading
import time
from collections.abc import Callable
from typing import Final

import psutil  # type: ignore[import-untyped]

MEGABYTE: Final = 1_000_000
SECONDS_BETWEEN_LOOKS: Final = 0.02


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest of `runs` calls: the one the rest of the machine disturbed least."""
    fastest = float("inf")
    for _ in range(runs):
        began = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - began)
    return fastest


def peak_of_this_process() -> float:
    """The most memory this process ever held resident, in megabytes (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


class PeakOfChildren:
    """Watches the resident memory of this process's descendants while the block runs.

    `megabytes` is the most that any one of them held: by looking every 20 ms, and from the
    system's own account of those that have ended.
    """

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "PeakOfChildren":
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()
        ended = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / MEGABYTE
        self.megabytes = max(self.megabytes, ended)

    def _watch(self) -> None:
        this = psutil.Process()
        while not self._over.wait(SECONDS_BETWEEN_LOOKS):
            for child in this.children(recursive=True):
                try:
                    held = child.memory_info().rss / MEGABYTE
                except psutil.Error:
                    continue
                self.megabytes = max(self.megabytes, held)


def best_of_processor_time(runs: int, work: Callable[[], object]) -> float:
    """CPU seconds of the thriftiest of `runs` calls, all threads of this process."""
    least = float("inf")
    for _ in range(runs):
        began = time.process_time()
        work()
        least = min(least, time.process_time() - began)
    return least
