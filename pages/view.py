"""A saved view, opened by its permanent link: `/view?id=7`."""

import streamlit as st

from nps_app.view.widgets.guard import guard_page
from nps_app.view.widgets.views_menu import open_view
from nps_core.language import tr

guard_page(tr("Saved view"))
open_view(st.query_params.get("id", ""))
