"""Wall displays: their read-only links."""

from nps_app.view.widgets.guard import guard_page
from nps_app.view.widgets.wall_links_view import wall_links_list
from nps_core.language import tr

guard_page(tr("Wall displays"), needs_responses=False)
wall_links_list()
