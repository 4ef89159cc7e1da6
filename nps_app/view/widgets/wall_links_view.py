"""Wall displays: making a link, which is shown once, the list of links, and revoking one."""

from datetime import datetime
from typing import Final

import streamlit as st

from nps_app.store import StoreError, WallLink
from nps_app.view.tables import date_text, listed
from nps_app.view.wall.asked import FEWEST_SECONDS, LOOKS, MOST_SECONDS, MOST_VIEWS, USUAL_SECONDS
from nps_app.view.widgets.address import app_address
from nps_app.view.widgets.admission import admission
from nps_app.view.widgets.language import NAMES
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.text import as_label, visible
from nps_core.language import current_language, tr, tr_in

_PAGE: Final = "wall_links"
_COPIED: Final = "wall_link_copied"
_LONGEST: Final = 60
_REVOKED_SHOWN: Final = 20


def _look_word(look: str) -> str:
    return {
        "dark": tr_in("look", "Dark"),
        "light": tr_in("look", "Light"),
        "contrast": tr_in("look", "High contrast"),
    }[look]


def wall_links_list() -> None:
    """Draw what a wall link is, the way to a new one, and every link there is."""
    st.write(
        tr(
            "A wall link opens one read-only display, for a screen everybody can see. It shows the "
            "views you choose for it and reaches nothing else. Revoked, it goes dark within a "
            "minute."
        )
    )
    if admission().kind == "open":
        st.info(
            tr(
                "This dashboard has no sign-in, so it answers this computer alone: a wall link "
                "works on a screen attached to it. Screens elsewhere need a sign-in, see "
                "docs/sign-in.md."
            ),
            icon=":material/info:",
        )
    if st.button(tr("New wall link"), type="primary", icon=":material/add:"):
        st.dialog(tr("New wall link"), on_dismiss="rerun")(_make)()
    links = current_store().wall_links()
    for link in links:
        if link.revoked_at is None:
            _working(link)
    if not any(link.revoked_at is None for link in links):
        st.caption(tr("No wall link works at present."))
    revoked = [link for link in links if link.revoked_at is not None]
    if revoked:
        with st.expander(tr("Revoked links")):
            for link in revoked[:_REVOKED_SHOWN]:
                st.text(
                    tr(
                        "{name}: made {made}, revoked {revoked}",
                        name=visible(link.name, _LONGEST),
                        made=_day(link.created_at),
                        revoked=_day(link.revoked_at),
                    )
                )


def _working(link: WallLink) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{as_label(link.name, _LONGEST)}**")
            st.caption(as_label(_what_it_shows(link), 400))
            st.caption(
                tr(
                    "{look}, {seconds} s a view, {language} · made {made}",
                    look=_look_word(link.look),
                    seconds=link.every,
                    language=NAMES.get(link.language, link.language),
                    made=_day(link.created_at),
                )
            )
        if st.button(tr("Revoke…"), key=f"revoke_{link.id}"):
            st.dialog(tr("Revoke this wall link?"))(_confirm)(link)


def _what_it_shows(link: WallLink) -> str:
    if not link.views:
        return tr("Shows all responses")
    names = {view.id or 0: visible(view.name, _LONGEST) for view in current_store().views()}
    shown = [names.get(number, tr("a view that was removed")) for number in link.views]
    return tr("Shows {views}", views=listed(shown))


def _make() -> None:
    """The form of a new link; once made, the link in its place."""
    if st.session_state.get(_COPIED):
        st.rerun()
    names = {view.id or 0: visible(view.name, _LONGEST) for view in current_store().views()}
    place = st.empty()
    with place.form("new_wall_link", border=False):
        name = st.text_input(
            tr("Name"), max_chars=_LONGEST, placeholder=tr("Such as the room the screen hangs in")
        )
        views = st.multiselect(
            tr("Saved views it shows, in turn"),
            list(names),
            format_func=lambda number: names[number],
            max_selections=MOST_VIEWS,
            placeholder=tr("All responses"),
        )
        every = st.number_input(
            tr("Seconds each view stays"), FEWEST_SECONDS, MOST_SECONDS, USUAL_SECONDS, 5
        )
        look = st.segmented_control(
            tr("Look"),
            LOOKS,
            default=LOOKS[0],
            required=True,
            format_func=_look_word,
        )
        languages = list(NAMES)
        language = st.segmented_control(
            tr("Language"),
            languages,
            default=current_language(),
            required=True,
            format_func=NAMES.__getitem__,
        )
        if not st.form_submit_button(tr("Make the link"), type="primary"):
            return
    wanted = WallLink(
        name, tuple(views), int(every), look or LOOKS[0], language or current_language()
    )
    try:
        made, token = current_store().create_wall_link(wanted)
    except StoreError as error:
        st.text(str(error))
        return
    with place.container():
        st.markdown(
            tr("The link of **{name}**, for the browser of the screen:", name=as_label(made.name))
        )
        st.code(app_address(_PAGE, "wall", key=token), language=None, wrap_lines=True)
        st.warning(
            tr(
                "Copy it now: it is not shown again, not even here. Whoever has it sees the "
                "display, until you revoke it."
            ),
            icon=":material/key:",
        )
        st.caption(
            tr(
                "A browser that opened it shows that display alone: to try it, use a private "
                "window."
            )
        )
        st.button(tr("I have copied it"), key=_COPIED)


def _confirm(link: WallLink) -> None:
    st.text(link.name)
    st.write(
        tr(
            "Every screen that shows it goes dark within a minute. This cannot be undone; make a "
            "new link to show it again."
        )
    )
    if st.button(tr("Revoke it"), type="primary"):
        try:
            current_store().revoke_wall_link(link.id or 0)
        except StoreError as error:
            st.text(str(error))
        else:
            st.rerun()


def _day(when: datetime | None) -> str:
    return date_text(when) if when else ""
