"""Sparing the garbage collector must not keep garbage for ever."""

import gc
import weakref

import streamlit as st

from nps_app.view.widgets.memory import RUNS_BETWEEN_FULL_LOOKS, spare_long_lived_objects
from nps_app.view.widgets.session import FOLDER_VARIABLE, current_store, store_version
from tests.storing import commit_rows


class Session:
    """Something a page drops that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_dropped_is_freed_within_a_hundred_runs():
    try:
        session = Session()
        alive = weakref.ref(session)
        spare_long_lived_objects()
        del session
        for _ in range(RUNS_BETWEEN_FULL_LOOKS):
            spare_long_lived_objects()
        assert alive() is None
    finally:
        gc.unfreeze()


def test_tables_of_older_data_are_forgotten(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    made = []
    kept = st.cache_data(lambda version: made.append(version))
    for _ in range(3):
        kept(store_version())
    assert len(made) == 1
    first = store_version()
    commit_rows(current_store(), [{"response_id": "1", "responded_at": "2026-10-01", "score": 9}])
    assert store_version() > first
    # What was kept of the first version is no longer there.
    kept(first)
    assert made == [first, first]
    current_store().close()
