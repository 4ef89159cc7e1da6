"""One product change with everything else that could explain what moved around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import narwhals as nw
import pandas as pd

from nps_core.columns import ACCOUNT_ID, RESPONDENT_ID
from nps_core.measure.arguments import SegmentChoice, optional_column
from nps_core.measure.changes import ProductChange, as_changes
from nps_core.measure.compare import ENOUGH
from nps_core.measure.engine import opened
from nps_core.measure.filter import Filter, apply
from nps_core.measure.judge_counts import ChangeVerdict, Counted, judge_counts
from nps_core.measure.mixes import mix_columns
from nps_core.measure.movement import Movement, movement
from nps_core.measure.rivals import Rival
from nps_core.measure.tally import tallies, tally
from nps_core.measure.windows import Days, Window

__all__ = ["ChangeVerdict", "Rival", "judge"]


def judge(
    frame: Any,
    change: Any,
    others: Any = (),
    days: Days = 28,
    washout: int = 0,
    level: float = 0.95,
    data_end: date | datetime | str | None = None,
    minimum: int = ENOUGH,
    responses: int | None = None,
    mix: str | Iterable[str | Sequence[str]] | None = None,
    cluster: str | None = ACCOUNT_ID,
    respondent: str | None = RESPONDENT_ID,
) -> ChangeVerdict:
    """Whether the NPS moved around one change, and what else could have moved it.

    `frame` is a table of responses of any engine; `change` a ProductChange, `others` the other
    ones (itself among them or not), which cut the windows as in `before_after`. `mix` names the
    segments whose mix is held fixed, each a column or several at once; None takes company_size,
    industry and persona, as far as the frame has them; what the change's scope fixes already is
    left out. The mix and control
    rivals are widened like the comparison itself. The control is everybody the change was not
    for; responses with an unknown value in a column of its scope are in neither group. Raises
    NpsError as `change_verdicts` does.

    >>> responses = pd.DataFrame({
    ...     "responded_at": pd.date_range("2026-01-01", periods=40), "score": [0] * 20 + [10] * 20
    ... })
    >>> found = judge(responses, ProductChange("2026-01-21", "New pricing"), days=20)
    >>> found.row["verdict"], found.trend.verdict, found.control.missing
    ('up', 'too few responses', 'made for everybody')
    """
    (made,) = as_changes([change])
    rest = [other for other in as_changes(others) if other != made]
    names = opened(frame).collect_schema().names()
    look = _Look(
        frame,
        optional_column("cluster", cluster, ACCOUNT_ID, names),
        optional_column("respondent", respondent, RESPONDENT_ID, names),
        tuple(mix_columns(names, mix)),
        level,
    )
    counted = Counted(look.daily, look.by_account, look.mixes, look.everybody, look.moved)
    return judge_counts(counted, made, rest, days, washout, level, data_end, minimum, responses)


@dataclass(frozen=True)
class _Look:
    """A table of responses, counted as the judgement asks for it."""

    frame: Any
    cluster: str | None
    respondent: str | None
    choices: tuple[tuple[str, ...], ...]
    level: float

    def daily(self, scope: SegmentChoice) -> pd.DataFrame:
        return tally(apply(self.frame, Filter(segments=scope)), every="day")

    def by_account(self, change: ProductChange, window: Window) -> pd.DataFrame | None:
        if self.cluster is None or window.stop <= window.start:
            return None
        counts = tally(self._within(window, change.segments), by=self.cluster)
        return counts.rename(columns={self.cluster: ACCOUNT_ID})

    def mixes(self, change: ProductChange, window: Window) -> dict[tuple[str, ...], pd.DataFrame]:
        within = self._within(window, change.segments)
        return tallies(within, self.choices) if self.choices else {}

    def everybody(self, columns: Sequence[str], window: Window) -> pd.DataFrame:
        return tally(self._within(window), by=columns)

    def moved(self, change: ProductChange, before: Window, after: Window) -> Movement | None:
        if self.respondent is None:
            return None
        scoped = opened(apply(self.frame, Filter(segments=change.segments)))
        if self.respondent != RESPONDENT_ID:
            scoped = scoped.with_columns(nw.col(self.respondent).alias(RESPONDENT_ID))
        return movement(scoped, before.days, after.days, level=self.level)

    def _within(self, window: Window, segments: SegmentChoice = ()) -> Any:
        return apply(self.frame, Filter(*window.days, segments))
