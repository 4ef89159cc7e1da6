"""Product change: one product change, its verdict and the rival explanations."""

from nps_app.view.widgets.change_page import change_page
from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.guard import guard_page
from nps_core.language import tr

change_page(current_filter(), guard_page(tr("Product change")))
