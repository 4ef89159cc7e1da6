"""Data."""

from nps_app.view.widgets.guard import guard_page

guard_page("Data")
