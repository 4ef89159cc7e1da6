"""The Planner's first part: how many responses a margin and a move need, and until when."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from nps_app.view import export, figures_planner, planner_words, queries_planner
from nps_app.view.planner_numbers import POWERS, margin_text
from nps_app.view.tables import count_text
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_core.measure import Filter

AS_ANSWERED, WORST = "As people answered", "Worst case"


@dataclass(frozen=True)
class Wanted:
    """What a person plans for: a margin and a move (points), how surely, with which shares."""

    margin: float
    move: float
    times: str
    worst: bool


def wanted() -> Wanted:
    """Draw the choices; they live in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="plan_choices"):
        margin = st.number_input(
            "Know the NPS to ± points",
            1.0,
            50.0,
            5.0,
            1.0,
            "%g",
            key="plan_margin",
            bind="query-params",
            width=190,
        )
        move = st.number_input(
            "Notice a move of points",
            1.0,
            100.0,
            10.0,
            1.0,
            "%g",
            key="plan_move",
            bind="query-params",
            width=190,
        )
        times = st.selectbox(
            "How surely", list(POWERS), key="plan_surely", bind="query-params", width=190
        )
        spread = st.segmented_control(
            "Plan with",
            (AS_ANSWERED, WORST),
            default=AS_ANSWERED,
            required=True,
            key="plan_spread",
            bind="query-params",
        )
    return Wanted(float(margin), float(move), times or next(iter(POWERS)), spread == WORST)


def needs(chosen: Filter, asked: Wanted) -> None:
    """The two answers in words, and the chart of margin against responses."""
    today = date.today()
    plan = queries_planner.plan(chosen, asked.margin, asked.move, POWERS[asked.times], asked.worst)
    words, drawn = st.columns([6, 5], gap="medium")
    with words:
        with st.container(border=True, gap="xsmall"):
            title_row(f"To know the NPS to {margin_text(asked.margin)}", "plan_margin")
            _figure("needed", f"{count_text(plan.needed)} responses")
            st.write(planner_words.now_sentence(plan.now))
            st.write(planner_words.margin_sentence(plan, asked.margin, today))
            st.caption(planner_words.full_sentence(plan))
        with st.container(border=True, gap="xsmall"):
            title_row(f"To notice a move of {asked.move:g}", "plan_move")
            _figure("each", f"{count_text(plan.each)} before, {count_text(plan.each)} after")
            st.write(planner_words.move_sentence(plan, asked.move, asked.times, today))
            st.caption(planner_words.visible_sentence(plan))
    with drawn, st.container(border=True, height="stretch", gap="xsmall"):
        show_chart(
            figures_planner.margin_figure(
                chosen, asked.margin, plan.needed, asked.worst, current_theme()
            ),
            queries_planner.margins(chosen, asked.margin, asked.worst),
            "nps-margin-by-responses",
            heading="What more responses buy",
            alt=f"The margin falls as responses grow: {margin_text(asked.margin)} takes "
            f"{count_text(plan.needed)} responses",
            title="How well the NPS is known, by responses",
        )
        st.caption("Halving the margin takes four times the responses.")
        st.space("stretch")
        st.caption(planner_words.spread_sentence(plan.now, worst=asked.worst))
    stale = planner_words.stale_sentence(plan.now, today)
    if stale:
        st.warning(stale)


def details(chosen: Filter, asked: Wanted) -> None:
    """What an analyst would ask for: every figure and how it is computed, to look at and take."""
    power = POWERS[asked.times]
    plan = queries_planner.plan(chosen, asked.margin, asked.move, power, asked.worst)
    table = planner_words.analyst_table(plan, asked.margin, asked.move, power)
    with st.expander("For analysts: figures and methods", key="plan_details"):
        st.write(planner_words.METHOD)
        st.dataframe(table, hide_index=True, height="content", alt="The figures behind the plan")
        st.download_button(
            "CSV table, unrounded",
            lambda: export.csv_bytes(table),
            file_name="nps-plan.csv",
            mime="text/csv",
            key="csv_plan",
            icon=":material/table_rows:",
            type="tertiary",
            on_click="ignore",
        )
        st.page_link("pages/methods.py", label="How it works")


def _figure(key: str, text: str) -> None:
    with st.container(key=f"figure_{key}"):
        st.markdown(text)
