"""The filter bar: what it keeps, what its link says, and what it makes of hostile text."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from nps_core.measure import Filter

PIXEL = "![x](http://tracker.example/p.png)"
ROWS = [
    # id, day, score, size, industry, plan, the column with the hostile name
    ("1", "2026-03-01", 10, "Enterprise", "Fintech", "Pro", "a:b"),
    ("2", "2026-03-04", 9, "Enterprise", "Retail", "Pro", "~"),
    ("3", "2026-03-05", 3, "Enterprise", None, None, None),
    ("4", "2026-03-10", 7, "Small", "Fintech", "Free", "a:b"),
    ("5", None, 0, None, PIXEL, "Free", None),
]


@pytest.fixture
def rows() -> list[dict]:
    names = ("response_id", "responded_at", "score", "company_size", "industry", "plan", PIXEL)
    return [
        dict(zip(names, row, strict=True)) | {"survey_type": "relational", "persona": None}
        for row in ROWS
    ]


def said(app: AppTest) -> str:
    return next(c.value for c in app.caption if "responses" in c.value and " of " in c.value)


def chosen(app: AppTest) -> Filter:
    assert not app.exception
    return app.session_state["current_filter"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, "5 of 5 responses"),
        ({"size": "Enterprise"}, "3 of 5 responses"),
        ({"size": ["Enterprise", "Small"], "industry": "Fintech"}, "2 of 5 responses"),
        ({"size": "~"}, "1 of 5 responses"),
        ({"industry": ["~", "Retail"]}, "2 of 5 responses"),
        ({"industry": PIXEL}, "1 of 5 responses"),
        ({"segment": "plan:Pro"}, "2 of 5 responses"),
        ({"segment": ["plan:Pro", "plan:~"]}, "3 of 5 responses"),
        ({"segment": "plan:Free", "size": "Small"}, "1 of 5 responses"),
        ({"segment": "![x](http\\://tracker.example/p.png):a:b"}, "2 of 5 responses"),
        ({"segment": "![x](http\\://tracker.example/p.png):~~"}, "1 of 5 responses"),
        # The newest response is of 10 March: the last 7 days are the 4th to the 10th.
        ({"dates": "7d"}, "3 of 5 responses"),
        ({"dates": "2026-03-01..2026-03-04"}, "2 of 5 responses"),
        ({"survey": "relational", "dates": "year"}, "4 of 5 responses"),
    ],
)
def test_a_link_keeps_the_responses_it_names(workspace, rows, query, count):
    app = workspace(rows, page="pages/data.py", **query)
    assert not app.exception
    assert said(app) == count


def test_relative_dates_end_on_the_newest_response_and_say_so(workspace, rows):
    app = workspace(rows, page="pages/data.py", dates="30d")
    assert chosen(app) == Filter(start=date(2026, 2, 9), end=date(2026, 3, 10))
    assert any("10 Mar 2026" in caption.value for caption in app.caption)


def test_values_the_data_does_not_have_are_left_out_and_said(workspace, rows):
    app = workspace(
        rows,
        page="pages/data.py",
        size=["Enterprise", "Gigantic"],
        segment=["plan:Gold", "nonsense"],
        dates="2026-13-45..x",
    )
    assert said(app) == "3 of 5 responses"
    sentence = next(text.value for text in app.text if "does not have" in text.value)
    for word in ("Gigantic", "plan:Gold", "nonsense", "2026-13-45..x"):
        assert word in sentence
    next(b for b in app.button if b.label == "Forget it").click().run()
    assert not [text for text in app.text if "does not have" in text.value]
    assert said(app) == "3 of 5 responses"
    assert app.query_params["size"] == "Enterprise"
    assert "segment" not in app.query_params


def test_a_choice_narrows_the_page_goes_into_the_link_and_stays_on_the_next_page(workspace, rows):
    app = workspace(rows, page="pages/data.py")
    sizes = next(m for m in app.multiselect if m.label == "Company size")
    assert sizes.options == ["Enterprise · 3", "Small · 1", "Unknown · 1"]
    sizes.set_value(["Small", "~"]).run()
    assert said(app) == "2 of 5 responses"
    assert app.query_params["size"] == ["Small", "~"]
    app.switch_page("pages/product_changes.py").run()
    assert said(app) == "2 of 5 responses"
    next(b for b in app.button if b.label == "Reset").click().run()
    assert said(app) == "5 of 5 responses"
    assert "size" not in app.query_params


def test_a_real_value_called_unknown_is_told_apart_from_a_missing_one(workspace, rows):
    rows[0]["company_size"] = "Unknown"
    app = workspace(rows, page="pages/data.py", size="Unknown")
    sizes = next(m for m in app.multiselect if m.label == "Company size")
    assert set(sizes.options) >= {"Unknown · 1", "Unknown (no value) · 1"}
    assert said(app) == "1 of 5 responses"


def test_names_and_values_of_a_file_are_never_markup_in_a_label(workspace, rows):
    app = workspace(
        rows,
        page="pages/data.py",
        industry=PIXEL,
        segment="![x](http\\://tracker.example/p.png):a:b",
    )
    labels = [widget.label for widget in app.multiselect]
    labels += [block.proto.popover.label for block in app.get("popover")]
    labels += [markdown.value for markdown in app.markdown]
    assert any("tracker" in label for label in labels)
    assert not [label for label in labels if "![x]" in label or "](http" in label]


def test_columns_without_values_get_no_pill(workspace, rows):
    app = workspace(rows, page="pages/data.py")
    assert "Persona" not in [widget.label for widget in app.multiselect]


@pytest.mark.parametrize("page", ["overview", "trend", "segments", "product_changes", "data"])
def test_an_empty_store_shows_no_filters_and_offers_the_sample_data(workspace, page):
    app = workspace([], page=f"pages/{page}.py", size="Enterprise")
    assert not app.exception
    assert "Company size" not in [widget.label for widget in app.multiselect]
    assert "Load the sample data" in [button.label for button in app.button]
