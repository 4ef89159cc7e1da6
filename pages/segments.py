"""Segments: the NPS of each group against the rest, and of every pair of two segments."""

from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.guard import guard_page
from nps_app.view.widgets.segment_pairs import two_segments
from nps_app.view.widgets.segment_view import one_segment, segment_choices
from nps_core.language import tr

guard_page(tr("Segments"))
picked = segment_choices()
if picked:
    one_segment(current_filter(), picked)
    if picked.second:
        two_segments(current_filter(), picked, picked.second)
