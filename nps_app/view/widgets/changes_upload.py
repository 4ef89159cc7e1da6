"""Import product changes from a file: preview first, then what a person ticked is added."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from nps_app.store import StoreError
from nps_app.view import queries
from nps_app.view.changes_import import OFFERED, PlannedChange, plan_changes, scope_text
from nps_app.view.export import csv_bytes
from nps_app.view.tables import count_text
from nps_app.view.widgets.changes import Done, say_done
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.text import as_label
from nps_core.errors import FileRefused
from nps_core.intake.changes_file import ChangesFile, read_changes
from nps_core.language import mark, tr, tr_plural
from nps_core.measure import ProductChange

_ORDERS: Final = {
    "day_first": mark("Day first: 31/12/2026"),
    "month_first": mark("Month first: 12/31/2026"),
}
_REJECTED: Final = {
    "line": mark("Line"),
    "column": mark("Column"),
    "value": mark("Value"),
    "reason": mark("Reason"),
}
_EXAMPLE: Final = pd.DataFrame(
    {
        "date": ["2026-08-12"],
        "title": ["Billing v2"],
        "note": ["Invoices on one page"],
        "link": ["https://example.org/changelog"],
        "segments": ["company_size=Enterprise|Mid-market; industry=Fintech"],
    }
)


def import_dialog() -> None:
    """Ask for a file, show what it would add, and add what was ticked."""
    st.dialog(tr("Import product changes"), width="large")(_import)()


def _import() -> None:
    uploaded = st.file_uploader(
        tr("CSV with a date and a title, or the JSON of GitHub releases"),
        type=["csv", "tsv", "txt", "json"],
        max_upload_size=10,
        key="changes_file",
    )
    if uploaded is None:
        st.caption(
            tr(
                "A CSV may also have a note, a link and segments. GitHub's releases are what "
                "api.github.com/repos/OWNER/NAME/releases answers, saved as a file; "
                "nothing is fetched from here."
            )
        )
        st.download_button(
            tr("Example CSV"),
            csv_bytes(_EXAMPLE),
            file_name="product-changes-example.csv",
            mime="text/csv",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )
        return
    try:
        file = _read(uploaded.getvalue(), uploaded.name)
    except FileRefused as refused:
        st.error(as_label(refused, 600))
        return
    if file.question is None:
        _preview(file)


def _read(data: bytes, name: str) -> ChangesFile:
    """The file, once a person has settled what its dates leave open."""
    file = read_changes(data, name)
    if file.question is None:
        return file
    st.warning(as_label(file.question.text, 300))
    order = st.radio(
        tr("How are the dates written?"),
        list(_ORDERS),
        index=None,
        format_func=lambda order: tr(_ORDERS[order]),
        key="changes_order",
    )
    return read_changes(data, name, order) if order else file


def _preview(file: ChangesFile) -> None:
    stored = current_store().changes()
    columns = queries.segment_columns()
    values = {column: [value for value, _ in queries.options(column)] for column in columns}
    planned, warnings = plan_changes(file.changes, stored, values)
    for sentence in (*file.warnings, *warnings):
        st.caption(as_label(sentence, 300))
    if file.rejected:
        n = len(file.rejected)
        with st.expander(tr_plural("{n} row not taken", "{n} rows not taken", n, n=count_text(n))):
            titles: dict[str, Any] = {name: tr(title) for name, title in _REJECTED.items()}
            st.dataframe(pd.DataFrame(file.rejected), hide_index=True, column_config=titles)
    offered = [plan for plan in planned if plan.standing in OFFERED]
    known = [plan for plan in planned if plan.standing not in OFFERED]
    if known:
        listed = count_text(len(known))
        with st.expander(tr("{n} already there or twice in the file: not added again", n=listed)):
            st.dataframe(_table(known), hide_index=True)
    if not offered:
        st.info(tr("The file has nothing to add."))
        return
    ticked = _tick(offered)
    n = len(ticked)
    label = tr_plural("Add 1 change", "Add {n} changes", n, n=count_text(n))
    if st.button(label, type="primary", disabled=not ticked):
        _add(ticked, stored)


def _tick(offered: Sequence[PlannedChange]) -> list[ProductChange]:
    table = _table(offered)
    add = tr("Add")
    table.insert(0, add, [plan.standing == "new" for plan in offered])
    if not table[add].all():
        st.caption(tr("Prereleases are offered, not ticked."))
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=[name for name in table.columns if name != add],
        key="changes_ticked",
    )
    return [plan.change for plan, ticked in zip(offered, edited[add], strict=True) if ticked]


def _table(planned: Sequence[PlannedChange]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Date"): [plan.change.date for plan in planned],
            tr("Title"): [plan.change.title for plan in planned],
            tr("For"): [scope_text(plan.change.segments) or tr("everybody") for plan in planned],
            tr("Note"): [plan.change.note for plan in planned],
            tr("Link"): [plan.change.link for plan in planned],
            tr("Status"): [tr(plan.standing) for plan in planned],
        }
    )


def _add(ticked: list[ProductChange], stored: Sequence[ProductChange]) -> None:
    before = {change.id for change in stored}
    try:
        saved = current_store().save_changes(ticked)
    except StoreError as error:
        st.error(as_label(error, 400))
        return
    added = tuple(c.id for c in saved if c.id is not None and c.id not in before)
    n = len(added)
    said = tr_plural("Added 1 change.", "Added {n} changes.", n, n=count_text(n))
    say_done(Done(said, remove=added))
    st.rerun()
