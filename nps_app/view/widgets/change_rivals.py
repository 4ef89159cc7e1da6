"""What else could explain a move: each rival explanation with its own figure and details."""

import pandas as pd
import streamlit as st

from nps_app.view import queries_moves
from nps_app.view.figures_change import movement_figure
from nps_app.view.move_words import (
    correction_sentence,
    download_table,
    shown_table,
)
from nps_app.view.queries_change import Asked, window_days
from nps_app.view.queries_moves import Spans
from nps_app.view.queries_segments import GROUP, minimum_responses
from nps_app.view.rival_reached import fitted_sentences, rival_reached
from nps_app.view.rival_words import (
    QUESTIONS,
    control_sentence,
    denominator,
    mix_sentence,
    people_sentence,
    shipped_words,
    told_mix,
    trend_sentence,
)
from nps_app.view.said import capital
from nps_app.view.tables import (
    arrow,
    count_text,
    date_text,
    difference_text,
    nps_text,
    p_text,
)
from nps_app.view.verdict_words import figure_words, mix_words
from nps_app.view.widgets.chart import current_theme, show_chart
from nps_app.view.widgets.figure_links import movers_links
from nps_app.view.widgets.table import show_table
from nps_app.view.widgets.text import as_label, visible
from nps_app.view.widgets.verdict import verdict_label, verdict_popover
from nps_core.language import ENGLISH, mark, speaking, tr, tr_plural
from nps_core.measure import Comparison, Filter
from nps_core.measure.compare import TOO_FEW
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.rivals import Rival

_THREE_BY_THREE = mark("Promoters, passives, detractors")
_ELEVEN = mark("Scores 0 to 10")


def mix_card(chosen: Filter, verdict: ChangeVerdict) -> None:
    """Draw whether other people answered: the move at each fixed mix, and its groups."""
    told = told_mix(verdict)
    _head("mix", told, mix_sentence(verdict), verdict)
    if not verdict.mix:
        return
    with st.expander(tr("Each mix held fixed"), key="each_mix"):
        show_table(
            pd.DataFrame([_mix_row(rival) for rival in verdict.mix]),
            "nps-each-mix-held-fixed",
            title=tr("The difference with each mix held fixed"),
            alt=tr("The difference with each mix held fixed"),
        )
    groups = [rival.columns for rival in verdict.mix if len(rival.columns) <= 2]
    spans = _spans(verdict)
    if not groups or spans is None:
        return
    opened = st.expander(tr("Group by group"), key="mix_groups", on_change="rerun")
    if opened.open:
        with opened:
            first = told.columns if told else groups[0]
            picked = st.selectbox(
                tr("Groups of"),
                groups,
                index=groups.index(first) if first in groups else 0,
                format_func=lambda columns: visible(mix_words(columns)),
                key="groups_of",
                width=280,
            )
            _groups(chosen, spans, picked or groups[0])


def _mix_row(rival: Rival) -> dict[str, str]:
    found = rival.detail
    at = f"{nps_text(found.before_nps)} → {nps_text(found.after_nps)}" if found else "–"
    return {
        tr("Held fixed"): visible(mix_words(rival.columns), 120),
        tr("Verdict"): f"{arrow(rival.verdict)} {tr(rival.verdict)}",
        tr("Difference (95 % interval)"): figure_words(rival),
        tr("NPS at that mix"): at,
        tr(
            "Responses"
        ): f"{count_text(rival.before_responses)} → {count_text(rival.after_responses)}",
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
        st.text(tr("Too few responses to split without showing who answered what."))
        return
    shown = shown_table(move.groups, move.comparison, GROUP, header)
    shown[header] = [visible(name) for name in shown[header]]
    words = tr("The change by {segment}", segment=visible(header))
    show_table(
        shown, "nps-change-by-group", title=words, alt=words, download=_downloaded(move.groups, by)
    )
    st.caption(
        tr(
            "Own scores and Who answered add up to the change in all. Groups too small to show are "
            "added up in one row."
        )
        + f" {correction_sentence(move.groups)}"
    )


def _downloaded(groups: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    # A file is the same whoever reads it.
    with speaking(ENGLISH):
        return download_table(groups, GROUP, mix_words(by))


def trend_card(verdict: ChangeVerdict) -> None:
    """Draw whether it was moving already; the chart above the cards has the fitted line."""
    trend, series = verdict.trend, verdict.trend.detail
    _head("trend", trend, trend_sentence(verdict), verdict)
    if trend.verdict == TOO_FEW:
        return
    with st.expander(tr("The fitted line"), key="trend_details"):
        for sentence in fitted_sentences(series):
            st.text(sentence)


def control_card(verdict: ChangeVerdict) -> None:
    """Draw whether those the change was not for moved as well: the four numbers."""
    control = verdict.control
    _head("control", control, control_sentence(verdict), verdict)
    if control.detail is None or control.verdict == TOO_FEW:
        return
    sides = {
        tr("Those it was for"): control.detail.treated,
        tr("Everybody else"): control.detail.control,
    }
    with st.expander(tr("The four numbers"), key="control_details"):
        words = tr("NPS before and after of those the change was for and of everybody else")
        show_table(
            pd.DataFrame([_side_row(name, side) for name, side in sides.items()]),
            "nps-four-numbers",
            title=words,
            alt=words,
        )
        st.caption(
            tr(
                "Responses with an unknown value in a column of the scope are in neither group. "
                "These intervals are those of chance alone."
            )
        )


def _side_row(name: str, side: Comparison) -> dict[str, str]:
    return {
        "": name,
        tr("NPS before"): nps_text(side.before_nps),
        tr("NPS after"): nps_text(side.after_nps),
        tr("Difference (95 % interval)"): difference_text(
            side.verdict, side.difference, side.low, side.high
        ),
        tr(
            "Responses"
        ): f"{count_text(side.before_responses)} → {count_text(side.after_responses)}",
    }


def people_card(chosen: Filter, verdict: ChangeVerdict, asked: Asked) -> None:
    """Draw whether the same people changed their minds: the movement matrix."""
    same, change = verdict.same_people, verdict.change
    _head("same people", same, people_sentence(verdict), verdict)
    if same.detail is None or not same.detail.respondents or change.id is None:
        return
    if same.detail.respondents < minimum_responses():
        st.caption(tr("Too few people to show where each of them went."))
        return
    opened = st.expander(tr("Where they went"), key="people_details", on_change="rerun")
    if not opened.open:
        return
    with opened:
        moved = same.detail
        st.text(
            tr(
                "{won_over} won over, {lost} lost; their NPS was {before} before and {after} after "
                "({p}).",
                won_over=count_text(moved.won_over),
                lost=count_text(moved.lost),
                before=nps_text(moved.before_nps),
                after=nps_text(moved.after_nps),
                p=p_text(moved.p),
            )
        )
        size = st.segmented_control(
            tr("By"),
            (_THREE_BY_THREE, _ELEVEN),
            default=_THREE_BY_THREE,
            format_func=tr,
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
            heading=tr("From before (down) to after (across)"),
            title=tr("Where the same people went: {title}", title=change.title),
            alt=tr("How many respondents went from each category before to each category after"),
        )
        movers_links(verdict, moved)


def nearby_card(verdict: ChangeVerdict, asked: Asked) -> None:
    """Draw the other changes close by, each with the way to its page."""
    near = verdict.nearby
    said = tr("Nothing else that is known, as far as the windows reach.")
    if near:
        said = tr_plural(
            "Another change within reach of the windows: what moved may have moved with any of "
            "them.",
            "{n} other changes within reach of the windows: what moved may have moved with any of "
            "them.",
            len(near),
            n=count_text(len(near)),
        )
    _head("nearby", None, said, verdict)
    for other in near:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            days = (other.date - verdict.change.date).days
            st.caption(shipped_words(date_text(other.date), days), width="content")
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
        st.markdown(f"**{tr(QUESTIONS[name])}**", width="stretch")
        if rival is not None and not rival.missing:
            word = rival.verdict
            words = tr(word)
            if word != TOO_FEW:
                words = difference_text(word, rival.difference, rival.low, rival.high)
            verdict_popover(
                verdict_label(word, capital(words)),
                rival_reached(rival, verdict.row, verdict.level),
                f"rival_{name}",
            )
    st.text(visible(sentence, 400))
    if rival is not None and not rival.missing:
        st.caption(denominator(rival))
