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
    pair_figure,
    scored_figure,
    segment_figure,
)
from nps_app.view.queries_definitions import headline
from nps_app.view.queries_segments import (
    ACROSS,
    ORDERS,
    by_pair,
    by_segment,
    by_segment_scored,
    minimum_responses,
    save_minimum,
)
from nps_app.view.segment_words import (
    WHY_HIDDEN,
    correction_sentence,
    download_table,
    hidden_sentence,
    shown_table,
)
from nps_app.view.tables import column_label, nps_text
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.definition import current_definition, say_all_responses
from nps_app.view.widgets.text import as_label, column_labels, visible
from nps_core.measure import Filter
from nps_core.measure.definition_rows import ALL_RESPONSES
from nps_core.measure.definitions import ScoreDefinition

_MINIMUM: Final = "minimum_n"
_NOBODY: Final = "none"
_FIT_A_PHONE: Final = 4


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
            "The responses have no segment column: import a file with a plan, a country, a size."
        )
        return None
    labels = column_labels(columns)
    with st.container(horizontal=True, vertical_alignment="bottom", key="segment_choices"):
        column = st.selectbox(
            "Segment",
            columns,
            format_func=labels.__getitem__,
            key="by",
            bind="query-params",
            width=220,
        )
        second = st.selectbox(
            "Crossed with",
            [_NOBODY, *columns],
            format_func=lambda name: labels.get(name, "Nothing"),
            key="across",
            bind="query-params",
            width=220,
        )
        order = st.segmented_control(
            "Sorted by", ORDERS, default=ORDERS[0], key="order", bind="query-params", required=True
        )
        minimum = minimum_responses()
        # What is stored counts, also when another tab has set it since.
        st.session_state[_MINIMUM] = minimum
        st.number_input(
            "Hide groups under",
            1,
            1000,
            key=_MINIMUM,
            on_change=_keep_minimum,
            width=160,
            help="Responses a group needs to be shown. One setting for everybody.",
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
        st.info("No responses match the filters above.")
        return
    drawn, listed = st.columns([5, 6], gap="large")
    with drawn:
        show_chart(
            segment_figure(chosen, picked.column, picked.order, picked.minimum, current_theme()),
            download_table(segments, (name,)),
            "nps-by-segment",
            heading=f"{as_label(name)}: each against the rest",
            title=f"NPS by {visible(name)}, each against the rest",
            alt=f"NPS with its interval for each value of {visible(name)}; see the table.",
        )
    with listed:
        shown = shown_table(segments, (name,))
        _table(shown, f"NPS by {visible(name)}")
        st.caption(correction_sentence(segments))
        if len(shown) > MOST_DRAWN:
            st.caption(
                f"The chart has the {MOST_DRAWN} values with the most responses; "
                f"the table and its download have all {len(shown):,}."
            )
    _why_hidden(hidden_sentence(segments), picked, "one")


def scored_segment(chosen: Filter, picked: Picked, definition: ScoreDefinition) -> None:
    """Another score than that of all responses, of each value: its chart and its table."""
    asked = (chosen, picked.column, picked.order, picked.minimum, definition)
    segments = by_segment_scored(*asked)
    name = column_label(picked.column)
    if segments.table.empty:
        st.info("No responses match the filters above.")
        return
    row = headline(chosen, definition).iloc[0]
    drawn, listed = st.columns([5, 6], gap="large")
    with drawn:
        show_chart(
            scored_figure(*asked, current_theme()),
            scored_download(segments, name),
            "nps-by-segment",
            heading=heading(f"NPS by {as_label(name)}", definition),
            title=heading(f"NPS by {visible(name)}", definition),
            alt=f"NPS with its interval for each value of {visible(name)}; see the table.",
        )
    with listed:
        _table(scored_table(segments, name, definition), f"NPS by {visible(name)}")
        made_of = denominator(row, definition)
        st.caption(
            f"{made_of[:1].upper()}{made_of[1:]}. {left_out(row['left_out'], definition)} "
            "Groups are compared with the rest by all responses alone: choose that score above."
        )
    _why_hidden(hidden_sentence(segments), picked, "one")


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
    head = title_row(f"{as_label(names[0])} by {as_label(names[1])}", "nps-by-two-segments")
    say_all_responses()
    st.caption(
        "Blue is above the NPS of all, orange below; each cell has its NPS and its responses (n)."
    )
    many = pairs.table[ACROSS].nunique() > _FIT_A_PHONE
    with st.container(key="wide_chart" if many else None):
        show_chart(
            pair_figure(chosen, down, across, picked.order, picked.minimum, current_theme()),
            download_table(pairs, names),
            "nps-by-two-segments",
            row=head,
            title=f"NPS by {visible(names[0])} and {visible(names[1])}",
            alt=f"NPS for each pair of {visible(names[0])} and {visible(names[1])}; see the table.",
        )
    if any(pairs.left_out):
        more = [
            f"{n:,} more of {visible(name)}"
            for name, n in zip(names, pairs.left_out, strict=True)
            if n
        ]
        st.caption(
            as_label(
                f"Shown are the values with the most responses; there are {' and '.join(more)}.",
                200,
            )
        )
    with st.expander("Each pair against the rest, as a table"):
        st.caption(correction_sentence(pairs))
        _table(shown_table(pairs, names), f"NPS by {visible(names[0])} and {visible(names[1])}")
    _why_hidden(hidden_sentence(pairs, "cell"), picked, "two")


def _table(shown: pd.DataFrame, alt: str) -> None:
    counts = st.column_config.NumberColumn(format="localized")
    counted = ("Responses", "Accounts", "Effective n", "Left out")
    texts = shown.select_dtypes(["object", "string"]).columns
    shown = shown.assign(
        **{name: [visible(v) if isinstance(v, str) else v for v in shown[name]] for name in texts}
    )
    # Sorted as numbers, read with the minus of every other text on the page.
    read = shown.style.format({"NPS": nps_text})  # type: ignore[dict-item]
    st.dataframe(
        read,
        hide_index=True,
        placeholder="–",
        alt=alt,
        column_config=dict.fromkeys(counted, counts),
    )


def _why_hidden(sentence: str, picked: Picked, key: str) -> None:
    if not sentence:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"hidden_{key}"):
        st.text(sentence)
        with st.popover("Why is this hidden?", type="tertiary", key=f"why_{key}"):
            st.write(WHY_HIDDEN.format(minimum=picked.minimum))
