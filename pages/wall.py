"""Wall: chosen views for a screen that is read from across the room, refreshed by itself."""

from nps_app.view.wall.feed import wall_feed
from nps_app.view.widgets.guard import require_dashboard

require_dashboard()
wall_feed()
