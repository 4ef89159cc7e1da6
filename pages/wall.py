"""Wall: one view for a screen on the wall, refreshed by itself."""

from nps_app.view.widgets.guard import guard_page
from nps_core.language import tr

guard_page(tr("Wall"))
