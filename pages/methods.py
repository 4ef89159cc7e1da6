"""How it works: how each verdict and each score is reached, in plain words."""

from nps_app.view.widgets.guard import guard_page

guard_page("How it works")
