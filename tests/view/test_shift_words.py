"""What is said and drawn of a shift nobody announced."""

import pandas as pd
import pytest

from nps_app.view import shift_words
from nps_app.view.charts import suggestions
from nps_app.view.charts.canvas import Canvas

ROW = pd.Series(
    {
        "date": pd.Timestamp("2026-03-12"),
        "before_start": pd.Timestamp("2025-11-03"),
        "before_responses": 1204,
        "before_nps": 35.4,
        "after_end": pd.Timestamp("2026-06-30"),
        "after_responses": 980,
        "after_nps": 20.6,
        "difference": -14.8,
        "low": -18.7,
        "high": -10.9,
    }
)
RISE = {"difference": 6.2, "low": 1.4, "high": 11.0}


def test_the_question_names_the_day_and_no_cause() -> None:
    asked = shift_words.question(ROW)
    assert asked == "Something moved around 12 March 2026: add a product change?"
    everything = " ".join(
        [asked, shift_words.moved_text(ROW), shift_words.stretches_text(ROW)]
    ).lower()
    assert not any(word in everything for word in ("because", "caused", "due to", "led to"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "NPS 35 before, 21 after: −15 points (−19 to −11)"),
        (RISE, "NPS 35 before, 21 after: +6 points (1 to 11)"),
        ({"difference": 1.2}, "NPS 35 before, 21 after: +1 point (−19 to −11)"),
        ({"difference": -0.8}, "NPS 35 before, 21 after: −1 point (−19 to −11)"),
    ],
)
def test_how_far_it_moved_has_a_sign_and_an_interval(changed: dict, words: str) -> None:
    assert shift_words.moved_text(pd.Series({**ROW, **changed})) == words


def test_both_stretches_stand_with_their_denominators() -> None:
    assert shift_words.stretches_text(ROW) == (
        "3 Nov 2025 to 11 Mar 2026, 1,204 responses; 12 Mar to 30 Jun 2026, 980"
    )


def test_restless_weeks_are_only_spoken_of_where_there_are_any() -> None:
    assert "2.1 times" in shift_words.how_found(2.08)
    assert "times" not in shift_words.how_found(1.0)


def drawn(*days: str) -> dict:
    shown = pd.DataFrame([{**ROW, "date": pd.Timestamp(day)} for day in days])
    canvas = Canvas("light", 500)
    suggestions.draw(
        canvas,
        shown,
        "light",
        start=pd.Timestamp("2026-01-01"),
        end=pd.Timestamp("2026-07-01"),
        bottom=-5.0,
        scores=(0.24, 1.0),
    )
    return canvas.figure().to_plotly_json()


def test_each_shift_on_the_chart_is_a_dashed_line_over_the_scores_alone() -> None:
    figure = drawn("2026-03-12", "2026-05-02")
    lines = figure["layout"]["shapes"]
    assert [line["x0"] for line in lines] == list(pd.to_datetime(["2026-03-12", "2026-05-02"]))
    assert {(line["line"]["dash"], line["line"]["width"]) for line in lines} == {("dash", 1)}
    assert {(line["y0"], line["y1"]) for line in lines} == {(0.24, 1.0)}
    (signs,) = figure["data"]
    assert "around 12 March 2026" in signs["hovertext"][0]
    # A click on a sign picks no period and no change.
    assert "customdata" not in signs


def test_what_lies_outside_the_chart_is_not_drawn() -> None:
    figure = drawn("2025-03-12")
    assert not figure["data"]
    assert not figure["layout"]["shapes"]
