"""One uploaded file on the Data page: what it is, what would be imported, and the button."""

import streamlit as st

from nps_app.store import ImportPlan, StoreError
from nps_app.view.tables import count_text, responses_text
from nps_app.view.widgets.data_exits import NOTICE
from nps_app.view.widgets.import_report import show_report
from nps_app.view.widgets.mapping_editor import edited_mapping
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.text import visible
from nps_app.view.widgets.uploads import Upload, discard


def upload_card(upload: Upload) -> None:
    """Show a file: read it on first sight, let a person correct the reading, import it."""
    with st.container(border=True, key=f"upload_{upload.number}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(visible(upload.name))
            st.space("stretch")
            st.button(
                "Discard",
                key=f"discard_{upload.number}",
                type="tertiary",
                on_click=discard,
                args=(upload,),
            )
        if upload.parsed is None and upload.refused is None:
            upload.read()
        if upload.refused is not None:
            st.text(f"Not read: {upload.refused}")
        if upload.parsed is not None:
            show_report(upload.parsed, f"{upload.number}")
        if not upload.header:
            return
        if upload.remembered:
            _say_remembered(upload)
        mapping = edited_mapping(upload)
        if mapping is not None:
            st.button(
                "Read the file again with these changes",
                key=f"reread_{upload.number}",
                type="primary",
                on_click=upload.read_again,
                args=(mapping,),
            )
        elif upload.parsed is not None:
            _offer_import(upload)


def _say_remembered(upload: Upload) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Read as the last file with these columns was. Change a column below to differ.")
        st.button(
            "Forget that",
            key=f"forget_{upload.number}",
            type="tertiary",
            on_click=_forget,
            args=(upload,),
        )


def _forget(upload: Upload) -> None:
    current_store().remember_mapping(upload.header, {})
    upload.read_again(None)


def _offer_import(upload: Upload) -> None:
    parsed, store, key = upload.parsed, current_store(), upload.number
    assert parsed is not None
    # A question without options may stay open: a file without dates scores all the same.
    if any(question.options for question in parsed.questions):
        st.text("Answer the question above before importing.")
        return
    source = st.session_state.get(f"source_{key}", "")
    newest = bool(st.session_state.get(f"newest_{key}", False))
    try:
        plan = store.plan(parsed, newest=newest, source=source)
    except StoreError as error:
        st.text(f"This file cannot be imported: {error}")
        return
    _show_plan(plan)
    if plan.ids_reused or source:
        st.text_input(
            "Name of this survey, to keep its ids apart from the others", key=f"source_{key}"
        )
    if plan.kept_newer or newest:
        st.checkbox("Let this file win over values that look newer", key=f"newest_{key}")
    changed = plan.new + plan.updated
    st.button(
        f"Import {responses_text(changed)}" if changed else "Nothing new to import",
        key=f"import_{key}",
        type="primary",
        disabled=not changed or store.read_only_reason() is not None,
        on_click=_import,
        args=(upload, newest, source),
    )


def _show_plan(plan: ImportPlan) -> None:
    counts = {
        "new": plan.new,
        "updated": plan.updated,
        "unchanged": plan.unchanged,
        "kept because the stored value is newer": plan.kept_newer,
        "left out because their erasure was asked for": plan.erased,
    }
    parts = [
        f"**{count_text(n)}** {word}"
        for word, n in counts.items()
        if n or word in ("new", "updated", "unchanged")
    ]
    st.markdown("Importing: " + " · ".join(parts))
    st.caption(
        f"Stored responses: {count_text(plan.stored_before)} now, "
        f"{count_text(plan.stored_after)} afterwards."
    )
    for warning in plan.warnings:
        st.text(warning)


def _import(upload: Upload, newest: bool, source: str) -> None:
    store = current_store()
    assert upload.parsed is not None
    try:
        record = store.commit(upload.parsed, newest=newest, source=source)
        store.remember_mapping(upload.header, upload.parsed.mapping.to_dict())
    except StoreError as error:
        st.session_state[NOTICE] = f"{visible(upload.name)} was not imported: {error}"
        return
    discard(upload)
    st.session_state[NOTICE] = (
        f"{visible(upload.name)} is imported: {count_text(record.new)} new, "
        f"{count_text(record.updated)} updated. What its columns mean is remembered for the next "
        "file with the same columns."
    )
