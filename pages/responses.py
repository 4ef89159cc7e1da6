"""Responses: those behind a figure, as text."""

from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.guard import guard_page
from nps_app.view.widgets.responses_view import responses_view
from nps_core.language import tr

head = guard_page(tr("Responses"))
responses_view(current_filter(), head)
