"""The ways from views side by side to the responses of each, and of two of them together."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from nps_app.view import queries
from nps_app.view.queries_compare import ComparedView, Pair
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.response_asked import CATEGORY_NAMES, Wanted
from nps_app.view.tables import count_text
from nps_app.view.widgets.figure_links import clicked_period, listed_periods
from nps_app.view.widgets.responses_link import jump, responses_link, responses_menu
from nps_core import columns as c
from nps_core.language import tr


def compared_links(one: ComparedView, every: str, clicked: Sequence[Mapping[str, Any]]) -> None:
    """The responses of a view: all of them, each category and each period of its chart.

    The view's own filter goes along; the way back has the filter above the page.
    """
    jump(clicked, lambda point: clicked_period(point, every), one.tokens)
    # Counted from all its responses, as they are listed, whatever score the view has.
    counted = queries.headline(one.chosen).iloc[0]
    everybody = {"": c.RESPONSES} | {name: name for name in CATEGORY_NAMES if name}
    listed = [
        (f"{tr(CATEGORY_NAMES[name])} · {count_text(counted[column])}", Wanted(category=name))
        for name, column in everybody.items()
        if counted[column]
    ]
    listed += listed_periods(queries.trend(one.chosen, every), every)
    responses_menu(listed, f"view_{one.view.id}", tokens=one.tokens)


def shared_link(pair: Pair) -> None:
    """The responses two views have in common; nothing where they are too few to be a group."""
    if not pair.shared or pair.shared < minimum_responses():
        return
    second = pair.second.chosen
    of = second.segments
    if second.survey_types:
        of = (*of, (c.SURVEY_TYPE, second.survey_types))
    both = Wanted(of=of, first=second.start, last=second.end)
    with st.container(key=f"drill_pair_{pair.first.view.id}_{pair.second.view.id}"):
        responses_link(both, tokens=pair.first.tokens)
