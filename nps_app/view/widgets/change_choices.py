"""How a product change is looked at: its windows and what is held fixed; all in the address."""

from typing import Final

import streamlit as st

from nps_app.view import queries
from nps_app.view.queries_change import Asked
from nps_app.view.tables import responses_text
from nps_app.view.widgets.linked import linked_choice, linked_choices
from nps_app.view.widgets.text import column_labels
from nps_core.language import mark, tr

DAYS: Final = (7, 14, 28, 56, 90)
WASHOUTS: Final = (0, 3, 7, 14, 28)
BY_DAYS: Final = mark("Days")
RESPONSES: Final = {"100 responses": 100, "200 responses": 200, "500 responses": 500}
_USUAL: Final = 28
_APART: Final = mark("One at a time")
_AT_ONCE: Final = mark("All at once")


def window_choices() -> Asked:
    """Draw what lays the windows: days on each side or a number of responses, and a washout."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="change_choices"):
        windows = linked_choice(
            st.selectbox,
            "windows",
            tr("Windows of"),
            [BY_DAYS, *RESPONSES],
            default=BY_DAYS,
            format_func=_windows,
            width=170,
        )
        before = after = _USUAL
        if windows not in RESPONSES:
            before = _number(tr("Days before"), DAYS, _USUAL, "before")
            after = _number(tr("Days after"), DAYS, _USUAL, "after")
        washout = _number(tr("Left out right after"), WASHOUTS, 0, "left_out")
    days = before if before == after else (before, after)
    return Asked(days, washout, RESPONSES.get(windows))


def _windows(token: str) -> str:
    return responses_text(RESPONSES[token]) if token in RESPONSES else tr(token)


def _number(label: str, options: tuple[int, ...], usual: int, key: str) -> int:
    picked: int = linked_choice(st.selectbox, key, label, options, default=usual, width=140)
    return picked


def mix_choices() -> tuple[tuple[str, ...], ...]:
    """Draw which segments are held fixed, each by itself or all at once."""
    columns = queries.mix_columns()
    if not columns:
        return ()
    labels = column_labels(columns)
    with st.container(horizontal=True, vertical_alignment="bottom", key="mix_choices"):
        held = linked_choices(
            "held",
            tr("Held fixed"),
            columns,
            default=columns,
            format_func=labels.__getitem__,
            width=560,
        )
        together = linked_choice(
            st.segmented_control,
            "together",
            tr("Looked at"),
            (_APART, _AT_ONCE),
            default=_APART,
            format_func=tr,
            required=True,
        )
    if together == _AT_ONCE:
        return (tuple(held),) if held else ()
    return tuple((name,) for name in held)
