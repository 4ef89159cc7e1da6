"""What moved: what moved the NPS between two periods, this week's noise told from news, and where segments differ."""

from nps_app.view.widgets.guard import guard_page

guard_page("What moved")
