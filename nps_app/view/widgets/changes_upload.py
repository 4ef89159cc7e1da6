"""Import product changes from a file: preview first, then what a person ticked is added."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from nps_app.store import StoreError
from nps_app.view import queries
from nps_app.view.changes_import import OFFERED, PlannedChange, plan_changes, scope_text
from nps_app.view.export import csv_bytes
from nps_app.view.widgets.changes import Done, say_done
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.text import as_label
from nps_core.errors import FileRefused
from nps_core.intake.changes_file import ChangesFile, read_changes
from nps_core.measure import ProductChange

_ORDERS: Final = {"day_first": "Day first: 31/12/2026", "month_first": "Month first: 12/31/2026"}
_EXAMPLE: Final = pd.DataFrame(
    {
        "date": ["2026-08-12"],
        "title": ["Billing v2"],
        "note": ["Invoices on one page"],
        "link": ["https://example.org/changelog"],
        "segments": ["company_size=Enterprise|Mid-market; industry=Fintech"],
    }
)


@st.dialog("Import product changes", width="large")
def import_dialog() -> None:
    """Ask for a file, show what it would add, and add what was ticked."""
    uploaded = st.file_uploader(
        "CSV with a date and a title, or the JSON of GitHub releases",
        type=["csv", "tsv", "txt", "json"],
        max_upload_size=10,
        key="changes_file",
    )
    if uploaded is None:
        st.caption(
            "A CSV may also have a note, a link and segments. GitHub's releases are what "
            "api.github.com/repos/OWNER/NAME/releases answers, saved as a file; "
            "nothing is fetched from here."
        )
        st.download_button(
            "Example CSV",
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
        "How are the dates written?",
        list(_ORDERS),
        index=None,
        format_func=_ORDERS.__getitem__,
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
        with st.expander(f"{len(file.rejected):,} rows not taken"):
            st.dataframe(pd.DataFrame(file.rejected), hide_index=True)
    offered = [plan for plan in planned if plan.standing in OFFERED]
    known = [plan for plan in planned if plan.standing not in OFFERED]
    if known:
        with st.expander(f"{len(known):,} already there or twice in the file: not added again"):
            st.dataframe(_table(known), hide_index=True)
    if not offered:
        st.info("The file has nothing to add.")
        return
    ticked = _tick(offered)
    if st.button(f"Add {_changes(len(ticked))}", type="primary", disabled=not ticked):
        _add(ticked, stored)


def _tick(offered: Sequence[PlannedChange]) -> list[ProductChange]:
    table = _table(offered)
    table.insert(0, "Add", [plan.standing == "new" for plan in offered])
    if not table["Add"].all():
        st.caption("Prereleases are offered, not ticked.")
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=[name for name in table.columns if name != "Add"],
        key="changes_ticked",
    )
    return [plan.change for plan, add in zip(offered, edited["Add"], strict=True) if add]


def _table(planned: Sequence[PlannedChange]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Date": [plan.change.date for plan in planned],
            "Title": [plan.change.title for plan in planned],
            "For": [scope_text(plan.change.segments) or "everybody" for plan in planned],
            "Note": [plan.change.note for plan in planned],
            "Link": [plan.change.link for plan in planned],
            "Status": [plan.standing for plan in planned],
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
    say_done(Done(f"Added {_changes(len(added))}.", remove=added))
    st.rerun()


def _changes(n: int) -> str:
    return "1 change" if n == 1 else f"{n:,} changes"
