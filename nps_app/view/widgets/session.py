"""The one place that opens the store: one for the process, shared by every session."""

import logging
import os
from pathlib import Path
from typing import Final

import streamlit as st

from nps_app.store import Store, open_store

FOLDER_VARIABLE: Final = "NPS_DATA"
_FILE_NAME: Final = "nps.duckdb"
_log = logging.getLogger(__name__)


class StoreUnavailableError(RuntimeError):
    """The store could not be opened; the text says why and is fit to be shown."""


def store_path() -> Path:
    """Where the store's file is: the folder named by NPS_DATA, or data/ beside dashboard.py."""
    folder = os.environ.get(FOLDER_VARIABLE)
    root = Path(folder) if folder else Path(__file__).resolve().parents[3] / "data"
    return root / _FILE_NAME


@st.cache_resource(show_spinner=False)
def _opened(path: str) -> Store:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    return open_store(path)


def current_store() -> Store:
    """The open store. Raises StoreUnavailableError in plain words when it cannot be opened."""
    try:
        return _opened(str(store_path()))
    except Exception as error:
        # The reason may hold a path of the machine: the log gets it, the screen does not.
        _log.warning("The store could not be opened: %s", error)
        raise StoreUnavailableError(
            "The store cannot be opened. Another process may be using its file, or its disk may "
            "be full or not writable. Close the other process, then reload this page."
        ) from None


def store_version() -> int:
    """A number that grows with every change of what is stored; part of every cache key."""
    return current_store().version()
