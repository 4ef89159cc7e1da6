"""The ways from a figure to the responses behind it, and back to the page they started from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qs

import streamlit as st

from nps_app.view.link_filter import FILTER, NAMES, filter_of, with_filter
from nps_app.view.response_asked import BACK, PARAMETERS, Wanted
from nps_app.view.saved_views import PAGE_FILES, query_text
from nps_app.view.tables import count_text
from nps_app.view.widgets.filter_pills import TOKENS
from nps_app.view.widgets.text import as_label
from nps_core.language import mark, tr

Tokens = Mapping[str, Sequence[str]]
"""A filter as its link has it: each parameter with its tokens."""

PAGE: Final = "pages/responses.py"
_HERE: Final = "page_here"
_LISTED: Final = 100
_TITLES: Final = {
    "": mark("Overview"),
    "weekly": mark("Weekly"),
    "trend": mark("Trend"),
    "segments": mark("Segments"),
    "what_moved": mark("What moved"),
    "product_changes": mark("Product changes"),
    "change": mark("Product change"),
    "planner": mark("Planner"),
    "compare": mark("Compare views"),
}


def settle_page(path: str) -> dict[str, list[str]] | None:
    """Keep the path of the page that runs, for the links drawn on it; give the filter it asks for.

    `path` is "" for the Overview. A link inside the app that brings a filter of its own has it in
    one parameter (`with_filter`), which is taken out of the address here; None without one.
    """
    st.session_state[_HERE] = path
    given = st.query_params.get(FILTER)
    left, _, query = "".join(st.query_params.get_all(BACK)).partition("?")
    if BACK in st.query_params and left == path:
        given = query
        _as_it_was_left(query)
    st.query_params.pop(FILTER, None)
    return None if given is None else filter_of(given)


def _as_it_was_left(query: str) -> None:
    """Give the address back what a click on a mark has put out of it.

    Before it goes to another page, `switch_page` writes that page's parameters into the address
    of this one: the browser's own way back leads there, with `back` and without the own choices.
    """
    for name in PARAMETERS:
        st.query_params.pop(name, None)
    for name, values in parse_qs(query, keep_blank_values=True).items():
        if name not in NAMES and name not in st.query_params:
            st.query_params[name] = values


def responses_link(
    wanted: Wanted | None = None, label: str = "", tokens: Tokens | None = None
) -> None:
    """Draw a link to the responses of the filter, narrowed to those `wanted`.

    `tokens` are those of another filter than the one above the page: that of a saved view.
    """
    words = label or tr("See the responses")
    st.page_link(PAGE, label=words, query_params=_query(wanted or Wanted(), tokens))


def responses_menu(
    listed: Iterable[tuple[str, Wanted]],
    key: str,
    label: str = "",
    tokens: Tokens | None = None,
) -> None:
    """Draw a popover with a link for each figure named: its name, text of a file or not."""
    every = list(listed)
    if not every:
        return
    with (
        st.container(key=f"drill_{key}", width="content"),
        st.popover(label or tr("See the responses"), type="tertiary", key=f"responses_{key}"),
    ):
        for name, wanted in every[:_LISTED]:
            responses_link(wanted, as_label(name, 90), tokens)
        if len(every) > _LISTED:
            more = count_text(len(every) - _LISTED)
            st.caption(tr("{n} more: choose them in the filter above.", n=more))


def jump(
    points: Sequence[Mapping[str, Any]],
    wanted: Callable[[Mapping[str, Any]], Wanted | None],
    tokens: Tokens | None = None,
) -> None:
    """Go to the responses of the mark that was clicked; leaving the page forgets the click."""
    asked = wanted(points[0]) if points else None
    if asked is not None:
        query = asked.query() | {BACK: _here()}
        # The filter stays as it is; switch_page refuses the parameters it is bound to.
        own = {} if tokens is None else with_filter(tokens)
        st.switch_page(PAGE, query_params={**query, **own})


def back_to(given: str) -> tuple[str, str, dict[str, list[str]]] | None:
    """Where `back` of an address leads: the page's title and file, and its whole query.

    Only pages of this app: None for anything else.

    >>> back_to("segments?by=industry&size=SMB")
    ('Segments', 'pages/segments.py', {'by': ['industry'], 'size': ['SMB']})
    >>> back_to("//evil.example/segments")
    """
    path, _, query = given.partition("?")
    if path not in _TITLES:
        return None
    return tr(_TITLES[path]), PAGE_FILES[path], parse_qs(query, keep_blank_values=True)


def back_link(given: str) -> None:
    """Draw the way back to the page, with the filter and the choices it had; nothing for others."""
    place = back_to(given)
    if place is None:
        return
    title, file, query = place
    own = {name: values for name, values in query.items() if name not in NAMES}
    st.page_link(
        file,
        label=tr("Back to {page}", page=title),
        icon=":material/arrow_back:",
        query_params={**own, **with_filter(query)},
    )


def _query(wanted: Wanted, other: Tokens | None) -> dict[str, str | list[str]]:
    here = wanted.query() | {BACK: _here()}
    if other is not None:
        return {**here, **with_filter(other)}
    tokens: Tokens = st.session_state.get(TOKENS, {})
    # The filter stands in the address as well: a link opened in a new tab has no session yet.
    held = {name: list(some) for name, some in tokens.items() if some}
    return held | here


def _here() -> str:
    """The page with its filter and its choices, as the way back has them."""
    tokens: dict[str, list[str]] = st.session_state.get(TOKENS, {})
    own = {name: st.query_params.get_all(name) for name in st.query_params if name not in tokens}
    here, path = query_text(tokens, own), st.session_state.get(_HERE, "")
    return f"{path}?{here}" if here else path or "?"
