"""The page of responses: as many as the figure said, in order, with the way back."""

from datetime import date, timedelta
from urllib.parse import parse_qs

import pandas as pd
import pytest

from nps_app.store import SavedView
from nps_app.view.filter_link import Days
from nps_app.view.response_asked import Wanted, read_wanted
from nps_app.view.widgets.responses_link import back_to
from nps_app.view.widgets.session import current_store
from nps_core.measure import Filter, ProductChange

FIRST = date(2026, 1, 1)
CHANGE = ProductChange(date(2026, 3, 1), "New editor", segments=(("industry", ("Media",)),))


def rows(n: int = 450) -> list[dict]:
    """One response a day and a half or so: sizes and scores in turn, a few without a date."""
    sizes, industries = ("Small", "Large", None), ("Media", "Retail")
    return [
        {
            "response_id": f"R{place:04d}",
            "responded_at": None if place % 90 == 89 else FIRST + timedelta(days=place // 3),
            "score": place % 11,
            "comment": f"comment {place}" if place % 4 == 0 else None,
            "company_size": sizes[place % 3],
            "industry": industries[place % 2],
            "account_id": f"A{place % 40}",
        }
        for place in range(n)
    ]


def count(*conditions) -> int:
    return sum(all(condition(row) for condition in conditions) for row in rows())


def heading(app) -> str:
    return next(sub.value for sub in app.header if "responses" in sub.value)


def table(app) -> pd.DataFrame:
    return app.dataframe[0].value


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ({"category": "detractors"}, lambda row: row["score"] <= 6),
        ({"scores": "0,1"}, lambda row: row["score"] in (0, 1)),
        (
            {"category": "promoters", "size": "Large"},
            lambda row: row["score"] >= 9 and row["company_size"] == "Large",
        ),
        ({"of": "company_size:~"}, lambda row: row["company_size"] is None),
        (
            {"first": "2026-02-01", "last": "2026-02-10"},
            lambda row: (
                row["responded_at"] and date(2026, 2, 1) <= row["responded_at"] <= date(2026, 2, 10)
            ),
        ),
    ],
)
def test_a_link_lists_what_a_plain_count_of_the_rows_finds(workspace, query, condition) -> None:
    app = workspace(rows(), page="pages/responses.py", **query)
    assert not app.exception
    assert heading(app) == f"{count(condition)} of 450 responses"


def links(app) -> dict[str, tuple[str, dict[str, list[str]]]]:
    """Every link to the responses on a page: its words, and what it asks for."""
    found = {}
    for link in app.get("page_link"):
        if link.proto.page == "responses":
            found[link.proto.label] = parse_qs(link.proto.query_string)
    return found


def test_the_figures_of_the_overview_lead_to_as_many_responses_as_they_name(
    workspace, dashboard
) -> None:
    app = workspace(rows(), (CHANGE,))
    asked = links(app)
    assert asked["See the responses"] == {"back": ["?"]}
    promised = {
        "Promoters": count(lambda row: row["score"] >= 9),
        "Passives": count(lambda row: row["score"] in (7, 8)),
        "Detractors": count(lambda row: row["score"] <= 6),
        "Score 10": count(lambda row: row["score"] == 10),
        "Apr 2026": count(lambda row: row["responded_at"] and row["responded_at"].month == 4),
    }
    for name, n in promised.items():
        query = next(query for label, query in asked.items() if label == f"{name} · {n}")
        assert listed(dashboard, query) == n


def listed(dashboard, query: dict[str, list[str]]) -> int:
    app = dashboard("pages/responses.py", **{name: values[0] for name, values in query.items()})
    return int(heading(app).split(" of ")[0].replace(",", ""))


def test_the_windows_of_a_product_change_lead_to_their_responses_whatever_the_filters_dates(
    workspace, dashboard
) -> None:
    app = workspace(rows(), (CHANGE,), page="pages/product_changes.py", dates="30d")
    media = [row for row in rows() if row["industry"] == "Media" and row["responded_at"]]
    before = sum(date(2026, 2, 1) <= row["responded_at"] < CHANGE.date for row in media)
    after = sum(CHANGE.date <= row["responded_at"] <= date(2026, 3, 28) for row in media)
    names = sorted(label.rpartition(" · ")[2] for label in links(app))
    assert names == sorted([str(before), str(after)])
    for label, query in links(app).items():
        side = before if label.startswith("Before") else after
        asked = {name: values[0] for name, values in query.items()}
        shown = dashboard("pages/responses.py", **asked)
        assert heading(shown) == f"{side} of 450 responses"
        assert "dates of the filter do not apply" in " ".join(c.value for c in shown.caption)


def test_pages_follow_one_another_the_newest_first_undated_last_none_twice(workspace) -> None:
    app = workspace(rows(), page="pages/responses.py")
    seen = []
    for page in (1, 2, 3):
        if page > 1:
            app.session_state["responses_page"] = page
            app.run()
        seen.append(table(app))
    whole = pd.concat(seen)
    assert [len(part) for part in seen] == [200, 200, 50]
    days = whole["responded_at"].tolist()
    dated = [day for day in days if not pd.isna(day)]
    assert dated == sorted(dated, reverse=True)
    assert all(pd.isna(day) for day in days[len(dated) :])
    keys = list(zip(whole["responded_at"], whole["score"], whole["account_id"], strict=True))
    assert len(keys) == 450
    written = whole["comment"].dropna()
    assert sorted(written) == sorted(row["comment"] for row in rows() if row["comment"])


def test_a_link_that_asks_for_nonsense_asks_for_nothing(workspace) -> None:
    query = {"scores": "77,x", "first": "soon", "of": "nothing:x", "category": "fans"}
    app = workspace(rows(), page="pages/responses.py", back="//evil.example/x", **query)
    assert not app.exception
    assert heading(app) == "450 of 450 responses"
    assert not [button for button in app.button if "Back to" in button.label]


def test_days_that_lie_outside_of_the_filter_find_nothing_and_say_so(workspace) -> None:
    app = workspace(
        rows(), page="pages/responses.py", dates="2026-01-01..2026-01-31", first="2026-02-01"
    )
    assert [info.value for info in app.info] == ["No responses match."]


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "javascript:x", "data?x", "wall", "../x"]
)
def test_only_pages_with_figures_can_be_gone_back_to(back: str) -> None:
    assert back_to(back) is None


def test_what_is_wanted_survives_its_way_through_an_address() -> None:
    wanted = Wanted(
        (("company_size", ("A:b", None)), ("plan", ("~x",))),
        date(2026, 1, 1),
        date(2026, 2, 1),
        "passives",
        (7,),
        any_dates=True,
        moved="lost",
        since=Days(date(2025, 12, 1), date(2025, 12, 31)),
    )
    query = {
        name: [value] if isinstance(value, str) else value for name, value in wanted.query().items()
    }
    assert read_wanted(query, ["company_size", "plan"]) == wanted


def test_a_category_and_a_score_outside_of_it_find_nothing() -> None:
    assert Wanted(category="passives", scores=(0,)).every_score() == (-1,)
    assert Wanted().within(Filter(start="2026-01-01")) == Filter(start="2026-01-01")


def of_view(app, number: int) -> dict[str, dict[str, list[str]]]:
    """What the menu of a compared view leads to."""
    menu = next(one for one in app.get("popover") if f"responses_view_{number}" in one.proto.id)
    return {
        link.proto.label: parse_qs(link.proto.query_string)
        for link in menu.children.values()
        if link.type == "page_link"
    }


def compared(workspace, **query) -> object:
    app = workspace(rows(), **query)
    for view in (
        SavedView("Large in Q1", "trend", "every=month&size=Large&dates=2026-01-01..2026-03-31"),
        SavedView("Media", "", "industry=Media"),
        SavedView("Nobody", "", "size=Small&dates=2026-01-01..2026-01-01"),
    ):
        current_store().save_view(view)
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page("pages/compare.py").run()


def in_large(row) -> bool:
    end = date(2026, 3, 31)
    return bool(
        row["company_size"] == "Large" and row["responded_at"] and row["responded_at"] <= end
    )


def test_each_compared_view_leads_to_its_own_responses_and_back_to_the_filter_above(
    workspace, dashboard
) -> None:
    app = compared(workspace, views=["1", "2"], industry="Retail")
    assert not app.exception
    asked = of_view(app, 1)
    promised = {
        "All": count(in_large),
        "Detractors": count(in_large, lambda row: row["score"] <= 6),
        "Feb 2026": count(in_large, lambda row: row["responded_at"].month == 2),
    }
    for name, n in promised.items():
        query = asked[f"{name} · {n}"]
        assert parse_qs(query["filter"][0])["size"] == ["Large"]
        assert "industry" not in query["filter"][0]
        (back,) = query["back"]
        title, file, kept = back_to(back)
        assert (title, file) == ("Compare views", "pages/compare.py")
        assert kept == {"views": ["1", "2"], "industry": ["Retail"]}
        assert listed(dashboard, query) == n
    media = of_view(app, 2)[f"All · {count(lambda row: row['industry'] == 'Media')}"]
    assert media["filter"] == ["industry=Media"]


def test_responses_two_views_share_are_those_of_both_filters(workspace, dashboard) -> None:
    app = compared(workspace, views=["1", "2"])
    both = count(in_large, lambda row: row["industry"] == "Media")
    (query,) = [query for label, query in links(app).items() if label == "See the responses"]
    assert both >= 5
    asked = {name: values[0] for name, values in query.items()}
    assert heading(dashboard("pages/responses.py", **asked)) == f"{both} of 450 responses"


def test_a_view_too_small_to_show_has_no_way_to_its_responses(workspace) -> None:
    app = compared(workspace, views=["1", "3"])
    assert not [one for one in app.get("popover") if "responses_view_3" in one.proto.id]


def test_the_planners_figures_lead_to_as_many_responses_as_they_name(workspace, dashboard) -> None:
    app = workspace(rows(), page="pages/planner.py")
    assert not app.exception
    asked = links(app)
    # The 90 days up to the newest response, 30 May 2026; the undated ones are in none of them.
    recent = [
        row for row in rows() if row["responded_at"] and row["responded_at"] > date(2026, 3, 1)
    ]
    promised = {
        "Responses": len(recent),
        "Large": sum(row["company_size"] == "Large" for row in recent),
        "Promoters": count(lambda row: row["score"] >= 9),
    }
    for name, n in promised.items():
        assert listed(dashboard, asked[f"{name} · {n}"]) == n


def people(moves: list[tuple[int, int]]) -> list[dict]:
    """Each person before (February) and after (March) a product change on 1 March."""
    return [
        {
            "response_id": f"{side}{place}",
            "responded_at": date(2026, 2 + side, 10),
            "score": scores[side],
            "respondent_id": f"P{place}",
            "comment": f"person {place}",
        }
        for place, scores in enumerate(moves)
        for side in (0, 1)
    ]


def movers_page(workspace, moves, **query):
    change = ProductChange(date(2026, 3, 1), "New editor")
    app = workspace(people(moves), (change,), page="pages/change.py", id="1", **query)
    app.session_state["people_details"] = True
    return app.run()


def test_the_movers_of_the_matrix_lead_to_both_their_responses(workspace, dashboard) -> None:
    # Seven won over, four lost (under the minimum of five), six stayed.
    app = movers_page(workspace, [(3, 9)] * 7 + [(9, 7)] * 4 + [(8, 8)] * 6)
    assert not app.exception
    asked = {
        label.replace("\\", ""): query
        for label, query in links(app).items()
        if "over" in label or "Lost" in label
    }
    assert list(asked) == ["Won over: 7"]
    shown = dashboard(
        "pages/responses.py", **{name: values[0] for name, values in asked["Won over: 7"].items()}
    )
    assert not shown.exception
    assert heading(shown) == "14 of 34 responses"
    assert set(table(shown)["respondent_id"]) == {f"P{place}" for place in range(7)}


def test_movers_under_the_minimum_are_not_listed_for_an_address_typed_by_hand(workspace) -> None:
    app = workspace(
        people([(3, 9)] * 7 + [(9, 7)] * 4),
        page="pages/responses.py",
        first="2026-03-01",
        last="2026-03-28",
        movers="lost",
        movers_from="2026-02-01..2026-02-28",
        any_dates="1",
    )
    assert not app.exception
    assert [info.value for info in app.info] == ["Too few people to show where each of them went."]
    assert not app.dataframe


@pytest.mark.parametrize(
    "since", ["", "x", "90d", "2026-03-05..2026-03-06", "2026-01-01..2026-03-01"]
)
def test_movers_of_windows_that_are_none_are_nobody(workspace, since) -> None:
    app = workspace(
        people([(3, 9)] * 7),
        page="pages/responses.py",
        first="2026-03-01",
        last="2026-03-28",
        movers="won_over",
        movers_from=since,
    )
    assert not app.exception
    assert [info.value for info in app.info] == ["No responses match."]


def test_the_browsers_own_way_back_finds_the_page_as_it_was_left(workspace) -> None:
    left = "segments?by=industry&size=Large"
    app = workspace(
        rows(), page="pages/segments.py", category="promoters", first="2026-01-01", back=left
    )
    assert not app.exception
    assert "category" not in app.query_params
    assert "back" not in app.query_params
    assert app.query_params["by"] == "industry"
    assert app.session_state["by"] == "industry"
