"""Segment builder: a new segment from the values or numbers of another."""

from nps_app.view.widgets.guard import guard_page
from nps_core.language import tr

guard_page(tr("Build a segment"))
