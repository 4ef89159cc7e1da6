"""The filter bar above every page, and the filter it stands for.

The state of each filter lives in a bound widget nobody sees, whose values are the tokens of the
link (filter_link.py): Streamlit writes a bound widget's labels into the address, and the labels
people pick from carry counts, which change with every import. The visible widgets only write
into the hidden ones, so the address, the back button and a page change all move one state.
"""

from typing import Final
from urllib.parse import urlencode, urlsplit

import streamlit as st

from nps_app.view import filter_link as link
from nps_app.view import queries
from nps_app.view.link_filter import NAMES, read_link
from nps_app.view.tables import count_text
from nps_app.view.widgets.definition import open_dialog_if_asked, settle_definition
from nps_app.view.widgets.filter_pills import (
    TOKENS,
    column_popover,
    dates_popover,
    more_popover,
    score_popover,
)
from nps_app.view.widgets.responses_link import settle_page
from nps_app.view.widgets.views_menu import (
    close_menu,
    open_views_dialog_if_asked,
    pinned_views,
    views_menu,
)
from nps_core.language import tr, tr_plural
from nps_core.measure import Filter

_CURRENT: Final = "current_filter"


def current_filter() -> Filter:
    """The filter chosen above the page."""
    return st.session_state.get(_CURRENT, Filter())


def filter_bar(page: str = "") -> None:
    """Draw the bar and settle `current_filter()`; nothing is drawn while the store is empty.

    `page` is the path of the page below, which a saved view keeps.
    """
    brought = settle_page(page)
    fresh = queries.freshness()
    if fresh.responses == 0:
        st.session_state[_CURRENT] = Filter()
        settle_definition("")
        return
    with st.container(key="filter_bar", horizontal=True, vertical_alignment="top"):
        pills = st.container(
            horizontal=True, vertical_alignment="center", gap="small", key="filter_pills"
        )
        about = st.container(
            horizontal=True, vertical_alignment="center", gap="small", width="content"
        )
    with about:
        summary, reset, views = st.empty(), st.empty(), st.container(width="content")
        copy = st.popover(tr("Copy link"), icon=":material/link:", type="tertiary", key="copy_link")
    asked = read_link(_asked_by_link(brought))
    known = asked.known
    st.session_state[_CURRENT] = asked.chosen
    settle_definition("".join(known[link.SCORE]))
    with views:
        views_menu(page)
    with pills:
        for column, name in link.PARAMETERS.items():
            if any(value is not None for value, _ in queries.options(column)):
                column_popover(column, name, known[name])
        dates_popover(known[link.DATES], fresh)
        more_popover(known[link.SEGMENT])
        score_popover(known[link.SCORE])
    selected, total = queries.selected_of_total(current_filter())
    said = tr_plural(
        "{n} of {total} response",
        "{n} of {total} responses",
        total,
        n=count_text(selected),
        total=count_text(total),
    )
    summary.caption(said, width="content")
    if any(known.values()):
        reset.button(tr("Reset"), type="tertiary", on_click=_settle, args=({},))
    copy.code(_address(known), language=None, wrap_lines=True)
    if asked.unknown:
        _say_unknown(asked.unknown, known)
    pinned_views(page)
    open_dialog_if_asked()
    open_views_dialog_if_asked(page)


def _asked_by_link(brought: dict[str, list[str]] | None) -> dict[str, list[str]]:
    if brought is not None:
        st.session_state[TOKENS] = brought
        close_menu()
    # One pixel high: hidden by style.py, and without a jump in the moment before that is loaded.
    # In a closed popover they would not be mounted, and the back button would lose the address.
    with st.container(key="link_state", height=1, border=False):
        # Set anew each run, so that a browser that lags behind cannot bring an old choice back.
        # When the visitor just came, or went back, the address wins over what is set here.
        for name, tokens in st.session_state.get(TOKENS, {}).items():
            st.session_state[name] = tokens
        st.session_state[TOKENS] = {
            name: st.multiselect(name, [], key=name, bind="query-params", accept_new_options=True)
            for name in NAMES
        }
    if brought is not None and st.session_state[TOKENS] != brought:
        # Found on the browser's way back: there the address, which has no such filter, has won.
        st.session_state[TOKENS] = brought
        st.rerun()
    return dict(st.session_state[TOKENS])


def _say_unknown(unknown: list[str], known: dict[str, list[str]]) -> None:
    named, more = ", ".join(unknown[:5]), len(unknown) - 5
    if more > 0:
        named = tr_plural("{names} and {n} more", "{names} and {n} more", more, names=named, n=more)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.text(
            tr(
                "The link also asks for {values}, which this data does not have: left out.",
                values=named,
            )
        )
        st.button(tr("Forget it"), type="tertiary", on_click=_settle, args=(known,))


def _settle(known: dict[str, list[str]]) -> None:
    st.session_state[TOKENS] = {name: known.get(name, []) for name in NAMES}


def _address(known: dict[str, list[str]]) -> str:
    """The page as it stands: the filter as known, and the page's own choices as they are."""
    here = urlsplit(st.context.url or "")
    own = {name: st.query_params.get_all(name) for name in st.query_params if name not in NAMES}
    return here._replace(query=urlencode(known | own, doseq=True), fragment="").geturl()
