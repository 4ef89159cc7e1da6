"""The few rules of style that Streamlit's theme has no word for."""

from typing import Final

import streamlit as st

_STYLE: Final = """<style>
[data-testid="stMainBlockContainer"] {padding: 4.5rem clamp(1rem, 2.5vw, 3rem) 3rem}
[data-testid="stMainBlockContainer"] h1 {padding-top: 0}
.st-key-link_state {display: none}
.st-key-filter_bar {row-gap: .5rem}
.st-key-filter_bar button {border-radius: 999px; min-height: 2.25rem}
/* A table's own download would hand a spreadsheet cells it runs: ours are made safe. */
[data-testid="stElementToolbar"] [aria-label="Download as CSV"] {display: none}
</style>"""


def apply_style() -> None:
    """Put the rules on the page; once a run, before anything is drawn."""
    st.html(_STYLE)
