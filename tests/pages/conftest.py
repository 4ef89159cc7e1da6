"""The whole app on a fresh store of hand-made responses."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from nps_app.store import open_store
from nps_core.language import speaking
from nps_core.measure import ProductChange
from tests.storing import commit_rows


class NavigationOnly(PagesManager):
    """What the server is told by dashboard.py's early st.navigation: pages/ is not a menu."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        type(self).uses_pages_directory = False


DASHBOARD = Path(__file__).resolve().parents[2] / "dashboard.py"


@pytest.fixture
def dashboard(monkeypatch: pytest.MonkeyPatch):
    """Give `dashboard(page, **query)`: the whole app on the store there is, at that page."""
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(app_test, "PagesManager", NavigationOnly)

    def run(page: str = "", /, **query: str) -> AppTest:
        app = AppTest.from_file(DASHBOARD, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        # AppTest asks a widget for its options' labels here, outside the app that speaks French.
        with speaking(query.get("lang", "en")):
            app.run()
            if not page:
                return app
            # As a browser has it: the address belongs to the page, not to the Overview before it.
            for name, value in query.items():
                app.query_params[name] = value
            return app.switch_page(page).run()

    return run


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dashboard):
    """Give `workspace(rows, changes)`: a fresh store, and the app on it."""
    monkeypatch.setenv("NPS_DATA", str(tmp_path))
    st.cache_data.clear()
    st.cache_resource.clear()

    def run(
        rows: list[dict], changes: tuple[ProductChange, ...] = (), page: str = "", **query: str
    ) -> AppTest:
        store = open_store(tmp_path / "nps.duckdb")
        if rows:
            commit_rows(store, rows, "![x](http://t.example/p.png).csv")
        for change in changes:
            store.save_change(change)
        store.close()
        return dashboard(page, **query)

    yield run
    st.cache_resource.clear()
