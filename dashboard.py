"""The dashboard: its pages and the filters above them; imported by a server, the ASGI app."""

import streamlit as st
from starlette.middleware import Middleware
from streamlit import runtime

from nps_app.store import StoreError
from nps_app.view.widgets.brand import brand_page
from nps_app.view.widgets.failure import keep_messages_out_of_the_log, say_failure
from nps_app.view.widgets.filters import filter_bar
from nps_app.view.widgets.guard import enter_dashboard
from nps_app.view.widgets.later import import_later
from nps_app.view.widgets.memory import spare_long_lived_objects
from nps_app.view.widgets.session import current_store, store_version
from nps_app.view.widgets.style import STYLE
from nps_app.view.widgets.text import as_label
from nps_app.web.headers import SecurityHeaders
from nps_app.web.health import health_routes
from nps_app.web.style import HouseStyle

ALL_PAGES = [
    st.Page("pages/overview.py", title="Overview", default=True),
    st.Page("pages/trend.py", title="Trend"),
    st.Page("pages/segments.py", title="Segments"),
    st.Page("pages/what_moved.py", title="What moved"),
    st.Page("pages/product_changes.py", title="Product changes"),
    st.Page("pages/planner.py", title="Planner"),
    st.Page("pages/data.py", title="Data"),
    # Reached from the pages above: one product change, and how everything is computed.
    st.Page("pages/change.py", title="Product change", visibility="hidden"),
    st.Page("pages/methods.py", title="How it works", visibility="hidden"),
]


def run() -> None:
    """One run of the app for one visitor."""
    spare_long_lived_objects()
    page = st.navigation(ALL_PAGES, position="top")
    brand_page(page.title)
    try:
        reason = current_store().read_only_reason()
        if reason:
            st.warning(as_label(f"Nothing can be saved for now: {reason}", 400))
        filter_bar()
        enter_dashboard()
        page.run()
        import_later()
    except StoreError as error:
        st.text(str(error))


if runtime.exists():
    run()
else:
    keep_messages_out_of_the_log()
    # Said before the first visitor comes: otherwise a deep link right after a restart would run
    # its page's file alone, past everything above.
    st.navigation(ALL_PAGES, position="top")
    app = st.App(
        __file__,
        routes=health_routes(store_version),
        middleware=[Middleware(SecurityHeaders), Middleware(HouseStyle, css=STYLE)],
        on_script_error=say_failure,
    )
