""" "Why did the NPS move?": the sentence, the waterfalls and the table."""

import streamlit as st

from nps_app.view import queries_moves
from nps_app.view.export import csv_bytes
from nps_app.view.figures_moves import MOST_STEPS, flow_figure, groups_figure
from nps_app.view.hidden_words import sides_hidden
from nps_app.view.move_words import (
    FOLDED,
    both_names,
    correction_sentence,
    download_table,
    flow_sentence,
    parts_sentence,
    shown_table,
    sides_table,
    sides_words,
    too_small,
)
from nps_app.view.queries_moves import Move, Spans
from nps_app.view.queries_segments import GROUP, minimum_responses
from nps_app.view.said import said
from nps_app.view.sentences import verdict_markdown
from nps_app.view.tables import column_label, p_text, value_label
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.move_choices import move_choices
from nps_app.view.widgets.move_links import group_links, span_links
from nps_app.view.widgets.table import show_table
from nps_app.view.widgets.text import as_label, visible
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core.language import mark, tr
from nps_core.measure import Filter

_METHOD = mark(
    "The interval of the difference and its p-value are the widest of three readings: chance alone "
    "(MOVER on the score limits of both sides, Zou and Donner 2008), accounts kept whole, and how "
    "far such windows differ over ordinary weeks. The split is Kitagawa's (1955): a group's own "
    "part is its change times its mean share, the mix part the change of its share times how far "
    "its mean score lies from that of all. Each group's own change is judged by chance alone, "
    "corrected for all groups (Benjamini-Hochberg, 10 %)."
)


def explain_view(chosen: Filter) -> None:
    """The change between two spans in a sentence, then where it came from. Its own choices."""
    title_row(tr("Why did the NPS move?"), "move")
    picked = move_choices(chosen)
    if picked.spans is None:
        st.info(as_label(picked.missing, 300))
        return
    minimum = minimum_responses()
    move = queries_moves.move(chosen, picked.spans, picked.by, minimum)
    found = move.comparison
    if 0 < min(found.before_responses, found.after_responses) < minimum:
        st.info(too_small(found.before_responses, found.after_responses, minimum))
        sides = [
            (picked.spans.before_name, found.before_responses),
            (picked.spans.after_name, found.after_responses),
        ]
        why_hidden("move_sides", sides_hidden(sides, minimum), of_a_side=True)
        span_links(picked.spans, move)
        return
    _said(chosen, picked.spans, move, picked.by)
    if move.groups.empty:
        _flow(chosen, picked.spans, picked.by, minimum, move)
        return
    if move.paradox:
        st.warning(as_label(said(move.paradox), 300), icon=":material/swap_vert:")
    split, flow = st.columns([3, 2], gap="large")
    with split:
        _split(chosen, picked.spans, picked.by, minimum, move)
    with flow:
        _flow(chosen, picked.spans, picked.by, minimum, move)
    _table(move, _header(picked.by))
    with st.container(horizontal=True, vertical_alignment="center", key="hidden_moves"):
        if (move.groups[FOLDED] > 0).any():
            st.text(tr("Groups too small on a side are added up in one row."), width="content")
        group_links(chosen, picked.spans, move, picked.by)


def _said(chosen: Filter, spans: Spans, move: Move, by: tuple[str, ...]) -> None:
    found = move.comparison
    with st.container(gap="xsmall", key="move_said"):
        names = both_names(spans.after_name, spans.before_name)
        verdict = verdict_markdown(found.verdict, found.difference, found.low, found.high)
        st.markdown(f"{verdict} · {as_label(names, 120)}")
        if not move.groups.empty:
            st.text(parts_sentence(move.groups["rate"].sum(), move.groups["mix"].sum()))
        elif by and found.before_responses and found.after_responses:
            st.text(tr("Too few responses to split by group without showing who answered what."))
        sides = (
            (spans.after_name, spans.after, move.sides.iloc[1]),
            (spans.before_name, spans.before, move.sides.iloc[0]),
        )
        st.caption("  \n".join(as_label(words, 200) for words in sides_words(sides)))
        for note in (*spans.notes, *_notes(chosen, spans)):
            st.caption(as_label(note, 300))
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.popover(tr("Analyst's details"), type="tertiary", key="move_details"):
                st.text(p_text(found.p) if found.p == found.p else tr("No p-value."))
                st.text(tr(_METHOD))
                st.download_button(
                    tr("CSV of both sides, unrounded"),
                    lambda: csv_bytes(sides_table(move.sides, found, (spans.before, spans.after))),
                    file_name="nps-before-and-after.csv",
                    mime="text/csv",
                    key="csv_move_sides",
                    type="tertiary",
                    icon=":material/table_rows:",
                    on_click="ignore",
                )
            st.page_link("pages/methods.py", label=tr("How it works"))
            span_links(spans, move)


def _notes(chosen: Filter, spans: Spans) -> list[str]:
    notes = []
    if chosen.start or chosen.end:
        notes.append(tr("The filter's dates do not apply here: the days compared are those above."))
    if spans.scope:
        scope = "; ".join(
            tr(
                "{column}: {values}",
                column=column_label(column),
                values=", ".join(value_label(value or None) for value in values),
            )
            for column, values in spans.scope
        )
        notes.append(tr("Compared within {scope}, whom the change was for.", scope=scope))
    return notes


def _header(by: tuple[str, ...]) -> str:
    return " · ".join(column_label(column) for column in by)


def _split(chosen: Filter, spans: Spans, by: tuple[str, ...], minimum: int, move: Move) -> None:
    header = _header(by)
    show_chart(
        groups_figure(chosen, spans, by, minimum, current_theme()),
        download_table(move.groups, GROUP, header),
        "nps-why-it-moved",
        heading=tr("By {segment}: own scores, then who answered", segment=as_label(header)),
        title=tr(
            "Why the NPS moved, by {segment}: {after} against {before}",
            segment=visible(header),
            after=spans.after_name,
            before=spans.before_name,
        ),
        alt=tr(
            "From NPS to NPS by {segment}; the numbers are in the table below.",
            segment=visible(header),
        ),
    )
    words = [
        tr(
            "Filled: the group's own change is clear; pale: it is not. Grey: the groups' shares of "
            "the responses changed. Beside each number: the group's NPS before and after."
        )
    ]
    if (move.groups[FOLDED] == 0).sum() > MOST_STEPS:
        words.append(tr("The {n} largest are drawn; the table has all.", n=MOST_STEPS))
    st.caption(" ".join(words))


def _flow(chosen: Filter, spans: Spans, by: tuple[str, ...], minimum: int, move: Move) -> None:
    show_chart(
        flow_figure(chosen, spans, by, minimum, current_theme()),
        move.flow,
        "nps-flow",
        heading=tr("By promoters, passives and detractors"),
        title=tr(
            "Promoters, passives and detractors: {after} against {before}",
            after=spans.after_name,
            before=spans.before_name,
        ),
        alt=flow_sentence(move.flow),
    )
    st.caption(
        tr(
            "Shares of the responses before and after. A passive answer counts 0: passives matter "
            "by whom they come from and go to. These are shares, not people followed."
        )
    )


def _table(move: Move, header: str) -> None:
    shown = shown_table(move.groups, move.comparison, GROUP, header)
    shown[header] = [visible(name) for name in shown[header]]
    words = tr("Parts of the change by {segment}", segment=visible(header))
    show_table(
        shown,
        "nps-parts-of-the-change",
        heading=tr("As a table"),
        title=words,
        alt=words,
        download=download_table(move.groups, GROUP, header),
    )
    st.caption(correction_sentence(move.groups))
