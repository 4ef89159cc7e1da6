"""A product change's page: the sentence, the two windows, the chart, the rivals, the comments."""

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nps_app.view import queries_change
from nps_app.view.change_download import page_table
from nps_app.view.change_words import filter_sentence, scope_sentence, web_address
from nps_app.view.figures_change import weeks_figure
from nps_app.view.queries_change import Asked, window_days
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.said import notes
from nps_app.view.tables import (
    date_text,
    dates_text,
    interval_text,
    nps_text,
    number_text,
    responses_text,
)
from nps_app.view.verdict_reached import NOT_BY_IT, analyst_sentences, reached
from nps_app.view.verdict_words import settle_words, summary
from nps_app.view.widgets.change_choices import mix_choices, window_choices
from nps_app.view.widgets.change_quotes import change_quotes
from nps_app.view.widgets.change_rivals import (
    control_card,
    mix_card,
    nearby_card,
    people_card,
    trend_card,
)
from nps_app.view.widgets.chart import current_theme, show_chart
from nps_app.view.widgets.definition import say_all_responses
from nps_app.view.widgets.downloads import downloads
from nps_app.view.widgets.figure_links import windows_links
from nps_app.view.widgets.text import as_label, visible
from nps_app.view.widgets.verdict import verdict_label, verdict_popover
from nps_core.language import mark, tr
from nps_core.measure import Filter, ProductChange
from nps_core.measure.judge import ChangeVerdict


def change_page(chosen: Filter, row: DeltaGenerator) -> None:
    """Draw the page of the change whose id the address has; `row` is what is left of its title."""
    with row:
        st.page_link(
            "pages/product_changes.py", label=tr("All product changes"), icon=":material/list:"
        )
    change = _asked_for()
    if change is None or change.id is None:
        st.info(
            tr(
                "There is no such product change: it may have been deleted, or the link is cut "
                "short. All of them are on the page Product changes."
            )
        )
        return
    _what_it_was(change)
    said = st.container(gap="small")
    asked = window_choices()
    figures = st.container()
    st.header(tr("What else could explain it?"), anchor=False)
    first = st.container(border=True, gap="xsmall", key="card_mix")
    with first:
        mix = st.container(gap="xsmall")
        held = mix_choices()
    asked = replace(asked, mix=held)
    verdict = queries_change.judged(chosen, change.id, asked)
    with said:
        _said(chosen, verdict)
    with figures:
        _windows(verdict)
        _chart(chosen, verdict, asked)
    with mix:
        mix_card(chosen, verdict)
    with st.container(border=True, gap="xsmall", key="card_trend"):
        trend_card(verdict)
    with st.container(border=True, gap="xsmall", key="card_control"):
        control_card(verdict)
    with st.container(border=True, gap="xsmall", key="card_people"):
        people_card(chosen, verdict, asked)
    with st.container(border=True, gap="xsmall", key="card_nearby"):
        nearby_card(verdict, asked)
    change_quotes(chosen, verdict)
    table = page_table(verdict, minimum_responses())
    with row:
        downloads(
            f"product-change-{change.id}-figures",
            tr("Product change: {title}", title=change.title),
            lambda: table,
            copied=table,
            rows=len(table),
        )


def _asked_for() -> ProductChange | None:
    given = st.query_params.get("id", "")
    return queries_change.change_of(int(given)) if given.isdecimal() and given.isascii() else None


def _what_it_was(change: ProductChange) -> None:
    with st.container(gap="xsmall", key="what_it_was"):
        with st.container(gap=None):
            st.caption(date_text(change.date))
            st.header(as_label(change.title, 200), anchor=False)
        if scope := scope_sentence(change):
            st.text(visible(scope, 300))
        if change.note:
            st.text(visible(change.note, 1000))
        if address := web_address(change.link):
            st.link_button(tr("Open link"), address, icon=":material/open_in_new:", type="tertiary")
        elif change.link:
            st.text(visible(change.link, 120))


def _said(chosen: Filter, verdict: ChangeVerdict) -> None:
    with st.container(border=True, gap="xsmall", key="change_said"):
        with st.container(horizontal=True, vertical_alignment="center", key="change_sentence"):
            st.header(as_label(summary(verdict), 600), anchor=False, width="stretch")
            word, how = verdict.row["verdict"], reached(verdict.row, verdict.level)
            verdict_popover(verdict_label(word), how, "change")
        st.caption(tr(NOT_BY_IT))
        say_all_responses()
        for sentence in (filter_sentence(chosen), *notes(verdict.row["cut"])):
            if sentence:
                st.caption(as_label(sentence, 300))


def _windows(verdict: ChangeVerdict) -> None:
    row = verdict.row
    columns = st.columns(3, gap="medium")
    for side, column in zip(("before", "after"), columns, strict=False):
        with column, st.container(gap="xsmall"):
            st.caption(_window_name(side, window_days(row, side)))
            with st.container(key=f"figure_{side}"):
                st.markdown(nps_text(row[f"{side}_nps"]))
            interval = _interval(row[f"{side}_low"], row[f"{side}_high"])
            answered = responses_text(row[f"{side}_responses"])
            st.caption(f"{interval} · {answered}" if interval else answered)
    with columns[2], st.container(gap="xsmall"):
        st.caption(tr("Difference"))
        with st.container(key="figure_difference"):
            missing = pd.isna(row["difference"])
            st.markdown("–" if missing else number_text(row["difference"], signed=True))
        settle = "" if verdict.masked else settle_words(row["to_settle"])
        if interval := _interval(row["low"], row["high"]):
            st.caption(f"{interval} · {settle}" if settle else interval)
    windows_links(row, verdict.change.segments, "change_page")
    with st.expander(tr("Analyst's details"), key="change_details"):
        for sentence in analyst_sentences(row, verdict.level):
            st.text(sentence)


def _window_name(side: str, days: tuple[date, date] | None) -> str:
    if not days:
        return tr("Before") if side == "before" else tr("After")
    template = mark("Before, {dates}") if side == "before" else mark("After, {dates}")
    return tr(template, dates=dates_text(*days))


def _interval(low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return ""
    return tr("95 % interval {interval}", interval=interval_text(low, high))


def _chart(chosen: Filter, verdict: ChangeVerdict, asked: Asked) -> None:
    change = verdict.change
    if change.id is None:
        return
    show_chart(
        weeks_figure(chosen, change.id, asked, current_theme()),
        verdict.trend.detail.bins,
        f"product-change-{change.id}-weeks",
        heading=tr("The weeks around it"),
        title=tr(
            "NPS by week around {title}, {date}", title=change.title, date=date_text(change.date)
        ),
        alt=tr(
            "NPS of each week around {title}; the numbers are in the CSV",
            title=visible(change.title),
        ),
    )
    st.caption(
        tr(
            "Shaded: the two windows compared. The lines are fitted to the weeks on each side, as "
            "far as the neighbouring product changes."
        )
    )
