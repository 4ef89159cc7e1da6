"""The ways from a figure to the responses behind it, and back to the page they started from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qs

import streamlit as st

from nps_app.view.link_filter import NAMES
from nps_app.view.response_asked import BACK, PARAMETERS, Wanted
from nps_app.view.saved_views import PAGE_FILES, query_text
from nps_app.view.tables import count_text
from nps_app.view.widgets.filter_pills import TOKENS
from nps_app.view.widgets.text import as_label
from nps_core.language import mark, tr

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


def settle_page(path: str) -> None:
    """Keep the path of the page that runs, "" of the Overview, for the links drawn on it."""
    st.session_state[_HERE] = path


def responses_link(wanted: Wanted | None = None, label: str = "") -> None:
    """Draw a link to the responses of the filter, narrowed to those `wanted`."""
    words = label or tr("See the responses")
    st.page_link(PAGE, label=words, query_params=_query(wanted or Wanted()))


def responses_menu(listed: Iterable[tuple[str, Wanted]], key: str, label: str = "") -> None:
    """Draw a popover with a link for each figure named: its name, text of a file or not."""
    every = list(listed)
    if not every:
        return
    with (
        st.container(key=f"drill_{key}", width="content"),
        st.popover(label or tr("See the responses"), type="tertiary", key=f"responses_{key}"),
    ):
        for name, wanted in every[:_LISTED]:
            responses_link(wanted, as_label(name, 90))
        if len(every) > _LISTED:
            more = count_text(len(every) - _LISTED)
            st.caption(tr("{n} more: choose them in the filter above.", n=more))


def jump(
    points: Sequence[Mapping[str, Any]], wanted: Callable[[Mapping[str, Any]], Wanted | None]
) -> None:
    """Go to the responses of the mark that was clicked; leaving the page forgets the click."""
    asked = wanted(points[0]) if points else None
    if asked is not None:
        # The filter stays as it is; switch_page refuses the parameters it is bound to.
        st.switch_page(PAGE, query_params=asked.query() | {BACK: _here()})


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


def go_back(file: str, query: Mapping[str, list[str]]) -> None:
    """Open a page with the filter and the choices it had."""
    st.session_state[TOKENS] = {name: query.get(name, []) for name in NAMES}
    own = {name: values for name, values in query.items() if name not in NAMES}
    st.switch_page(file, query_params=own)


def _query(wanted: Wanted) -> dict[str, str | list[str]]:
    tokens: dict[str, list[str]] = st.session_state.get(TOKENS, {})
    # The filter stands in the address as well: a link opened in a new tab has no session yet.
    held = {name: list(some) for name, some in tokens.items() if some}
    return held | wanted.query() | {BACK: _here()}


def _here() -> str:
    """The page with its filter and its choices, as the way back has them."""
    tokens: dict[str, list[str]] = st.session_state.get(TOKENS, {})
    # After the browser's own way back the address may still hold what was asked for here.
    passed = {*tokens, *PARAMETERS}
    own = {name: st.query_params.get_all(name) for name in st.query_params if name not in passed}
    here, path = query_text(tokens, own), st.session_state.get(_HERE, "")
    return f"{path}?{here}" if here else path or "?"
