"""The number of responses planned for a week, typed on the page and kept for everybody."""

import streamlit as st

from nps_app.store import StoreError
from nps_app.view.weekly.plan import MOST, save_weekly_plan, weekly_plan
from nps_app.view.widgets.text import as_label
from nps_core.language import tr


def plan_choice() -> None:
    """Draw the way to the plan: a number to save, empty for none."""
    plan = weekly_plan()
    label = tr("Set a plan") if plan is None else tr("Change the plan")
    with (
        st.container(key="weekly_plan"),
        st.popover(label, type="tertiary", icon=":material/flag:", key="open_weekly_plan"),
        st.form("weekly_plan_form", border=False),
    ):
        typed = st.number_input(
            tr("Responses planned for a week, all together"),
            min_value=1,
            max_value=MOST,
            value=plan,
            step=1,
            help=tr("Empty: no plan."),
            key="weekly_plan_typed",
        )
        if st.form_submit_button(tr("Save the plan for everybody")):
            _save(None if typed is None else int(typed))


def _save(responses: int | None) -> None:
    try:
        save_weekly_plan(responses)
    except StoreError as error:
        st.error(as_label(error, 400))
        return
    st.rerun()
