"""How a product change is looked at: its windows and what is held fixed; all in the address."""

from typing import Final

import streamlit as st

from nps_app.view import queries
from nps_app.view.queries_change import Asked
from nps_app.view.widgets.text import column_labels

DAYS: Final = (7, 14, 28, 56, 90)
WASHOUTS: Final = (0, 3, 7, 14, 28)
BY_DAYS: Final = "Days"
RESPONSES: Final = {"100 responses": 100, "200 responses": 200, "500 responses": 500}
_USUAL: Final = 28
_APART: Final = "One at a time"
_AT_ONCE: Final = "All at once"


def window_choices() -> Asked:
    """Draw what lays the windows: days on each side or a number of responses, and a washout."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="change_choices"):
        windows = st.selectbox(
            "Windows of",
            [BY_DAYS, *RESPONSES],
            key="windows",
            bind="query-params",
            width=170,
        )
        before = after = _USUAL
        if windows not in RESPONSES:
            before = _number("Days before", DAYS, _USUAL, "before")
            after = _number("Days after", DAYS, _USUAL, "after")
        washout = _number("Left out right after", WASHOUTS, 0, "left_out")
    days = before if before == after else (before, after)
    return Asked(days, washout, RESPONSES.get(windows or BY_DAYS))


def _number(label: str, options: tuple[int, ...], usual: int, key: str) -> int:
    picked = st.selectbox(
        label,
        options,
        index=options.index(usual),
        key=key,
        bind="query-params",
        width=140,
    )
    return usual if picked is None else picked


def mix_choices() -> tuple[tuple[str, ...], ...]:
    """Draw which segments are held fixed, each by itself or all at once."""
    columns = queries.mix_columns()
    if not columns:
        return ()
    labels = column_labels(columns)
    with st.container(horizontal=True, vertical_alignment="bottom", key="mix_choices"):
        held = st.multiselect(
            "Held fixed",
            columns,
            default=columns,
            format_func=labels.__getitem__,
            key="held",
            bind="query-params",
            width=560,
        )
        together = st.segmented_control(
            "Looked at",
            (_APART, _AT_ONCE),
            default=_APART,
            key="together",
            bind="query-params",
            required=True,
        )
    if together == _AT_ONCE:
        return (tuple(held),) if held else ()
    return tuple((name,) for name in held)
