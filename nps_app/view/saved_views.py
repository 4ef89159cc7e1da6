"""What a saved view keeps of a page, and what opening it asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs, urlencode

from nps_app.store import SavedView
from nps_app.view.filter_link import SEGMENT, segment_token, token_segment
from nps_app.view.link_filter import NAMES, filter_of

PAGE_FILES: Final = {
    "": "pages/overview.py",
    "weekly": "pages/weekly.py",
    "trend": "pages/trend.py",
    "segments": "pages/segments.py",
    "what_moved": "pages/what_moved.py",
    "product_changes": "pages/product_changes.py",
    "change": "pages/change.py",
    "planner": "pages/planner.py",
    "compare": "pages/compare.py",
    "responses": "pages/responses.py",
}
"""The pages a view can keep, by their paths: those that show figures of the filter."""

_NOT_KEPT: Final = frozenset({"lang", "key", "back"})
"""Parameters that say who reads, not what is read."""

_COLUMNS: Final = frozenset({"by", "across", "lines", "split", "split_again", "held"})
"""Choices of pages that name a segment column."""


def query_text(tokens: Mapping[str, Sequence[str]], own: Mapping[str, Sequence[str]]) -> str:
    """Write the filter's tokens and a page's own choices as one query, always in one order.

    >>> query_text({"size": ["SMB"]}, {"every": ["month"], "lang": ["fr"]})
    'every=month&size=SMB'
    """
    kept = {
        name: list(values)
        for name, values in sorted((dict(own) | dict(tokens)).items())
        if values and name not in _NOT_KEPT
    }
    return urlencode(kept, doseq=True)


def tokens_of(view: SavedView) -> dict[str, list[str]]:
    """The filter a view asks for: each parameter of the filter with its tokens.

    >>> tokens_of(SavedView("A", "trend", "every=month&size=SMB"))["size"]
    ['SMB']
    """
    return filter_of(view.query)


def choices_of(view: SavedView) -> dict[str, list[str]]:
    """The choices of its page that a view asks for, beside the filter.

    >>> choices_of(SavedView("A", "trend", "every=month&size=SMB"))
    {'every': ['month']}
    """
    asked = parse_qs(view.query, keep_blank_values=True)
    return {name: values for name, values in asked.items() if name not in NAMES}


def with_renamed_segment(view: SavedView, old: str, new: str) -> SavedView:
    """The view asking for a segment column by its new name wherever it named the old one.

    >>> view = SavedView("A", "segments", "by=Band&segment=Band%3Alow&size=Band")
    >>> with_renamed_segment(view, "Band", "Seats").query
    'by=Seats&segment=Seats%3Alow&size=Band'
    """

    def renamed(name: str, token: str) -> str:
        if name in _COLUMNS and token == old:
            return new
        column, value = (token_segment(token) if name == SEGMENT else None) or ("", None)
        return segment_token(new, value) if column == old else token

    asked = parse_qs(view.query, keep_blank_values=True)
    kept = {name: [renamed(name, token) for token in some] for name, some in asked.items()}
    return view if kept == asked else replace(view, query=query_text({}, kept))


def same_as(views: Sequence[SavedView], page: str, query: str) -> SavedView | None:
    """The saved view that shows just this page with just these choices, if any."""
    return next((view for view in views if (view.page, view.query) == (page, query)), None)


def place_of(views: Sequence[SavedView], number: str) -> tuple[str, str] | None:
    """The page and the query of the view with this id, for a link; None when there is none.

    >>> place_of([SavedView("A", "trend", "size=SMB", id=7)], "7")
    ('trend', 'size=SMB')
    """
    found = next((view for view in views if str(view.id) == number), None)
    return None if found is None or found.page not in PAGE_FILES else (found.page, found.query)
