"""How it works: how each verdict and each score is reached, in plain words."""

import streamlit as st

from nps_app.view.methods import METHODS
from nps_app.view.widgets.guard import guard_page
from nps_core.language import tr

guard_page(tr("How it works"), needs_responses=False)
with st.container(key="methods", width=760):
    for method in METHODS:
        st.header(tr(method.title), anchor=method.anchor)
        st.markdown(tr(method.text))
