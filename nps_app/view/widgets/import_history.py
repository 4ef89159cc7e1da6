"""The imports made so far, and taking one back."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from nps_app.store import ImportRecord, StoreError
from nps_app.view.tables import responses_text
from nps_app.view.widgets.data_exits import NOTICE
from nps_app.view.widgets.sample_data import is_sample, undo_sample
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.table import show_table
from nps_app.view.widgets.text import visible
from nps_core.language import tr, tr_in


def import_history() -> None:
    """List the imports, latest first, with a way to undo one whole."""
    records = current_store().imports()
    if not records:
        st.header(tr("Imports"), anchor=False)
        st.caption(tr("No file has been imported yet."))
        return
    table = pd.DataFrame([_row(record) for record in records])
    show_table(
        table,
        "imports",
        title=tr("Imports"),
        heading=tr("Imports"),
        alt=tr("Imports"),
        width="stretch",
        column_config=_written(table),
    )
    undoable = [record for record in records if record.undone_at is None]
    if not undoable:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            tr("Import to undo"),
            undoable,
            format_func=_name,
            key="undo_import",
            index=None,
            placeholder=tr("Choose an option"),
        )
        if st.button(tr("Undo this import"), disabled=chosen is None) and chosen is not None:
            st.dialog(tr("Undo this import?"))(_confirm_undo)(chosen)


def _row(record: ImportRecord) -> dict[str, object]:
    return {
        tr("Import"): record.id,
        tr("File"): visible(record.file_name),
        tr("When (UTC)"): record.imported_at,
        tr("Rows"): record.rows_in,
        tr_in("import", "New"): record.new,
        tr_in("import", "Updated"): record.updated,
        tr_in("import", "Unchanged"): record.unchanged,
        tr_in("import", "Kept newer"): record.kept_newer,
        tr_in("import", "Rejected"): record.rejected,
        tr_in("import", "Merged"): record.merged_duplicates,
        tr_in("import", "Blank"): record.ignored_blank,
        tr_in("import", "Erased"): record.erased,
        tr("Undone (UTC)"): pd.NaT if record.undone_at is None else record.undone_at,
    }


def _written(table: pd.DataFrame) -> Mapping[str, object]:
    """How the moments and the counts of the table are written."""
    when = st.column_config.DatetimeColumn(format=tr_in("date field", "YYYY-MM-DD HH:mm:ss"))
    count = st.column_config.NumberColumn(format="localized")
    moments = dict.fromkeys((tr("When (UTC)"), tr("Undone (UTC)")), when)
    return moments | dict.fromkeys(map(str, table.select_dtypes("number")), count)


def _name(record: ImportRecord) -> str:
    return tr(
        "{number}: {file}, {responses}",
        number=record.id,
        file=visible(record.file_name),
        responses=responses_text(record.new),
    )


def _confirm_undo(record: ImportRecord) -> None:
    st.text(_name(record))
    st.write(
        tr(
            "Its new responses are removed and the values it replaced come back, whatever was "
            "imported after it."
        )
    )
    if st.button(tr("Undo it"), type="primary", on_click=_undo, args=(record,)):
        st.rerun()


def _undo(record: ImportRecord) -> None:
    try:
        if is_sample(record):
            undo_sample(record)
        else:
            current_store().undo(record.id)
        st.session_state[NOTICE] = tr("Import {number} is undone.", number=record.id)
    except StoreError as error:
        st.session_state[NOTICE] = tr(
            "Import {number} was not undone: {error}", number=record.id, error=error
        )
