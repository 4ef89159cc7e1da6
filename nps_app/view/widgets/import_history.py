"""The imports made so far, and taking one back."""

import pandas as pd
import streamlit as st

from nps_app.store import ImportRecord, StoreError
from nps_app.view.tables import responses_text
from nps_app.view.widgets.data_exits import NOTICE
from nps_app.view.widgets.sample_data import is_sample, undo_sample
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.text import visible


def import_history() -> None:
    """List the imports, latest first, with a way to undo one whole."""
    records = current_store().imports()
    if not records:
        st.caption("No file has been imported yet.")
        return
    st.dataframe(
        pd.DataFrame([_row(record) for record in records]), hide_index=True, width="stretch"
    )
    undoable = [record for record in records if record.undone_at is None]
    if not undoable:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Import to undo", undoable, format_func=_name, key="undo_import", index=None
        )
        if st.button("Undo this import", disabled=chosen is None) and chosen is not None:
            _confirm_undo(chosen)


def _row(record: ImportRecord) -> dict[str, object]:
    return {
        "Import": record.id,
        "File": visible(record.file_name),
        "When (UTC)": record.imported_at,
        "Rows": record.rows_in,
        "New": record.new,
        "Updated": record.updated,
        "Unchanged": record.unchanged,
        "Kept newer": record.kept_newer,
        "Rejected": record.rejected,
        "Merged": record.merged_duplicates,
        "Blank": record.ignored_blank,
        "Erased": record.erased,
        "Undone (UTC)": "" if record.undone_at is None else f"{record.undone_at:%Y-%m-%d %H:%M:%S}",
    }


def _name(record: ImportRecord) -> str:
    return f"{record.id}: {visible(record.file_name)}, {responses_text(record.new)}"


@st.dialog("Undo this import?")
def _confirm_undo(record: ImportRecord) -> None:
    st.text(_name(record))
    st.write(
        "Its new responses are removed and the values it replaced come back, whatever was "
        "imported after it."
    )
    if st.button("Undo it", type="primary", on_click=_undo, args=(record,)):
        st.rerun()


def _undo(record: ImportRecord) -> None:
    try:
        if is_sample(record):
            undo_sample(record)
        else:
            current_store().undo(record.id)
        st.session_state[NOTICE] = f"Import {record.id} is undone."
    except StoreError as error:
        st.session_state[NOTICE] = f"Import {record.id} was not undone: {error}"
