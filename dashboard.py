"""The dashboard: its pages and the filters above them; imported by a server, the ASGI app."""

import streamlit as st
from starlette.middleware import Middleware
from streamlit import runtime
from streamlit.navigation.page import StreamlitPage

from nps_app.store import StoreError
from nps_app.view.widgets.brand import brand_page
from nps_app.view.widgets.failure import keep_messages_out_of_the_log, say_failure
from nps_app.view.widgets.filters import filter_bar
from nps_app.view.widgets.footer import footer
from nps_app.view.widgets.guard import enter_dashboard
from nps_app.view.widgets.language import settle_language
from nps_app.view.widgets.later import import_later
from nps_app.view.widgets.memory import spare_long_lived_objects
from nps_app.view.widgets.session import current_store, store_version
from nps_app.view.widgets.style import STYLE
from nps_app.view.widgets.text import as_label
from nps_app.web.headers import SecurityHeaders
from nps_app.web.health import health_routes
from nps_app.web.style import HouseStyle
from nps_core.language import tr


def all_pages() -> list[StreamlitPage]:
    """Every page under its title in the language that is spoken; the addresses stay the same."""
    return [
        st.Page("pages/overview.py", title=tr("Overview"), default=True),
        st.Page("pages/weekly.py", title=tr("Weekly")),
        st.Page("pages/trend.py", title=tr("Trend")),
        st.Page("pages/segments.py", title=tr("Segments")),
        st.Page("pages/what_moved.py", title=tr("What moved")),
        st.Page("pages/product_changes.py", title=tr("Product changes")),
        st.Page("pages/planner.py", title=tr("Planner")),
        st.Page("pages/data.py", title=tr("Data")),
        # Reached from the pages above, or by a link.
        st.Page("pages/change.py", title=tr("Product change"), visibility="hidden"),
        st.Page("pages/methods.py", title=tr("How it works"), visibility="hidden"),
        st.Page("pages/responses.py", title=tr("Responses"), visibility="hidden"),
        st.Page("pages/compare.py", title=tr("Compare views"), visibility="hidden"),
        st.Page("pages/view.py", title=tr("Saved view"), visibility="hidden"),
        st.Page("pages/segment_builder.py", title=tr("Build a segment"), visibility="hidden"),
        st.Page("pages/wall_links.py", title=tr("Wall displays"), visibility="hidden"),
        st.Page("pages/wall.py", title=tr("Wall"), visibility="hidden"),
    ]


def run() -> None:
    """One run of the app for one visitor."""
    spare_long_lived_objects()
    settle_language()
    page = st.navigation(all_pages(), position="top")
    brand_page(page.title)
    try:
        reason = current_store().read_only_reason()
        if reason:
            st.warning(as_label(tr("Nothing can be saved for now: {reason}", reason=reason), 400))
        filter_bar(page.url_path)
        enter_dashboard()
        page.run()
        footer()
        import_later()
    except StoreError as error:
        st.text(str(error))


if runtime.exists():
    run()
else:
    keep_messages_out_of_the_log()
    # Said before the first visitor comes: otherwise a deep link right after a restart would run
    # its page's file alone, past everything above.
    st.navigation(all_pages(), position="top")
    app = st.App(
        __file__,
        routes=health_routes(store_version),
        middleware=[Middleware(SecurityHeaders), Middleware(HouseStyle, css=STYLE)],
        on_script_error=say_failure,
    )
