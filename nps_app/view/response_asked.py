"""Which responses a link to the page of responses asks for, beside the filter above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from nps_app.view import filter_link as link
from nps_app.view import queries
from nps_core import columns as c
from nps_core.language import mark
from nps_core.measure import Filter
from nps_core.measure.arguments import SegmentChoice
from nps_core.measure.movement import LOST, WAYS, WON_OVER, Way

OF: Final = "of"
CATEGORY: Final = "category"
SCORES: Final = "scores"
FIRST: Final = "first"
LAST: Final = "last"
ANY_DATES: Final = "any_dates"
MOVED: Final = "movers"
SINCE: Final = "movers_from"
BACK: Final = "back"
PARAMETERS: Final = (OF, CATEGORY, SCORES, FIRST, LAST, ANY_DATES, MOVED, SINCE, BACK)

_WAY_TOKENS: Final[dict[Way, str]] = {WON_OVER: "won_over", LOST: "lost"}
_EVERY_SCORE: Final = range(c.LOWEST_SCORE, c.HIGHEST_SCORE + 1)
CATEGORIES: Final[dict[str, tuple[int, ...]]] = {
    c.DETRACTORS: tuple(score for score in _EVERY_SCORE if score <= c.HIGHEST_DETRACTOR),
    c.PASSIVES: tuple(range(c.HIGHEST_DETRACTOR + 1, c.LOWEST_PROMOTER)),
    c.PROMOTERS: tuple(score for score in _EVERY_SCORE if score >= c.LOWEST_PROMOTER),
}
CATEGORY_NAMES: Final = {
    "": mark("All"),
    c.PROMOTERS: mark("Promoters"),
    c.PASSIVES: mark("Passives"),
    c.DETRACTORS: mark("Detractors"),
}


@dataclass(frozen=True)
class Wanted:
    """What narrows the filter's responses further to those behind one figure.

    `of` holds segment columns (or survey_type) with their values, `first` and `last` are days,
    both inclusive. No `category` and no `scores` mean every one. With `any_dates` the dates of
    the filter do not apply: the windows around a product change lie outside of them. With `moved`
    they are both responses of those won over, or lost, from the days `since` to `first`..`last`.
    """

    of: SegmentChoice = ()
    first: date | None = None
    last: date | None = None
    category: str = ""
    scores: tuple[int, ...] = ()
    any_dates: bool = False
    moved: Way | None = None
    since: link.Days | None = None

    def every_score(self) -> tuple[int, ...]:
        """The scores asked for, () for all of them.

        >>> Wanted(category="passives", scores=(8, 9)).every_score()
        (8,)
        """
        of_category = CATEGORIES.get(self.category, ())
        if self.scores and of_category:
            # Never (): that would be all of them.
            return tuple(score for score in self.scores if score in of_category) or (-1,)
        return self.scores or of_category

    def query(self) -> dict[str, str | list[str]]:
        """The same as parameters of an address, what is not asked for left out.

        >>> Wanted((("plan", ("Pro", None)),), scores=(0, 1)).query()
        {'of': ['plan:Pro', 'plan:~'], 'scores': '0,1'}
        """
        pairs = ((column, value) for column, values in self.of for value in values)
        found: dict[str, str | list[str]] = {
            OF: [link.segment_token(column, value) for column, value in pairs],
            FIRST: self.first.isoformat() if self.first else "",
            LAST: self.last.isoformat() if self.last else "",
            CATEGORY: self.category,
            SCORES: ",".join(map(str, self.scores)),
            ANY_DATES: "1" if self.any_dates else "",
            MOVED: _WAY_TOKENS[self.moved] if self.moved else "",
            SINCE: _days_token(self.since),
        }
        return {name: value for name, value in found.items() if value}

    def within(self, chosen: Filter) -> Filter | None:
        """The filter narrowed to the values and days asked for; None when nothing can be left."""
        kept = replace(chosen, start=None, end=None) if self.any_dates else chosen
        start = max(filter(None, (kept.start, self.first)), default=None)
        end = min(filter(None, (kept.end, self.last)), default=None)
        if start and end and start > end:
            return None
        narrowed = queries.within_scope(replace(kept, start=start, end=end), self.of)
        if narrowed is None or c.SURVEY_TYPE not in dict(narrowed.segments):
            return narrowed
        segments = dict(narrowed.segments)
        return Filter(start, end, segments, survey_types=segments.pop(c.SURVEY_TYPE))

    def sides(self, chosen: Filter) -> tuple[Filter, Filter] | None:
        """The two windows between which people moved; None where they are not two."""
        after = self.within(chosen)
        if after is None or self.since is None or after.start is None or after.end is None:
            return None
        before = replace(after, start=self.since.start, end=self.since.end)
        return (before, after) if before.end and before.end < after.start else None


def read_wanted(asked: Mapping[str, Sequence[str]], columns: Sequence[str]) -> Wanted:
    """What the parameters of a link ask for; what cannot be read is not asked for.

    `columns` are those that can be asked `of`.

    >>> asked = {"category": ["promoters"], "scores": ["10,11"], "of": ["a:b"]}
    >>> read_wanted(asked, ["plan"]) == Wanted(category="promoters", scores=(10,))
    True
    """
    values: dict[str, list[str | None]] = {}
    for token in asked.get(OF, ()):
        column, value = link.token_segment(token) or ("", None)
        if column in columns and value not in values.setdefault(column, []):
            values[column].append(value)
    given = {part.strip() for text in asked.get(SCORES, ()) for part in text.split(",")}
    return Wanted(
        of=tuple((column, tuple(some)) for column, some in values.items()),
        first=_day(asked.get(FIRST, ())),
        last=_day(asked.get(LAST, ())),
        category=next((name for name in asked.get(CATEGORY, ()) if name in CATEGORIES), ""),
        scores=tuple(score for score in _EVERY_SCORE if str(score) in given),
        any_dates="1" in asked.get(ANY_DATES, ()),
        moved=next((way for way in WAYS if _WAY_TOKENS[way] in asked.get(MOVED, ())), None),
        since=link.token_days("".join(asked.get(SINCE, ())), None) if asked.get(SINCE) else None,
    )


def _days_token(days: link.Days | None) -> str:
    return link.days_token(days.start, days.end) if days and days.start and days.end else ""


def _day(given: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat(given[0]) if given else None
    except ValueError:
        return None
