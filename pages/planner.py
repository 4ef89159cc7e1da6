"""Planner: the responses a decision needs, the time they take, what winning people over does."""

import streamlit as st

from nps_app.view import queries
from nps_app.view.widgets.definition import say_all_responses
from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.guard import guard_page
from nps_app.view.widgets.planner_groups import groups
from nps_app.view.widgets.planner_needs import details, needs, wanted
from nps_app.view.widgets.planner_what_if import what_if
from nps_core.language import tr

guard_page(tr("Planner"))
chosen = current_filter()
if not queries.selected_of_total(chosen)[0]:
    st.info(tr("No responses match the filters above."))
    st.stop()

say_all_responses()
asked = wanted()
needs(chosen, asked)
groups(chosen, asked)
what_if(chosen)
details(chosen, asked)
