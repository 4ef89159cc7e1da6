"""Saved views side by side: the score of each, its trend on one scale, and what lies between."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from nps_app.store import SavedView
from nps_app.view import queries, queries_definitions, sentences
from nps_app.view.charts import trend
from nps_app.view.charts.side_by_side import on_one_scale
from nps_app.view.compare_words import pair_sentence
from nps_app.view.definitions import denominator
from nps_app.view.hidden_words import Hidden
from nps_app.view.queries_compare import ComparedView, compared_views, pairs
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.tables import listed, nps_text
from nps_app.view.widgets.chart import current_theme, show_chart
from nps_app.view.widgets.compare_links import compared_links, shared_link
from nps_app.view.widgets.linked import linked_choice, linked_choices
from nps_app.view.widgets.session import current_store
from nps_app.view.widgets.text import as_label, visible
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core import columns as c
from nps_core.language import tr

_MOST: Final = 3
_HEIGHT: Final = 300
_STEPS: Final = {"week": "week", "month": "month", "quarter": "quarter"}


def compare_views() -> None:
    """Let a person choose two or three views, and draw them beside one another."""
    views = {view.id: view for view in current_store().views()}
    if len(views) < 2:
        st.text(tr("Save two views first: set a filter, then “Views”, “Save this view”."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare_choices"):
        picked = linked_choices(
            "views",
            tr("Views to compare, two or three"),
            list(views),
            format_func=lambda number: visible(views[number].name, 60),
            max_selections=_MOST,
        )
        every = linked_choice(
            st.segmented_control,
            "every",
            tr("Period"),
            list(_STEPS),
            default="month",
            format_func=_period_name,
            required=True,
        )
    if len(picked) < 2:
        st.caption(tr("Choose two or three views. The filter above does not touch them."))
        return
    _side_by_side([views[number] for number in picked], every)


def _period_name(every: str) -> str:
    return {"week": tr("week"), "month": tr("month"), "quarter": tr("quarter")}[every]


def _side_by_side(views: Sequence[SavedView], every: str) -> None:
    compared = compared_views(views)
    shown = [one for one in compared if not one.small and one.score[c.RESPONSES]]
    tables = {
        one.view.id: queries_definitions.trend(one.chosen, one.definition, every) for one in shown
    }
    drawn = on_one_scale(
        [
            trend.trend(tables[one.view.id], current_theme(), every=every, height=_HEIGHT)
            for one in shown
        ]
    )
    by_view = dict(zip([one.view.id for one in shown], drawn, strict=True))
    for column, one in zip(st.columns(len(compared)), compared, strict=True):
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            _head(one)
            if one.view.id in by_view:
                table = tables[one.view.id]
                clicked = show_chart(
                    by_view[one.view.id],
                    table,
                    f"compare-{one.view.id}",
                    heading=tr("NPS over time"),
                    alt=sentences.trend_alt(table, every),
                    title=visible(one.view.name, 80),
                    selectable=True,
                )
                compared_links(one, every, clicked)
    with st.container(gap="xsmall"):
        for pair in pairs(compared):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(pair_sentence(pair), width="content")
                shared_link(pair)
    st.caption(tr("All charts on this page share one scale. 95 % intervals."))


def _head(one: ComparedView) -> None:
    st.header(as_label(one.view.name, 60), anchor=False)
    st.text(one.words)
    if one.unknown:
        st.caption(
            as_label(tr("This data does not have {what}: left out.", what=listed(one.unknown)), 300)
        )
    if one.small:
        st.text(
            tr("Hidden: fewer than {n} responses, the minimum for a group.", n=minimum_responses())
        )
        n = queries.selected_of_total(one.chosen)[0]
        why_hidden(f"view_{one.view.id}", [Hidden(visible(one.view.name, 60), n)])
        return
    with st.container(key=f"figure_view_{one.view.id}"):
        st.markdown(nps_text(one.score[c.NPS]))
    st.markdown(sentences.beside_the_score(one.score, denominator(one.score, one.definition)))
