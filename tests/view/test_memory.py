"""Sparing the garbage collector must not keep garbage for ever."""

import gc
import weakref

from nps_app.view.widgets.memory import RUNS_BETWEEN_FULL_LOOKS, spare_long_lived_objects


class Session:
    """Something a page drops that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_dropped_is_freed_within_a_hundred_runs():
    try:
        session = Session()
        alive = weakref.ref(session)
        spare_long_lived_objects()
        del session
        for _ in range(RUNS_BETWEEN_FULL_LOOKS):
            spare_long_lived_objects()
        assert alive() is None
    finally:
        gc.unfreeze()
