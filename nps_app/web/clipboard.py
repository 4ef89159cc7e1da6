"""The script that copies charts and tables, for the head of every page."""

from pathlib import Path
from typing import Final

COPY_TAG: Final = (
    f"<script>{Path(__file__).with_name('clipboard.js').read_text(encoding='utf-8')}</script>"
)
"""Within the page, so that nothing further has to be fetched and let in for it."""
