"""Two segments crossed, on the Segments page."""

from typing import Final

import pandas as pd
import streamlit as st

from nps_app.view import queries
from nps_app.view.figures_segments import pair_figure
from nps_app.view.queries_segments import ACROSS, by_pair
from nps_app.view.segment_words import (
    correction_sentence,
    download_table,
    hidden_sentence,
    shown_table,
)
from nps_app.view.tables import column_label, count_text, listed
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.definition import say_all_responses
from nps_app.view.widgets.segment_table import below_segments, segment_table
from nps_app.view.widgets.segment_view import Picked
from nps_app.view.widgets.text import as_label, visible
from nps_core.language import ENGLISH, speaking, tr
from nps_core.measure import Filter

_FIT_A_PHONE: Final = 4


def two_segments(chosen: Filter, picked: Picked, second: str) -> None:
    """Every pair of values of two segments: the heatmap, and its table on request."""
    # More values read better down the page, where there is room for their names.
    down, across = sorted(
        (picked.column, second), key=lambda column: len(queries.options(column)), reverse=True
    )
    pairs = by_pair(chosen, down, across, picked.order, picked.minimum)
    names = (column_label(down), column_label(across))
    if pairs.table.empty:
        return
    first, other = map(as_label, names)
    head = title_row(tr("{first} by {other}", first=first, other=other), "nps-by-two-segments")
    say_all_responses()
    st.caption(
        tr(
            "Blue is above the NPS of all, orange below; each cell has its NPS and its "
            "responses (n)."
        )
    )
    words = tr("NPS by {first} and {other}", first=visible(names[0]), other=visible(names[1]))
    many = pairs.table[ACROSS].nunique() > _FIT_A_PHONE
    with st.container(key="wide_chart" if many else None):
        show_chart(
            pair_figure(chosen, down, across, picked.order, picked.minimum, current_theme()),
            _download(chosen, picked, down, across),
            "nps-by-two-segments",
            row=head,
            title=words,
            alt=tr(
                "NPS for each pair of {first} and {other}; see the table.",
                first=visible(names[0]),
                other=visible(names[1]),
            ),
        )
    if any(pairs.left_out):
        more = [
            tr("{n} more of {segment}", n=count_text(n), segment=visible(name))
            for name, n in zip(names, pairs.left_out, strict=True)
            if n
        ]
        st.caption(
            as_label(
                tr(
                    "Shown are the values with the most responses; there are {more}.",
                    more=listed(more),
                ),
                200,
            )
        )
    with st.expander(tr("Each pair against the rest, as a table")):
        st.caption(correction_sentence(pairs))
        segment_table(
            shown_table(pairs, names),
            _download(chosen, picked, down, across),
            "nps-by-two-segments-table",
            words,
            "",
        )
    below_segments(chosen, pairs.table, (down, across), hidden_sentence(pairs, cells=True), "two")


def _download(chosen: Filter, picked: Picked, down: str, across: str) -> pd.DataFrame:
    # What a program reads is the same in every language.
    with speaking(ENGLISH):
        pairs = by_pair(chosen, down, across, picked.order, picked.minimum)
        return download_table(pairs, (column_label(down), column_label(across)))
