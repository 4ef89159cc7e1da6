"""The dashboard: its pages and the filters above them; imported by a server, the ASGI app."""

from contextlib import suppress

import streamlit as st
from starlette.middleware import Middleware
from streamlit import runtime
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import StopException

from nps_app.store import StoreError
from nps_app.view.saved_views import place_of
from nps_app.view.wall.style import WALL_STYLE
from nps_app.view.widgets.admission import admission, nothing_else
from nps_app.view.widgets.brand import brand_page
from nps_app.view.widgets.failure import keep_messages_out_of_the_log, say_failure
from nps_app.view.widgets.filters import filter_bar
from nps_app.view.widgets.footer import footer
from nps_app.view.widgets.guard import enter_dashboard
from nps_app.view.widgets.language import settle_language
from nps_app.view.widgets.later import import_later
from nps_app.view.widgets.memory import spare_long_lived_objects
from nps_app.view.widgets.self_service_style import SELF_SERVICE_STYLE
from nps_app.view.widgets.session import current_store, store_path, store_version
from nps_app.view.widgets.style import STYLE
from nps_app.view.widgets.text import as_label
from nps_app.view.widgets.theme_turns import draw_again_when_theme_turns
from nps_app.view.widgets.tour import tour_bar
from nps_app.web.base_path import under_base_path
from nps_app.web.clipboard import COPY_TAG
from nps_app.web.first_visit import first_visit_routes
from nps_app.web.gate import Gate
from nps_app.web.headers import SecurityHeaders
from nps_app.web.health import health_routes
from nps_app.web.one_step import ONE_STEP_TAG
from nps_app.web.quota import UploadQuota
from nps_app.web.startup import settle_sign_in
from nps_app.web.style import HouseStyle
from nps_app.web.view_links import ViewLinks
from nps_app.web.wall_watch import WALL_PATH, WATCH_TAG, wall_routes
from nps_core.language import preferred, tr


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


def wall_pages() -> list[StreamlitPage]:
    """All that a wall display may open."""
    return [
        st.Page(nothing_else, title=tr("Wall"), url_path="nothing", default=True),
        st.Page("pages/wall.py", title=tr("Wall"), visibility="hidden"),
    ]


def run() -> None:
    """One run of the app for one visitor."""
    spare_long_lived_objects()
    settle_language()
    try:
        on_the_wall = admission().kind == "wall"
    except StoreError as error:
        st.text(str(error))
        return
    if on_the_wall:
        run_alone(st.navigation(wall_pages(), position="hidden"))
        return
    page = st.navigation(all_pages(), position="top")
    brand_page(page.title)
    if page.url_path == "wall":
        run_alone(st.navigation(all_pages(), position="hidden"))
        return
    try:
        reason = current_store().read_only_reason()
        if reason:
            st.warning(as_label(tr("Nothing can be saved for now: {reason}", reason=reason), 400))
        filter_bar(page.url_path)
        tour_bar(page.url_path)
        enter_dashboard()
        # A page that ends itself early still has its foot.
        with suppress(StopException):
            page.run()
        footer()
        draw_again_when_theme_turns()
        import_later()
    except StoreError as error:
        st.text(str(error))


def run_alone(page: StreamlitPage) -> None:
    """The page for a screen on the wall: nothing around it, and its errors are its own."""
    enter_dashboard()
    page.run()


if runtime.exists():
    run()
else:
    keep_messages_out_of_the_log()
    # Said before the first visitor comes: otherwise a deep link right after a restart would run
    # its page's file alone, past everything above.
    st.navigation(all_pages(), position="top")
    sign_in = settle_sign_in()
    app = st.App(
        __file__,
        routes=[
            # At the host's root too, where a load balancer asks.
            *health_routes(store_version),
            *under_base_path(
                [*health_routes(store_version), *wall_routes(), *first_visit_routes()]
            ),
        ],
        middleware=[
            Middleware(SecurityHeaders, encrypted=sign_in is not None and sign_in.encrypted),
            Middleware(
                Gate,
                sign_in=sign_in,
                find_link=lambda token: current_store().wall_link(token),
                ended=store_path().parent / "signed_out",
                preferred=preferred,
            ),
            Middleware(UploadQuota),
            Middleware(ViewLinks, find=lambda number: place_of(current_store().views(), number)),
            Middleware(HouseStyle, css=STYLE),
            Middleware(HouseStyle, css=SELF_SERVICE_STYLE, head=COPY_TAG + ONE_STEP_TAG),
            Middleware(HouseStyle, css=WALL_STYLE, head=WATCH_TAG, page=WALL_PATH),
        ],
        on_script_error=say_failure,
    )
