"""The guided first visit: a slim bar that walks over five pages, offered once to a browser."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from nps_app.view import queries
from nps_app.view.saved_views import PAGE_FILES
from nps_app.web.first_visit import COOKIE
from nps_core.language import mark, tr

_STOP: Final = "tour_stop"
_MOVE: Final = "tour_move"
_SETTLED: Final = "tour_settled"
_REMEMBER: Final = "tour_remember"
_DATA: Final = "data"


@dataclass(frozen=True)
class Stop:
    """A page by its path and title, and what the tour says there."""

    page: str
    title: str
    text: str

    @property
    def file(self) -> str:
        """The file of its page."""
        return PAGE_FILES.get(self.page, "pages/data.py")


STOPS: Final = (
    Stop(
        "",
        mark("Overview"),
        mark(
            "The large number is your NPS, and the interval beside it says how sure it is. "
            "A move smaller than the interval may be noise."
        ),
    ),
    Stop(
        "",
        mark("Overview"),
        mark(
            "The bar at the top narrows every page at once, by segment or by dates. "
            "“Views” keeps a choice under a name, for everybody here."
        ),
    ),
    Stop(
        "trend",
        mark("Trend"),
        mark(
            "The NPS over time, with a marker for each product change. "
            "Click a point or a marker to read the responses behind it."
        ),
    ),
    Stop(
        "segments",
        mark("Segments"),
        mark(
            "Each group against the rest, with how sure that is. "
            "Groups with too few responses are hidden, and say why."
        ),
    ),
    Stop(
        _DATA,
        mark("Data"),
        mark(
            "Bring your own survey export here: CSV, Excel, JSON or Parquet. "
            "Any import can be taken back."
        ),
    ),
)


def tour_bar(page: str) -> None:
    """Draw the bar above the page with this path: the offer, a stop, or nothing."""
    stop = st.session_state.get(_STOP)
    if stop is not None and st.session_state.pop(_MOVE, False) and STOPS[stop].page != page:
        # Without parameters named, Streamlit refuses while a filter stands in the address.
        st.switch_page(STOPS[stop].file, query_params={})
    if st.session_state.pop(_REMEMBER, False):
        with st.container(key="tour_memory", height=1, border=False):
            st.html("<script>fetch('first-visit?done=1')</script>", unsafe_allow_javascript=True)
    if stop is not None:
        _at(stop, page)
    elif _is_offered():
        with _bar():
            st.markdown(tr("**First time here?** One minute, five stops."), width="stretch")
            st.button(tr("Start"), on_click=_go, args=(0,), key="tour_start", type="primary")
            st.button(tr("Skip"), on_click=_end, key="tour_skip", type="tertiary")


def tour_button() -> None:
    """Draw the button that starts the tour again."""
    st.button(
        tr("Guided tour"),
        on_click=_go,
        args=(0,),
        type="tertiary",
        key="tour_again",
        icon=":material/flag:",
    )


def _is_offered() -> bool:
    if st.session_state.get(_SETTLED) or st.context.cookies.get(COOKIE):
        return False
    # There is nothing to show yet: the greeting of an empty store says what to do.
    return queries.freshness().responses > 0


def _bar() -> st.delta_generator.DeltaGenerator:
    return st.container(key="tour_bar", horizontal=True, vertical_alignment="center", gap="small")


def _at(stop: int, page: str) -> None:
    here = STOPS[stop]
    with _bar():
        if here.page != page:
            st.markdown(tr("The tour goes on at “{page}”.", page=tr(here.title)), width="stretch")
            st.button(tr("Go on"), on_click=_go, args=(stop,), key="tour_go_on", type="primary")
            st.button(tr("End the tour"), on_click=_end, key="tour_skip", type="tertiary")
            return
        place = tr("{n} of {total}", n=stop + 1, total=len(STOPS))
        st.markdown(f"**{place}** · {tr(here.text)}", width="stretch")
        if stop:
            st.button(tr("Back"), on_click=_go, args=(stop - 1,), key="tour_back", type="tertiary")
        if stop + 1 < len(STOPS):
            st.button(tr("Next"), on_click=_go, args=(stop + 1,), key="tour_next", type="primary")
            st.button(tr("Skip"), on_click=_end, key="tour_skip", type="tertiary")
        else:
            st.button(tr("Done"), on_click=_end, key="tour_done", type="primary")


def _go(stop: int) -> None:
    st.session_state[_STOP] = stop
    st.session_state[_MOVE] = True
    _settle()


def _end() -> None:
    st.session_state.pop(_STOP, None)
    _settle()


def _settle() -> None:
    if not st.session_state.get(_SETTLED):
        st.session_state[_REMEMBER] = True
    st.session_state[_SETTLED] = True
