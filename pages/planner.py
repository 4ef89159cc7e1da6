"""Planner: how many responses a decision needs, how long they take, and what winning people over would do."""

from nps_app.view.widgets.guard import guard_page

guard_page("Planner")
