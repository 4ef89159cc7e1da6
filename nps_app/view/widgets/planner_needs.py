"""The Planner's first part: how many responses a margin and a move need, and until when."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from nps_app.view import figures_planner, planner_tables, planner_words, queries_planner
from nps_app.view.planner_numbers import POWERS, margin_text, short_text
from nps_app.view.tables import count_text, responses_text
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.linked import linked_choice, linked_number
from nps_app.view.widgets.planner_links import chosen_links, now_links
from nps_app.view.widgets.table import show_table
from nps_core.language import mark, tr
from nps_core.measure import Filter

_WORST: Final = "worst"
_SPREADS: Final = {"answers": mark("As people answered"), _WORST: mark("Worst case")}


@dataclass(frozen=True)
class Wanted:
    """What a person plans for: a margin and a move (points), how surely, with which shares."""

    margin: float
    move: float
    power: float
    worst: bool


def wanted() -> Wanted:
    """Draw the choices; they live in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="plan_choices"):
        margin = linked_number(
            st.number_input,
            "plan_margin",
            tr("Know the NPS to ± points"),
            lowest=1.0,
            highest=50.0,
            default=5.0,
            step=1.0,
            format="%g",
            width=190,
        )
        move = linked_number(
            st.number_input,
            "plan_move",
            tr("Notice a move of points"),
            lowest=1.0,
            highest=100.0,
            default=10.0,
            step=1.0,
            format="%g",
            width=190,
        )
        power = linked_choice(
            st.selectbox,
            "plan_surely",
            tr("How surely"),
            list(POWERS),
            default=next(iter(POWERS)),
            format_func=lambda power: tr(POWERS[power]),
            width=190,
        )
        spread = linked_choice(
            st.segmented_control,
            "plan_spread",
            tr("Plan with"),
            list(_SPREADS),
            default="answers",
            required=True,
            format_func=lambda token: tr(_SPREADS[token]),
        )
    return Wanted(margin, move, power, spread == _WORST)


def needs(chosen: Filter, asked: Wanted) -> None:
    """The two answers in words, and the chart of margin against responses."""
    today = date.today()
    plan = queries_planner.plan(chosen, asked.margin, asked.move, asked.power, asked.worst)
    words, drawn = st.columns([6, 5], gap="medium")
    with words:
        with st.container(border=True, gap="xsmall"):
            margin = margin_text(asked.margin)
            title_row(tr("To know the NPS to {margin}", margin=margin), "plan_margin")
            _figure("needed", responses_text(plan.needed))
            st.write(planner_words.now_sentence(plan.now))
            st.write(planner_words.margin_sentence(plan, asked.margin, today))
            st.caption(planner_words.full_sentence(plan))
            now_links(plan.now)
        with st.container(border=True, gap="xsmall"):
            title_row(tr("To notice a move of {move}", move=short_text(asked.move)), "plan_move")
            _figure("each", tr("{n} before, {n} after", n=count_text(plan.each)))
            st.write(planner_words.move_sentence(plan, asked.move, asked.power, today))
            st.caption(planner_words.visible_sentence(plan))
    with drawn, st.container(border=True, height="stretch", gap="xsmall"):
        show_chart(
            figures_planner.margin_figure(
                chosen, asked.margin, plan.needed, asked.worst, current_theme()
            ),
            queries_planner.margins(chosen, asked.margin, asked.worst),
            "nps-margin-by-responses",
            heading=tr("What more responses buy"),
            alt=tr(
                "The margin falls as responses grow: {margin} takes {responses}",
                margin=margin,
                responses=responses_text(plan.needed),
            ),
            title=tr("How well the NPS is known, by responses"),
        )
        st.caption(tr("Halving the margin takes four times the responses."))
        st.space("stretch")
        st.caption(planner_words.spread_sentence(plan.now, worst=asked.worst))
        chosen_links(chosen)
    stale = planner_words.stale_sentence(plan.now, today)
    if stale:
        st.warning(stale)


def details(chosen: Filter, asked: Wanted) -> None:
    """What an analyst would ask for: every figure and how it is computed, to look at and take."""
    plan = queries_planner.plan(chosen, asked.margin, asked.move, asked.power, asked.worst)
    table = planner_tables.analyst_table(plan, asked.margin, asked.move, asked.power)
    with st.expander(tr("For analysts: figures and methods"), key="plan_details"):
        st.write(tr(planner_words.METHOD))
        show_table(
            planner_tables.shown_analyst_table(table),
            "nps-plan",
            title=tr("The figures behind the plan"),
            alt=tr("The figures behind the plan"),
            download=table,
            height="content",
        )
        st.page_link("pages/methods.py", label=tr("How it works"))


def _figure(key: str, text: str) -> None:
    with st.container(key=f"figure_{key}"):
        st.markdown(text)
