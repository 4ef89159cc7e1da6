"""Responses to numbers: filter, tally, then everything else from counts."""

from nps_core.measure.adjust import adjust
from nps_core.measure.before_after import before_after
from nps_core.measure.changes import ProductChange
from nps_core.measure.compare import Comparison, compare
from nps_core.measure.filter import Filter, apply
from nps_core.measure.score import score
from nps_core.measure.segments import against_rest
from nps_core.measure.suppress import suppress
from nps_core.measure.tally import tally
from nps_core.measure.trend import trend

__all__ = [
    "Comparison",
    "Filter",
    "ProductChange",
    "adjust",
    "against_rest",
    "apply",
    "before_after",
    "compare",
    "score",
    "suppress",
    "tally",
    "trend",
]
