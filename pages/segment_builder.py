"""Segment builder: a new segment from the values or numbers of another."""

import streamlit as st

from nps_app.view.widgets.guard import guard_page
from nps_app.view.widgets.segment_builder import segment_builder
from nps_core.language import tr

guard_page(tr("Build a segment"))
segment_builder()
st.page_link("pages/segments.py", label=tr("To the segments"))
