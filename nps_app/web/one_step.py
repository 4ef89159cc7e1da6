"""The script that makes one click one step of the browser's way back, for every page's head.

On a change of page the app writes the address several times, with the page's parameters and then
with the filter's: each would be an entry of its own, with a filter that nobody chose.
"""

from pathlib import Path
from typing import Final

ONE_STEP_TAG: Final = (
    f"<script>{Path(__file__).with_name('one_step.js').read_text(encoding='utf-8')}</script>"
)
