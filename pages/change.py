"""Product change: one product change, its verdict and the rival explanations."""

from nps_app.view.widgets.guard import guard_page

guard_page("Product change")
