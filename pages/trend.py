"""Trend: the NPS over time, with its interval and the product changes."""

import streamlit as st

from nps_app.view import figures, queries_overview, queries_shifts, sentences, shift_words
from nps_app.view.definitions import heading
from nps_app.view.queries_definitions import trend
from nps_app.view.widgets import trend_controls
from nps_app.view.widgets.chart import current_theme, show_chart
from nps_app.view.widgets.definition import (
    current_definition,
    say_all_responses,
    trend_denominator,
)
from nps_app.view.widgets.drilldown import drilldown, take_pick
from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.guard import guard_page
from nps_app.view.widgets.shift_suggestions import shift_suggestions
from nps_core.language import tr

guard_page(tr("Trend"))
chosen = current_filter()
every, window, column, values = trend_controls.trend_controls(chosen)
definition = current_definition()
table = trend(chosen, definition, every, window)
if table.empty:
    st.info(tr("No dated responses match the filters, so there is no trend to draw."))
    st.stop()

# The first look for shifts in the server's life takes over a second: the chart does not wait for
# it, and is drawn anew with them once they are known.
looked = queries_shifts.ready()
figure = figures.trend_figure(
    chosen,
    current_theme(),
    every=every,
    window=window,
    column=column,
    values=values,
    shifts=looked,
    definition=definition,
)
drawn = table
if column:
    drawn = queries_overview.trend_lines(chosen, column, every, window, values, definition)
title = heading(sentences.trend_title(table, every, window), definition)
alt = sentences.trend_alt(table, every)
if looked:
    alt += shift_words.alt_text(queries_shifts.suggestions(chosen).shown)
take_pick(
    show_chart(figure, drawn, "nps-trend", heading=title, alt=alt, title=title, selectable=True)
)
trend_controls.notes(chosen, table, drawn, every, window, column, values)
trend_denominator(chosen, definition, every)
suggested = st.container()
drilldown(chosen, every, table, queries_overview.measured_changes(chosen))
with suggested:
    say_all_responses()
    shift_suggestions(chosen)
if not looked and len(queries_shifts.suggestions(chosen).shown):
    st.rerun()
