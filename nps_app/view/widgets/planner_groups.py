"""The Planner's table: what each value of a segment still needs, at its own pace."""

from dataclasses import replace
from datetime import date

import streamlit as st

from nps_app.view import planner_tables, queries, queries_planner, queries_planner_groups
from nps_app.view.planner_numbers import margin_text
from nps_app.view.queries_hidden import hidden_groups
from nps_app.view.queries_segments import GROUP, minimum_responses
from nps_app.view.tables import column_label, count_text
from nps_app.view.widgets.chart import title_row
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.planner_links import group_links
from nps_app.view.widgets.planner_needs import Wanted
from nps_app.view.widgets.table import show_table
from nps_app.view.widgets.text import column_labels, visible
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core.language import tr, tr_plural
from nps_core.measure import Filter


def groups(chosen: Filter, asked: Wanted) -> None:
    """Draw the choice of a segment and its table; nothing where the data has no segment."""
    columns = queries.segment_columns()
    if not columns:
        return
    labels = column_labels(columns)
    with st.container(border=True, gap="small"):
        heading = tr("Each segment, known to {margin}", margin=margin_text(asked.margin))
        row = title_row(heading, "plan_groups")
        column = linked_choice(
            st.selectbox,
            "plan_each",
            tr("For each"),
            columns,
            default=columns[0],
            format_func=labels.__getitem__,
            width=240,
        )
        minimum, today = minimum_responses(), date.today()
        found = queries_planner_groups.groups(chosen, column, asked.margin, asked.worst, minimum)
        table = found.table
        taken = table.rename(columns={GROUP: column_label(column)}).convert_dtypes()
        shown = planner_tables.shown_groups(table, visible(labels[column]), today)
        shown.iloc[:, 0] = [visible(value) for value in shown.iloc[:, 0]]
        numbers = [tr(name) for name in ("Responses", "Needed", "Still missing", "Weeks")]
        words = tr("Responses each {segment} still needs", segment=visible(labels[column]))
        show_table(
            shown.style.format(dict.fromkeys(numbers, count_text), na_rep="–"),  # type: ignore[arg-type]
            "nps-plan-by-segment",
            title=words,
            alt=words,
            download=taken,
            row=row,
            column_config={
                tr(name): st.column_config.Column(help=tr(words))
                for name, words in planner_tables.HELP.items()
            },
        )
        start = queries_planner.now(chosen)
        st.caption(planner_tables.groups_note(start, worst=asked.worst))
        if found.left_out:
            st.caption(
                tr_plural(
                    "Shown are the {shown} with the most recent responses; 1 more is not.",
                    "Shown are the {shown} with the most recent responses; {n} more are not.",
                    found.left_out,
                    shown=count_text(len(table)),
                    n=count_text(found.left_out),
                )
            )
        with st.container(horizontal=True, vertical_alignment="center", key="plan_groups_more"):
            if (table["hidden"] != "").any():
                recent = chosen
                if start.pace is not None:
                    recent = replace(chosen, start=start.pace.start, end=start.pace.end)
                why_hidden("plan", hidden_groups(recent, table, (column,)))
            group_links(start, found, column)
