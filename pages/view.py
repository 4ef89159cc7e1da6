"""A saved view, opened by its permanent link."""

from nps_app.view.widgets.guard import guard_page
from nps_core.language import tr

guard_page(tr("Saved view"))
