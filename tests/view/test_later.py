"""The slow libraries must come by themselves, and hold up nobody."""

import subprocess
import sys

SCRIPT = """
import sys, time
from nps_app.view.widgets.later import LIBRARIES, import_later
assert not sys.modules.keys() & set(LIBRARIES), "imported before anybody asked"
began = time.perf_counter()
thread = import_later()
assert time.perf_counter() - began < 0.5, "the page waited for the import"
assert import_later() is thread, "imported twice"
thread.join(60)
assert sys.modules.keys() >= set(LIBRARIES), "not imported"
"""


def test_slow_libraries_are_imported_once_and_nobody_waits():
    subprocess.run([sys.executable, "-c", SCRIPT], check=True, timeout=120)
