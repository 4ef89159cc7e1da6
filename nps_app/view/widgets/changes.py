"""Add, edit and delete product changes: the forms, their confirmations and their undo."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import streamlit as st

from nps_app.store import StoreError
from nps_app.view import queries
from nps_app.view.tables import column_label, date_text, value_label
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.text import as_label, visible
from nps_core.language import mark, tr, tr_in
from nps_core.measure import ProductChange

EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2100, 12, 31)
GONE: Final = mark(
    "This change was deleted in the meantime, in another tab or by somebody else. "
    "Nothing was saved. To keep what you wrote, add it as a new change."
)
EDITED: Final = mark(
    "This change was edited in the meantime, in another tab or by somebody else. "
    "Nothing was saved. Close this and open it again to see what it says now."
)
_DONE: Final = "changes_done"
_LISTED: Final = 500


@dataclass(frozen=True)
class Done:
    """What was just done to the changes, and what takes it back."""

    sentence: str
    restore: tuple[ProductChange, ...] = ()
    remove: tuple[int, ...] = ()


def say_done(done: Done) -> None:
    """Keep a sentence, with its undo, for the top of the next run of the page."""
    st.session_state[_DONE] = done


def done_notice() -> None:
    """Say what was just done, once it was, with a button that takes it back."""
    done: Done | None = st.session_state.get(_DONE)
    if done is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="done"):
        st.text(done.sentence)
        if done.restore or done.remove:
            st.button(
                tr("Undo"), key="undo_change", on_click=_undo, args=(done,), icon=":material/undo:"
            )
        st.button(
            tr_in("notice", "Dismiss"), key="dismiss_done", on_click=_dismiss, type="tertiary"
        )


def _dismiss() -> None:
    st.session_state.pop(_DONE, None)


def _undo(done: Done) -> None:
    store = current_store()
    try:
        store.save_changes([replace(change, id=None) for change in done.restore])
        for change_id in done.remove:
            store.delete_change(change_id)
    except StoreError as error:
        say_done(Done(tr("Nothing was undone. {error}", error=error)))
    else:
        say_done(Done(tr("Undone.")))


def stored_change(change_id: int | None) -> ProductChange | None:
    """The change as it is stored now; None when it is gone."""
    return next((c for c in current_store().changes() if c.id == change_id), None)


def add_dialog(day: date | None = None) -> None:
    """Ask for a new change, of `day` if one is given, and save it."""
    st.dialog(tr("Add a product change"), width="medium")(_add)(day)


def _add(day: date | None) -> None:
    written = _form(ProductChange(day or date.today(), ""), tr("Add"))
    if written is None:
        return
    try:
        saved = current_store().save_change(written)
    except StoreError as error:
        st.error(as_label(error, 400))
        return
    undo = () if saved.id is None else (saved.id,)
    say_done(Done(tr("Added “{title}”.", title=visible(saved.title)), remove=undo))
    st.rerun()


def edit_dialog(opened: ProductChange) -> None:
    """Ask for the new wording of a change; saved only if it still is as it was `opened`."""
    st.dialog(tr("Edit a product change"), width="medium")(_edit)(opened)


def _edit(opened: ProductChange) -> None:
    written = _form(opened, tr("Save"))
    if written is None:
        return
    now = stored_change(opened.id)
    if now is None:
        st.warning(tr(GONE))
        return
    if now != opened:
        st.warning(tr(EDITED))
        return
    try:
        current_store().save_change(written)
    except StoreError as error:
        st.error(as_label(error, 400))
        return
    say_done(Done(tr("Saved “{title}”.", title=visible(written.title))))
    st.rerun()


def delete_dialog(opened: ProductChange) -> None:
    """Delete a change once a person has confirmed it."""
    st.dialog(tr("Delete this product change?"))(_delete)(opened)


def _delete(opened: ProductChange) -> None:
    st.text(f"{date_text(opened.date)} · {visible(opened.title)}")
    st.write(tr("Its marker disappears from the charts. The responses stay as they are."))
    with st.container(horizontal=True):
        confirmed = st.button(tr("Delete"), type="primary", key="confirm_delete")
        if st.button(tr("Keep it"), key="keep_change"):
            st.rerun()
    if not confirmed:
        return
    now = stored_change(opened.id)
    if now is None or now.id is None:
        say_done(Done(tr("“{title}” was already deleted.", title=visible(opened.title))))
        st.rerun()
    try:
        current_store().delete_change(now.id)
    except StoreError as error:
        st.error(as_label(error, 400))
        return
    say_done(Done(tr("Deleted “{title}”.", title=visible(now.title)), restore=(now,)))
    st.rerun()


def _form(change: ProductChange, submit: str) -> ProductChange | None:
    """The form filled in with `change`; what it says once it was sent and is complete."""
    scope = dict(change.segments)
    with st.form("change_form", border=False):
        day = st.date_input(
            tr("Date it shipped"),
            change.date,
            EARLIEST,
            LATEST,
            format=tr_in("date field", "YYYY-MM-DD"),
        )
        title = st.text_input(tr("Title"), change.title, placeholder=tr("Billing v2"))
        note = st.text_area(
            tr("Note"), change.note, placeholder=tr("What users could notice"), height=100
        )
        link = st.text_input(tr("Link"), change.link, placeholder="https://")
        with st.expander(tr("Only for certain segments"), expanded=bool(scope)):
            st.caption(tr("Left empty, the change was for everybody."))
            columns = dict.fromkeys([*queries.segment_columns(), *scope])
            chosen = [
                (column, _values(change, column, scope.get(column, ()))) for column in columns
            ]
        sent = st.form_submit_button(submit, type="primary")
    if not sent:
        return None
    if not title.strip() or not isinstance(day, date):
        st.warning(tr("A change needs a date and a title."))
        return None
    segments = tuple((column, tuple(values)) for column, values in chosen if values)
    return replace(
        change,
        date=day,
        title=" ".join(title.split()),
        note=note.strip(),
        link=link.strip(),
        segments=segments,
    )


def _values(change: ProductChange, column: str, chosen: Sequence[str | None]) -> list[str | None]:
    here = queries.options(column) if column in queries.segment_columns() else []
    options = list(dict.fromkeys([*(value for value, _ in here[:_LISTED]), *chosen]))
    labels: dict[str | None, str] = {}
    for value in options:
        label = visible(value_label(value))
        while label in labels.values():
            label = tr("{label} (missing)", label=label) if value is None else f"{label} ’"
        labels[value] = label
    return st.multiselect(
        as_label(column_label(column)),
        options,
        default=list(chosen),
        format_func=lambda value: labels[value],
        placeholder=tr("All"),
        key=f"scope_{change.id}_{column}",
    )
