"""The waterfalls of the "What moved" page, built once for a view of the data and then shared."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from nps_app.view import queries_moves
from nps_app.view.charts.theme import Theme, plain
from nps_app.view.charts.waterfall import End, Step, Tone, waterfall
from nps_app.view.counting import KEPT
from nps_app.view.move_words import (
    FOLDED,
    named,
    own_change_text,
    points_text,
    scores_text,
    shares_text,
)
from nps_app.view.queries_moves import Move, Spans
from nps_app.view.queries_segments import GROUP
from nps_app.view.tables import count_text, date_text, dates_text
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.language import current_language, mark, tr
from nps_core.measure import Filter

MOST_STEPS: Final = 8
"""Groups with a row of their own; the others are added up in one."""

_NAMES: Final = {
    c.PROMOTERS: mark("Promoters"),
    c.PASSIVES: mark("Passives"),
    c.DETRACTORS: mark("Detractors"),
}


def groups_figure(
    chosen: Filter, spans: Spans, by: tuple[str, ...], minimum: int, theme: Theme
) -> go.Figure:
    """From one NPS to the other: the groups' own scores, then who answered."""
    within = queries_moves.undated(chosen)
    return _groups(store_version(), within, spans, by, minimum, theme, current_language())


@st.cache_resource(**KEPT | {"max_entries": 128})
def _groups(
    version: int,
    chosen: Filter,
    spans: Spans,
    by: tuple[str, ...],
    minimum: int,
    theme: Theme,
    language: str,
) -> go.Figure:
    move = queries_moves.move(chosen, spans, by, minimum)
    return waterfall(*_ends(move, spans), group_steps(move), theme)


def flow_figure(
    chosen: Filter, spans: Spans, by: tuple[str, ...], minimum: int, theme: Theme
) -> go.Figure:
    """From one NPS to the other by promoters, passives and detractors."""
    within = queries_moves.undated(chosen)
    return _flow(store_version(), within, spans, by, minimum, theme, current_language())


@st.cache_resource(**KEPT | {"max_entries": 128})
def _flow(
    version: int,
    chosen: Filter,
    spans: Spans,
    by: tuple[str, ...],
    minimum: int,
    theme: Theme,
    language: str,
) -> go.Figure:
    move = queries_moves.move(chosen, spans, by, minimum)
    steps = []
    for _, row in move.flow.iterrows():
        shares = shares_text(row["before_share"], row["after_share"])
        category = _NAMES[row["category"]]
        name = tr(category)
        hover = tr(
            "{category} {shares}: {points} points",
            category=name,
            shares=shares,
            points=points_text(row["points"]),
        )
        steps.append(Step(name, row["points"], shares, hover=hover))
    return waterfall(*_ends(move, spans), steps, theme)


def _ends(move: Move, spans: Spans) -> tuple[End, End]:
    ends = []
    for place, (label, days) in enumerate(
        ((tr("Before"), spans.before), (tr("After"), spans.after))
    ):
        side = move.sides.iloc[place]
        ends.append(
            End(
                label,
                date_text(days[0]) if days[0] == days[1] else dates_text(*days, year=False),
                side[c.NPS],
                side[c.LOW],
                side[c.HIGH],
                int(side[c.RESPONSES]),
                move.comparison.verdict if place else "",
            )
        )
    return ends[0], ends[1]


def group_steps(move: Move) -> list[Step]:
    """The steps of a move's groups: the largest own parts, the others in one, then the mix."""
    groups = move.groups.assign(name=named(move.groups, GROUP))
    folded = groups[groups[FOLDED] > 0]
    single = groups[groups[FOLDED] == 0]
    drawn, rest = single.iloc[:MOST_STEPS], single.iloc[MOST_STEPS:]
    if len(rest) == 1:
        drawn, rest = single, rest.iloc[:0]
    steps = [_step(row) for _, row in drawn.iterrows()]
    if len(rest):
        others = tr("{n} other groups", n=count_text(len(rest)))
        steps.append(Step(others, rest["rate"].sum(), tone="unclear"))
    steps += [_step(row) for _, row in folded.iterrows()]
    mix = groups["mix"].sum()
    steps.append(
        Step(
            tr("Who answered"),
            mix,
            tone="mix",
            hover=tr(
                "The groups' shares of the responses changed: {points} points",
                points=points_text(mix),
            ),
        )
    )
    return steps


def _step(group: pd.Series) -> Step:
    scores = scores_text(group["before_nps"], group["after_nps"])
    own = own_change_text(group["difference"], group["low"], group["high"])
    shares = shares_text(group["before_share"], group["after_share"])
    verdict = str(group["verdict"])
    lines = [
        plain(group["name"]),
        tr(
            "own score {scores}: {points} points",
            scores=scores,
            points=points_text(group["rate"]),
        ),
        tr("own change {change}, {verdict}", change=own, verdict=tr(verdict)),
        tr("share {shares}: {points} points", shares=shares, points=points_text(group["mix"])),
    ]
    clear = verdict in ("up", "down")
    tone: Tone = "clear" if clear else "unclear"
    return Step(str(group["name"]), group["rate"], scores, tone, "<br>".join(lines))
