"""The one place that opens the store: one for the process, shared by every session."""

import os
from pathlib import Path
from typing import Final

import streamlit as st

from nps_app.parsing import remove_leftovers
from nps_app.store import Store, StoreError, open_store
from nps_core.language import tr

FOLDER_VARIABLE: Final = "NPS_DATA"
_FILE_NAME: Final = "nps.duckdb"
_newest: Final[dict[str, int]] = {}
"""The version last seen of the store at a path."""


def store_path() -> Path:
    """Where the store's file is: the folder named by NPS_DATA, or data/ beside dashboard.py."""
    folder = os.environ.get(FOLDER_VARIABLE)
    root = Path(folder) if folder else Path(__file__).resolve().parents[3] / "data"
    return root / _FILE_NAME


@st.cache_resource(show_spinner=False)
def _opened(path: str) -> Store:
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise StoreError(
            tr(
                "The folder '{folder}' for the data cannot be made. Name one that can be written "
                "in {variable}, and restart the dashboard.",
                folder=Path(path).parent.name,
                variable=FOLDER_VARIABLE,
            )
        ) from None
    store = open_store(path)
    remove_leftovers()
    return store


def current_store() -> Store:
    """The open store. Raises StoreError, in words fit to be shown, when it cannot be opened."""
    return _opened(str(store_path()))


def store_version() -> int:
    """A number that grows with every change of what is stored; part of every cache key.

    When it has grown, every table kept of before is forgotten: nobody asks for one again.
    """
    version, path = current_store().version(), str(store_path())
    if _newest.setdefault(path, version) < version:
        _newest[path] = version
        st.cache_data.clear()
    return version
