"""Which column means what, shown with examples and open to correction."""

from dataclasses import replace
from typing import Final
from zoneinfo import available_timezones

import streamlit as st

from nps_app.view.tables import column_label
from nps_app.view.widgets.text import as_label, visible
from nps_app.view.widgets.uploads import Upload
from nps_core import columns as c
from nps_core.errors import NpsError
from nps_core.intake.mapping import DAY_FIRST, IGNORE, MONTH_FIRST, ROLES, SEGMENT, Mapping

_ROLE_LABELS: Final = {
    c.SCORE: "Score, 0 to 10",
    c.RESPONDED_AT: "Date of the response",
    c.UPDATED_AT: "Date of the last edit",
    c.MRR: "Revenue (MRR)",
    c.CSAT: "CSAT",
    c.CES: "CES",
    SEGMENT: "Segment, under its own name",
    IGNORE: "Not used",
    "question": "Question (one row an answer)",
    "answer": "Answer (one row an answer)",
}
_DATE_ORDERS: Final = {
    "": "As the column itself shows",
    DAY_FIRST: "Day first: 31/12/2026",
    MONTH_FIRST: "Month first: 12/31/2026",
}
_SHOWN_AT_FIRST: Final = 30


def edited_mapping(upload: Upload) -> Mapping | None:
    """Show the roles; give the mapping a person changed them to, None while nothing differs."""
    used = _used(upload)
    key = upload.number
    chosen = used
    if upload.parsed is not None:
        for question in upload.parsed.questions:
            st.text(question.text)
            answer = _answer(question.options, used.answer(question.key), f"{key}_{question.key}")
            if answer:
                chosen = chosen.with_answer(question.key, answer)
    with st.expander("Columns and what they mean", expanded=upload.parsed is None):
        roles = _roles(upload, used)
        left, right = st.columns(2)
        order = left.selectbox(
            "Order of dates",
            list(_DATE_ORDERS),
            index=list(_DATE_ORDERS).index(used.date_order or ""),
            format_func=lambda order: _DATE_ORDERS[order],
            key=f"order_{key}",
        )
        zones = sorted(available_timezones() | {used.timezone})
        zone = right.selectbox(
            "Time zone of times that name none",
            zones,
            index=zones.index(used.timezone),
            key=f"zone_{key}",
        )
    try:
        chosen = replace(chosen, roles=roles, date_order=order or None, timezone=zone)
    except NpsError as error:
        st.text(str(error))
        return None
    return None if chosen == used else chosen


def _used(upload: Upload) -> Mapping:
    if upload.parsed is not None:
        return upload.parsed.mapping
    return upload.mapping or Mapping(roles=tuple((name, IGNORE) for name in upload.header))


def _answer(options: tuple[str, ...], given: str | None, key: str) -> str | None:
    if not options:
        return st.text_input("Your answer", value=given or "", key=f"answer_{key}") or None
    index = options.index(given) if given in options else None
    return st.selectbox("Your answer", options, index=index, key=f"answer_{key}")


def _roles(upload: Upload, used: Mapping) -> tuple[tuple[str, str], ...]:
    preview = upload.parsed.preview if upload.parsed is not None else None
    roles: list[tuple[str, str]] = []
    hidden = 0
    everything = len(upload.header) <= _SHOWN_AT_FIRST or st.toggle(
        f"Show all {len(upload.header)} columns", key=f"all_{upload.number}"
    )
    for place, header in enumerate(upload.header):
        role = used.role_of(header) or IGNORE
        if not everything and role == IGNORE:
            roles.append((header, role))
            hidden += 1
            continue
        name, examples, choice = st.columns([3, 4, 3], vertical_alignment="center")
        name.text(visible(header))
        if preview is not None and header in preview.columns:
            examples.caption(as_label(_examples(preview[header].tolist()), 120))
        picked = choice.selectbox(
            f"Meaning of {as_label(header)}",
            ROLES,
            index=ROLES.index(role),
            format_func=lambda role: _ROLE_LABELS.get(role) or column_label(role),
            key=f"role_{upload.number}_{place}",
            label_visibility="collapsed",
        )
        roles.append((header, picked))
    if hidden:
        st.caption(f"{hidden} columns that are not used are not listed.")
    return tuple(roles)


def _examples(cells: list[object]) -> str:
    seen = dict.fromkeys(visible(cell, 40) for cell in cells if isinstance(cell, str) and cell)
    return " · ".join(list(seen)[:3])
