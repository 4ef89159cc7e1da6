"""The Planner's what-if: what winning some people over would do to the score."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from nps_app.view import figures_planner, queries_what_if, what_if_words
from nps_app.view.filter_link import segment_token
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.tables import column_label
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.linked import linked_choice, linked_number
from nps_app.view.widgets.planner_links import supposed_links
from nps_app.view.widgets.text import as_label, visible
from nps_core import columns as c
from nps_core.language import mark, tr
from nps_core.measure import Filter

_TURNS: Final = {
    "passives-promoters": (c.PASSIVES, c.PROMOTERS),
    "detractors-passives": (c.DETRACTORS, c.PASSIVES),
    "detractors-promoters": (c.DETRACTORS, c.PROMOTERS),
}
_TURN_NAMES: Final = {
    "passives-promoters": mark("Passives become promoters"),
    "detractors-passives": mark("Detractors become passives"),
    "detractors-promoters": mark("Detractors become promoters"),
}
_EVERYONE: Final = "everyone"


@dataclass(frozen=True)
class _Named:
    """A group, its name in sentences, and the label it is picked by."""

    group: queries_what_if.Group
    name: str
    label: str


def what_if(chosen: Filter) -> None:
    """Draw the choices, the sentence and the two bars."""
    groups = _named(chosen)
    with st.container(border=True, gap="small"):
        head = title_row(tr("What if?"), "what_if")
        with st.container(horizontal=True, vertical_alignment="bottom", key="what_if_choices"):
            turn = linked_choice(
                st.selectbox,
                "plan_suppose",
                tr("Suppose"),
                list(_TURNS),
                default="passives-promoters",
                format_func=lambda token: tr(_TURN_NAMES[token]),
                width=280,
            )
            where = linked_choice(
                st.selectbox,
                "plan_among",
                tr("Among"),
                [_EVERYONE, *groups],
                default=_EVERYONE,
                format_func=lambda token: (
                    groups[token].label if token in groups else tr("Everyone")
                ),
                width=300,
            )
            percent = linked_number(
                st.slider,
                "plan_share",
                tr("How many of them"),
                lowest=0,
                highest=100,
                default=10,
                step=1,
                format=tr("%d %%"),
                width=300,
            )
        pair = _TURNS[turn]
        picked = groups.get(where)
        group, name = (picked.group, picked.name) if picked else (None, "")
        found = queries_what_if.suppose(chosen, pair, percent, group)
        said, drawn = st.columns([5, 6], gap="medium", vertical_alignment="center")
        with said:
            sentence = what_if_words.what_if_sentence(found, pair, percent, name)
            st.markdown(f"**{as_label(sentence, 600)}**")
            if group is not None and found.found.of:
                st.markdown(as_label(what_if_words.group_sentence(found, name), 300))
            st.markdown(as_label(what_if_words.uncertainty_sentence(found), 300))
            st.caption(tr(what_if_words.NOTE))
            supposed_links(chosen, pair[0], group)
        with drawn:
            show_chart(
                figures_planner.what_if_figure(chosen, pair, percent, group, current_theme()),
                found.table,
                "nps-what-if",
                row=head,
                title=sentence,
                alt=sentence,
            )


def _named(chosen: Filter) -> dict[str, _Named]:
    """Each group by its token; Streamlit tells options apart by labels, so each label is once."""
    named: dict[str, _Named] = {}
    taken = {tr("Everyone")}
    for group, text in queries_what_if.groups_to_suppose(chosen, minimum_responses()):
        name = visible(text, 60)
        label = tr("{column}: {value}", column=visible(column_label(group[0]), 40), value=name)
        if label not in taken:
            taken.add(label)
            named[segment_token(*group)] = _Named(group, name, label)
    return named
