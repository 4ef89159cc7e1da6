"""The Planner answers in words, hides what other pages hide, and opens the same from its link."""

import json
import re
from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from nps_app.view.widgets.filter_pills import TOKENS

TODAY = date.today()


def rows(n: int, *, days: int = 90, plan: str | None = "Pro", scores=(10, 9, 8, 3), first: int = 0):
    """`n` responses, one after another over the days that end yesterday."""
    begin = TODAY - timedelta(days=days)
    return [
        {
            "response_id": f"{plan}{first + i}",
            "responded_at": begin + timedelta(days=i % days),
            "score": scores[i % len(scores)],
            "plan": plan,
        }
        for i in range(n)
    ]


def said(app) -> str:
    found = [e.value for e in (*app.markdown, *app.caption, *app.info, *app.warning, *app.text)]
    return " ".join(found).replace("\\", "")


def test_the_page_says_how_many_and_until_when(workspace):
    app = workspace(rows(360), page="pages/planner.py")
    assert not app.exception
    words = said(app)
    # 50 % promoters and 25 % detractors: V = 0.75 - 0.0625 = 0.6875, and 1.96^2 V / 0.05^2 is
    # 1056.4; the score interval is a little narrower. A move of -10 leaves
    # 45 % and 30 %: (1.96 + 0.8416)^2 (0.6875 + 0.7275) / 0.1^2 = 1110.6.
    needed = int(re.search(r"([\d,]+) responses are needed", words)[1].replace(",", ""))
    assert 1045 <= needed <= 1057
    assert "1,111 before, 1,111 after" in words
    assert "The last 90 days" in words
    assert "360 responses, 4 a day: their NPS is 25" in words
    days = -(-(needed - 360) // 4)
    day = TODAY + timedelta(days=days)
    assert f"until {day.day} {day:%b} {day.year}" in words
    assert "50 % promoters, 25 % passives, 25 % detractors" in words


def test_the_worst_case_is_one_click_away(workspace):
    app = workspace(rows(360), page="pages/planner.py")
    app.segmented_control(key="plan_spread").set_value("worst").run()
    # (1.96 + 0.8416)^2 (1 + 0.99) / 0.1^2 = 1561.9
    assert "1,562 before, 1,562 after" in said(app)
    assert "half detractors, half promoters" in said(app)


def test_a_link_opens_the_same_plan(workspace):
    app = workspace(
        rows(360) + rows(60, plan="Free"),
        page="pages/planner.py",
        plan_margin="20",
        plan_move="40",
        plan_surely="0.95",
        plan_share="50",
        plan_suppose="detractors-promoters",
        plan_among="plan:Free",
    )
    words = said(app)
    assert "To know the NPS to ±20 points" in words
    assert "move of 40 points, up or down, 19 times out of 20" in words
    # 15 of 60 in Free are detractors: 8 (7.5) of 420 become promoters, 2 x 7.5 / 420 = 3.6 points.
    assert "If 50 % of the detractors of Free (8 of 15) became promoters" in words
    assert "rise by 3.6 points, from 25 to 29" in words
    assert "For Free alone it would go from 25 to 50." in words


@pytest.mark.parametrize(
    "query",
    [
        {"plan_among": "plan:Nobody"},
        {"plan_margin": "0"},
        {"plan_margin": "lots"},
        {"plan_share": "900"},
        {"plan_surely": "always"},
    ],
)
def test_a_link_with_nonsense_opens_the_usual_page(workspace, query):
    app = workspace(rows(120) + rows(60, plan="Free"), page="pages/planner.py", **query)
    assert not app.exception
    assert "To know the NPS to ±5 points" in said(app)
    assert "If 10 % of the passives (" in said(app)


def test_each_segment_says_what_it_still_needs_at_its_own_pace(workspace):
    app = workspace(
        rows(360) + rows(180, plan="Free") + rows(36, plan="Old"), page="pages/planner.py"
    )
    table = app.dataframe[0].value.set_index("plan")
    assert table["Responses"].to_dict() == {"Pro": 360, "Free": 180, "Old": 36}
    assert table["Pace"].to_dict() == {"Pro": "4 a day", "Free": "2 a day", "Old": "2.8 a week"}
    assert table["Needed"].nunique() == 1  # the same shares need the same number
    missing = int(table.loc["Free", "Still missing"])
    assert missing == table.loc["Free", "Needed"] - 180
    assert table.loc["Free", "Weeks"] == -(-missing // 14)
    app.number_input(key="plan_margin").set_value(10.0).run()
    assert app.dataframe[0].value.set_index("plan").loc["Pro", "There by"] == "enough now"


def test_responses_without_a_value_are_a_segment_too(workspace):
    app = workspace(rows(180) + rows(90, plan=None), page="pages/planner.py")
    table = app.dataframe[0].value.set_index("plan")
    assert table["Responses"].to_dict() == {"Pro": 180, "Unknown": 90}
    assert table.loc["Unknown", "Pace"] == "1 a day"
    app.selectbox(key="plan_among").set_value("plan:~").run()
    # 22 of the 90 are passives (every fourth, from the third on).
    assert "If 10 % of the passives of Unknown (2 of 22) became" in said(app)


def test_small_groups_show_nowhere(workspace):
    app = workspace(
        rows(300) + rows(40, plan="Free") + rows(9, plan="Mid") + rows(3, plan="Tiny"),
        page="pages/planner.py",
    )
    table = app.dataframe[0].value.set_index("plan")
    hidden = table.loc[["Mid", "Tiny"]]
    assert hidden[["Responses", "Needed", "Still missing", "Weeks"]].isna().all(axis=None)
    assert set(hidden["Known to"]) == {"–"}
    assert set(hidden["Pace"]) == {"–"}
    assert table.loc["Tiny", "There by"] == "hidden: fewer than 5 responses"
    assert app.selectbox(key="plan_among").options == ["Everyone", "plan: Pro", "plan: Free"]


def test_a_segment_that_fell_silent_is_never_there(workspace):
    old = rows(40, days=300, plan="Old")[:40]
    app = workspace(rows(300) + old, page="pages/planner.py")
    row = app.dataframe[0].value.set_index("plan").loc["Old"]
    assert (row["Responses"], row["Pace"], row["There by"]) == (0, "none", "never at this rate")


def test_responses_without_dates_can_be_planned_but_not_timed(workspace):
    undated = [row | {"responded_at": None} for row in rows(200)]
    app = workspace(undated, page="pages/planner.py")
    words = said(app)
    assert "There are 200 responses: their NPS is 25" in words
    assert "The responses have no dates, so how long that takes is not known." in words
    table = app.dataframe[0].value
    assert table["Weeks"].isna().all()
    assert "never" not in words


@pytest.mark.parametrize("n", [1, 3])
def test_a_handful_of_responses_is_planned_for_the_worst_case(workspace, n):
    app = workspace(rows(n), page="pages/planner.py")
    assert not app.exception
    assert "fewer than 30 responses say too little" in said(app)
    assert "So few days or responses do not say how long that takes." in said(app)
    assert "1,562 before, 1,562 after" in said(app)


def test_everyone_alike_is_planned_for_the_worst_case(workspace):
    app = workspace(rows(200, scores=(10,)), page="pages/planner.py")
    assert "everyone answered alike" in said(app)
    assert "There are no passives to win over." in said(app)
    assert not app.exception


def test_an_empty_store_greets(workspace):
    app = workspace([], page="pages/planner.py")
    assert not app.exception
    assert not app.number_input


def test_without_a_match_nothing_is_planned(workspace):
    app = workspace(rows(50), page="pages/planner.py", dates="2001-01-01..2001-02-01")
    assert not app.exception
    assert "No responses match the filters above." in said(app)


def test_dates_that_are_picked_are_the_days_the_pace_is_taken_from(workspace):
    first, last = TODAY - timedelta(days=60), TODAY - timedelta(days=51)
    app = workspace(rows(360), page="pages/planner.py", dates=f"{first}..{last}")
    words = said(app)
    assert "The last 10 days" in words
    assert "40 responses, 4 a day" in words
    assert f"The pace is that of the days up to {last.day} {last:%b} {last.year}" in words


def test_charts_say_what_the_sentences_say(workspace):
    app = workspace(rows(360), page="pages/planner.py")
    curve, bars = (json.loads(chart.proto.spec) for chart in app.get("plotly_chart"))
    for figure in (curve, bars):
        go.Figure(figure)  # raises for a property Plotly does not know
    labels = " ".join(label["text"] for label in curve["layout"]["annotations"])
    assert "360 responses" in labels
    assert "<b>±5 wanted</b>" in labels
    ends = [label["text"] for label in bars["layout"]["annotations"]]
    # 90 of 360 are passives: 9 more promoters, 25 + 2.5 points.
    assert {"<b>25</b>", "<b>28</b>", "9 moved"} <= set(ends)


def test_hostile_values_are_shown_as_they_are(workspace):
    hostile = "![x](http://127.0.0.2/p.png) <img src=x> **b**"
    app = workspace(
        rows(100) + rows(80, plan=hostile),
        page="pages/planner.py",
        plan_among=f"plan:{hostile}",
    )
    assert hostile in set(app.dataframe[0].value["plan"])
    for element in (*app.markdown, *app.caption):
        assert "![x](" not in element.value
        assert "<img" not in element.value.replace("\\<img", "")


def test_a_group_that_the_filter_takes_away_is_left(workspace):
    app = workspace(
        rows(100) + rows(80, plan="Free"), page="pages/planner.py", plan_among="plan:Free"
    )
    assert "of the passives of Free" in said(app)
    app.session_state[TOKENS] = app.session_state[TOKENS] | {"segment": ["plan:Pro"]}
    app.run()
    assert not app.exception
    assert "If 10 % of the passives (" in said(app)
    assert app.selectbox(key="plan_among").value == "everyone"


@pytest.mark.parametrize("ahead", [0, 400])
def test_responses_of_today_or_of_a_day_to_come_break_nothing(workspace, ahead):
    day = TODAY + timedelta(days=ahead)
    app = workspace([row | {"responded_at": day} for row in rows(60)], page="pages/planner.py")
    assert not app.exception
    assert "60 responses" in said(app)


def test_a_silent_choice_is_never_there(workspace):
    old = rows(100, days=400, plan="Old")[:100]
    app = workspace(rows(300) + old, page="pages/planner.py", segment="plan:Old")
    words = said(app)
    assert not app.exception
    assert "brought no responses." in words
    assert "At the present pace, that many never come in." in words
