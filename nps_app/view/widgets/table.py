"""A table on a page, with the same ways to take it along as a chart has."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nps_app.view.widgets.chart import title_row
from nps_app.view.widgets.downloads import downloads


def show_table(
    shown: Any,
    name: str,
    *,
    title: str,
    alt: str,
    heading: str = "",
    download: pd.DataFrame | Callable[[], pd.DataFrame] | None = None,
    rows: int | None = None,
    copied: pd.DataFrame | None = None,
    row: DeltaGenerator | None = None,
    **how: Any,
) -> None:
    """Draw a row with the `heading` and a download control, then the table.

    `shown` is a frame or a styled one, `name` its key on the page and its files' name, `title`
    what it is in words. `download` is what the files hold, unrounded (the shown frame unless
    given), of `rows` rows where it is made later; `copied` what is put on the clipboard. A `row`
    drawn before takes the control instead. `how` goes to `st.dataframe`.
    """
    frame: pd.DataFrame = getattr(shown, "data", shown)
    held = frame if download is None else download
    ready = frame if callable(held) else held
    with row if row is not None else title_row(heading, name):
        downloads(
            name,
            title,
            held if callable(held) else lambda: ready,
            copied=ready if copied is None else copied,
            rows=len(ready) if rows is None else rows,
        )
    st.dataframe(shown, hide_index=True, placeholder="–", alt=alt, key=f"table_{name}", **how)
