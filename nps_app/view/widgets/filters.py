"""The filter bar above every page, and the filter it stands for.

The state of each filter lives in a bound widget nobody sees, whose values are the tokens of the
link (filter_link.py): Streamlit writes a bound widget's labels into the address, and the labels
people pick from carry counts, which change with every import. The visible widgets only write
into the hidden ones, so the address, the back button and a page change all move one state.
"""

from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import urlencode, urlsplit

import streamlit as st

from nps_app.view import queries
from nps_app.view.widgets import filter_link as link
from nps_app.view.widgets.text import as_label, visible
from nps_core import columns as c
from nps_core.measure import Filter

_TITLES: Final = {
    c.COMPANY_SIZE: "Company size",
    c.INDUSTRY: "Industry",
    c.PERSONA: "Persona",
    c.SURVEY_TYPE: "Survey",
}
_CURRENT: Final = "current_filter"
_PENDING: Final = "pending_link"
_DROPPED: Final = "dropped_from_link"
_LISTED: Final = 500
"""A column with more values than this offers its most frequent ones; a link may name any."""

_STYLE: Final = """<style>
.st-key-link_state {display: none}
.st-key-filter_bar button {border-radius: 999px}
</style>"""


def current_filter() -> Filter:
    """The filter chosen above the page."""
    return st.session_state.get(_CURRENT, Filter())


def filter_bar() -> None:
    """Draw the bar and settle `current_filter()`; nothing is drawn while the store is empty."""
    fresh = queries.freshness()
    if fresh.responses == 0:
        st.session_state[_CURRENT] = Filter()
        return
    st.html(_STYLE)
    state = _link_state()
    known = _without_unknown(state)
    if known != state:
        st.session_state[_PENDING] = known
        st.rerun()
    days = link.token_days(known[link.DATES][0] if known[link.DATES] else "", fresh.newest)
    own: dict[str, list[str | None]] = {}
    for token in known[link.SEGMENT]:
        column, value = link.token_segment(token) or ("", None)
        own.setdefault(column, []).append(value)
    named = {column: [link.token_value(t) for t in known[name]] for column, name in _named()}
    st.session_state[_CURRENT] = Filter(
        start=days.start if days else None,
        end=days.end if days else None,
        segments={k: tuple(v) for k, v in (named | own).items() if v and k != c.SURVEY_TYPE},
        survey_types=tuple(named[c.SURVEY_TYPE]),
    )
    with st.container(key="filter_bar", horizontal=True, vertical_alignment="center", gap="small"):
        for column, name in _named():
            if known[name] or any(value is not None for value, _ in queries.options(column)):
                _column_popover(column, name, known[name])
        _dates_popover(known[link.DATES], fresh)
        _more_popover(known[link.SEGMENT])
        selected, total = queries.selected_of_total(current_filter())
        st.text(f"{selected:,} of {total:,} responses")
        if any(known.values()):
            st.button("Reset", type="tertiary", on_click=_reset)
        with st.popover("Copy link", type="tertiary"):
            st.code(_address(known), language=None, wrap_lines=True)
    for sentence in st.session_state.get(_DROPPED, ()):
        st.warning(as_label(sentence, 400))


def _named() -> Iterable[tuple[str, str]]:
    return link.PARAMETERS.items()


def _names() -> list[str]:
    return [*link.PARAMETERS.values(), link.SEGMENT, link.DATES]


def _link_state() -> dict[str, list[str]]:
    for name, tokens in st.session_state.pop(_PENDING, {}).items():
        st.session_state[name] = tokens
    with st.container(key="link_state"):
        return {
            name: st.multiselect(name, [], key=name, bind="query-params", accept_new_options=True)
            for name in _names()
        }


def _without_unknown(state: dict[str, list[str]]) -> dict[str, list[str]]:
    """The tokens that mean something in this data; what does not is noted, to be said."""
    known: dict[str, list[str]] = {}
    dropped: list[str] = []
    for column, name in _named():
        here = {value for value, _ in queries.options(column)} if state[name] else set()
        known[name] = [token for token in state[name] if link.token_value(token) in here]
        dropped += [f"{_TITLES[column]} “{t}”" for t in state[name] if t not in known[name]]
    own = _own_columns() if state[link.SEGMENT] else []
    known[link.SEGMENT] = []
    for token in state[link.SEGMENT]:
        column, value = link.token_segment(token) or ("", None)
        if column in own and value in {v for v, _ in queries.options(column)}:
            known[link.SEGMENT].append(token)
        else:
            dropped.append(f"segment “{token}”")
    newest = queries.freshness().newest
    dates = [t for t in state[link.DATES] if t and link.token_days(t, newest) is not None]
    known[link.DATES] = dates[:1]
    dropped += [f"dates “{t}”" for t in state[link.DATES] if t not in known[link.DATES]]
    if dropped:
        st.session_state[_DROPPED] = [
            f"The link also asked for {', '.join(visible(d) for d in dropped[:5])}"
            f"{' and more' if len(dropped) > 5 else ''}, which this data does not have: left out."
        ]
    return known


def _own_columns() -> list[str]:
    return [column for column in queries.segment_columns() if column not in link.PARAMETERS]


def _choose(name: str, widget: str) -> None:
    st.session_state[name] = list(st.session_state[widget])
    st.session_state.pop(_DROPPED, None)


def _choose_own(column: str, widget: str) -> None:
    others = [
        token
        for token in st.session_state[link.SEGMENT]
        if (link.token_segment(token) or ("",))[0] != column
    ]
    st.session_state[link.SEGMENT] = others + list(st.session_state[widget])
    st.session_state.pop(_DROPPED, None)


def _reset() -> None:
    for name in _names():
        st.session_state[name] = []
    st.session_state.pop(_DROPPED, None)


def _summary(values: list[str | None]) -> str:
    if not values:
        return "all"
    first = "Unknown" if values[0] is None else visible(values[0], 24)
    return first if len(values) == 1 else f"{first} +{len(values) - 1}"


def _value_labels(
    pairs: list[tuple[str | None, int]], token: Callable[[str | None], str]
) -> dict[str, str]:
    """Token to label, each label used once: the widget tells options apart by their labels."""
    labels: dict[str, str] = {}
    for value, n in pairs:
        label = f"{'Unknown' if value is None else visible(value)} · {n:,}"
        while label in labels.values():
            label += " (missing)" if value is None else " ’"
        labels[token(value)] = label
    return labels


def _pick(
    title: str,
    column: str,
    chosen: list[str],
    token: Callable[[str | None], str],
    on_change: Callable[..., None],
    argument: str,
) -> None:
    pairs = queries.options(column)
    listed = [p for i, p in enumerate(pairs) if i < _LISTED or token(p[0]) in chosen]
    labels = _value_labels(listed, token)
    widget = f"pick_{argument}"
    st.session_state[widget] = chosen
    st.multiselect(
        as_label(title),
        list(labels),
        format_func=lambda t: labels.get(t, t),
        key=widget,
        placeholder="All",
        on_change=on_change,
        args=(argument, widget),
        select_all=False,
    )
    if len(pairs) > len(listed):
        st.caption(f"The {len(listed):,} most frequent of {len(pairs):,} values are listed.")


def _column_popover(column: str, name: str, chosen: list[str]) -> None:
    title = _TITLES[column]
    values = [link.token_value(token) for token in chosen]
    with st.popover(
        f"{title}: {as_label(_summary(values))}",
        key=f"open_{name}",
        type="primary" if chosen else "secondary",
    ):
        _pick(title, column, chosen, link.value_token, _choose, name)


def _dates_popover(chosen: list[str], fresh: queries.Freshness) -> None:
    token = chosen[0] if chosen else ""
    custom = token not in link.PRESETS
    label = token.replace("..", " to ") if custom else link.PRESETS[token]
    with st.popover(label, key="open_dates", type="primary" if chosen else "secondary"):
        if fresh.oldest is None or fresh.newest is None:
            st.caption("The stored responses have no dates.")
            return
        whole = link.days_token(fresh.oldest, fresh.newest)
        st.session_state["pick_dates"] = "custom" if custom else token
        st.radio(
            "Dates",
            [*link.PRESETS, "custom"],
            format_func=lambda t: "Custom" if t == "custom" else link.PRESETS[t],
            key="pick_dates",
            on_change=_choose_dates,
            args=(whole,),
        )
        if custom:
            days = link.token_days(token, fresh.newest) or link.Days()
            st.session_state["pick_days"] = (days.start, days.end)
            st.date_input("From and to", key="pick_days", on_change=_choose_days)
        st.caption(f"Relative dates end on {fresh.newest:%-d %b %Y}, the newest response's day.")


def _choose_dates(whole: str) -> None:
    preset = st.session_state["pick_dates"]
    st.session_state[link.DATES] = [whole] if preset == "custom" else [preset] if preset else []
    st.session_state.pop(_DROPPED, None)


def _choose_days() -> None:
    days = st.session_state["pick_days"]
    if len(days) == 2:
        st.session_state[link.DATES] = [link.days_token(*days)]


def _more_popover(chosen: list[str]) -> None:
    columns = _own_columns()
    if not columns:
        return
    by_column: dict[str, list[str]] = {}
    for token in chosen:
        found = link.token_segment(token)
        if found:
            by_column.setdefault(found[0], []).append(token)
    parts = [
        f"{visible(column, 24)}: {_summary([(link.token_segment(t) or ('', None))[1] for t in ts])}"
        for column, ts in by_column.items()
    ]
    with st.popover(
        as_label(", ".join(parts)) if parts else "More segments",
        key="open_more",
        type="primary" if chosen else "secondary",
    ):
        asked = (
            st.selectbox("Segment", columns, format_func=visible, key="pick_more_column")
            if len(columns) > 6
            else None
        )
        shown = [k for k in columns if asked is None or k == asked or k in by_column]
        for column in shown:
            _pick(
                column,
                column,
                by_column.get(column, []),
                lambda value, column=column: link.segment_token(column, value),
                _choose_own,
                column,
            )


def _address(known: dict[str, list[str]]) -> str:
    here = urlsplit(st.context.url or "")
    return here._replace(query=urlencode(known, doseq=True), fragment="").geturl()
