"""What parsing may use; set by the child on itself before it looks at the file."""

import resource
from typing import Final

MEGABYTE: Final = 1024 * 1024
FILE_BYTES: Final = 50 * MEGABYTE
MEMORY_BYTES: Final = 1024 * MEGABYTE
OUTPUT_BYTES: Final = 2048 * MEGABYTE
SECONDS: Final = 30.0
CHILDREN_AT_ONCE: Final = 2

ENVIRONMENT: Final = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONDONTWRITEBYTECODE": "1",
    # Each thread pool and arena would reserve memory that counts against the limit.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
}
"""All that the child inherits: no secret of the server's environment reaches it."""


def limit_this_process(memory: int = MEMORY_BYTES) -> None:
    """Cap memory (bytes), CPU time, written files and core dumps of the running process.

    Data rather than address space: libraries map far more than they touch, which the first
    leaves alone and the second counts.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    seconds = int(SECONDS * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
