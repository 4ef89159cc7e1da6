"""Saved views: opened by another person they show what was saved; side by side they are honest."""

from nps_app.store import SavedView
from nps_app.view.saved_views import query_text
from nps_app.view.widgets.session import current_store

SIZES = {"Small": (3, 10), "Large": (10, 10), "Tiny": (9, 2)}
ROWS = [
    {
        "response_id": f"{size}{number}",
        "score": score if number % 4 else 7,
        "responded_at": f"2026-0{1 + number % 6}-10",
        "company_size": size,
    }
    for size, (score, _) in SIZES.items()
    for number in range(60 if size != "Tiny" else 2)
]


def texts(app) -> str:
    shown = [*app.text, *app.markdown, *app.caption, *app.header, *app.title]
    return "\n".join(element.value for element in shown)


def opened(workspace, page: str, *views: SavedView, **query: str):
    app = workspace(ROWS)
    for view in views:
        current_store().save_view(view)
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page(page).run()


def test_a_link_opens_the_page_with_its_filter_and_its_own_choices(workspace) -> None:
    view = SavedView("Large by month", "trend", "every=month&size=Large")
    app = opened(workspace, "pages/view.py", view, id="1")
    assert not app.exception
    assert app.title[0].value == "Trend"
    assert "60 of 122 responses" in texts(app)
    assert app.session_state["every"] == "month"


def test_a_link_to_a_removed_view_says_so_and_never_opens_another(workspace) -> None:
    app = opened(workspace, "pages/view.py", SavedView("A"), id="2")
    assert "no such view" in texts(app)
    current_store().delete_view(1)
    assert current_store().save_view(SavedView("B")).id == 2


def test_what_is_saved_is_written_in_one_order_without_the_language() -> None:
    query = query_text({"size": ["B", "A"], "dates": []}, {"lang": ["fr"], "every": ["week"]})
    assert query == "every=week&size=B&size=A"


def test_groups_apart_are_compared_and_small_ones_hidden(workspace) -> None:
    # Small: 45 detractors of 60 (-75), Large: 45 promoters of 60 (+75).
    app = opened(
        workspace,
        "pages/compare.py",
        SavedView("Small", "", "size=Small"),
        SavedView("Large", "", "size=Large"),
        SavedView("Tiny", "", "size=Tiny"),
        views=["1", "2", "3"],
    )
    assert not app.exception
    said = texts(app)
    assert "Large lies 150 points above Small" in said
    assert "Hidden: fewer than 5 responses" in said
    assert "Tiny lies" not in said


def test_views_that_share_responses_are_not_tested_against_each_other(workspace) -> None:
    app = opened(
        workspace,
        "pages/compare.py",
        SavedView("All", "", ""),
        SavedView("Large", "", "size=Large"),
        views=["1", "2"],
    )
    assert "All and Large have 60 responses in common" in texts(app)


def test_a_link_that_names_a_view_twice_or_too_many_compares_what_it_can(workspace) -> None:
    views = [SavedView(f"v{n}", "", "size=Small") for n in range(4)]
    app = opened(workspace, "pages/compare.py", *views)
    app.query_params["views"] = ["1", "1"]
    app.run()
    assert not app.exception
    assert "Choose two or three views" in texts(app)
    app.query_params["views"] = ["1", "2", "3", "4"]
    app.run()
    assert not app.exception
    assert [one.value for one in app.header].count("v2") == 1
    assert "v3" not in [one.value for one in app.header]
