"""NPS from survey responses: pure functions, frames in and frames out.

The whole flow, in order:

    bytes --read_responses--> accepted responses + rejected rows
    responses --apply(Filter)--> responses --tally--> counts
    counts --score--> the NPS and its interval
    counts --trend--> the NPS over time
    counts --compare--> whether two NPS differ
    responses + ProductChange --before_after--> what each change was followed by
    counts --against_rest, scan--> each group against the others --suppress--> fit to be shown
    counts --explain--> what moved: the groups' own scores, and who answered
    counts --shifts, expected_range--> what moved unannounced, and whether this week is news
    responses + ProductChange --change_verdicts, judge--> whether the NPS moved, and what else
        could explain it (post_stratified, interrupted, difference_in_differences, movement)
    responses --scores--> the NPS by another definition: latest, per account, weighted, known shares
    counts --sample_size, what_if--> the responses a decision needs, what winning over does

Count first, score second: counts of several days, windows or groups are added, never their scores.

>>> import pandas as pd
>>> responses = pd.DataFrame({
...     "score": [10, 9, 9, 7, 3], "company_size": ["SMB", "SMB", "Enterprise", "SMB", "SMB"]
... })
>>> small = apply(responses, Filter(segments={"company_size": ["SMB"]}))
>>> score(tally(small))[["promoters", "detractors", "responses", "nps"]].values.tolist()
[[2.0, 1.0, 4.0, 25.0]]
"""

from nps_core.errors import FileRefused, NpsError
from nps_core.intake import Intake, Mapping, Question, header_key, read_responses
from nps_core.measure import (
    Adjusted,
    ChangeVerdict,
    Comparison,
    DifferenceInDifferences,
    ExpectedRange,
    Filter,
    InterruptedSeries,
    Movement,
    ProductChange,
    Rival,
    ScoreDefinition,
    adjust,
    against_rest,
    apply,
    before_after,
    change_verdicts,
    compare,
    compare_groups,
    compare_spans,
    detectable,
    difference_in_differences,
    expected_range,
    explain,
    explain_flow,
    interrupted,
    judge,
    movement,
    post_stratified,
    post_stratified_difference,
    sample_size,
    scan,
    score,
    scores,
    shifts,
    simpson,
    suppress,
    tally,
    trend,
    weighted_score,
    what_if,
)

__all__ = [
    "Adjusted",
    "ChangeVerdict",
    "Comparison",
    "DifferenceInDifferences",
    "ExpectedRange",
    "FileRefused",
    "Filter",
    "Intake",
    "InterruptedSeries",
    "Mapping",
    "Movement",
    "NpsError",
    "ProductChange",
    "Question",
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
    "header_key",
    "interrupted",
    "judge",
    "movement",
    "post_stratified",
    "post_stratified_difference",
    "read_responses",
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
