"""What a person sets on the Trend page, and the notes that go with it."""

import pandas as pd
import streamlit as st

from nps_app.view import queries, queries_overview, sentences
from nps_app.view.charts.trend import MAX_LINES
from nps_app.view.period_words import TRAILING, period_word
from nps_app.view.tables import column_label, count_text, period_end, value_label
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.text import as_label, visible
from nps_core import columns as c
from nps_core.language import tr, tr_in, tr_plural
from nps_core.measure import Filter

WINDOWS = {
    "day": ("none", "7", "28", "90"),
    "week": ("none", "4", "8", "13"),
    "month": ("none", "3", "6", "12"),
    "quarter": ("none", "2", "4"),
}
_USUAL = {"day": "7", "week": "4", "month": "none", "quarter": "none"}
_NO_SEGMENT = "none"
_NAMED = 8


def trend_controls(chosen: Filter) -> tuple[str, int | None, str, tuple[str | None, ...]]:
    """Draw the controls; give the period, the window, the segment column and its shown values."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="trend_choices"):
        every = linked_choice(
            st.segmented_control,
            "every",
            tr("Period"),
            list(WINDOWS),
            default="week",
            format_func=period_word,
            required=True,
        )
        window = linked_choice(
            st.segmented_control,
            f"window_{every}",
            tr(TRAILING[every]),
            WINDOWS[every],
            default=_USUAL[every],
            format_func=lambda size: tr_in("window", "none") if size == "none" else size,
            required=True,
        )
        column = linked_choice(
            st.selectbox,
            "lines",
            tr("One line per"),
            [_NO_SEGMENT, *queries.segment_columns()],
            default=_NO_SEGMENT,
            format_func=lambda name: (
                tr("all together") if name == _NO_SEGMENT else visible(column_label(name))
            ),
            width=220,
        )
    span = int(window) if window and window != "none" else None
    if column == _NO_SEGMENT:
        return every, span, "", ()
    values = queries_overview.values_by_size(chosen, column)[:MAX_LINES]
    return every, span, column, tuple(values)


def notes(
    chosen: Filter,
    table: pd.DataFrame,
    drawn: pd.DataFrame,
    every: str,
    window: int | None,
    column: str,
    values: tuple[str | None, ...],
) -> None:
    """Say how to read the chart, and name what is not on it."""
    st.caption(sentences.how_to_read(drawn, every, window=window, lines=bool(column)))
    if column:
        rest = queries_overview.values_by_size(chosen, column)[len(values) :]
        if rest:
            named = ", ".join(as_label(value_label(value), 40) for value in rest[:_NAMED])
            if len(rest) > _NAMED:
                more = count_text(len(rest) - _NAMED)
                named = tr("{named} and {n} more", named=named, n=more)
            st.caption(
                tr(
                    "Shown: the {n} largest. Not shown: {named}.",
                    n=len(values),
                    named=named,
                )
            )
    first, last = table[c.PERIOD].min(), period_end(table[c.PERIOD].max(), every)
    outside = sum(not first <= pd.Timestamp(change.date) <= last for change in queries.changes())
    if outside:
        st.caption(
            tr_plural(
                "{n} product change lies outside these dates.",
                "{n} product changes lie outside these dates.",
                outside,
                n=count_text(outside),
            )
        )
