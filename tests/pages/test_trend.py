"""The Trend page draws what the link asks for and lists the responses behind a pick."""

import base64
import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nps_core.measure import ProductChange

PAGE = "pages/trend.py"


def answers(day: str, scores: dict[int, int], **more: object) -> list[dict]:
    """Responses of one day: score to how many."""
    return [
        {"response_id": f"{day}-{score}-{place}-{more}", "responded_at": day, "score": score} | more
        for score, count in scores.items()
        for place in range(count)
    ]


def figure(app: AppTest) -> dict:
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def trace(app: AppTest, name: str) -> dict:
    return next(t for t in figure(app)["data"] if t.get("name") == name)


def notes(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


def texts(app: AppTest) -> str:
    return "\n".join(text.value for text in app.text)


def values(y: dict | list) -> list[float]:
    """The numbers of a trace, which Plotly may send packed as base64."""
    if isinstance(y, dict):
        return [float(v) for v in np.frombuffer(base64.b64decode(y["bdata"]), dtype=y["dtype"])]
    return y


# June: 20 - 10 of 40, NPS 25. July: 4 responses. August: 30 of 30, NPS 100.
ROWS = [
    *answers("2026-06-10", {10: 20, 8: 10, 2: 10}),
    *answers("2026-07-10", {10: 4}),
    *answers("2026-08-10", {10: 30}),
]


def test_the_link_chooses_the_period_and_each_point_is_its_months_nps(workspace) -> None:
    app = workspace(ROWS, page=PAGE, every="month")
    assert not app.exception
    points = trace(app, "NPS")
    assert points["customdata"] == ["period 2026-06-01", "period 2026-08-01"]
    assert "NPS 25" in points["hovertext"][0]
    assert "40 responses" in points["hovertext"][0]
    assert "NPS 100" in points["hovertext"][1]
    assert [text.split("<br>")[1] for text in trace(app, "Responses")["hovertext"]] == [
        "40 responses",
        "4 responses",
        "30 responses",
    ]
    assert "1 month under 5 responses without a point" in notes(app)


def test_a_trailing_window_pools_counts_and_is_said(workspace) -> None:
    app = workspace(ROWS, page=PAGE, every="month", window_month="3")
    assert not app.exception
    assert "the last 3 months pooled" in notes(app)
    # August's window holds all 74: (54 - 10) / 74 = 59.46, not the mean of 25, 100 and 100.
    line = next(t for t in figure(app)["data"] if t.get("mode") == "lines")
    assert values(line["y"])[-1] == pytest.approx(59.4594, abs=1e-3)


def test_one_line_a_value_the_largest_five_and_the_rest_named(workspace) -> None:
    rows = [
        row
        for place, size in enumerate("ABCDEFG")
        for row in answers("2026-06-10", {10: 40 - place}, company_size=size)
        + answers("2026-07-10", {10: 40 - place}, company_size=size)
    ]
    app = workspace(rows, page=PAGE, every="month", lines="company_size")
    assert not app.exception
    names = [t.get("name") for t in figure(app)["data"]]
    assert [name for name in names if name in list("ABCDEFG")] == list("ABCDE")
    assert "Shown: the 5 largest. Not shown: F, G." in notes(app)


def test_product_changes_are_marked_and_those_outside_are_counted(workspace) -> None:
    changes = (
        ProductChange("2020-01-01", "Long ago"),
        ProductChange("2026-07-01", "<b>Billing</b>", note="<i>a note</i>"),
    )
    app = workspace(ROWS, changes, page=PAGE, every="month")
    hover = trace(app, "Product changes")["hovertext"]
    assert len(hover) == 1
    assert "&lt;b&gt;Billing&lt;/b&gt;" in hover[0]
    assert "&lt;i&gt;a note&lt;/i&gt;" in hover[0]
    # Before, 3 to 30 June: 40 responses. After, 1 to 28 July: 4.
    assert "n 40 and 4" in hover[0]
    assert "too few responses" in hover[0]
    assert "1 product change lies outside these dates." in notes(app)


def test_a_picked_period_lists_its_responses_with_count_and_denominator(workspace) -> None:
    rows = [*ROWS, *answers("2026-06-11", {3: 1}, comment="<script>alert(1)</script>")]
    app = workspace(rows, page=PAGE, every="month")
    box = next(s for s in app.selectbox if s.label.startswith("Look into"))
    box.set_value("period 2026-06-01").run()
    assert not app.exception
    assert "1 Jun to 30 Jun 2026: 41 of 75 responses." in texts(app)
    listed = app.dataframe[0].value
    assert len(listed) == 41
    assert "<script>alert(1)</script>" in set(listed["comment"].dropna())
    assert "respondent_id" not in listed


def test_a_picked_change_lists_both_windows_within_its_scope(workspace) -> None:
    rows = answers("2026-06-10", {10: 12}, company_size="Small")
    rows += answers("2026-06-10", {2: 30}, company_size="Large")
    rows += answers("2026-07-10", {10: 11}, company_size="Small")
    scoped = ProductChange("2026-07-01", "For small ones", segments={"company_size": ["Small"]})
    app = workspace(rows, (scoped,), page=PAGE, every="month")
    box = next(s for s in app.selectbox if s.label.startswith("Look into"))
    box.set_value("change 0").run()
    assert not app.exception
    said = texts(app)
    # The windows of 28 days are cut where the data begins and ends.
    assert "Before, 10 Jun to 30 Jun 2026: 12 of 23 responses." in said
    assert "After, 1 Jul to 10 Jul 2026: 11 of 23 responses." in said


def test_a_pick_that_no_longer_exists_after_a_change_of_period_is_dropped(workspace) -> None:
    app = workspace(ROWS, page=PAGE, every="month")
    box = next(s for s in app.selectbox if s.label.startswith("Look into"))
    box.set_value("period 2026-06-01").run()
    next(c for c in app.get("button_group") if c.label == "Period").set_value("week").run()
    assert not app.exception
    assert not app.dataframe


def test_responses_without_dates_have_no_trend_and_that_is_said(workspace) -> None:
    rows = [{"response_id": str(i), "responded_at": None, "score": 10} for i in range(12)]
    app = workspace(rows, page=PAGE)
    assert not app.exception
    assert not app.get("plotly_chart")
    assert "no trend" in app.info[0].value


@pytest.mark.parametrize("every", ["day", "week", "quarter"])
def test_every_granularity_draws_all_responses(workspace, every: str) -> None:
    app = workspace(ROWS, page=PAGE, every=every)
    assert not app.exception
    assert sum(values(trace(app, "Responses")["y"])) == 74
