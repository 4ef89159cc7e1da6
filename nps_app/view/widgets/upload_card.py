"""One uploaded file on the Data page: what it is, what would be imported, and the button."""

import streamlit as st

from nps_app.parsing import ParsedUpload
from nps_app.store import ImportPlan, ImportRecord, StoreError
from nps_app.view.tables import count_text
from nps_app.view.widgets.data_exits import NOTICE
from nps_app.view.widgets.import_report import show_account, show_rows
from nps_app.view.widgets.mapping_editor import edited_mapping, for_the_next_file
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.text import visible
from nps_app.view.widgets.uploads import Upload, discard, waiting
from nps_core.errors import NpsError
from nps_core.language import tr, tr_plural


def upload_cards() -> None:
    """Show the files that wait; import those a person confirmed, then start the run again."""
    uploads = waiting()
    together = st.container(horizontal=True, vertical_alignment="center")
    ready = [upload for upload in uploads if _card(upload)]
    if len(uploads) > 1:
        with together:
            if len(ready) > 1:
                st.button(
                    tr("Import these {n} files", n=len(ready)),
                    type="primary",
                    on_click=_confirm,
                    args=ready,
                    disabled=current_store().read_only_reason() is not None,
                )
            st.button(tr("Discard all"), type="tertiary", on_click=discard, args=uploads)
    if len(waiting()) < len(uploads):
        st.rerun()


def _card(upload: Upload) -> bool:
    """Show a file: read it on first sight, let a person correct the reading, import it.

    True when it can be imported as it stands, with nothing left to ask.
    """
    with st.container(border=True, key=f"upload_{upload.number}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(visible(upload.name))
            st.space("stretch")
            st.button(
                tr("Discard"),
                key=f"discard_{upload.number}",
                type="tertiary",
                on_click=discard,
                args=(upload,),
            )
        if upload.parsed is None and upload.refused is None:
            upload.read()
        if upload.refused is not None:
            st.text(tr("Not read: {reason}", reason=upload.refused))
        if upload.parsed is not None:
            show_account(upload.parsed)
        if not upload.header:
            return False
        if upload.remembered:
            _say_remembered(upload)
        try:
            mapping = edited_mapping(upload)
        except NpsError as error:
            st.text(str(error))
            return False
        if upload.parsed is not None:
            show_rows(upload.parsed, upload.key)
        if mapping is not None:
            # What was confirmed was the reading before the change.
            upload.confirmed = False
            st.button(
                tr("Read the file again with these changes"),
                key=f"reread_{upload.key}",
                type="primary",
                on_click=upload.read_again,
                args=(mapping,),
            )
            return False
        return upload.parsed is not None and _offer_import(upload, upload.parsed)


def _say_remembered(upload: Upload) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            tr("Read as the last file with these columns was. Change a column below to differ.")
        )
        st.button(
            tr("Forget that"),
            key=f"forget_{upload.number}",
            type="tertiary",
            on_click=_forget,
            args=(upload,),
        )


def _forget(upload: Upload) -> None:
    try:
        current_store().remember_mapping(upload.header, {})
    except StoreError as error:
        st.session_state[NOTICE] = tr("It was not forgotten: {error}", error=error)
        return
    upload.read_again(None)


def _offer_import(upload: Upload, parsed: ParsedUpload) -> bool:
    store, key = current_store(), upload.number
    # A question without options may stay open: a file without dates scores all the same.
    if any(question.options for question in parsed.questions):
        st.text(tr("Answer the question above before importing."))
        return False
    upload.source = st.session_state.get(f"source_{key}", upload.source)
    upload.newest = st.session_state.get(f"newest_{key}", upload.newest)
    if upload.record is not None:
        _finish(upload, parsed, upload.record)
        return False
    try:
        plan = store.plan(parsed, newest=upload.newest, source=upload.source)
    except StoreError as error:
        st.text(tr("This file cannot be imported: {error}", error=error))
        return False
    if upload.confirmed:
        if plan.updated <= upload.updates_shown and plan.ids_reused <= upload.reuse_shown:
            _import(upload, parsed)
            return False
        upload.confirmed = False
        _add_notice(
            tr(
                "{file} is not imported yet: other imports came in between. "
                "Look at what it would change now.",
                file=visible(upload.name),
            )
        )
        st.rerun()
    upload.updates_shown, upload.reuse_shown = plan.updated, plan.ids_reused
    _show_plan(plan)
    if plan.ids_reused or upload.source:
        st.text_input(
            tr("Name of this survey, to keep its ids apart from the others"),
            upload.source,
            key=f"source_{key}",
        )
    if plan.kept_newer or upload.newest:
        st.checkbox(
            tr("Let this file win over values that look newer"),
            upload.newest,
            key=f"newest_{key}",
        )
    changed = plan.new + plan.updated
    st.button(
        tr_plural("Import {n} response", "Import {n} responses", changed, n=count_text(changed))
        if changed
        else tr("Nothing new to import"),
        key=f"import_{key}",
        type="primary",
        disabled=not changed or store.read_only_reason() is not None,
        on_click=_confirm,
        args=(upload,),
    )
    return bool(changed) and not plan.ids_reused


def _show_plan(plan: ImportPlan) -> None:
    new, updated, unchanged = plan.new, plan.updated, plan.unchanged
    kept, erased = plan.kept_newer, plan.erased
    parts = [
        tr_plural("**{n}** new", "**{n}** new", new, n=count_text(new)),
        tr_plural("**{n}** updated", "**{n}** updated", updated, n=count_text(updated)),
        tr_plural("**{n}** unchanged", "**{n}** unchanged", unchanged, n=count_text(unchanged)),
    ]
    if kept:
        parts.append(
            tr_plural(
                "**{n}** kept because the stored value is newer",
                "**{n}** kept because the stored value is newer",
                kept,
                n=count_text(kept),
            )
        )
    if erased:
        parts.append(
            tr_plural(
                "**{n}** left out because their erasure was asked for",
                "**{n}** left out because their erasure was asked for",
                erased,
                n=count_text(erased),
            )
        )
    st.markdown(tr("Importing: {counts}", counts=" · ".join(parts)))
    st.caption(
        tr(
            "Stored responses: {before} now, {after} afterwards.",
            before=count_text(plan.stored_before),
            after=count_text(plan.stored_after),
        )
    )
    for warning in plan.warnings:
        st.text(warning)


def _confirm(*uploads: Upload) -> None:
    st.session_state.pop(NOTICE, None)
    for upload in uploads:
        upload.confirmed = True


def _import(upload: Upload, parsed: ParsedUpload) -> None:
    with st.spinner(tr("Importing"), show_time=True):
        try:
            # Kept at once: a click elsewhere ends this run wherever it next speaks to the page.
            upload.record = current_store().commit(
                parsed, newest=upload.newest, source=upload.source
            )
        except StoreError as error:
            upload.confirmed = False
            _add_notice(
                tr("{file} was not imported: {error}", file=visible(upload.name), error=error)
            )
            st.rerun()
    _finish(upload, parsed, upload.record)


def _finish(upload: Upload, parsed: ParsedUpload, record: ImportRecord) -> None:
    said = tr(
        "{file} is imported: {new} new, {updated} updated.",
        file=visible(upload.name),
        new=count_text(record.new),
        updated=count_text(record.updated),
    )
    try:
        mapping = for_the_next_file(parsed.mapping)
        current_store().remember_mapping(upload.header, mapping.to_dict())
        remembered = tr(
            "What its columns mean is remembered for the next file with the same columns."
        )
    except StoreError as error:
        remembered = tr("What its columns mean was not remembered: {error}", error=error)
    _add_notice(f"{said} {remembered}")
    discard(upload)


def _add_notice(sentence: str) -> None:
    before = st.session_state.get(NOTICE)
    st.session_state[NOTICE] = f"{before}\n{sentence}" if before else sentence
