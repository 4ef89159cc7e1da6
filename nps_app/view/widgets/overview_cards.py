"""The cards of the Overview page, one function each."""

import streamlit as st

from nps_app.store import StoreError
from nps_app.view import figures, queries, queries_definitions, queries_overview, sentences
from nps_app.view.benchmarks import Benchmarks
from nps_app.view.change_words import mix_note
from nps_app.view.definitions import denominator, heading, interval_note, left_out
from nps_app.view.period_words import NONE_COMPLETE, period_word
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.said import notes
from nps_app.view.tables import (
    NO_RESPONSES,
    count_text,
    date_text,
    nps_text,
    responses_text,
)
from nps_app.view.widgets.chart import current_theme, show_chart, title_row
from nps_app.view.widgets.definition import (
    current_definition,
    say_all_responses,
    trend_denominator,
)
from nps_app.view.widgets.figure_links import windows_links
from nps_app.view.widgets.linked import linked_choice
from nps_app.view.widgets.overview_links import (
    category_links,
    difference_links,
    month_links,
    move_links,
    score_links,
)
from nps_app.view.widgets.responses_link import responses_link
from nps_app.view.widgets.text import as_label
from nps_core import columns as c
from nps_core.language import tr, tr_plural
from nps_core.measure import Filter

PERIODS = ("week", "month", "quarter")
_TREND_HEIGHT = 404


def _figure(key: str, text: str) -> None:
    """Large text of our own; style.py gives each key its size."""
    with st.container(key=f"figure_{key}"):
        st.markdown(text)


def score_card(chosen: Filter) -> None:
    """The one number, how sure it is, and how it moved against the period before."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        definition = current_definition()
        title_row(heading(tr("Net Promoter Score"), definition), "score")
        row = queries_definitions.headline(chosen, definition).iloc[0]
        if row[c.RESPONSES]:
            _figure("the_score", nps_text(row[c.NPS]))
        else:
            _figure("no_score", tr(NO_RESPONSES))
        st.markdown(sentences.beside_the_score(row, denominator(row, definition)))
        basis = interval_note(row, definition), left_out(row["left_out"], definition)
        if any(basis):
            st.caption(" ".join(filter(None, basis)))
        if row[c.RESPONSES]:
            with st.container(key="drill_score"):
                responses_link()
        st.space("stretch")
        every = linked_choice(
            st.segmented_control,
            "compare",
            tr("Change against the previous"),
            PERIODS,
            default="quarter",
            format_func=period_word,
            required=True,
        )
        _move(chosen, every or "quarter")


def _move(chosen: Filter, every: str) -> None:
    move = queries_overview.period_move(chosen, every)
    if move is None:
        st.markdown(f":gray[{tr(NONE_COMPLETE[every])}]")
        return
    say_all_responses()
    found = move.comparison
    st.markdown(sentences.verdict_markdown(found.verdict, found.difference, found.low, found.high))
    sides = (
        (move.start, move.end, found.after_nps, found.after_responses),
        (move.before_start, move.before_end, found.before_nps, found.before_responses),
    )
    later, earlier = (
        sentences.side_text(start, end, every, nps, n) for start, end, nps, n in sides
    )
    st.caption(tr("{later}  \nagainst {earlier}", later=later, earlier=earlier))
    for sentence in move.cut:
        st.caption(tr(sentence))
    st.page_link("pages/methods.py", label=tr("How it works"))
    move_links(move, later, earlier)


def categories_card(chosen: Filter) -> None:
    """Promoters, passives and detractors."""
    row = queries.headline(chosen)
    with st.container(border=True, height="stretch", gap="xsmall"):
        clicked = show_chart(
            figures.categories_figure(chosen, current_theme()),
            row,
            "nps-categories",
            heading=tr("Who answered what"),
            alt=sentences.categories_alt(row.iloc[0]),
            title=tr(
                "Promoters, passives and detractors, {responses}",
                responses=responses_text(row[c.RESPONSES].iloc[0]),
            ),
            selectable=True,
        )
        st.caption(tr("The NPS is the share of promoters less the share of detractors, in points."))
        say_all_responses()
        st.space("stretch")
        category_links(row.iloc[0], clicked)


def scores_card(chosen: Filter) -> None:
    """How many gave each score from 0 to 10."""
    counts = queries.distribution(chosen)
    n = queries.headline(chosen)[c.RESPONSES].iloc[0]
    with st.container(border=True, height="stretch", gap="xsmall"):
        clicked = show_chart(
            figures.distribution_figure(chosen, current_theme()),
            counts,
            "nps-scores",
            heading=tr("Scores given"),
            alt=sentences.distribution_alt(counts),
            title=tr("Scores given, {responses}", responses=responses_text(n)),
            selectable=True,
        )
        say_all_responses()
        st.space("stretch")
        score_links(counts, clicked)


def change_card(chosen: Filter) -> None:
    """The latest product change: the NPS in the days before and after, side by side."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        head = title_row(tr("Latest product change"), "latest")
        row = queries_overview.latest_change(chosen)
        if row is None:
            st.caption(tr("None within the data's dates yet."))
            st.page_link("pages/product_changes.py", label=tr("Add a product change"))
            return
        st.markdown(f"**{as_label(row['title'], 60)}** · {date_text(row['date'])}")
        _figure("move", f"{nps_text(row['before_nps'])} → {nps_text(row['after_nps'])}")
        st.markdown(
            sentences.verdict_markdown(row["verdict"], row["difference"], row["low"], row["high"])
        )
        if note := mix_note(row):
            st.caption(as_label(note, 300))
        st.caption(
            tr("28 days before and after. What moved around a change may have other causes.")
        )
        change_id = queries.stored_changes()[row["change"]].id
        if change_id is not None:
            st.page_link(
                "pages/change.py",
                label=tr("See what else could explain it"),
                query_params={"id": str(change_id)},
            )
        say_all_responses()
        st.space("stretch")
        show_chart(
            figures.latest_change_figure(chosen, current_theme()),
            row.to_frame().T,
            "nps-latest-change",
            row=head,
            title=tr("NPS before and after: {title}", title=row["title"]),
            alt=tr(
                "NPS before {before}, {before_responses}; after {after}, {after_responses}",
                before=nps_text(row["before_nps"]),
                before_responses=responses_text(row["before_responses"]),
                after=nps_text(row["after_nps"]),
                after_responses=responses_text(row["after_responses"]),
            ),
        )
        for note in notes(row["cut"]):
            st.caption(as_label(note, 200))
        windows_links(row, queries.stored_changes()[row["change"]].segments, "latest_change")


def trend_card(chosen: Filter) -> None:
    """The trend by month with the product changes marked; the Trend page has the rest."""
    definition = current_definition()
    table = queries_definitions.trend(chosen, definition, "month")
    name = heading(tr("NPS by month"), definition)
    with st.container(border=True, height="stretch", gap="xsmall"):
        head = title_row(heading(tr("NPS over time, by month"), definition), "nps-by-month")
        with head:
            _edit_benchmarks()
        if not table[c.RESPONSES].sum():
            st.caption(tr("No dated responses match: there is no trend to draw."))
        else:
            clicked = show_chart(
                figures.trend_figure(
                    chosen,
                    current_theme(),
                    every="month",
                    height=_TREND_HEIGHT,
                    definition=definition,
                ),
                table,
                "nps-by-month",
                row=head,
                alt=sentences.trend_alt(table, "month"),
                title=tr(
                    "{name}, {responses}",
                    name=name,
                    responses=responses_text(table[c.RESPONSES].sum()),
                ),
                selectable=True,
            )
            month_links(table, clicked)
            st.caption(sentences.how_to_read(table, "month", window=None))
            trend_denominator(chosen, definition, "month")
        st.caption(sentences.benchmarks_text(queries_overview.benchmarks()))


def differences_card(chosen: Filter) -> None:
    """The groups that differ most from the rest, corrected for all comparisons."""
    minimum = minimum_responses()
    found = queries_overview.biggest_differences(chosen, minimum)
    with st.container(border=True, height="stretch", gap="xsmall"):
        head = title_row(tr("Biggest differences, each against the rest"), "nps-differences")
        say_all_responses()
        if found.table.empty:
            st.caption(tr("No segment with two or more groups to compare."))
            return
        clicked = show_chart(
            figures.differences_figure(chosen, minimum, current_theme()),
            found.table,
            "nps-differences",
            row=head,
            alt=tr("The groups that differ most from the rest; the numbers are in the CSV"),
            title=tr("NPS by segment, the biggest differences from the rest"),
            selectable=True,
        )
        said = [
            tr_plural(
                "▲ above or ▼ below: differs from the rest after correcting for {n} comparison "
                "(Benjamini-Hochberg, 10 %).",
                "▲ above or ▼ below: differs from the rest after correcting for {n} comparisons "
                "(Benjamini-Hochberg, 10 %).",
                found.compared,
                n=count_text(found.compared),
            )
        ]
        if found.hidden:
            said.append(
                tr_plural(
                    "{n} small group is hidden.",
                    "{n} small groups are hidden.",
                    found.hidden,
                    n=count_text(found.hidden),
                )
            )
        st.caption(" ".join(said))
        difference_links(chosen, found, minimum, clicked)


def freshness_line() -> None:
    """How fresh the data is: the newest response and the last import."""
    fresh, record = queries.freshness(), queries_overview.last_import()
    text = sentences.freshness_text(fresh.newest, record.imported_at if record else None)
    words = f"{text} ({as_label(record.file_name, 40)})" if record else text
    st.caption(words, width="content")


def _edit_benchmarks() -> None:
    """The typical band and the outstanding line, changed by a form."""
    stored = queries_overview.benchmarks()
    with st.popover(tr("Benchmarks"), type="tertiary", key="edit_benchmarks"):
        st.caption(tr("Often named for SaaS: 28 to 31 typical, 50 outstanding."))
        with st.form("benchmarks", border=False):
            low = st.number_input(tr("Typical from"), -100.0, 100.0, stored.typical_low, 1.0)
            high = st.number_input(tr("Typical to"), -100.0, 100.0, stored.typical_high, 1.0)
            top = st.number_input(tr("Outstanding"), -100.0, 100.0, stored.outstanding, 1.0)
            if st.form_submit_button(tr("Save for everybody")):
                edited = Benchmarks(min(low, high), max(low, high), top)
                try:
                    queries_overview.save_benchmarks(edited)
                except StoreError as error:
                    st.error(as_label(error, 300))
                    return
                st.rerun()
