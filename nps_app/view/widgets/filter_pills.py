"""The pills of the filter bar: each opens a list to pick from and writes its link parameter."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import streamlit as st

from nps_app.view import filter_link as link
from nps_app.view import queries, queries_definitions
from nps_app.view.definitions import PILLS
from nps_app.view.group_words import NO_VALUE, UNKNOWN, survey_label
from nps_app.view.link_filter import own_columns
from nps_app.view.tables import column_label, count_text, date_text
from nps_app.view.widgets.definition import kind_label, score_pill_key, shares_button
from nps_app.view.widgets.text import as_label, visible
from nps_core import columns as c
from nps_core.language import mark, tr, tr_in
from nps_core.measure.definition_rows import ALL_RESPONSES

TITLES: Final = {
    c.COMPANY_SIZE: mark("Company size"),
    c.INDUSTRY: mark("Industry"),
    c.PERSONA: mark("Persona"),
    c.SURVEY_TYPE: mark("Survey"),
}
_ALL: Final = {
    c.COMPANY_SIZE: mark("Company size: all"),
    c.INDUSTRY: mark("Industry: all"),
    c.PERSONA: mark("Persona: all"),
    c.SURVEY_TYPE: mark("Survey: all"),
}
TOKENS: Final = "link_tokens"
"""Where the session keeps what the link says: parameter name to tokens."""

_LISTED: Final = 500
"""A column with more values than this offers its most frequent ones; a link may name any."""


def _choose(name: str, widget: str) -> None:
    st.session_state[TOKENS][name] = list(st.session_state[widget])


def _choose_own(column: str, widget: str) -> None:
    others = [
        token
        for token in st.session_state[TOKENS][link.SEGMENT]
        if (link.token_segment(token) or ("",))[0] != column
    ]
    st.session_state[TOKENS][link.SEGMENT] = others + list(st.session_state[widget])


def _key(base: str, value: Any) -> str:
    """The key of a widget that is to show `value`: a new one when the value came from elsewhere.

    In a closed popover the browser would keep, and send back, what the widget held before.
    """
    turns: dict[str, int] = st.session_state.setdefault("pill_turns", {})
    held = st.session_state.get(f"{base}_{turns.get(base, 0)}", value)
    half_made = isinstance(held, tuple) and len(held) < 2
    if held != value and not half_made:
        turns[base] = turns.get(base, 0) + 1
    return f"{base}_{turns.get(base, 0)}"


def _pill(text: str, chosen: bool) -> str:
    return f":blue[**{as_label(text)}**]" if chosen else as_label(text)


def _summary(title: str, column: str, values: list[str | None]) -> str:
    first = tr(UNKNOWN) if values[0] is None else visible(_value_name(column, values[0]), 24)
    said = first if len(values) == 1 else f"{first} +{len(values) - 1}"
    return tr("{column}: {values}", column=title, values=said)


def _value_name(column: str, value: str) -> str:
    return survey_label(value) if column == c.SURVEY_TYPE else value


def _value_labels(
    column: str, pairs: list[tuple[str | None, int]], token: Callable[[str | None], str]
) -> dict[str, str]:
    """Token to label, each label used once: the widget tells options apart by their labels."""
    labels: dict[str, str] = {}
    spelled = {visible(value).casefold() for value, _ in pairs if value is not None}
    missing = tr(NO_VALUE if tr(UNKNOWN).casefold() in spelled else UNKNOWN)
    for value, n in pairs:
        name = missing if value is None else visible(_value_name(column, value))
        label = f"{name} · {count_text(n)}"
        while label in labels.values():
            label += " ’"
        labels[token(value)] = label
    return labels


def _pick(
    title: str,
    column: str,
    chosen: list[str],
    token: Callable[[str | None], str],
    on_change: Callable[..., None],
    argument: str,
    widget: str,
) -> None:
    pairs = queries.options(column)
    listed = [p for i, p in enumerate(pairs) if i < _LISTED or token(p[0]) in chosen]
    labels = _value_labels(column, listed, token)
    widget = _key(widget, chosen)
    st.session_state[widget] = chosen
    st.multiselect(
        as_label(title),
        list(labels),
        format_func=lambda t: labels.get(t, t),
        key=widget,
        placeholder=tr_in("values", "All"),
        on_change=on_change,
        args=(argument, widget),
        select_all=False,
    )
    if len(pairs) > len(listed):
        st.caption(
            tr(
                "Listed: the {n} most frequent of {total}.",
                n=count_text(len(listed)),
                total=count_text(len(pairs)),
            )
        )


def column_popover(column: str, name: str, chosen: list[str]) -> None:
    """The pill of one column; `name` is its link parameter, `chosen` its tokens."""
    title = tr(TITLES[column])
    values = [link.token_value(token) for token in chosen]
    label = _summary(title, column, values) if values else tr(_ALL[column])
    with st.popover(_pill(label, bool(chosen)), key=f"open_{name}"):
        _pick(title, column, chosen, link.value_token, _choose, name, f"pick_{name}")


def dates_popover(chosen: list[str], fresh: queries.Freshness) -> None:
    """The pill of the dates: presets, or two days a person picks."""
    token = chosen[0] if chosen else ""
    custom = token not in link.PRESETS
    days = link.token_days(token, fresh.newest) or link.Days()
    label = _days_text(days) if custom else tr(link.PRESETS[token])
    with st.popover(_pill(label, bool(chosen)), key="open_dates"):
        if fresh.oldest is None or fresh.newest is None:
            st.caption(tr("The stored responses have no dates."))
            return
        whole = link.days_token(fresh.oldest, fresh.newest)
        preset = "custom" if custom else token
        widget = _key("pick_dates", preset)
        st.session_state[widget] = preset
        st.radio(
            tr("Dates"),
            [*link.PRESETS, "custom"],
            format_func=lambda t: tr("Custom") if t == "custom" else tr(link.PRESETS[t]),
            key=widget,
            on_change=_choose_dates,
            args=(widget, whole),
        )
        if custom:
            both = (days.start, days.end)
            widget = _key("pick_days", both)
            # One day alone is a choice half made: overwriting it would undo the first click.
            if len(st.session_state.get(widget, both)) == 2:
                st.session_state[widget] = both
            st.date_input(
                tr("From and to"),
                key=widget,
                on_change=_choose_days,
                args=(widget,),
                format=tr_in("date field", "YYYY-MM-DD"),
            )
        st.caption(
            tr(
                "Relative dates end on {date}, the newest response's day.",
                date=date_text(fresh.newest),
            )
        )


def _days_text(days: link.Days) -> str:
    return tr_in("dates", "{first:%Y-%m-%d} to {last:%Y-%m-%d}", first=days.start, last=days.end)


def _choose_dates(widget: str, whole: str) -> None:
    preset = st.session_state[widget]
    st.session_state[TOKENS][link.DATES] = (
        [whole] if preset == "custom" else [preset] if preset else []
    )


def _choose_days(widget: str) -> None:
    days = st.session_state[widget]
    if len(days) == 2:
        st.session_state[TOKENS][link.DATES] = [link.days_token(*days)]


def _own_value(token: str) -> str | None:
    found = link.token_segment(token)
    return found[1] if found else None


def more_popover(chosen: list[str]) -> None:
    """The pill of every further segment; absent when the data has none."""
    columns = own_columns()
    if not columns:
        return
    by_column: dict[str, list[str]] = {}
    for token in chosen:
        found = link.token_segment(token)
        if found:
            by_column.setdefault(found[0], []).append(token)
    parts = [
        _summary(visible(column_label(column), 24), column, list(map(_own_value, tokens)))
        for column, tokens in by_column.items()
    ]
    with st.popover(_pill(", ".join(parts) or tr("More segments"), bool(parts)), key="open_more"):
        asked = (
            st.selectbox(tr("Segment"), columns, format_func=column_label, key="pick_more_column")
            if len(columns) > 6
            else None
        )
        shown = [k for k in columns if asked is None or k == asked or k in by_column]
        for column in shown:
            _pick(
                column_label(column),
                column,
                by_column.get(column, []),
                partial(link.segment_token, column),
                _choose_own,
                column,
                f"pick_own:{column}",
            )


def score_popover(chosen: list[str]) -> None:
    """The pill of the score; absent when the data can carry that of all responses alone."""
    kinds = queries_definitions.offered().kinds
    if len(kinds) == 1 and not queries.segment_columns():
        return
    kind = chosen[0] if chosen else ALL_RESPONSES
    with st.popover(_pill(tr(PILLS[kind]), bool(chosen)), key=score_pill_key()):
        widget = _key("pick_score", kind)
        st.session_state[widget] = kind
        st.radio(
            tr("Which score is shown"),
            kinds,
            format_func=kind_label,
            key=widget,
            on_change=_choose_score,
            args=(widget,),
        )
        shares_button()


def _choose_score(widget: str) -> None:
    kind = st.session_state[widget]
    st.session_state[TOKENS][link.SCORE] = [] if kind == ALL_RESPONSES else [kind]
