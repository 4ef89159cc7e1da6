"""The choice of a score, beside the filters, and the known shares it may stand on."""

from typing import Final

import pandas as pd
import streamlit as st

from nps_app.store import StoreError
from nps_app.view import queries, queries_definitions
from nps_app.view.definitions import MEANINGS, TITLES, denominator, left_out, not_this
from nps_app.view.known_shares import (
    SHARE,
    CheckedShares,
    KnownShares,
    Values,
    check_shares,
    read_shares,
)
from nps_app.view.queries_definitions import definition_of
from nps_app.view.tables import column_label, count_text, figures_text, value_label
from nps_app.view.widgets.text import as_label, visible
from nps_core.columns import SURVEY_TYPE
from nps_core.language import mark, tr
from nps_core.measure import Filter
from nps_core.measure.definition_rows import ALL_RESPONSES
from nps_core.measure.definitions import ScoreDefinition

_CURRENT: Final = "current_definition"
_COLUMNS: Final = "shares_columns"
_UPLOADED: Final = "shares_uploaded"
_ASKED: Final = "shares_asked"
_TURN: Final = "score_pill_turn"
_MOST_ROWS: Final = 200
_MADE_OF: Final = {
    "day": mark("{made_of} over all dates; each day is counted on its own."),
    "week": mark("{made_of} over all dates; each week is counted on its own."),
    "month": mark("{made_of} over all dates; each month is counted on its own."),
    "quarter": mark("{made_of} over all dates; each quarter is counted on its own."),
    "year": mark("{made_of} over all dates; each year is counted on its own."),
}


def current_definition() -> ScoreDefinition:
    """The score chosen above the page."""
    chosen: ScoreDefinition = st.session_state.get(_CURRENT, queries_definitions.PLAIN)
    return chosen


def settle_definition(kind: str) -> None:
    """Make `kind`, one of those offered, the score of this run; "" is that of all responses."""
    st.session_state[_CURRENT] = definition_of(kind or ALL_RESPONSES)


def say_all_responses() -> None:
    """Say beside a figure that it cannot follow the choice; nothing when there is none."""
    words = not_this(current_definition())
    if words:
        st.caption(words)


def trend_denominator(chosen: Filter, definition: ScoreDefinition, every: str) -> None:
    """Say what a trend of the chosen score is made of; nothing where that is all responses."""
    if definition.kind == ALL_RESPONSES:
        return
    row = queries_definitions.headline(chosen, definition).iloc[0]
    made_of = denominator(row, definition)
    parts = [
        tr(_MADE_OF[every], made_of=f"{made_of[:1].upper()}{made_of[1:]}"),
        left_out(row["left_out"], definition),
    ]
    if queries.changes():
        parts.append(tr("The verdicts of product changes are those of all responses."))
    st.caption(" ".join(filter(None, parts)))


def kind_label(kind: str) -> str:
    """Name a score as the pill's list does."""
    return f"**{tr(TITLES[kind])}**  \n{tr(MEANINGS[kind])}"


def shares_button() -> None:
    """The way to the known shares, for whoever has segments to weigh."""
    if not queries.segment_columns():
        return
    known = queries_definitions.known_shares()
    words = tr("Known customer mix: edit") if known else tr("Add the known mix of your customers")
    icon = ":material/pie_chart:"
    st.button(words, type="tertiary", icon=icon, key="edit_shares", on_click=_ask_for_shares)


def score_pill_key() -> str:
    """The key of the pill the choice is in: a new one closes it, for the dialog lies below it."""
    return f"open_score_{st.session_state.get(_TURN, 0)}"


def _ask_for_shares() -> None:
    for key in (_UPLOADED, _COLUMNS):
        st.session_state.pop(key, None)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state[_ASKED] = True


def open_dialog_if_asked() -> None:
    """Open the known shares when the button was clicked; in the page, not in the pill."""
    if st.session_state.pop(_ASKED, False):
        st.dialog(tr("The known mix of your customers"), width="large")(known_shares_dialog)()


def known_shares_dialog() -> None:
    """Type or upload the shares, see what they lack, save them for everybody, or remove them."""
    st.caption(
        tr(
            "Say what share of your customers each group is, as a percentage or a number of "
            "customers. The score “at the known customer mix” then counts each group with its "
            "share, however many of it answered."
        )
    )
    stored = queries_definitions.known_shares()
    columns = st.multiselect(
        tr("Segments"),
        [*queries.segment_columns(), SURVEY_TYPE],
        default=list(stored.columns) if stored else queries.segment_columns()[:1],
        format_func=lambda name: visible(column_label(name)),
        max_selections=3,
        placeholder=tr("Choose options"),
        key=_COLUMNS,
        select_all=False,
    )
    if not columns:
        st.info(tr("Choose at least one segment."))
        return
    counted = queries_definitions.combinations(columns)
    if len(counted) > _MOST_ROWS:
        st.info(
            tr(
                "These have {n} combinations; choose fewer or broader segments.",
                n=count_text(len(counted)),
            )
        )
        return
    checked = _typed(columns, counted, _starting_shares(columns, stored))
    for sentence in checked.problems:
        st.error(as_label(sentence, 300))
    for sentence in checked.remarks:
        st.caption(as_label(sentence, 400))
    with st.container(horizontal=True):
        if st.button(
            tr("Save the shares for everybody"), type="primary", disabled=checked.known is None
        ):
            _save(checked.known)
        if stored and st.button(tr("Remove them")):
            _save(None)


def _starting_shares(columns: list[str], stored: KnownShares | None) -> dict[Values, object]:
    """What the table begins with: an uploaded file, else what is stored for these columns."""
    file = st.file_uploader(
        tr(
            "Or a CSV file: {columns}, share",
            columns=", ".join(visible(column_label(name), 24) for name in columns),
        ),
        type=["csv", "txt"],
        max_upload_size=1,
        key=_UPLOADED,
    )
    if file is not None:
        try:
            return dict(read_shares(file.getvalue(), [column_label(name) for name in columns]))
        except ValueError as error:
            st.error(as_label(error, 300))
    return dict(stored.shares) if stored and list(stored.columns) == columns else {}


def _typed(
    columns: list[str], counted: dict[Values, int], start: dict[Values, object]
) -> CheckedShares:
    keys = [*counted, *(values for values in start if values not in counted)]
    # Segments may be called anything, "share" too: the table's own names are numbered.
    names = {f"segment{i}": visible(column_label(name), 40) for i, name in enumerate(columns)}
    shown = {
        name: [visible(value_label(key[i]), 60) for key in keys] for i, name in enumerate(names)
    }
    shares = ["" if values not in start else _typed_form(start[values]) for values in keys]
    table = pd.DataFrame(shown | {"responses": [counted.get(k, 0) for k in keys], SHARE: shares})
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=[*names, "responses"],
        column_config={
            **{name: st.column_config.TextColumn(label) for name, label in names.items()},
            "responses": st.column_config.NumberColumn(tr("Responses"), format="localized"),
            SHARE: st.column_config.TextColumn(tr("Share of customers")),
        },
        key=f"shares_table_{hash((tuple(columns), tuple(map(str, start.items()))))}",
    )
    return check_shares(columns, list(zip(keys, edited[SHARE].tolist(), strict=True)), counted)


def _typed_form(share: object) -> str:
    return figures_text(f"{share:g}") if isinstance(share, float) else visible(share, 40)


def _save(known: KnownShares | None) -> None:
    try:
        queries_definitions.save_known_shares(known)
    except StoreError as error:
        st.error(as_label(error, 400))
        return
    st.rerun()
