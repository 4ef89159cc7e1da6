"""Data: bring survey exports in, see what was imported, take it out again."""

import streamlit as st

from nps_app.view.widgets.data_exits import download_everything, say_notice
from nps_app.view.widgets.erase import erase_respondent
from nps_app.view.widgets.guard import guard_page
from nps_app.view.widgets.import_history import import_history
from nps_app.view.widgets.sample_data import sample_button
from nps_app.view.widgets.upload_card import upload_cards
from nps_app.view.widgets.uploads import receive_files
from nps_core.language import tr

guard_page(tr("Data"), needs_responses=False)
say_notice()

receive_files()
upload_cards()

import_history()

left, right = st.columns(2, gap="large")
with left:
    st.header(tr("Download everything"), anchor=False)
    download_everything()
    st.header(tr("Sample data"), anchor=False)
    st.caption(tr("Synthetic responses and product changes; undo its import to remove them."))
    sample_button("load_sample")
with right:
    st.header(tr("Erase a respondent"), anchor=False)
    erase_respondent()
