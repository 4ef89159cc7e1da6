"""The same people before and after: who moved where, and whether they moved on the whole."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import (
    COUNT,
    DETRACTORS,
    HIGHEST_DETRACTOR,
    HIGHEST_SCORE,
    LOWEST_PROMOTER,
    PASSIVES,
    PROMOTERS,
    RESPONDED_AT,
    RESPONDENT_ID,
    RESPONSE_ID,
    SCORE,
)
from nps_core.errors import NpsError
from nps_core.measure.arguments import checked_level, one_of, require_columns, whole_number
from nps_core.measure.compare import ENOUGH, Verdict, verdicts
from nps_core.measure.counts import categories, checked_counts
from nps_core.measure.engine import Responses, as_pandas, decoded, in_utc, opened
from nps_core.measure.filter import Filter, apply
from nps_core.measure.interval import estimate
from nps_core.measure.paired import STEPS, score_limits, score_statistic

MOVERS = 5
"""From 5 respondents moving each way on, the t interval keeps its promise; its exact coverage
goes to 0.02 where few move or all move one way (benchmarks/proof/interrupted.py)."""

Way = Literal["won over", "lost"]
WON_OVER: Final[Way] = "won over"
LOST: Final[Way] = "lost"
WAYS: Final = (WON_OVER, LOST)

_BEFORE, _AFTER, _SIDE = "before", "after", "side of the two"
_NAMES = (DETRACTORS, PASSIVES, PROMOTERS)


@dataclass(frozen=True, eq=False)
class Movement:
    """Where the respondents seen on both sides went; the figures are in points.

    `categories` (3 x 3) and `scores` (11 x 11) count respondents: rows before, columns after.
    `before_nps` and `after_nps` are of these `respondents` alone, `difference` is between them,
    within `low` and `high` at `level`; `p` is that of the paired t test. `won_over` and `lost`
    count those whose category rose and fell. NaN where nobody was seen on both sides.
    """

    categories: pd.DataFrame
    scores: pd.DataFrame
    respondents: int
    difference: float
    low: float
    high: float
    p: float
    verdict: Verdict
    level: float
    before_nps: float
    after_nps: float
    won_over: int
    lost: int


def movement(
    frame: Any,
    before: Filter | Sequence[date | datetime | str],
    after: Filter | Sequence[date | datetime | str],
    level: float = 0.95,
    minimum: int = ENOUGH,
) -> Movement:
    """How the respondents who answered both in `before` and in `after` moved.

    `frame` is a table of responses of any engine with `respondent_id`, `responded_at`, `score`
    and possibly `response_id`. `before` and `after` are (first day, last day), both inclusive, or
    a Filter each with the same segments and survey types. Each respondent counts once, with the
    latest response of each side; of two at the same moment the one of the later `response_id`,
    then the higher score. Responses without a respondent, a score or a date are nobody's.

    A move from detractor to promoter counts twice one to or from passive. `p` is the paired t
    test's on these moves, that of the score test where all moved alike. The limits are the t test's
    where 5 or more moved each way; where fewer did, they are widened to hold the score interval of
    the mean move as well, so that nobody having moved leaves limits of some width (and p 1). The
    verdict reads the limits, and is "too few responses" under `minimum` respondents. Rows are
    gathered on the engine; only the 11 x 11 counts leave it.

    Raises NpsError for a missing column, windows that overlap or lie the wrong way round, and
    Filters that choose different segments.

    >>> responses = pd.DataFrame({
    ...     "respondent_id": list("abcdefghijkl") * 2,
    ...     "responded_at": pd.to_datetime(["2026-01-05"] * 12 + ["2026-02-05"] * 12),
    ...     "score": [3] * 6 + [9] * 6 + [8] * 6 + [9] * 6,
    ... })
    >>> found = movement(responses, ("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28"))
    >>> found.respondents, found.before_nps, found.after_nps, found.won_over, found.lost
    (12, 0.0, 50.0, 6, 0)
    >>> found.categories.loc["detractors", "passives"]
    np.int64(6)
    """
    checked_level(level)
    whole_number("minimum", minimum, 0)
    sides = _window("before", before), _window("after", after)
    pairs = _pairs(frame, *sides)
    scores = np.zeros((HIGHEST_SCORE + 1,) * 2, dtype="int64")
    np.add.at(scores, (pairs[_BEFORE].to_numpy(), pairs[_AFTER].to_numpy()), pairs[COUNT])
    moved = _by_category(_by_category(scores).T).T
    steps = np.array([np.trace(moved, offset) for offset in range(-2, 3)])
    n = int(steps.sum())
    difference, low, high, p = _paired(steps, level)
    one_side = np.array([n])
    return Movement(
        categories=_table(moved, _NAMES),
        scores=_table(scores, range(HIGHEST_SCORE + 1)),
        respondents=n,
        difference=100 * difference,
        low=100 * low,
        high=100 * high,
        p=p,
        verdict=verdicts(np.array([low]), np.array([high]), one_side, one_side, minimum)[0],
        level=float(level),
        before_nps=float(100 * estimate(moved.sum(axis=1)[None])[0]),
        after_nps=float(100 * estimate(moved.sum(axis=0)[None])[0]),
        won_over=int(steps[3:].sum()),
        lost=int(steps[:2].sum()),
    )


def movers(
    frame: Any,
    before: Filter | Sequence[date | datetime | str],
    after: Filter | Sequence[date | datetime | str],
    way: Way,
) -> pd.DataFrame:
    """Both responses of each respondent `movement` counts as won over, or as lost.

    All columns of the frame, two rows a respondent: the latest response of either side. Arguments
    and errors are those of `movement`; `way` is "won over" or "lost".

    >>> responses = pd.DataFrame({
    ...     "respondent_id": list("abc") * 2,
    ...     "responded_at": pd.to_datetime(["2026-01-05"] * 3 + ["2026-02-05"] * 3),
    ...     "score": [3, 9, 8, 9, 9, 7],
    ... })
    >>> sides = ("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28")
    >>> movers(responses, *sides, "won over")["respondent_id"].tolist()
    ['a', 'a']
    """
    one_of("way", way, WAYS)
    sides = _window("before", before), _window("after", after)
    data, ordered = _of_both_sides(frame, *sides)
    last = _last_of_each_side(data, ordered)
    was, now = _category(nw.col(_BEFORE)), _category(nw.col(_AFTER))
    people = last.filter(now > was if way == WON_OVER else now < was).select(RESPONDENT_ID)
    rows = as_pandas(data.lazy().join(people.lazy(), on=RESPONDENT_ID, how="semi"))
    rows = rows.sort_values([RESPONDED_AT, *ordered], na_position="first", kind="stable")
    rows = rows.drop_duplicates([RESPONDENT_ID, _SIDE], keep="last")
    return rows.drop(columns=_SIDE).reset_index(drop=True)


def _category(score: nw.Expr) -> nw.Expr:
    """-1, 0 or 1: detractor, passive, promoter."""
    rest = nw.when(score >= LOWEST_PROMOTER).then(nw.lit(1)).otherwise(nw.lit(0))
    return nw.when(score <= HIGHEST_DETRACTOR).then(nw.lit(-1)).otherwise(rest)


def _window(parameter: str, window: Any) -> Filter:
    if isinstance(window, Filter):
        return window
    if not isinstance(window, Sequence) or isinstance(window, str) or len(window) != 2:
        raise NpsError(
            f"{parameter} is {window!r}; give (first day, last day), both inclusive, or a Filter."
        )
    return Filter(start=window[0], end=window[1])


def _pairs(frame: Any, before: Filter, after: Filter) -> pd.DataFrame:
    """How many respondents went from one score to another: before, after, n."""
    last = _last_of_each_side(*_of_both_sides(frame, before, after))
    counted = last.group_by(_BEFORE, _AFTER).agg(nw.len().alias(COUNT))
    table = as_pandas(counted)
    for side in (_BEFORE, _AFTER):
        checked = checked_counts("frame", table.rename(columns={side: SCORE}))
        table[side] = checked[SCORE]
    return table.astype("int64")


def _of_both_sides(frame: Any, before: Filter, after: Filter) -> tuple[Responses, list[str]]:
    """The responses of known respondents on either side, and what orders those of one moment."""
    if before.end is None or after.start is None or before.end >= after.start:
        raise NpsError(
            f"before ends on {before.end or 'no day'} and after begins on "
            f"{after.start or 'no day'}; before must end on an earlier day."
        )
    if (before.segments, before.survey_types) != (after.segments, after.survey_types):
        raise NpsError(
            "before and after choose different segments or survey types; choose the same, and "
            "different days."
        )
    data = opened(frame)
    names = data.collect_schema().names()
    columns = [RESPONDENT_ID, RESPONDED_AT, SCORE]
    require_columns("The frame", columns, names)
    whole = Filter(before.start, after.end, before.segments, before.survey_types)
    # With both outer days open `apply` has no day to look for, and leaves the dates unread.
    data = in_utc(decoded(apply(data, whole), [RESPONDENT_ID]))
    ordered = [RESPONSE_ID, SCORE] if RESPONSE_ID in names else [SCORE]
    at = nw.col(RESPONDED_AT)
    early = at < _midnight(before.end + timedelta(days=1))
    late = at >= _midnight(after.start)
    known = [~nw.col(RESPONDENT_ID).is_null(), ~nw.col(SCORE).is_null(), early | late]
    kind = data.collect_schema()[RESPONDENT_ID]
    if kind in (nw.String, nw.Categorical, nw.Enum):
        known.append(nw.col(RESPONDENT_ID).cast(nw.String) != "")
    for condition in known:
        data = data.filter(condition)
    side = nw.when(early).then(nw.lit(0)).otherwise(nw.lit(1)).alias(_SIDE)
    return data.with_columns(side), ordered


def _last_of_each_side(data: Responses, ordered: Sequence[str]) -> Responses:
    """One row a respondent seen on both sides: the last score before and after."""
    score = nw.col(SCORE)
    last = (
        data.select(RESPONDENT_ID, RESPONDED_AT, *ordered, _SIDE)
        .group_by(RESPONDENT_ID, _SIDE)
        .agg(score.last(order_by=[RESPONDED_AT, *ordered]))
    )
    # Two sides of one respondent by grouping again: a join would read the responses twice.
    return (
        last.select(
            RESPONDENT_ID,
            nw.when(nw.col(_SIDE) == 0).then(score).alias(_BEFORE),
            nw.when(nw.col(_SIDE) == 1).then(score).alias(_AFTER),
        )
        .group_by(RESPONDENT_ID)
        .agg(nw.col(_BEFORE).max(), nw.col(_AFTER).max())
        .filter(~nw.col(_BEFORE).is_null(), ~nw.col(_AFTER).is_null())
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _by_category(scores: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of the 11 scores added up to detractors, passives and promoters."""
    counts = pd.DataFrame({SCORE: np.arange(HIGHEST_SCORE + 1)})
    return np.stack(
        [
            categories(counts.assign(n=column), np.zeros(len(column), dtype="int64"), 1)[0]
            for column in scores.T
        ],
        axis=1,
    )


def _table(counts: NDArray[np.int64], names: Sequence[Any] | range) -> pd.DataFrame:
    index, columns = (pd.Index(list(names), name=side) for side in (_BEFORE, _AFTER))
    return pd.DataFrame(counts, index=index, columns=columns)


def _paired(steps: NDArray[np.int64], level: float) -> tuple[float, float, float, float]:
    """The mean move, its limits and p, from how many moved by -2..2, on the scale -2..2."""
    from scipy.special import stdtr, stdtrit

    n = int(steps.sum())
    if not n:
        return (np.nan,) * 4
    mean = float(steps @ STEPS / n)
    low, high, p = -2.0, 2.0, 1.0
    if n > 1:
        se = float(np.sqrt(steps @ (STEPS - mean) ** 2 / (n - 1) / n))
        margin = float(stdtrit(n - 1, (1 + level) / 2)) * se
        low, high = mean - margin, mean + margin
        if mean and se:
            p = 2 * float(stdtr(n - 1, -abs(mean) / se))
        elif mean:
            # All moved alike: to the t test that is certainty, be it of two respondents.
            statistic = score_statistic(steps[None], np.zeros(1))[0]
            p = math.erfc(math.sqrt(statistic / 2))
    if min(steps[:2].sum(), steps[3:].sum()) < MOVERS:
        bottom, top = score_limits(steps[None], level)
        low, high = min(low, float(bottom[0])), max(high, float(top[0]))
    return mean, max(low, -2.0), min(high, 2.0), p
