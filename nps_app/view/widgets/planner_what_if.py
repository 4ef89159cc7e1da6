"""The Planner's what-if: what winning some people over would do to the score."""

from typing import Final

import streamlit as st

from nps_app.view import figures_planner, planner_words, queries_what_if
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.tables import column_label
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.text import as_label, visible
from nps_core import columns as c
from nps_core.measure import Filter

TURNS: Final = {
    "Passives become promoters": (c.PASSIVES, c.PROMOTERS),
    "Detractors become passives": (c.DETRACTORS, c.PASSIVES),
    "Detractors become promoters": (c.DETRACTORS, c.PROMOTERS),
}
EVERYONE: Final = "Everyone"


def what_if(chosen: Filter) -> None:
    """Draw the choices, the sentence and the two bars."""
    groups = {EVERYONE: None} | _labelled(chosen)
    with st.container(border=True, gap="small"):
        head = title_row("What if?", "what_if")
        with st.container(horizontal=True, vertical_alignment="bottom", key="what_if_choices"):
            turn = st.selectbox(
                "Suppose", list(TURNS), key="plan_suppose", bind="query-params", width=250
            )
            where = st.selectbox(
                "Among", list(groups), key="plan_among", bind="query-params", width=300
            )
            percent = st.slider(
                "How many of them",
                0,
                100,
                10,
                1,
                "%d %%",
                key="plan_share",
                bind="query-params",
                width=300,
            )
        pair = TURNS[turn or next(iter(TURNS))]
        picked = groups.get(where or EVERYONE)
        group = picked[0] if picked else None
        name = picked[1] if picked else ""
        found = queries_what_if.suppose(chosen, pair, percent, group)
        said, drawn = st.columns([5, 6], gap="medium", vertical_alignment="center")
        with said:
            sentence = planner_words.what_if_sentence(found, pair, percent, name)
            st.markdown(f"**{as_label(sentence, 600)}**")
            if group is not None and found.found.of:
                st.markdown(as_label(planner_words.group_sentence(found, name), 300))
            st.markdown(as_label(planner_words.uncertainty_sentence(found), 300))
            st.caption(planner_words.IF_NOTE)
        with drawn:
            show_chart(
                figures_planner.what_if_figure(chosen, pair, percent, group, current_theme()),
                found.table,
                "nps-what-if",
                row=head,
                title=sentence,
                alt=sentence,
            )


def _labelled(chosen: Filter) -> dict[str, tuple[queries_what_if.Group, str]]:
    """Each group by the label it is picked by, which is once in the list; and its name."""
    labelled = {}
    for group, text in queries_what_if.groups_to_suppose(chosen, minimum_responses()):
        label = f"{visible(column_label(group[0]), 40)}: {visible(text, 60)}"
        if label not in labelled:
            labelled[label] = (group, visible(text, 60))
    return labelled
