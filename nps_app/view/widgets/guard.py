"""What every page starts with."""

from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nps_app.view import queries
from nps_app.view.widgets.welcome import welcome
from nps_core.language import tr

_inside_dashboard: ContextVar[bool] = ContextVar("inside_dashboard", default=False)


def enter_dashboard() -> None:
    """Dashboard.py says that the page which now runs was started by it."""
    _inside_dashboard.set(True)


def require_dashboard() -> None:
    """Stop the run when the page was started past dashboard.py, its sign-in and its layout."""
    if not _inside_dashboard.get():
        st.error(tr("This page is part of the dashboard. Open the dashboard's address instead."))
        st.stop()


def guard_page(title: str, *, needs_responses: bool = True) -> DeltaGenerator:
    """Start a page: its title, and nothing further when the page cannot be shown.

    Gives the rest of the title's row: what a page puts in it stands at the right.

    The run stops when the page was started past dashboard.py (so without its sign-in, filters
    and layout), and, with `needs_responses`, when the store is empty: the visitor is greeted.
    """
    require_dashboard()
    row = st.container(horizontal=True, vertical_alignment="center", key="page_title")
    row.title(title, anchor=False)
    if needs_responses and queries.freshness().responses == 0:
        welcome()
        st.stop()
    return row
