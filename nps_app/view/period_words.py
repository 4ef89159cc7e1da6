"""Days, weeks, months and quarters in words: whole sentences, as their nouns differ in gender."""

from typing import Final

from nps_core.language import mark, tr

_NAMES: Final = {
    "day": mark("day"),
    "week": mark("week"),
    "month": mark("month"),
    "quarter": mark("quarter"),
    "year": mark("year"),
}
_POOLED: Final = {
    "day": mark("last {n} days pooled"),
    "week": mark("last {n} weeks pooled"),
    "month": mark("last {n} months pooled"),
    "quarter": mark("last {n} quarters pooled"),
}
SINGLE: Final = {
    "day": mark("points: single days"),
    "week": mark("points: single weeks"),
    "month": mark("points: single months"),
    "quarter": mark("points: single quarters"),
}
RUNNING: Final = {
    "day": mark("dotted: the day still running"),
    "week": mark("dotted: the week still running"),
    "month": mark("dotted: the month still running"),
    "quarter": mark("dotted: the quarter still running"),
}
TRAILING: Final = {
    "day": mark("Trailing window, in days"),
    "week": mark("Trailing window, in weeks"),
    "month": mark("Trailing window, in months"),
    "quarter": mark("Trailing window, in quarters"),
}
NONE_COMPLETE: Final = {
    "week": mark("No complete week with responses yet."),
    "month": mark("No complete month with responses yet."),
    "quarter": mark("No complete quarter with responses yet."),
}
NONE_HOLDS: Final = {
    "day": mark("No day holds {n} responses:<br>choose longer periods"),
    "week": mark("No week holds {n} responses:<br>choose longer periods"),
    "month": mark("No month holds {n} responses:<br>choose longer periods"),
    "quarter": mark("No quarter holds {n} responses:<br>choose longer periods"),
}
WITHOUT_POINT: Final = {
    "day": (
        mark("{n} day under {minimum} responses without a point"),
        mark("{n} days under {minimum} responses without a point"),
    ),
    "week": (
        mark("{n} week under {minimum} responses without a point"),
        mark("{n} weeks under {minimum} responses without a point"),
    ),
    "month": (
        mark("{n} month under {minimum} responses without a point"),
        mark("{n} months under {minimum} responses without a point"),
    ),
    "quarter": (
        mark("{n} quarter under {minimum} responses without a point"),
        mark("{n} quarters under {minimum} responses without a point"),
    ),
    "window": (
        mark("{n} window under {minimum} responses without a point"),
        mark("{n} windows under {minimum} responses without a point"),
    ),
}


def period_word(every: str) -> str:
    """Name a kind of period: after "per", "by" or "each".

    >>> period_word("week")
    'week'
    """
    return tr(_NAMES[every])


def pooled_words(window: int, every: str) -> str:
    """Name a trailing window by what is pooled in it.

    >>> pooled_words(4, "week")
    'last 4 weeks pooled'
    """
    return tr(_POOLED[every], n=window)
