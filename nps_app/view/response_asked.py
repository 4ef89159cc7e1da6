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

OF: Final = "of"
CATEGORY: Final = "category"
SCORES: Final = "scores"
FIRST: Final = "first"
LAST: Final = "last"
ANY_DATES: Final = "any_dates"
BACK: Final = "back"
PARAMETERS: Final = (OF, CATEGORY, SCORES, FIRST, LAST, ANY_DATES, BACK)

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
    the filter do not apply: the windows around a product change lie outside of them.
    """

    of: SegmentChoice = ()
    first: date | None = None
    last: date | None = None
    category: str = ""
    scores: tuple[int, ...] = ()
    any_dates: bool = False

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


def read_wanted(asked: Mapping[str, Sequence[str]], columns: Sequence[str]) -> Wanted:
    """What the parameters of a link ask for; what cannot be read is not asked for.

    `columns` are those that can be asked `of`.

    >>> read_wanted({"category": ["promoters"], "scores": ["10,11"], "of": ["a:b"]}, ["plan"])
    Wanted(of=(), first=None, last=None, category='promoters', scores=(10,), any_dates=False)
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
    )


def _day(given: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat(given[0]) if given else None
    except ValueError:
        return None
