"""NPS from survey responses: pure functions, frames in and frames out."""

from nps_core.errors import FileRefused, NpsError
from nps_core.measure.compare import Comparison, compare
from nps_core.measure.filter import Filter, apply
from nps_core.measure.score import score
from nps_core.measure.tally import tally

__all__ = [
    "Comparison",
    "FileRefused",
    "Filter",
    "NpsError",
    "apply",
    "compare",
    "score",
    "tally",
]
