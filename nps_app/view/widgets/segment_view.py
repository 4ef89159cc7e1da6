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
from nps_app.view.said import capital
from nps_app.view.segment_words import (
    WHY_HIDDEN,
    correction_sentence,
    download_table,
    hidden_sentence,
    shown_table,
)
from nps_app.view.tables import column_label, count_text, listed, nps_text
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.definition import current_definition, say_all_responses
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.text import as_label, column_labels, visible
from nps_core.language import ENGLISH, speaking, tr
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
        show_chart(
            segment_figure(chosen, picked.column, picked.order, picked.minimum, current_theme()),
            _one_download(chosen, picked),
            "nps-by-segment",
            heading=tr("{segment}: each against the rest", segment=as_label(name)),
            title=tr("NPS by {segment}, each against the rest", segment=visible(name)),
            alt=_alt(name),
        )
    with beside:
        shown = shown_table(segments, (name,))
        _table(shown, tr("NPS by {segment}", segment=visible(name)))
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
    _why_hidden(hidden_sentence(segments), picked, "one")


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
        show_chart(
            scored_figure(*asked, current_theme()),
            scored_download(segments, name),
            "nps-by-segment",
            heading=heading(tr("NPS by {segment}", segment=as_label(name)), definition),
            title=heading(tr("NPS by {segment}", segment=visible(name)), definition),
            alt=_alt(name),
        )
    with beside:
        words = tr("NPS by {segment}", segment=visible(name))
        _table(scored_table(segments, name, definition), words)
        compared = tr(
            "Groups are compared with the rest by all responses alone: choose that score above."
        )
        basis = f"{capital(denominator(row, definition))}."
        without = left_out(row["left_out"], definition)
        st.caption(" ".join(filter(None, (basis, without, compared))))
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
            _two_download(chosen, picked, down, across),
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
        _table(shown_table(pairs, names), words)
    _why_hidden(hidden_sentence(pairs, cells=True), picked, "two")


def _alt(name: str) -> str:
    return tr(
        "NPS with its interval for each value of {segment}; see the table.", segment=visible(name)
    )


def _one_download(chosen: Filter, picked: Picked) -> pd.DataFrame:
    """What a program reads is the same in every language."""
    with speaking(ENGLISH):
        segments = by_segment(chosen, picked.column, picked.order, picked.minimum)
        return download_table(segments, (column_label(picked.column),))


def _two_download(chosen: Filter, picked: Picked, down: str, across: str) -> pd.DataFrame:
    with speaking(ENGLISH):
        pairs = by_pair(chosen, down, across, picked.order, picked.minimum)
        return download_table(pairs, (column_label(down), column_label(across)))


def _table(shown: pd.DataFrame, alt: str) -> None:
    counted = {tr(name) for name in ("Responses", "Accounts", "Effective n", "Left out")}
    texts = shown.select_dtypes(["object", "string"]).columns
    shown = shown.assign(
        **{name: [visible(v) if isinstance(v, str) else v for v in shown[name]] for name in texts}
    )
    # Sorted as numbers, read with the minus and the marks of every other text on the page.
    texts_of = {"NPS": nps_text} | dict.fromkeys(counted & set(shown), _count)
    read = shown.style.format(texts_of)  # type: ignore[arg-type]
    st.dataframe(
        read,
        hide_index=True,
        placeholder="–",
        alt=alt,
    )


def _count(value: float) -> str:
    return "–" if pd.isna(value) else count_text(value)


def _why_hidden(sentence: str, picked: Picked, key: str) -> None:
    if not sentence:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"hidden_{key}"):
        st.text(sentence)
        with st.popover(tr("Why is this hidden?"), type="tertiary", key=f"why_{key}"):
            st.write(tr(WHY_HIDDEN, minimum=picked.minimum))
