"""The page of responses: as many as the figure said, in order, with the way back."""

from datetime import date, timedelta
from urllib.parse import parse_qs

import pandas as pd
import pytest

from nps_app.view.response_asked import Wanted, read_wanted
from nps_app.view.widgets.responses_link import back_to
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
    )
    query = {
        name: [value] if isinstance(value, str) else value for name, value in wanted.query().items()
    }
    assert read_wanted(query, ["company_size", "plan"]) == wanted


def test_a_category_and_a_score_outside_of_it_find_nothing() -> None:
    assert Wanted(category="passives", scores=(0,)).every_score() == (-1,)
    assert Wanted().within(Filter(start="2026-01-01")) == Filter(start="2026-01-01")
