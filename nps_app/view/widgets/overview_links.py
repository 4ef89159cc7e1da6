"""The ways from the Overview's figures to their responses: a click on a mark, or a menu."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from nps_app.view.queries_hidden import hidden_in_segments
from nps_app.view.queries_overview import Differences, PeriodMove
from nps_app.view.response_asked import CATEGORY_NAMES, Wanted
from nps_app.view.tables import column_label, count_text, value_label
from nps_app.view.widgets.figure_links import clicked_period, listed_periods
from nps_app.view.widgets.responses_link import jump, responses_menu
from nps_app.view.widgets.text import visible
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core import columns as c
from nps_core.language import tr
from nps_core.measure import Filter

Clicked = Sequence[Mapping[str, Any]]


def move_links(move: PeriodMove, later: str, earlier: str) -> None:
    """The two periods compared, in the words they stand in on the card."""
    periods = [
        (later, Wanted(first=move.start, last=move.end)),
        (earlier, Wanted(first=move.before_start, last=move.before_end)),
    ]
    responses_menu(periods, "score_move")


def category_links(row: pd.Series, clicked: Clicked) -> None:
    """Promoters, passives and detractors, in the order of the bar."""
    kinds = [Wanted(category=name) for name in (c.PROMOTERS, c.PASSIVES, c.DETRACTORS)]
    jump(clicked, lambda point: kinds[int(point.get("curve_number", 0))])
    responses_menu(
        [
            (f"{tr(CATEGORY_NAMES[kind.category])} · {count_text(row[kind.category])}", kind)
            for kind in kinds
            if row[kind.category]
        ],
        "categories",
    )


def score_links(counts: pd.DataFrame, clicked: Clicked) -> None:
    """Each score somebody gave."""
    jump(clicked, lambda point: Wanted(scores=(int(point["x"]),)))
    given = counts[counts[c.COUNT] > 0]
    responses_menu(
        [
            (
                tr("Score {score} · {n}", score=score, n=count_text(n)),
                Wanted(scores=(int(score),)),
            )
            for score, n in zip(given[c.SCORE], given[c.COUNT], strict=True)
        ],
        "scores",
    )


def month_links(table: pd.DataFrame, clicked: Clicked) -> None:
    """Each month of the trend, the newest first."""
    jump(clicked, lambda point: clicked_period(point, "month"))
    responses_menu(listed_periods(table, "month"), "months")


def difference_links(chosen: Filter, found: Differences, minimum: int, clicked: Clicked) -> None:
    """Each group on the chart, and why others are not on it."""
    groups = [_group(row) for row in found.table.to_dict("records")]
    rows = dict(enumerate(wanted for _, wanted in groups))
    jump(clicked, lambda point: rows.get(-round(point["y"])))
    with st.container(horizontal=True, vertical_alignment="center", key="differences_more"):
        if found.hidden:
            why_hidden("differences", hidden_in_segments(chosen, minimum))
        responses_menu(groups, "differences")


def _group(row: Mapping[Any, Any]) -> tuple[str, Wanted]:
    column, value = row["segment"], None if pd.isna(row["value"]) else row["value"]
    name = tr(
        "{group} ({segment}) · {n}",
        group=visible(value_label(value), 40),
        segment=visible(column_label(column), 40).lower(),
        n=count_text(row[c.RESPONSES]),
    )
    return name, Wanted(((column, (value,)),))
