"""Which column means what, shown with examples and open to correction."""

from dataclasses import replace
from typing import Final
from zoneinfo import available_timezones

import streamlit as st

from nps_app.view.widgets.text import as_label, visible
from nps_app.view.widgets.uploads import Upload
from nps_core import columns as c
from nps_core.intake.mapping import (
    DAY_FIRST,
    IGNORE,
    MONTH_FIRST,
    ROLES,
    SEGMENT,
    Mapping,
    Question,
)
from nps_core.language import mark, tr, tr_in, tr_plural

_UNSAID: Final = ""
_ROLE_LABELS: Final = {
    c.RESPONSE_ID: mark("Response id"),
    c.SCORE: mark("Score, 0 to 10"),
    c.RESPONDED_AT: mark("Date of the response"),
    c.COMMENT: mark("Comment"),
    c.RESPONDENT_ID: mark("Respondent id"),
    c.ACCOUNT_ID: mark("Account id"),
    c.SURVEY_TYPE: mark("Survey type"),
    c.COMPANY_SIZE: mark("Company size"),
    c.INDUSTRY: mark("Industry"),
    c.PERSONA: mark("Persona"),
    c.UPDATED_AT: mark("Date of the last edit"),
    c.MRR: mark("Revenue (MRR)"),
    c.CSAT: mark("CSAT"),
    c.CES: mark("CES"),
    _UNSAID: mark("Find out"),
    SEGMENT: mark("Segment, under its own name"),
    IGNORE: mark("Not used"),
    "question": mark("Question (one row an answer)"),
    "answer": mark("Answer (one row an answer)"),
}
_DATE_ORDERS: Final = {
    "": mark("As the column itself shows"),
    DAY_FIRST: mark("Day first: 31/12/2026"),
    MONTH_FIRST: mark("Month first: 12/31/2026"),
}
_DAY_FOR_ALL: Final = "response_date"
_SHOWN_AT_FIRST: Final = 30


def edited_mapping(upload: Upload) -> Mapping | None:
    """Show the roles; give the mapping a person changed them to, None while nothing differs.

    Raises `NpsError`, in words fit to be shown, while two columns are given one role.
    """
    used = _used(upload)
    key = upload.key
    chosen = used
    score: str | None = None
    if upload.parsed is None:
        score = _asked_score(upload)
    else:
        for question in upload.parsed.questions:
            st.text(question.text)
            answer = _answer(question, used.answer(question.key), f"{key}_{question.key}")
            if answer:
                chosen = chosen.with_answer(question.key, answer)
    with st.expander(tr("Columns and what they mean")):
        roles = _roles(upload, used)
        left, right = st.columns(2)
        order = left.selectbox(
            tr("Order of dates"),
            list(_DATE_ORDERS),
            index=list(_DATE_ORDERS).index(used.date_order or ""),
            format_func=lambda order: tr(_DATE_ORDERS[order]),
            key=f"order_{key}",
        )
        zones = sorted(available_timezones() | {used.timezone})
        zone = right.selectbox(
            tr("Time zone of times that name none"),
            zones,
            index=zones.index(used.timezone),
            key=f"zone_{key}",
        )
    chosen = replace(chosen, roles=roles, date_order=order or None, timezone=zone)
    if score is not None:
        chosen = chosen.with_role(score, c.SCORE)
    return None if chosen == used else chosen


def for_the_next_file(mapping: Mapping) -> Mapping:
    """The mapping without what was said of this one file: the day all its responses are from."""
    return replace(
        mapping, answers=tuple(pair for pair in mapping.answers if pair[0] != _DAY_FOR_ALL)
    )


def _asked_score(upload: Upload) -> str | None:
    """Which column a person says the score is, of a file that was not read."""
    return st.selectbox(
        tr("Which column holds the answers from 0 to 10?"),
        upload.header,
        index=None,
        format_func=lambda header: visible(header),
        placeholder=tr("Choose the score column"),
        key=f"score_{upload.key}",
    )


def _used(upload: Upload) -> Mapping:
    if upload.parsed is not None:
        return upload.parsed.mapping
    return upload.mapping or Mapping()


def _answer(question: Question, given: str | None, key: str) -> str | None:
    if question.key == _DAY_FOR_ALL:
        day = st.date_input(
            tr("That day, if you know it"),
            value=None,
            key=f"answer_{key}",
            format=tr_in("date field", "YYYY-MM-DD"),
        )
        return day.isoformat() if day else None
    if not question.options:
        return st.text_input(tr("Your answer"), value=given or "", key=f"answer_{key}") or None
    if len(question.options) == 1:
        (only,) = question.options
        label = tr("Yes: {answer}", answer=as_label(question.label(only)))
        return only if st.checkbox(label, key=f"answer_{key}") else None
    index = question.options.index(given) if given in question.options else None
    return st.selectbox(
        tr("Your answer"),
        question.options,
        index=index,
        format_func=lambda option: visible(_answer_label(question, option)),
        placeholder=tr("Choose an option"),
        key=f"answer_{key}",
    )


def _answer_label(question: Question, option: str) -> str:
    if question.key == "date_order":
        return tr(_DATE_ORDERS[option])
    return question.label(option)


def _roles(upload: Upload, used: Mapping) -> tuple[tuple[str, str], ...]:
    preview = upload.parsed.preview if upload.parsed is not None else None
    roles: list[tuple[str, str]] = []
    hidden = 0
    # Of a file that was not read, what a person leaves open is still to be recognised.
    otherwise = _UNSAID if upload.parsed is None else IGNORE
    choices = (otherwise, *ROLES) if upload.parsed is None else ROLES
    everything = len(upload.header) <= _SHOWN_AT_FIRST or st.toggle(
        tr("Show all {n} columns", n=len(upload.header)), key=f"all_{upload.key}"
    )
    for place, header in enumerate(upload.header):
        role = used.role_of(header) or otherwise
        if not everything and role == IGNORE:
            roles.append((header, role))
            hidden += 1
            continue
        name, examples, choice = st.columns([3, 4, 3], vertical_alignment="center")
        name.text(visible(header))
        if preview is not None and header in preview.columns:
            examples.caption(as_label(_examples(preview[header].tolist()), 120))
        picked = choice.selectbox(
            tr("Meaning of {column}", column=as_label(header)),
            choices,
            index=choices.index(role),
            format_func=lambda role: tr(_ROLE_LABELS[role]),
            key=f"role_{upload.key}_{place}",
            label_visibility="collapsed",
        )
        if picked != _UNSAID:
            roles.append((header, picked))
    if hidden:
        st.caption(
            tr_plural(
                "{n} column that is not used is not listed.",
                "{n} columns that are not used are not listed.",
                hidden,
                n=hidden,
            )
        )
    return tuple(roles)


def _examples(cells: list[object]) -> str:
    seen = dict.fromkeys(visible(cell, 40) for cell in cells if isinstance(cell, str) and cell)
    return " · ".join(list(seen)[:3])
