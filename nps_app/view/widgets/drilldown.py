"""The responses behind a period or a product change picked on the trend."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from nps_app.view import queries, queries_overview, queries_responses, sentences
from nps_app.view.group_words import survey_label
from nps_app.view.response_asked import Wanted
from nps_app.view.said import capital, said
from nps_app.view.tables import (
    column_label,
    count_text,
    date_text,
    dates_text,
    period_end,
    period_text,
)
from nps_app.view.widgets.figure_links import around
from nps_app.view.widgets.responses_link import responses_link
from nps_app.view.widgets.table import show_table
from nps_app.view.widgets.text import visible
from nps_core import columns as c
from nps_core.language import mark, tr, tr_in
from nps_core.measure import Filter

_PICKED = "trend_pick"
_SEEN = "trend_pick_seen"
_SIDES = {"": mark("{days}"), "before": mark("before, {days}"), "after": mark("after, {days}")}
_SILENT = {"before": mark("**Before**: no responses."), "after": mark("**After**: no responses.")}


def take_pick(points: Sequence[dict[str, Any]]) -> None:
    """Turn a click on the chart into the picked entry, once."""
    token = next((str(point["customdata"]) for point in points if point.get("customdata")), "")
    if token != st.session_state.get(_SEEN):
        st.session_state[_SEEN] = token
        if token:
            st.session_state[_PICKED] = token


def drilldown(chosen: Filter, every: str, table: pd.DataFrame, changes: pd.DataFrame) -> None:
    """Let a person pick a period or a change, and list its responses as plain text."""
    labels = {
        f"change {row['change']}": f"{visible(row['title'], 50)} · {date_text(row['date'])}"
        for _, row in changes.sort_values("date", ascending=False).iterrows()
    } | {
        f"period {row[c.PERIOD]:%Y-%m-%d}": f"{period_text(row[c.PERIOD], every)} · "
        f"{count_text(row[c.RESPONSES])}"
        for _, row in table[::-1].iterrows()
        if row[c.RESPONSES]
    }
    if st.session_state.get(_PICKED) not in labels:
        st.session_state[_PICKED] = None
    picked = st.selectbox(
        tr("Look into a product change or a period"),
        list(labels),
        format_func=labels.__getitem__,
        index=None,
        key=_PICKED,
        placeholder=tr("Pick here, or click a marker or a point on the chart"),
    )
    if picked is None:
        return
    kind, name = picked.split(" ", 1)
    if kind == "period":
        first = date.fromisoformat(name)
        last = period_end(first, every).date()
        _responses(chosen, first, last, "", Wanted(first=first, last=last))
        return
    row = changes[changes["change"] == int(name)].iloc[0]
    st.markdown(
        sentences.verdict_markdown(row["verdict"], row["difference"], row["low"], row["high"])
    )
    for reason in row["cut"]:
        st.text(said(reason))
    st.page_link("pages/methods.py", label=tr("How it works"))
    scoped = queries_overview.within_scope(chosen, int(name))
    for side in ("before", "after"):
        if scoped is None or pd.isna(row[f"{side}_start"]):
            st.markdown(tr(_SILENT[side]))
        else:
            days = row[f"{side}_start"].date(), row[f"{side}_end"].date()
            scope = queries.stored_changes()[int(name)].segments
            _responses(scoped, *days, side, around(scope, days))


def _responses(chosen: Filter, first: date, last: date, side: str, wanted: Wanted) -> None:
    within = queries_overview.within(chosen, first, last)
    found = queries.responses(within)
    whole = queries.selected_of_total(chosen)[0]
    days = date_text(first) if first == last else dates_text(first, last)
    listed = len(found.rows)
    counts = {
        "days": capital(tr(_SIDES[side], days=days)),
        "n": count_text(found.total),
        "total": count_text(whole),
    }
    if listed < found.total:
        st.text(
            tr(
                "{days}: {n} of {total} responses; the newest {listed} are listed.",
                listed=count_text(listed),
                **counts,
            )
        )
    else:
        st.text(tr("{days}: {n} of {total} responses.", **counts))
    with st.container(key=f"drill_trend_{side}"):
        responses_link(wanted, tr("Open these responses on a page of their own"))
    segments = [*queries.segment_columns(), c.SURVEY_TYPE]
    shown = [c.RESPONDED_AT, c.SCORE, c.COMMENT, *segments]
    rows = found.rows[[column for column in shown if column in found.rows]]
    if c.SURVEY_TYPE in rows:
        rows = rows.assign(
            **{c.SURVEY_TYPE: rows[c.SURVEY_TYPE].map(survey_label, na_action="ignore")}
        )
    show_table(
        rows,
        f"responses-{side}" if side else "responses-of-period",
        title=tr("Responses"),
        alt=tr("The responses, the newest first"),
        download=lambda: queries_responses.everything(within),
        rows=found.total,
        copied=rows,
        column_config={
            c.RESPONDED_AT: st.column_config.DateColumn(
                tr("Date"), format=tr_in("date field", "YYYY-MM-DD")
            ),
            c.SCORE: st.column_config.NumberColumn(tr("Score"), width="small"),
            c.COMMENT: st.column_config.TextColumn(tr("Comment"), width="large"),
        }
        | {column: st.column_config.TextColumn(column_label(column)) for column in segments},
    )
