"""Building a segment: pick a column, say what goes together, see what falls where, save."""

from typing import Final

import pandas as pd
import streamlit as st

from nps_app.store import BuiltSegment, BuiltTrial, StoreError
from nps_app.view import queries
from nps_app.view.bands import bands_text, read_bands
from nps_app.view.saved_views import with_renamed_segment
from nps_app.view.tables import column_label, count_text, listed, value_label
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.table import show_table
from nps_app.view.widgets.text import as_label, column_labels, visible
from nps_core import columns as c
from nps_core.errors import NpsError
from nps_core.language import tr, tr_plural

_GROUPS: Final = "groups"
_BANDS: Final = "bands"
_NEW: Final = 0
_LISTED: Final = 500
_VALUE: Final = "value"
_GROUP: Final = "group"


def segment_builder() -> None:
    """Draw the builder: a new segment, or one built before to be changed or removed."""
    store = current_store()
    built = {one.id or _NEW: one for one in store.built_segments()}
    if built:
        number = linked_choice(
            st.selectbox,
            "built",
            tr("Segment"),
            [_NEW, *built],
            default=_NEW,
            format_func=lambda n: visible(built[n].name) if n else tr("A new segment"),
            width=420,
        )
    else:
        number = _NEW
    before = built.get(number)
    drafted = _draft(before)
    if drafted is None:
        return
    trial = _tried(drafted)
    if trial is not None:
        _show(trial)
        label = tr("Save the changes") if before else tr("Save this segment")
        if st.button(label, type="primary", disabled=not drafted.name.strip()):
            _save(drafted, before)
    if before is not None and st.button(
        tr("Remove this segment"), type="tertiary", icon=":material/delete:"
    ):
        _remove(before)


def _draft(before: BuiltSegment | None) -> BuiltSegment | None:
    """What is typed in so far; None while it cannot be read."""
    key = before.id if before else _NEW
    labels = column_labels(current_store().bases())
    bases = list(labels)
    with st.container(horizontal=True, vertical_alignment="bottom", key="builder_choices"):
        name = st.text_input(
            tr("Name of the segment"),
            value=before.name if before else "",
            max_chars=80,
            key=f"built_name_{key}",
        )
        column = st.selectbox(
            tr("Built from"),
            bases,
            index=bases.index(before.column) if before and before.column in bases else 0,
            format_func=labels.__getitem__,
            key=f"built_from_{key}",
        )
        kinds = [_BANDS] if column in c.NUMBERS else [_GROUPS, _BANDS]
        kind = st.segmented_control(
            tr("How"),
            kinds,
            default=_BANDS if kinds == [_BANDS] or (before and before.bands) else _GROUPS,
            format_func=lambda k: (
                tr("Groups of values") if k == _GROUPS else tr("Bands of a number")
            ),
            required=True,
            key=f"built_how_{key}_{column}",
        )
    if kind == _BANDS:
        typed = st.text_input(
            tr("Bands, such as 1-50, 51-200, 201+"),
            value=bands_text(before.bands) if before else "",
            key=f"built_bands_{key}",
            help=tr("A name may stand before a band: small: 1-50, large: 51+"),
        )
        if not typed.strip():
            return None
        try:
            return BuiltSegment(name, column, bands=read_bands(typed), id=key or None)
        except NpsError as error:
            st.text(str(error))
            return None
    groups = _groups(column, before if before and before.column == column else None, key)
    return BuiltSegment(name, column, groups=groups, id=key or None) if groups else None


def _groups(
    column: str, before: BuiltSegment | None, key: int | None
) -> tuple[tuple[str, tuple[str | None, ...]], ...]:
    """The groups typed beside the values of a column."""
    options = queries.options(column)
    was = {value: label for label, values in (before.groups if before else ()) for value in values}
    # A value that stands in a group is listed always: it would leave its group unseen.
    pairs = [*options[:_LISTED], *((value, n) for value, n in options[_LISTED:] if value in was)]
    there = {value for value, _ in pairs}
    pairs += [(value, 0) for value in was if value not in there]
    table = pd.DataFrame(
        {
            _VALUE: [visible(value_label(value)) for value, _ in pairs],
            c.COUNT: [n for _, n in pairs],
            _GROUP: [was.get(value, "") for value, _ in pairs],
        }
    )
    st.caption(
        tr("Write the same name beside values that belong together. What has none stays Unknown.")
    )
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=[_VALUE, c.COUNT],
        column_config={
            _VALUE: st.column_config.TextColumn(visible(column_label(column))),
            c.COUNT: st.column_config.NumberColumn(tr("Responses"), format="localized"),
            _GROUP: st.column_config.TextColumn(tr("Group"), max_chars=80),
        },
        key=f"built_groups_{key}_{column}",
    )
    groups: dict[str, list[str | None]] = {}
    for (value, _), typed in zip(pairs, edited[_GROUP], strict=True):
        label = "" if pd.isna(typed) else " ".join(str(typed).split())
        if label:
            groups.setdefault(label, []).append(value)
    return tuple((label, tuple(values)) for label, values in groups.items())


def _tried(drafted: BuiltSegment) -> BuiltTrial | None:
    # A name is asked for only when it is saved: until then any will do.
    named = (
        drafted
        if drafted.name.strip()
        else BuiltSegment("-", drafted.column, drafted.groups, drafted.bands)
    )
    try:
        return current_store().try_built_segment(named)
    except StoreError as error:
        st.text(str(error))
        return None


def _show(trial: BuiltTrial) -> None:
    """What falls where, and what falls nowhere: nothing is lost in silence."""
    show_table(
        pd.DataFrame(
            {
                tr("Group"): [visible(label) for label, _ in trial.counts],
                tr("Responses"): [n for _, n in trial.counts],
            }
        ),
        "built_trial",
        title=tr("Build a segment"),
        alt=tr("Responses in each group"),
        width="content",
    )
    if trial.left:
        examples = listed(
            tr("{value} ({n})", value=visible(value_label(value), 40), n=count_text(n))
            for value, n in trial.examples
        )
        st.text(
            tr_plural(
                "{n} response falls in none of them and stays Unknown, such as {examples}.",
                "{n} responses fall in none of them and stay Unknown, such as {examples}.",
                trial.left,
                n=count_text(trial.left),
                examples=examples,
            )
        )


def _save(drafted: BuiltSegment, before: BuiltSegment | None) -> None:
    try:
        saved = current_store().save_built_segment(drafted)
        if before is not None:
            _rename_in_views(before.name, saved.name)
    except StoreError as error:
        st.text(str(error))
        return
    st.query_params["built"] = str(saved.id)
    st.toast(tr("Saved: {name} can now be filtered and compared.", name=as_label(saved.name)))
    st.rerun()


def _rename_in_views(old: str, new: str) -> None:
    store = current_store()
    for view in store.views():
        renamed = with_renamed_segment(view, old, new)
        if renamed != view:
            store.save_view(renamed)


def _remove(before: BuiltSegment) -> None:
    try:
        current_store().delete_built_segment(before.id or _NEW)
    except StoreError as error:
        st.text(str(error))
        return
    st.query_params.pop("built", None)
    st.rerun()
