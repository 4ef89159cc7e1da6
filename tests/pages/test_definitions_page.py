"""The chosen score: offered where the data can carry it, kept in the link, said on every chart."""

import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from nps_core.measure import ProductChange

PIXEL = "![x](http://tracker.example/p.png)"


def response(number: int, score: int, **more) -> dict:
    return {
        "response_id": f"R{number:03d}",
        "responded_at": f"2026-03-{1 + number % 28:02d}",
        "score": score,
        "respondent_id": None,
        "account_id": None,
        "company_size": None,
        "industry": None,
        "persona": None,
        "mrr": None,
    } | more


@pytest.fixture
def rows() -> list[dict]:
    """Account Loud gave 40 detractors, accounts A0 to A39 a promoter each; two have no revenue."""
    loud = [
        response(i, 0, account_id="Loud", respondent_id=f"L{i}", mrr=1.0, company_size="Small")
        for i in range(40)
    ]
    quiet = [
        response(
            40 + i,
            10,
            account_id=f"A{i}",
            respondent_id=f"P{i}",
            mrr=None if i < 2 else 9.0,
            company_size="Enterprise",
        )
        for i in range(40)
    ]
    return loud + quiet


def score_pill(app: AppTest):
    return next(radio for radio in app.radio if radio.label == "Which score is shown")


def said(app: AppTest) -> str:
    """Everything the page says in words, headings included."""
    parts = [*app.markdown, *app.caption, *app.header, *app.text]
    return "\n".join(part.value for part in parts)


def big_number(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.lstrip("−").isdigit())


def test_only_scores_the_data_can_carry_are_offered(workspace, rows):
    bare = [
        row | {"respondent_id": None, "account_id": None, "mrr": None, "company_size": "Small"}
        for row in rows
    ]
    app = workspace(bare)
    assert [o.split("**")[1] for o in score_pill(app).options] == ["All responses"]


def test_each_offered_score_stands_on_the_card_with_its_denominator(workspace, rows):
    app = workspace(rows)
    names = [option.split("**")[1] for option in score_pill(app).options]
    assert names == [
        "All responses",
        "Latest per respondent",
        "Per account",
        "Weighted by revenue",
    ]
    # 40 of 80 each; the interval is that of 41 accounts, one of them half of all responses.
    assert big_number(app) == "0"
    assert "80 responses" in said(app)
    assert "kept together" in said(app)
    assert "not per account" not in said(app)

    score_pill(app).set_value("accounts").run()
    assert not app.exception
    assert app.query_params["score"] == "accounts"
    # (40 - 1) / 41 = 95.1
    assert big_number(app) == "95"
    assert "per account: 41 accounts, 80 responses" in said(app)
    assert "NPS over time, by month, per account" in said(app)
    assert said(app).count("All responses (not per account)") >= 4

    score_pill(app).set_value("weighted").run()
    # (38 * 9 - 40) / (38 * 9 + 40) = 79.06; Kish: 382^2 / (38 * 81 + 40) = 46.8
    assert big_number(app) == "79"
    assert "weighted by mrr: 78 responses, effective n 47" in said(app)
    assert "2 responses without a positive mrr are left out." in said(app)

    next(b for b in app.button if b.label == "Reset").click().run()
    assert "score" not in app.query_params
    assert big_number(app) == "0"


def test_a_link_opens_the_same_score_and_one_that_cannot_be_is_said(workspace, rows):
    app = workspace(rows, score=["accounts", "post-stratified"])
    assert big_number(app) == "95"
    assert "score “post-stratified”" in said(app)


def test_the_trend_and_the_segments_follow_and_name_the_score(workspace, rows):
    app = workspace(rows, page="pages/trend.py", score="accounts")
    assert not app.exception
    assert "per account" in said(app)
    assert "Per account: 41 accounts, 80 responses over all dates" in said(app)
    app.switch_page("pages/segments.py").run()
    assert not app.exception
    table = app.dataframe[0].value
    assert list(table["NPS"]) == [100, -100]
    assert list(table["Accounts"]) == [40, 1]
    assert list(table["Responses"]) == [40, 40]
    # One account is no sample of accounts: no interval.
    assert table["95 % interval"][1] == "–"
    assert "NPS by Company size, per account" in said(app)
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert "all 95" in json.dumps(chart)


def test_a_small_group_is_hidden_in_every_score(workspace, rows):
    some = [response(90 + i, 10, company_size="Tiny", mrr=5.0, account_id=f"T{i}") for i in (0, 1)]
    poor = [response(95 + i, 10, company_size="Poor", account_id="X") for i in range(20)]
    poor[0]["mrr"] = 7.0
    app = workspace(rows + some + poor, page="pages/segments.py", score="weighted")
    table = app.dataframe[0].value
    # Of Poor only one response has revenue: its weighted score would be that one answer.
    shown = set(table["Company size"][table["NPS"].notna()])
    assert shown == {"Small", "Enterprise"} - {"Small"} or shown.isdisjoint({"Tiny", "Poor"})
    specs = " ".join(chart.proto.spec for chart in app.get("plotly_chart"))
    assert "Poor<br>NPS" not in specs
    assert "Tiny<br>NPS" not in specs


def test_shares_that_cannot_be_used_cannot_be_saved(workspace, rows):
    app = workspace(rows)
    next(b for b in app.button if "known mix" in b.label).click().run()
    assert not app.exception
    assert "Give at least one value a share" in "\n".join(e.value for e in app.error)
    assert next(b for b in app.button if b.label == "Save the shares for everybody").disabled


@pytest.mark.parametrize(
    ("stored", "kinds"),
    [
        ({"columns": ["company_size"], "shares": [[["Small"], 1], [["Enterprise"], 3]]}, 5),
        ({"columns": ["gone"], "shares": [[["Small"], 1]]}, 4),
        ({"columns": ["company_size"], "shares": [[["Small"], 0]]}, 4),
        ("nonsense", 4),
    ],
)
def test_stored_shares_are_offered_only_where_they_fit_the_data(
    workspace, rows, tmp_path, stored, kinds
):
    from nps_app.store import open_store

    store = open_store(tmp_path / "nps.duckdb")
    store.set_setting("known_shares", stored)
    store.close()
    app = workspace(rows, score="post-stratified")
    assert len(score_pill(app).options) == kinds
    if kinds == 5:
        # A quarter at -100, three quarters at 100.
        assert big_number(app) == "50"
        assert "at the known mix of company size: 80 responses" in said(app)


def test_a_segment_named_like_a_column_of_the_scores_breaks_nothing(workspace, rows):
    named = [row | {"accounts": f"x{i % 2}", "interval": "y"} for i, row in enumerate(rows)]
    app = workspace(named, page="pages/segments.py", score="accounts", by="accounts")
    assert not app.exception
    assert sorted(app.dataframe[0].value["accounts"]) == ["x0", "x1"]
    app.query_params["lines"] = "accounts"
    app.switch_page("pages/trend.py").run()
    assert not app.exception


def test_names_of_a_file_in_the_shares_are_no_markup(workspace, rows):
    hostile = [row | {"company_size": PIXEL} for row in rows]
    app = workspace(hostile)
    next(b for b in app.button if "known mix" in b.label).click().run()
    assert not app.exception
    for element in [*app.markdown, *app.caption, *app.error, *app.info]:
        assert PIXEL not in element.value


@pytest.mark.parametrize("page", ["", "pages/trend.py", "pages/segments.py"])
def test_revenue_too_large_to_be_squared_stops_no_page(workspace, rows, page):
    for number, row in enumerate(rows):
        row["mrr"] = 1e300 if number % 2 else 1.0
    app = workspace(rows, page=page, score="weighted")
    assert not app.exception
    assert "effective n unknown" in said(app)


@pytest.mark.parametrize("page", ["what_moved", "product_changes", "change", "planner"])
def test_pages_of_all_responses_say_so_beside_another_score(workspace, rows, page):
    change = ProductChange(date(2026, 3, 12), "Billing")
    app = workspace(rows, (change,), page=f"pages/{page}.py", score="accounts", id="1")
    assert "All responses (not per account)" in said(app)


def test_a_verdict_stands_beside_the_way_to_how_it_was_reached(workspace, rows):
    rows[0]["responded_at"] = "2025-11-01"
    app = workspace(rows, compare="month")
    assert "How it works" in [link.proto.label for link in app.get("page_link")]
