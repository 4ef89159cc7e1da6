"""Loading the synthetic sample data that comes with the project."""

from pathlib import Path
from typing import Final, Literal

import streamlit as st

from nps_app.store import ImportRecord, StoreError
from nps_app.view.widgets.data_exits import NOTICE
from nps_app.view.widgets.session import current_store
from nps_core.errors import NpsError
from nps_core.intake.changes_file import ChangeRow, read_changes
from nps_core.language import tr
from nps_core.measure import ProductChange

_BY: Final = "sample data"
_SAMPLES: Final = Path(__file__).resolve().parents[3] / "samples"


def sample_button(key: str, type: Literal["primary", "secondary"] = "secondary") -> None:
    """A button that imports the sample responses and product changes, once."""
    loaded = any(is_sample(r) and r.undone_at is None for r in current_store().imports())
    label = tr("The sample data is loaded") if loaded else tr("Load the sample data")
    if st.button(label, key=key, type=type, icon=":material/science:", disabled=loaded):
        with st.spinner(tr("Loading the sample data")):
            _load()
        st.rerun()


def undo_sample(record: ImportRecord) -> None:
    """Take the sample import back with its product changes, but for those edited since.

    Raises `StoreError`, in words fit to be shown.
    """
    store = current_store()
    store.undo(record.id)
    loaded = {(row.date, row.title, row.note, row.link) for row in _sample_changes()}
    for change in store.changes():
        is_of_the_sample = (change.date, change.title, change.note, change.link) in loaded
        if is_of_the_sample and change.id is not None:
            store.delete_change(change.id)


def is_sample(record: ImportRecord) -> bool:
    """Tell whether an import is that of the sample data."""
    return record.by == _BY


def _sample_changes() -> list[ChangeRow]:
    data = (_SAMPLES / "product_changes.csv").read_bytes()
    return list(read_changes(data, "product_changes.csv").changes)


def _load() -> None:
    from nps_app.parsing import parse_upload

    store = current_store()
    try:
        parsed = parse_upload((_SAMPLES / "responses.csv").read_bytes(), "sample responses.csv")
        try:
            store.commit(parsed, by=_BY)
        finally:
            parsed.close()
        store.save_changes(
            [
                ProductChange(row.date, row.title, row.note, row.link, segments=row.segments)
                for row in _sample_changes()
            ]
        )
    except (NpsError, StoreError, OSError) as error:
        st.session_state[NOTICE] = tr("The sample data could not be loaded: {error}", error=error)
