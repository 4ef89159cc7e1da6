"""Loading the synthetic sample data that comes with the project."""

from pathlib import Path
from typing import Final, Literal

import streamlit as st

from nps_app.store import StoreError
from nps_app.view.widgets.data_exits import NOTICE
from nps_app.view.widgets.session import current_store
from nps_core.errors import NpsError
from nps_core.intake.changes_file import read_changes
from nps_core.measure import ProductChange

_BY: Final = "sample data"
_SAMPLES: Final = Path(__file__).resolve().parents[3] / "samples"


def sample_button(key: str, type: Literal["primary", "secondary"] = "secondary") -> None:
    """A button that imports the sample responses and product changes, once."""
    loaded = any(r.by == _BY and r.undone_at is None for r in current_store().imports())
    label = "The sample data is loaded" if loaded else "Load the sample data"
    if st.button(label, key=key, type=type, icon=":material/science:", disabled=loaded):
        with st.spinner("Loading the sample data"):
            _load()
        st.rerun()


def _load() -> None:
    from nps_app.parsing import parse_upload

    store = current_store()
    try:
        parsed = parse_upload((_SAMPLES / "responses.csv").read_bytes(), "sample responses.csv")
        try:
            store.commit(parsed, by=_BY)
        finally:
            parsed.close()
        changes = read_changes(
            (_SAMPLES / "product_changes.csv").read_bytes(), "product_changes.csv"
        )
        store.save_changes(
            [
                ProductChange(row.date, row.title, row.note, row.link, segments=row.segments)
                for row in changes.changes
            ]
        )
    except (NpsError, StoreError, OSError) as error:
        st.session_state[NOTICE] = f"The sample data could not be loaded: {error}"
