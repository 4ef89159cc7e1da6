"""What a person sets for "Why did the NPS move?": the two spans, and what splits the change."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import streamlit as st

from nps_app.view import queries, queries_moves
from nps_app.view.move_words import Days
from nps_app.view.queries_moves import Spans
from nps_app.view.tables import date_text
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.text import column_labels, visible
from nps_core.language import mark, tr, tr_in
from nps_core.measure import Filter, ProductChange

MODES: Final = {
    "week": mark("Last week"),
    "month": mark("Last month"),
    "quarter": mark("Last quarter"),
    "days": mark("Last days"),
    "dates": mark("Two date ranges"),
    "change": mark("A product change"),
}
_NONE_COMPLETE: Final = {
    "week": mark("There is no complete week with responses to compare with the one before."),
    "month": mark("There is no complete month with responses to compare with the one before."),
    "quarter": mark("There is no complete quarter with responses to compare with the one before."),
}
LENGTHS: Final = (7, 14, 28, 56, 90)
_USUAL_MODE: Final = "month"
_USUAL_LENGTH: Final = 28
_NOBODY: Final = "none"


@dataclass(frozen=True)
class Chosen:
    """What to compare, and the segment columns that split the change (none, one or two)."""

    spans: Spans | None
    by: tuple[str, ...]
    missing: str = ""


def move_choices(chosen: Filter) -> Chosen:
    """Draw the choices, which live in the address; `missing` says why there are no spans."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="move_choices"):
        mode = linked_choice(
            st.selectbox,
            "moved",
            tr("Compare with the time before"),
            list(MODES),
            default=_USUAL_MODE,
            format_func=lambda token: tr(MODES[token]),
            width=220,
        )
        spans, missing = _spans(chosen, mode)
        by = _segments()
    return Chosen(spans, by, missing)


def _spans(chosen: Filter, mode: str) -> tuple[Spans | None, str]:
    if mode in _NONE_COMPLETE:
        return queries_moves.last_periods(chosen, mode), tr(_NONE_COMPLETE[mode])
    if mode == "dates":
        return _picked_dates(chosen)
    if mode == "change":
        change = _picked_change()
        if change is None:
            return None, tr("No product change is known yet: add one on the page Product changes.")
        spans = queries_moves.around_change(chosen, change, _length(tr("Days before and after")))
        return spans, tr("There are no days with data on both sides of this product change.")
    return queries_moves.last_days(_length(tr("How many days"))), tr("No response has a date.")


def _length(label: str) -> int:
    days: int = linked_choice(
        st.selectbox,
        "span",
        label,
        LENGTHS,
        default=_USUAL_LENGTH,
        format_func=lambda length: tr("{n} days", n=length),
        width=160,
    )
    return days


def _picked_change() -> ProductChange | None:
    changes = {change.id: change for change in reversed(queries.changes())}
    if not changes:
        return None
    labels: dict[Any, str] = {}
    for key, change in changes.items():
        label = f"{change.date.isoformat()} {visible(change.title, 60)}"
        # Streamlit tells options apart by their labels.
        taken = sum(other.startswith(label) for other in labels.values())
        labels[key] = f"{label} ({taken + 1})" if taken else label
    picked = linked_choice(
        st.selectbox,
        "around",
        tr("Product change"),
        list(changes),
        default=next(iter(changes)),
        format_func=labels.__getitem__,
        width=280,
    )
    return changes.get(picked)


def _picked_dates(chosen: Filter) -> tuple[Spans | None, str]:
    usual = queries_moves.last_periods(chosen, "month")
    newest = queries.freshness().newest
    if newest is None:
        return None, tr("No response has a date.")
    before = _range(tr("Earlier days"), "from", usual.before if usual else (newest, newest))
    after = _range(tr("Later days"), "to", usual.after if usual else (newest, newest))
    if before is None or after is None:
        return None, tr("Pick a first and a last day for both.")
    if before[0] <= after[1] and after[0] <= before[1]:
        return None, tr(
            "The two ranges overlap ({day} is in both): "
            "the same responses would be compared with themselves. Pick ranges apart.",
            day=date_text(max(before[0], after[0])),
        )
    return queries_moves.free_dates(before, after), ""


def _range(label: str, key: str, usual: Days) -> Days | None:
    picked = st.date_input(
        label,
        usual,
        key=key,
        bind="query-params",
        width=240,
        format=tr_in("date field", "YYYY-MM-DD"),
    )
    days = picked if isinstance(picked, tuple) else (picked,)
    ends = [day for day in days if isinstance(day, date)]
    return (ends[0], ends[1]) if len(ends) == 2 else None


def _segments() -> tuple[str, ...]:
    columns = queries.segment_columns()
    if not columns:
        return ()
    labels = column_labels(columns)
    first = linked_choice(
        st.selectbox,
        "split",
        tr("Split by"),
        columns,
        default=columns[0],
        format_func=labels.__getitem__,
        width=180,
    )
    second = linked_choice(
        st.selectbox,
        "split_again",
        tr("And by"),
        [_NOBODY, *columns],
        default=_NOBODY,
        format_func=lambda name: labels.get(name) or tr("Nothing"),
        width=180,
    )
    return (first,) if second in (_NOBODY, first) else (first, second)
