"""What takes long to import and is not needed for the first page is imported after it."""

import importlib
import threading
import time
from functools import cache
from typing import Final

LIBRARIES: Final = ("scipy.special", "ruptures")
"""Used by the Trend, What moved and a product change's page: over a second of processor time."""

_PAUSE_SECONDS: Final = 1.0


@cache
def import_later() -> threading.Thread:
    """Import the `LIBRARIES` in the background, once; call it when a page has been drawn.

    The pause lets the first visitor's browser fetch what it draws with: on a thread of the same
    process an import slows everything else down. A page that needs them earlier imports them
    itself, and just waits for what is under way.
    """
    thread = threading.Thread(target=_import, name="import later", daemon=True)
    thread.start()
    return thread


def _import() -> None:
    time.sleep(_PAUSE_SECONDS)
    for library in LIBRARIES:
        importlib.import_module(library)
