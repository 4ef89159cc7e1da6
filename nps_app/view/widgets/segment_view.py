"""The segments page's choices and what they show."""

from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from nps_app.store import StoreError
from nps_app.view import queries
from nps_app.view.definitions import (
    denominator,
    heading,
    left_out,
    scored_download,
    scored_table,
)
from nps_app.view.figures_segments import (
    MOST_DRAWN,
    scored_figure,
    segment_figure,
)
from nps_app.view.queries_definitions import headline
from nps_app.view.queries_segments import (
    ORDERS,
    by_segment,
    by_segment_scored,
    minimum_responses,
    save_minimum,
)
from nps_app.view.said import capital
from nps_app.view.segment_words import (
    correction_sentence,
    download_table,
    hidden_sentence,
    shown_table,
)
from nps_app.view.tables import column_label, count_text
from nps_app.view.widgets.chart import current_theme, show_chart
from nps_app.view.widgets.definition import current_definition
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.segment_table import below_segments, jump_to_group, segment_table
from nps_app.view.widgets.text import as_label, column_labels, visible
from nps_core.language import ENGLISH, speaking, tr
from nps_core.measure import Filter
from nps_core.measure.definition_rows import ALL_RESPONSES
from nps_core.measure.definitions import ScoreDefinition

_MINIMUM: Final = "minimum_n"
_NOBODY: Final = "none"


@dataclass(frozen=True)
class Picked:
    """What to show: a segment column, perhaps a second one, the order and the smallest group."""

    column: str
    second: str | None
    order: str
    minimum: int


def segment_choices() -> Picked | None:
    """Draw the choices; None while the data has no segment column. They live in the address."""
    columns = queries.segment_columns()
    if not columns:
        st.info(
            tr(
                "The responses have no segment column: import a file with a plan, a country, "
                "a size."
            )
        )
        return None
    labels = column_labels(columns)
    with st.container(horizontal=True, vertical_alignment="bottom", key="segment_choices"):
        column = linked_choice(
            st.selectbox,
            "by",
            tr("Segment"),
            columns,
            default=columns[0],
            format_func=labels.__getitem__,
            width=220,
        )
        second = linked_choice(
            st.selectbox,
            "across",
            tr("Crossed with"),
            [_NOBODY, *columns],
            default=_NOBODY,
            format_func=lambda name: labels.get(name, tr("Nothing")),
            width=220,
        )
        order = linked_choice(
            st.segmented_control,
            "order",
            tr("Sorted by"),
            ORDERS,
            default=ORDERS[0],
            format_func=tr,
            required=True,
        )
        minimum = minimum_responses()
        # What is stored counts, also when another tab has set it since.
        st.session_state[_MINIMUM] = minimum
        st.number_input(
            tr("Hide groups under"),
            1,
            1000,
            key=_MINIMUM,
            on_change=_keep_minimum,
            width=160,
            help=tr("Responses a group needs to be shown. One setting for everybody."),
        )
    crossed = None if second in (_NOBODY, column) else second
    return Picked(column or columns[0], crossed, order or ORDERS[0], minimum)


def _keep_minimum() -> None:
    try:
        save_minimum(int(st.session_state[_MINIMUM]))
    except StoreError as error:
        st.error(as_label(error, 400))


def one_segment(chosen: Filter, picked: Picked) -> None:
    """Each value of the segment: its chart, and its table beside it."""
    definition = current_definition()
    if definition.kind != ALL_RESPONSES:
        scored_segment(chosen, picked, definition)
        return
    segments = by_segment(chosen, picked.column, picked.order, picked.minimum)
    name = column_label(picked.column)
    if segments.table.empty:
        st.info(tr("No responses match the filters above."))
        return
    drawn, beside = st.columns([5, 6], gap="large")
    with drawn:
        clicked = show_chart(
            segment_figure(chosen, picked.column, picked.order, picked.minimum, current_theme()),
            _one_download(chosen, picked),
            "nps-by-segment",
            heading=tr("{segment}: each against the rest", segment=as_label(name)),
            title=tr("NPS by {segment}, each against the rest", segment=visible(name)),
            alt=_alt(name),
            selectable=True,
        )
        jump_to_group(clicked, chosen, picked.column, segments.table)
    with beside:
        shown = shown_table(segments, (name,))
        segment_table(
            shown,
            _one_download(chosen, picked),
            "nps-by-segment-table",
            tr("NPS by {segment}", segment=visible(name)),
            tr("As a table"),
        )
        st.caption(correction_sentence(segments))
        if len(shown) > MOST_DRAWN:
            st.caption(
                tr(
                    "The chart has the {drawn} values with the most responses; "
                    "the table and its download have all {n}.",
                    drawn=MOST_DRAWN,
                    n=count_text(len(shown)),
                )
            )
    below_segments(chosen, segments.table, (picked.column,), hidden_sentence(segments), "one")


def scored_segment(chosen: Filter, picked: Picked, definition: ScoreDefinition) -> None:
    """Another score than that of all responses, of each value: its chart and its table."""
    asked = (chosen, picked.column, picked.order, picked.minimum, definition)
    segments = by_segment_scored(*asked)
    name = column_label(picked.column)
    if segments.table.empty:
        st.info(tr("No responses match the filters above."))
        return
    row = headline(chosen, definition).iloc[0]
    drawn, beside = st.columns([5, 6], gap="large")
    with drawn:
        clicked = show_chart(
            scored_figure(*asked, current_theme()),
            scored_download(segments, name),
            "nps-by-segment",
            heading=heading(tr("NPS by {segment}", segment=as_label(name)), definition),
            title=heading(tr("NPS by {segment}", segment=visible(name)), definition),
            alt=_alt(name),
            selectable=True,
        )
        jump_to_group(clicked, chosen, picked.column, segments.table)
    with beside:
        words = tr("NPS by {segment}", segment=visible(name))
        segment_table(
            scored_table(segments, name, definition),
            scored_download(segments, name),
            "nps-by-segment-table",
            words,
            tr("As a table"),
        )
        compared = tr(
            "Groups are compared with the rest by all responses alone: choose that score above."
        )
        basis = f"{capital(denominator(row, definition))}."
        without = left_out(row["left_out"], definition)
        st.caption(" ".join(filter(None, (basis, without, compared))))
    below_segments(chosen, segments.table, (picked.column,), hidden_sentence(segments), "one")


def _alt(name: str) -> str:
    return tr(
        "NPS with its interval for each value of {segment}; see the table.", segment=visible(name)
    )


def _one_download(chosen: Filter, picked: Picked) -> pd.DataFrame:
    """What a program reads is the same in every language."""
    with speaking(ENGLISH):
        segments = by_segment(chosen, picked.column, picked.order, picked.minimum)
        return download_table(segments, (column_label(picked.column),))
