"""Overview: the NPS, how sure it is, how it moved, and where it differs."""

import streamlit as st

from nps_app.view.widgets import overview_cards as cards
from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.guard import guard_page
from nps_core.language import tr

with guard_page(tr("Overview")):
    cards.freshness_line()
chosen = current_filter()

with st.container(key="cards_top"):
    score, answers, scores, change = st.columns([5, 4, 4, 5])
with score:
    cards.score_card(chosen)
with answers:
    cards.categories_card(chosen)
with scores:
    cards.scores_card(chosen)
with change:
    cards.change_card(chosen)

with st.container(key="cards_rest"):
    over_time, differences = st.columns([3, 2])
with over_time:
    cards.trend_card(chosen)
with differences:
    cards.differences_card(chosen)
