"""Responses to numbers: filter, tally, then everything else from counts."""

from nps_core.measure.adjust import adjust
from nps_core.measure.before_after import before_after
from nps_core.measure.change_verdicts import change_verdicts
from nps_core.measure.changes import ProductChange
from nps_core.measure.compare import Comparison, compare
from nps_core.measure.definitions import ScoreDefinition, scores
from nps_core.measure.diff_in_diff import DifferenceInDifferences, difference_in_differences
from nps_core.measure.expected import ExpectedRange, expected_range
from nps_core.measure.explain import compare_groups, explain
from nps_core.measure.filter import Filter, apply
from nps_core.measure.flow import explain_flow, simpson
from nps_core.measure.interrupted import InterruptedSeries, interrupted
from nps_core.measure.judge import ChangeVerdict, Rival, judge
from nps_core.measure.movement import Movement, movement
from nps_core.measure.post_stratify import Adjusted, post_stratified, post_stratified_difference
from nps_core.measure.reading import compare_spans
from nps_core.measure.sample_size import detectable, sample_size
from nps_core.measure.scan import scan
from nps_core.measure.score import score
from nps_core.measure.segments import against_rest
from nps_core.measure.shifts import shifts
from nps_core.measure.suppress import suppress
from nps_core.measure.tally import tally
from nps_core.measure.trend import trend
from nps_core.measure.weighted import weighted_score
from nps_core.measure.what_if import what_if

__all__ = [
    "Adjusted",
    "ChangeVerdict",
    "Comparison",
    "DifferenceInDifferences",
    "ExpectedRange",
    "Filter",
    "InterruptedSeries",
    "Movement",
    "ProductChange",
    "Rival",
    "ScoreDefinition",
    "adjust",
    "against_rest",
    "apply",
    "before_after",
    "change_verdicts",
    "compare",
    "compare_groups",
    "compare_spans",
    "detectable",
    "difference_in_differences",
    "expected_range",
    "explain",
    "explain_flow",
    "interrupted",
    "judge",
    "movement",
    "post_stratified",
    "post_stratified_difference",
    "sample_size",
    "scan",
    "score",
    "scores",
    "shifts",
    "simpson",
    "suppress",
    "tally",
    "trend",
    "weighted_score",
    "what_if",
]
