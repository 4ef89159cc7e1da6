"""Every page in both languages: it renders, and nothing on a French one is left in English."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nps_app.store import BuiltSegment, MeetingNote, SavedView, WallLink
from nps_app.view.widgets.session import current_store
from nps_core import language
from nps_core.measure import ProductChange
from tests.french_marked import OPEN, Marked, left_in_english, shown

TODAY = datetime.now(UTC).date()
PAGES = sorted(
    f"pages/{path.name}" for path in (Path(__file__).resolve().parents[2] / "pages").glob("*.py")
)
# Each page as it opens, and with choices that show what the usual ones do not.
VISITS = [
    *((page, {}) for page in PAGES),
    ("pages/change.py", {"id": "1"}),
    ("pages/change.py", {"id": "2", "before": "14"}),
    ("pages/compare.py", {"compare": "1,2,3"}),
    ("pages/planner.py", {"plan_among": "πλάνο:~"}),
    ("pages/segments.py", {"across": "industry"}),
    ("pages/trend.py", {"every": "week", "by": "company_size"}),
    ("pages/what_moved.py", {"moved": "days", "compared": "pairs"}),
    ("pages/what_moved.py", {"moved": "change"}),
    ("pages/wall.py", {"views": "1,2,99"}),
    ("pages/weekly.py", {"every": "month", "period": "ποτέ"}),
    ("pages/overview.py", {"score": "latest", "survey": "relational", "dates": "90d"}),
    ("pages/segments.py", {"score": "accounts"}),
]


def rows(days: int) -> list[dict[str, Any]]:
    """Six responses a day up to yesterday, in words no catalogue has: what a file says is Greek."""
    return [
        {
            "response_id": f"{day}-{place}",
            "responded_at": TODAY - timedelta(days=1 + day),
            "score": (10, 9, 8, 3, 10, 0)[(place + day // 60) % 6],
            "comment": "καλό" if place % 2 else None,
            "respondent_id": f"{day % 40}-{place}",
            "account_id": f"{day % 25}",
            # Who answers has changed of late, which the weekly page tells.
            "survey_type": ("relational", "transactional")[place % 2 if day > 13 else place > 0],
            "company_size": ("Μικρή", "Μεγάλη", None)[(place + day) % 3],
            "industry": ("Λιανική", "Υγεία", "Ενέργεια")[place % 3],
            "persona": "Σπάνιος" if place == 0 and day < 3 else "Χρήστης",
            "πλάνο": ("Δωρεάν", "Πλήρες")[(place + day) % 2] if place else None,
            "θέσεις": str(10 + 30 * place),
            "mrr": 100.0 + place,
        }
        for day in range(days)
        for place in range(6)
    ]


def changes() -> tuple[ProductChange, ...]:
    """One for everybody, one for a segment, one of the same day, one for what nobody answered."""
    day = TODAY - timedelta(days=60)
    return (
        ProductChange(day, "Αλλαγή", note="Σημείωση", link="https://a.example/"),
        ProductChange(day, "Δεύτερη", segments={"company_size": ["Μεγάλη"]}),
        ProductChange(TODAY - timedelta(days=12), "Νέα"),
        ProductChange(day, "Ξένη", segments={"χώρα": ["Γη"]}),
    )


def furnished() -> str:
    """Put one record of each kind into the store; give the token of its wall link."""
    store = current_store()
    for name, query in (("Πρώτη", "size=Μικρή"), ("Άλλη", "dates=90d"), ("Κενή", "size=Καμία")):
        store.save_view(SavedView(name, query=query, pinned=name == "Πρώτη"))
    _, token = store.create_wall_link(WallLink("Αίθουσα", views=(1,)))
    revoked, _ = store.create_wall_link(WallLink("Παλιά", look="contrast"))
    store.revoke_wall_link(revoked.id or 0)
    year, week, _ = (TODAY - timedelta(days=7)).isocalendar()
    store.save_meeting_note(MeetingNote(f"{year}-W{week:02}", "Σημειώσεις", "Αποφάσεις"))
    bands = (("έως 50", 1, 51), ("51+", 51, None))
    store.save_built_segment(BuiltSegment("Ζώνη", "θέσεις", bands=bands))
    return token


@pytest.fixture
def marked_french(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """French between marks, for the length of a test."""
    monkeypatch.setitem(language._catalogues, "fr", Marked)
    st.cache_data.clear()
    yield
    st.cache_data.clear()


def test_every_page_of_the_app_is_visited() -> None:
    source = (Path(__file__).resolve().parents[2] / "dashboard.py").read_text()
    assert PAGES
    assert {page for page in PAGES if page not in source} == set()
    assert source.count('st.Page("pages/') == len(PAGES) + 1, "the wall is in two navigations"


def visited(dashboard: Callable[..., AppTest], page: str, query: dict[str, str]) -> None:
    """Open a page in English, in French and in English again, on one server: each is its own."""
    english = dashboard(page, **query)
    assert not english.exception
    french = dashboard(page, lang="fr", **query)
    assert not french.exception
    assert any(OPEN in text for text in shown(french)), "nothing here was translated"
    left = left_in_english(french)
    if left:
        pytest.fail("\n".join(sorted(left)), pytrace=False)
    again = dashboard(page, **query)
    assert not again.exception
    assert not [text for text in shown(again) if OPEN in text], "French was kept for an English one"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_an_empty_store(workspace, dashboard, marked_french, page: str) -> None:
    workspace([])
    visited(dashboard, page, {})


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_few_undated_responses(workspace, dashboard, marked_french, page: str) -> None:
    few = [{"response_id": f"{n}", "responded_at": None, "score": n} for n in range(7)]
    workspace(few)
    visited(dashboard, page, {})


@pytest.mark.parametrize(
    ("page", "query"), VISITS, ids=[f"{page}-{query}" for page, query in VISITS]
)
def test_a_page_of_a_full_store(
    workspace, dashboard, marked_french, page: str, query: dict[str, str]
) -> None:
    workspace(rows(200), changes())
    furnished()
    visited(dashboard, page, query)


@pytest.mark.parametrize("page", ["pages/wall.py", ""])
def test_a_wall_display(workspace, dashboard, marked_french, page: str) -> None:
    workspace(rows(100), changes())
    token = furnished()
    visited(dashboard, page, {"key": token, "views": "1"})


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_every_page_renders_on_a_week_of_responses(workspace, dashboard, spoken: str) -> None:
    workspace(rows(date(2026, 1, 8).toordinal() - date(2026, 1, 1).toordinal()))
    for page in PAGES:
        assert not dashboard(page, lang=spoken).exception, page
