"""What moved: why the NPS differs between two periods, group by group."""

from nps_app.view.widgets.explain_view import explain_view
from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.guard import guard_page

guard_page("What moved")
explain_view(current_filter())
