"""The menu of saved views: open one, save what is on the page, pin, rename, remove."""

from dataclasses import replace
from typing import Final

import streamlit as st

from nps_app.store import SavedView, StoreError
from nps_app.view.link_filter import with_filter
from nps_app.view.saved_views import PAGE_FILES, choices_of, query_text, same_as, tokens_of
from nps_app.view.widgets.address import app_address
from nps_app.view.widgets.filter_pills import TOKENS
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.text import as_label, visible
from nps_core.language import tr

_ASKED: Final = "views_asked"
_TURN: Final = "views_turn"
_LISTED: Final = 12
_PINNED: Final = 6
_LONGEST: Final = 60


def views_menu(page: str) -> None:
    """Draw the menu; `page` is the path of the page it stands on."""
    views = current_store().views()
    here = same_as(views, page, _query())
    label = tr("View: {name}", name=as_label(here.name, 16)) if here else tr("Views")
    with (
        st.popover(label, type="tertiary", key=f"views_{st.session_state.get(_TURN, 0)}"),
        st.container(key="views_list", gap="xxsmall"),
    ):
        for view in views[:_LISTED]:
            _link(view)
        if len(views) > _LISTED:
            st.caption(tr("{n} more under “Manage views”.", n=len(views) - _LISTED))
        if not views:
            st.caption(tr("A view keeps a page with its filter and score, under a name."))
        if page in PAGE_FILES:
            _opens(tr("Save this view"), "save", ":material/bookmark_add:")
        if views:
            _opens(tr("Manage views"), "manage", ":material/edit:")
        if len(views) > 1:
            st.page_link(
                "pages/compare.py", label=tr("Compare views"), icon=":material/compare_arrows:"
            )
        st.page_link("pages/wall_links.py", label=tr("Wall displays"), icon=":material/tv:")


def pinned_views(page: str) -> None:
    """Draw a row of links to the pinned views; nothing when none is pinned."""
    views = current_store().views()
    pinned = [view for view in views if view.pinned][:_PINNED]
    if not pinned:
        return
    here = same_as(views, page, _query())
    with st.container(key="pinned_views", horizontal=True, vertical_alignment="center"):
        for view in pinned:
            _link(view, disabled=view == here)


def open_views_dialog_if_asked(page: str) -> None:
    """Open what was asked for in the menu; in the page, not in the menu."""
    asked = st.session_state.pop(_ASKED, "")
    if asked == "save":
        _save_dialog(page)
    elif asked == "manage":
        _manage_dialog(page)


def open_view(asked: str) -> None:
    """Go to the page of the view with this id, with its choices; say so when there is none."""
    views = current_store().views()
    view = next((view for view in views if str(view.id) == asked), None)
    if view is None or view.page not in PAGE_FILES:
        st.text(tr("There is no such view any more: it was removed, or the link was cut short."))
        st.page_link("pages/overview.py", label=tr("To the Overview"))
        return
    st.session_state[TOKENS] = tokens_of(view)
    close_menu()
    st.switch_page(PAGE_FILES[view.page], query_params=choices_of(view))


def _query() -> str:
    tokens = st.session_state.get(TOKENS, {})
    own = {name: st.query_params.get_all(name) for name in st.query_params if name not in tokens}
    return query_text(tokens, own)


def _link(view: SavedView, disabled: bool = False) -> None:
    # Not by its permanent link: the browser's way back would lead to that, and on again.
    st.page_link(
        PAGE_FILES.get(view.page, "pages/view.py"),
        label=as_label(view.name, _LONGEST),
        icon=":material/keep:" if view.pinned else ":material/bookmark:",
        query_params={**choices_of(view), **with_filter(tokens_of(view))},
        disabled=disabled,
    )


def _opens(label: str, what: str, icon: str) -> None:
    st.button(label, type="tertiary", icon=icon, on_click=_ask, args=(what,), key=f"views_{what}")


def _ask(what: str) -> None:
    st.session_state[_ASKED] = what
    close_menu()


def close_menu() -> None:
    """Close the menu, for the page or the dialog it leads to."""
    # A popover under a new key is closed: a dialog would lie below an open one.
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _save_dialog(page: str) -> None:
    @st.dialog(tr("Save this view"))
    def dialog() -> None:
        with st.form("save_view", border=False):
            name = st.text_input(tr("Name"), max_chars=_LONGEST)
            pinned = st.checkbox(tr("Pin it above every page"))
            if st.form_submit_button(tr("Save"), type="primary"):
                _saved(SavedView(name, page, _query(), pinned))
        st.caption(
            tr(
                "Everybody who uses this dashboard sees it. Dates such as “Last 90 days” move "
                "along with the data."
            )
        )

    dialog()


def _manage_dialog(page: str) -> None:
    @st.dialog(tr("Manage views"))
    def dialog() -> None:
        views = {view.id: view for view in current_store().views()}
        if not views:
            return
        number = st.selectbox(
            tr("View"), list(views), format_func=lambda n: visible(views[n].name, _LONGEST)
        )
        view = views[number]
        st.caption(tr("Its link, for good:"))
        st.code(app_address(page, "view", id=view.id), language=None, wrap_lines=True)
        with st.form(f"view_{view.id}", border=False):
            name = st.text_input(tr("Name"), value=view.name, max_chars=_LONGEST)
            pinned = st.checkbox(tr("Pin it above every page"), value=view.pinned)
            now = st.checkbox(
                tr("Replace what it shows by the page behind this window"),
                disabled=page not in PAGE_FILES,
            )
            if st.form_submit_button(tr("Save"), type="primary"):
                kept = replace(view, name=name, pinned=pinned)
                _saved(replace(kept, page=page, query=_query()) if now else kept)
        if st.button(tr("Remove this view"), type="tertiary", icon=":material/delete:"):
            _removed(view)

    dialog()


def _saved(view: SavedView) -> None:
    try:
        current_store().save_view(view)
    except StoreError as error:
        st.text(str(error))
    else:
        st.rerun()


def _removed(view: SavedView) -> None:
    try:
        current_store().delete_view(view.id or 0)
    except StoreError as error:
        st.text(str(error))
    else:
        st.rerun()
