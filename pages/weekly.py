"""Weekly meeting: the last complete week in sentences, figures and notes."""

from nps_app.view.widgets.guard import guard_page
from nps_core.language import tr

guard_page(tr("Weekly meeting"))
