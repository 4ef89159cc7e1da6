"""Weekly meeting: the last complete week in sentences, figures and notes."""

from functools import partial

import streamlit as st

from nps_app.view.weekly.report import weekly_report
from nps_app.view.widgets.chart import current_theme
from nps_app.view.widgets.definition import current_definition
from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.guard import guard_page
from nps_app.view.widgets.weekly_exports import weekly_exports
from nps_app.view.widgets.weekly_page import weekly_page
from nps_app.view.widgets.weekly_period import period_choice
from nps_core.language import tr

guard_page(tr("Weekly meeting"))
chosen = current_filter()
period = period_choice(chosen)
if period is None:
    st.stop()
definition = current_definition()
weekly_exports(
    period.key,
    # On paper and on slides there is the light theme alone.
    partial(weekly_report, period.key, chosen=chosen, definition=definition),
)
weekly_page(weekly_report(period.key, chosen=chosen, definition=definition, theme=current_theme()))
