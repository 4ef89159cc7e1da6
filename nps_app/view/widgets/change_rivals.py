"""What else could explain a move: each rival explanation with its own figure and details."""

import pandas as pd
import streamlit as st

from nps_app.view import queries_moves
from nps_app.view.export import csv_bytes
from nps_app.view.figures_change import movement_figure
from nps_app.view.move_words import (
    correction_sentence,
    download_table,
    points_text,
    shown_table,
)
from nps_app.view.queries_change import Asked, window_days
from nps_app.view.queries_moves import Spans
from nps_app.view.queries_segments import GROUP, minimum_responses
from nps_app.view.rival_words import (
    QUESTIONS,
    control_sentence,
    denominator,
    mix_sentence,
    people_sentence,
    rival_reached,
    told_mix,
    trend_sentence,
)
from nps_app.view.tables import (
    arrow,
    count_text,
    date_text,
    difference_text,
    interval_text,
    nps_text,
    p_text,
)
from nps_app.view.verdict_words import figure_words, mix_words
from nps_app.view.widgets.chart import current_theme, show_chart
from nps_app.view.widgets.text import as_label, visible
from nps_app.view.widgets.verdict import verdict_label, verdict_popover
from nps_core.measure import Comparison, Filter
from nps_core.measure.compare import TOO_FEW
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.rivals import Rival

_THREE_BY_THREE = "Promoters, passives, detractors"
_ELEVEN = "Scores 0 to 10"


def mix_card(chosen: Filter, verdict: ChangeVerdict) -> None:
    """Draw whether other people answered: the move at each fixed mix, and its groups."""
    told = told_mix(verdict)
    _head("mix", told, mix_sentence(verdict), verdict)
    if not verdict.mix:
        return
    with st.expander("Each mix held fixed", key="each_mix"):
        st.dataframe(
            pd.DataFrame([_mix_row(rival) for rival in verdict.mix]),
            hide_index=True,
            alt="The difference with each mix held fixed",
        )
    groups = {mix_words(r.columns): r.columns for r in verdict.mix if len(r.columns) <= 2}
    spans = _spans(verdict)
    if not groups or spans is None:
        return
    opened = st.expander("Group by group", key="mix_groups", on_change="rerun")
    if opened.open:
        with opened:
            first = mix_words(told.columns) if told else next(iter(groups))
            names = list(groups)
            picked = st.selectbox(
                "Groups of",
                names,
                index=names.index(first) if first in names else 0,
                format_func=lambda name: visible(name),
                key="groups_of",
                width=280,
            )
            _groups(chosen, spans, groups[picked or names[0]])


def _mix_row(rival: Rival) -> dict[str, str]:
    found = rival.detail
    at = f"{nps_text(found.before_nps)} → {nps_text(found.after_nps)}" if found else "–"
    return {
        "Held fixed": visible(mix_words(rival.columns), 120),
        "Verdict": f"{arrow(rival.verdict)} {rival.verdict}",
        "Difference (95 % interval)": figure_words(rival),
        "NPS at that mix": at,
        "Responses": f"{count_text(rival.before_responses)} → {count_text(rival.after_responses)}",
    }


def _spans(verdict: ChangeVerdict) -> Spans | None:
    before, after = (window_days(verdict.row, side) for side in ("before", "after"))
    if before is None or after is None:
        return None
    scope, judged = verdict.change.segments, queries_moves.as_judged(verdict.row)
    return Spans(before, after, "before", "after", scope, judged=judged)


def _groups(chosen: Filter, spans: Spans, by: tuple[str, ...]) -> None:
    move = queries_moves.move(chosen, spans, by, minimum_responses())
    header = mix_words(by)
    if move.groups.empty:
        st.text("Too few responses to split without showing who answered what.")
        return
    shown = shown_table(move.groups, move.comparison, GROUP, header)
    shown[header] = [visible(name) for name in shown[header]]
    st.dataframe(shown, hide_index=True, alt=f"The change by {visible(header)}")
    st.download_button(
        "CSV of the groups, unrounded",
        lambda: csv_bytes(download_table(move.groups, GROUP, header)),
        file_name="nps-change-by-group.csv",
        mime="text/csv",
        key="csv_mix_groups",
        type="tertiary",
        icon=":material/table_rows:",
        on_click="ignore",
    )
    st.caption(
        "Own scores and Who answered add up to the change in all. Groups too small to show are "
        f"added up in one row. {correction_sentence(move.groups)}"
    )


def trend_card(verdict: ChangeVerdict) -> None:
    """Draw whether it was moving already; the chart above the cards has the fitted line."""
    trend, series = verdict.trend, verdict.trend.detail
    _head("trend", trend, trend_sentence(verdict), verdict)
    if trend.verdict == TOO_FEW:
        return
    with st.expander("The fitted line", key="trend_details"):
        st.text(
            f"Step in the week of the change: {points_text(series.level_change)} points "
            f"({interval_text(series.level_low, series.level_high)}), {p_text(series.p_level)}."
        )
        st.text(f"Slope before: {points_text(series.slope_before)} points a week.")
        turn = f"Change of slope: {points_text(series.slope_change)} points a week"
        if series.p_slope == series.p_slope:
            ends = f"{points_text(series.slope_low)} to {points_text(series.slope_high)}"
            st.text(f"{turn} ({ends}), {p_text(series.p_slope)}.")
        else:
            st.text(f"{turn}; too few weeks for an interval.")
        st.text(
            f"{series.weeks_before} weeks before and {series.weeks_after} after, up to the "
            "neighbouring product changes. The chart above has the line."
        )


def control_card(verdict: ChangeVerdict) -> None:
    """Draw whether those the change was not for moved as well: the four numbers."""
    control = verdict.control
    _head("control", control, control_sentence(verdict), verdict)
    if control.detail is None or control.verdict == TOO_FEW:
        return
    sides = {
        "Those it was for": control.detail.treated,
        "Everybody else": control.detail.control,
    }
    with st.expander("The four numbers", key="control_details"):
        st.dataframe(
            pd.DataFrame([_side_row(name, side) for name, side in sides.items()]),
            hide_index=True,
            alt="NPS before and after of those the change was for and of everybody else",
        )
        st.caption(
            "Responses with an unknown value in a column of the scope are in neither group. "
            "These intervals are those of chance alone."
        )


def _side_row(name: str, side: Comparison) -> dict[str, str]:
    return {
        "": name,
        "NPS before": nps_text(side.before_nps),
        "NPS after": nps_text(side.after_nps),
        "Difference (95 % interval)": difference_text(
            side.verdict, side.difference, side.low, side.high
        ),
        "Responses": f"{count_text(side.before_responses)} → {count_text(side.after_responses)}",
    }


def people_card(chosen: Filter, verdict: ChangeVerdict, asked: Asked) -> None:
    """Draw whether the same people changed their minds: the movement matrix."""
    same, change = verdict.same_people, verdict.change
    _head("same people", same, people_sentence(verdict), verdict)
    if same.detail is None or not same.detail.respondents or change.id is None:
        return
    if same.detail.respondents < minimum_responses():
        st.caption("Too few people to show where each of them went.")
        return
    opened = st.expander("Where they went", key="people_details", on_change="rerun")
    if not opened.open:
        return
    with opened:
        moved = same.detail
        st.text(
            f"{count_text(moved.won_over)} won over, {count_text(moved.lost)} lost; their NPS was "
            f"{nps_text(moved.before_nps)} before and {nps_text(moved.after_nps)} after "
            f"({p_text(moved.p)})."
        )
        size = st.segmented_control(
            "By",
            (_THREE_BY_THREE, _ELEVEN),
            default=_THREE_BY_THREE,
            key="matrix",
            required=True,
            label_visibility="collapsed",
        )
        scores = size == _ELEVEN
        table = moved.scores if scores else moved.categories
        show_chart(
            movement_figure(chosen, change.id, asked, current_theme(), scores=scores),
            table.rename(columns=str).reset_index(),
            f"movement-{change.id}{'-scores' if scores else ''}",
            heading="From before (down) to after (across)",
            title=f"Where the same people went: {change.title}",
            alt="How many respondents went from each category before to each category after",
        )


def nearby_card(verdict: ChangeVerdict, asked: Asked) -> None:
    """Draw the other changes close by, each with the way to its page."""
    near = verdict.nearby
    said = "Nothing else that is known, as far as the windows reach."
    if near:
        count = "Another change" if len(near) == 1 else f"{len(near)} other changes"
        said = f"{count} within reach of the windows: what moved may have moved with any of them."
    _head("nearby", None, said, verdict)
    for other in near:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            apart = (other.date - verdict.change.date).days
            days = f"{abs(apart)} {'day' if abs(apart) == 1 else 'days'}"
            when = "the same day" if not apart else f"{days} {'later' if apart > 0 else 'earlier'}"
            st.caption(f"{date_text(other.date)}, {when}", width="content")
            st.page_link(
                "pages/change.py",
                label=as_label(other.title, 80),
                query_params=asked.address() | {"id": str(other.id)},
            )


def _head(name: str, rival: Rival | None, sentence: str, verdict: ChangeVerdict) -> None:
    """The question, its answer, and the figure with what it rests on."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"rival_{name}"
    ):
        st.markdown(f"**{QUESTIONS[name]}**", width="stretch")
        if rival is not None and not rival.missing:
            words = figure_words(rival) if rival.verdict != TOO_FEW else rival.verdict
            if rival.verdict == "no clear change":
                words = f"no clear change, {words}"
            verdict_popover(
                verdict_label(rival.verdict, f"{words[:1].upper()}{words[1:]}"),
                rival_reached(rival, verdict.row, verdict.level),
                f"rival_{name}",
            )
    st.text(visible(sentence, 400))
    if rival is not None and not rival.missing:
        st.caption(denominator(rival))
