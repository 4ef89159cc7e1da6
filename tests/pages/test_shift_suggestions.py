"""The Trend suggests a product change where something moved unannounced, until told otherwise."""

import json
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from nps_app.store import StoreError
from nps_app.view import queries_shifts
from nps_app.view.widgets.changes import Done
from nps_app.view.widgets.session import current_store
from nps_core.measure import ProductChange

PAGE = "pages/trend.py"
DAY = date(2026, 3, 12)


def answers(first: str, days: int, scores: tuple[int, ...], **more: object) -> list[dict]:
    """On each day, one response for each of `scores`."""
    return [
        {"response_id": f"{day:%Y%m%d}-{place}-{more}", "responded_at": day, "score": score} | more
        for day in pd.date_range(first, periods=days)
        for place, score in enumerate(scores)
    ]


HIGH, LOW = (9, 9, 10, 10, 8, 3), (9, 10, 8, 2, 3, 4)
# 70 days at (4 - 1) / 6, NPS 50 of 420; then 60 at (2 - 3) / 6, NPS -17 of 360.
ROWS = [
    *answers("2026-01-01", 70, HIGH, industry="Fintech"),
    *answers("2026-03-12", 60, LOW, industry="Fintech"),
    *answers("2026-01-01", 130, (9, 8), industry="Retail"),
]
FINTECH = {"industry": "Fintech"}


def questions(app: AppTest) -> list[str]:
    return [m.value.replace("\\", "") for m in app.markdown if "Something moved" in m.value]


def figures(app: AppTest) -> str:
    return "\n".join(caption.value.replace("\\", "") for caption in app.caption)


def marks(app: AppTest) -> list[dict]:
    traces = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    return [trace for trace in traces if trace.get("name") == "Unannounced shifts"]


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


def test_a_shift_is_asked_about_below_the_chart_and_marked_on_it(workspace) -> None:
    app = workspace(ROWS, page=PAGE, industry="Fintech")
    assert not app.exception
    assert questions(app) == ["**Something moved around 12 March 2026: add a product change?**"]
    assert "NPS 50 before, −17 after: −67 points" in figures(app)
    assert "1 Jan to 11 Mar 2026, 420 responses; 12 Mar to 10 May 2026, 360" in figures(app)
    assert [mark["x"] for mark in marks(app)] == [["2026-03-12T00:00:00.000000"]]


def test_the_dialog_opens_with_the_day(workspace) -> None:
    app = workspace(ROWS, page=PAGE)
    app.button(key=f"add_shift_{DAY}").click().run()
    assert not app.exception
    assert app.date_input[0].value == DAY


def test_what_was_just_added_is_said_here_and_can_be_taken_back(workspace) -> None:
    # A test cannot send a dialog's form: what the dialog does on saving is done here.
    app = workspace(ROWS, page=PAGE)
    saved = current_store().save_change(ProductChange(DAY, "Billing v2"))
    app.session_state["changes_done"] = Done("Added “Billing v2”.", remove=(saved.id,))
    app.run()
    assert questions(app) == []
    assert "Added “Billing v2”." in [text.value for text in app.text]
    app.button(key="undo_change").click().run()
    assert len(questions(app)) == 1


def test_dismissed_is_dismissed_for_everybody_until_brought_back(workspace) -> None:
    app = workspace(ROWS, page=PAGE)
    app.button(key=f"dismiss_shift_{DAY}").click().run()
    assert questions(app) == []
    assert marks(app) == []
    another = AppTest.from_file(app._script_path, default_timeout=60).run()
    another = another.switch_page(PAGE).run()
    assert questions(another) == []
    another.button(key=f"restore_shift_{DAY}").click().run()
    assert len(questions(another)) == 1
    assert marks(another)


@pytest.mark.parametrize(("moved", "shown"), [(10, 0), (-10, 0), (11, 1), (-11, 1)])
def test_a_dismissal_holds_for_ten_days_around(workspace, moved: int, shown: int) -> None:
    app = workspace(ROWS, page=PAGE)
    queries_shifts.dismiss((pd.Timestamp(DAY) + pd.Timedelta(days=moved)).date())
    app.run()
    assert len(questions(app)) == shown


@pytest.mark.parametrize(
    ("day", "segments", "chosen", "shown"),
    [
        ("2026-03-02", {}, "Fintech", 0),
        ("2026-03-22", {}, "Fintech", 0),
        ("2026-03-23", {}, "Fintech", 1),
        ("2026-03-12", FINTECH, "Fintech", 0),
        ("2026-03-12", {"industry": "Retail"}, "Fintech", 1),
    ],
    ids=["10 days before", "10 after", "11 after", "for these", "for others alone"],
)
def test_what_a_product_change_announces_is_not_suggested(
    workspace, day: str, segments: dict, chosen: str, shown: int
) -> None:
    change = ProductChange(day, "Billing v2", segments=segments)
    app = workspace(ROWS, (change,), page=PAGE, industry=chosen)
    assert not app.exception
    assert len(questions(app)) == shown


def test_the_filter_decides_whose_shifts_are_looked_for(workspace) -> None:
    app = workspace(ROWS, page=PAGE, industry="Retail")
    assert not app.exception
    assert questions(app) == []
    assert not any(key.startswith("dismiss_shift") for key in keys(app))


def test_a_side_under_the_minimum_of_a_group_is_not_shown(workspace) -> None:
    app = workspace(ROWS, page=PAGE, industry="Fintech")
    current_store().set_setting("minimum_responses", 361)
    app.run()
    assert questions(app) == []


def test_what_cannot_be_saved_says_why(workspace, monkeypatch) -> None:
    app = workspace(ROWS, page=PAGE)

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(type(current_store()), "set_setting", full)
    app.button(key=f"dismiss_shift_{DAY}").click().run()
    assert not app.exception
    assert "Nothing was saved" in app.error[0].value
    assert "disk is full" in app.error[0].value
    assert len(questions(app)) == 1


def test_the_first_look_in_a_servers_life_ends_with_the_marks_drawn(workspace, monkeypatch) -> None:
    looks = iter([False])
    monkeypatch.setattr(queries_shifts, "ready", lambda: next(looks, True))
    app = workspace(ROWS, page=PAGE)
    assert not app.exception
    assert marks(app)
