"""NPS from survey responses: pure functions, frames in and frames out.

The whole flow, in order:

    bytes --read_responses--> accepted responses + rejected rows
    responses --apply(Filter)--> responses --tally--> counts
    counts --score--> the NPS and its interval
    counts --trend--> the NPS over time
    counts --compare--> whether two NPS differ
    responses + ProductChange --before_after--> what each change was followed by
    counts --against_rest--> each group against the others --suppress--> fit to be shown

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
    Comparison,
    Filter,
    ProductChange,
    adjust,
    against_rest,
    apply,
    before_after,
    compare,
    score,
    suppress,
    tally,
    trend,
)

__all__ = [
    "Comparison",
    "FileRefused",
    "Filter",
    "Intake",
    "Mapping",
    "NpsError",
    "ProductChange",
    "Question",
    "adjust",
    "against_rest",
    "apply",
    "before_after",
    "compare",
    "header_key",
    "read_responses",
    "score",
    "suppress",
    "tally",
    "trend",
]
