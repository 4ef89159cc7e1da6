"""What moved: whether this week is news, why the NPS differs, and where segments differ most."""

import streamlit as st

from nps_app.view.widgets.definition import say_all_responses
from nps_app.view.widgets.evidence_view import evidence_view
from nps_app.view.widgets.expected_view import expected_view
from nps_app.view.widgets.explain_view import explain_view
from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.guard import guard_page
from nps_core.language import tr

guard_page(tr("What moved"))
say_all_responses()
for view in (expected_view, explain_view, evidence_view):
    with st.container(border=True):
        view(current_filter())
