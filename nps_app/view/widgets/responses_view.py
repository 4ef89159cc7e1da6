"""The page of responses: those behind a figure, as text, newest first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nps_app.view import queries, queries_responses
from nps_app.view.filter_words import filter_words
from nps_app.view.group_words import survey_label
from nps_app.view.queries_responses import A_PAGE, FoundResponses
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.response_asked import (
    ANY_DATES,
    BACK,
    CATEGORY,
    CATEGORY_NAMES,
    FIRST,
    LAST,
    MOVED,
    OF,
    SCORES,
    SINCE,
    Wanted,
    read_wanted,
)
from nps_app.view.tables import column_label, count_text, dates_text, listed
from nps_app.view.widgets.definition import say_all_responses
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.responses_link import back_link
from nps_app.view.widgets.table import show_table
from nps_app.view.widgets.text import as_label
from nps_core import columns as c
from nps_core.language import mark, tr, tr_in, tr_plural
from nps_core.measure import Filter
from nps_core.measure.movement import LOST, WON_OVER, Way

_PAGE: Final = "responses_page"
_NARROWS: Final = (OF, FIRST, LAST, ANY_DATES, MOVED, SINCE)
_MOVED: Final[dict[Way, str]] = {
    WON_OVER: mark("won over against {dates}: the last response of each before and after"),
    LOST: mark("lost against {dates}: the last response of each before and after"),
}
_SCORES: Final = range(c.LOWEST_SCORE, c.HIGHEST_SCORE + 1)


def responses_view(chosen: Filter, head: DeltaGenerator) -> None:
    """Draw the responses the address asks for; `head` is what is left of the title's row."""
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    wanted = read_wanted(asked, [*queries.segment_columns(), c.SURVEY_TYPE])
    with head:
        given = "".join(asked.get(BACK, []))
        if given:
            with st.container(key="responses_back", width="content"):
                back_link(given.removeprefix("/"))
    wanted = _choices(wanted)
    narrowed, scores = wanted.within(chosen), wanted.every_score()
    sides = wanted.sides(chosen) if wanted.moved else None
    with st.container(horizontal=True, vertical_alignment="center", key="responses_of"):
        # Values come from files.
        st.text(_words(narrowed, scores, wanted), width="content")
        if wanted != Wanted():
            st.button(
                tr("Show all of the filter"), type="tertiary", on_click=_forget, key="forget_wanted"
            )
    if wanted.any_dates and (chosen.start or chosen.end):
        st.caption(tr("The dates of the filter do not apply here: the days are those above."))
    say_all_responses()
    if wanted.moved and sides:
        found = queries_responses.of_movers(*sides, wanted.moved, scores)
        if 0 < found.people < minimum_responses():
            st.info(tr("Too few people to show where each of them went."))
            return
    elif narrowed and not wanted.moved:
        found = queries_responses.of_filter(narrowed, scores)
    else:
        found = queries_responses.NOTHING
    if not found.total:
        st.info(tr("No responses match."))
        return
    _list(found)


def _choices(wanted: Wanted) -> Wanted:
    with st.container(horizontal=True, vertical_alignment="bottom", key="responses_choices"):
        category: str = linked_choice(
            st.segmented_control,
            CATEGORY,
            tr("Answered"),
            list(CATEGORY_NAMES),
            default="",
            format_func=lambda name: tr(CATEGORY_NAMES[name]),
            required=True,
        )
        st.session_state[SCORES] = list(wanted.scores)
        scores = st.pills(
            tr("Scores"),
            _SCORES,
            selection_mode="multi",
            key=SCORES,
            on_change=_keep_scores,
        )
    return replace(wanted, category=category, scores=tuple(sorted(scores)))


def _keep_scores() -> None:
    given = ",".join(str(score) for score in sorted(st.session_state[SCORES]))
    if given:
        st.query_params[SCORES] = given
    else:
        st.query_params.pop(SCORES, None)


def _forget() -> None:
    for name in (*_NARROWS, CATEGORY, SCORES):
        st.query_params.pop(name, None)


def _words(narrowed: Filter | None, scores: tuple[int, ...], wanted: Wanted) -> str:
    parts = [tr("Nothing lies in both the filter and what the link asks for")]
    if narrowed is not None:
        parts = [filter_words(narrowed)]
    since = wanted.since
    if wanted.moved and since and since.start and since.end:
        dates = dates_text(since.start, since.end)
        parts.append(tr(_MOVED[wanted.moved], dates=dates))
    if scores and min(scores) >= 0:
        named = listed(map(str, scores))
        parts.append(tr_plural("score {scores}", "scores {scores}", len(scores), scores=named))
    return " · ".join(parts)


def _list(found: FoundResponses) -> None:
    total = found.total
    pages = -(-total // A_PAGE)
    st.session_state[_PAGE] = min(max(1, st.session_state.get(_PAGE, 1)), pages)
    page = st.session_state[_PAGE]
    rows = found.page(page)
    stored = queries.freshness().responses
    show_table(
        _readable(rows),
        "responses",
        heading=tr_plural(
            "{n} of {total} response",
            "{n} of {total} responses",
            stored,
            n=count_text(total),
            total=count_text(stored),
        ),
        title=tr("Responses"),
        alt=tr("The responses, the newest first"),
        download=found.everything,
        rows=total,
        copied=rows,
        column_config=_columns(),
        height="content" if len(rows) < 15 else 640,
    )
    first = (page - 1) * A_PAGE + 1
    st.caption(
        tr(
            "The newest first: {first} to {last}. The files have all {total}.",
            first=count_text(first),
            last=count_text(first + len(rows) - 1),
            total=count_text(total),
        )
    )
    if pages > 1:
        st.pagination(pages, key=_PAGE)


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    segments = queries.segment_columns()
    order = [c.RESPONDED_AT, c.SCORE, c.COMMENT, *segments, c.SURVEY_TYPE]
    order += [c.ACCOUNT_ID, c.RESPONDENT_ID]
    shown = rows[[name for name in order if name in rows]]
    known = [name for name in shown if name in order[:3] or shown[name].notna().any()]
    shown = shown[known]
    if c.SURVEY_TYPE in shown:
        kinds = shown[c.SURVEY_TYPE].map(survey_label, na_action="ignore")
        shown = shown.assign(**{c.SURVEY_TYPE: kinds})
    return shown


def _columns() -> Mapping[str, object]:
    named = {
        c.RESPONDED_AT: st.column_config.DateColumn(
            tr("Date"), format=tr_in("date field", "YYYY-MM-DD")
        ),
        c.SCORE: st.column_config.NumberColumn(tr("Score"), width="small"),
        c.COMMENT: st.column_config.TextColumn(tr("Comment"), width="large"),
        c.ACCOUNT_ID: st.column_config.TextColumn(tr("Account")),
        c.RESPONDENT_ID: st.column_config.TextColumn(tr("Respondent")),
    }
    segments = (*queries.segment_columns(), c.SURVEY_TYPE)
    return named | {
        name: st.column_config.TextColumn(as_label(column_label(name))) for name in segments
    }
