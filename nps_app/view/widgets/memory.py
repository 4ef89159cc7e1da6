"""What lives long is kept out of the garbage collection after every run of a page."""

import gc
from itertools import count
from typing import Final

RUNS_BETWEEN_FULL_LOOKS: Final = 100
_runs = count(1)


def spare_long_lived_objects() -> None:
    """Set aside what lives now: modules, caches, sessions; call it once a run, before its work.

    Streamlit collects garbage after every run. Looking at 130,000 objects of imported modules,
    and at every cached figure, takes longer than the page itself. Every hundredth run all are
    looked at again, so that what has become garbage since is freed.
    """
    if next(_runs) % RUNS_BETWEEN_FULL_LOOKS == 0:
        gc.unfreeze()
        gc.collect()
    gc.freeze()
