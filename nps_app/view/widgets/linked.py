"""Choices that live in the address by tokens of their own: a link means the same in any language.

Streamlit's own binding writes a widget's labels into the address; labels are translated.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st


def linked_choice(
    draw: Callable[..., Any],
    name: str,
    label: str,
    options: Sequence[Any],
    *,
    default: Any,
    **how: Any,
) -> Any:
    """Draw a choice of one (`st.selectbox`, `st.segmented_control`, `st.radio`) and give it.

    The address holds `name=str(option)`, and nothing for the default; what it holds that is no
    option is taken for the default. `how` goes to the widget; its key is `name`.
    """
    by_token = {str(option): option for option in options}
    st.session_state[name] = by_token.get(st.query_params.get(name, ""), default)
    return draw(label, options, key=name, on_change=_keep_one, args=(name, default), **how)


def linked_choices(
    name: str, label: str, options: Sequence[Any], *, default: Sequence[Any] = (), **how: Any
) -> list[Any]:
    """Draw a choice of several (`st.multiselect`) and give them; the address repeats `name`.

    It holds nothing for the default, and an empty `name=` where none is chosen instead.
    """
    by_token = {str(option): option for option in options}
    asked = st.query_params.get_all(name)
    # A link may name one twice, or more than can be chosen.
    known = [by_token[token] for token in dict.fromkeys(asked) if token in by_token]
    known = known[: how.get("max_selections")]
    st.session_state[name] = known if known or asked == [""] else list(default)
    return st.multiselect(
        label, options, key=name, on_change=_keep_all, args=(name, tuple(default)), **how
    )


def linked_number(
    draw: Callable[..., Any],
    name: str,
    label: str,
    *,
    lowest: Any,
    highest: Any,
    default: Any,
    **how: Any,
) -> Any:
    """Draw a number (`st.number_input`, `st.slider`) and give it, of the type of `default`.

    The address holds `name=number`; one outside the limits, or no number, is taken for the
    default.
    """
    try:
        asked = type(default)(st.query_params[name])
        value = asked if lowest <= asked <= highest else default
    except (KeyError, ValueError):
        value = default
    st.session_state[name] = value
    limits = {"min_value": lowest, "max_value": highest}
    return draw(label, key=name, on_change=_keep_one, args=(name, default), **limits, **how)


def _keep_one(name: str, default: Any) -> None:
    value = st.session_state[name]
    if value is None or value == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(value)


def _keep_all(name: str, default: tuple[Any, ...]) -> None:
    chosen = [str(value) for value in st.session_state[name]]
    if set(chosen) == {str(value) for value in default}:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen or [""]
