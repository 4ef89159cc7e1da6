"""Compare: two or three saved views side by side, on one scale."""

from nps_app.view.widgets.compare_view import compare_views
from nps_app.view.widgets.guard import guard_page
from nps_core.language import tr

guard_page(tr("Compare views"))
compare_views()
