"""The sentences of a product change say what moved and how sure that is, and never why."""

from typing import Any

import pandas as pd
import pytest

from nps_app.view.change_words import (
    filter_sentence,
    mix_note,
    result_parts,
    result_sentence,
    side_text,
    web_address,
)
from nps_core.measure import Filter

NAN = float("nan")


def measured(**given: Any) -> pd.Series:
    return pd.Series(
        {
            "verdict": "up",
            "difference": 6.0,
            "low": 1.2,
            "high": 10.9,
            "before_responses": 310,
            "after_responses": 1287,
            "after_start": pd.Timestamp(2026, 8, 12),
            "after_end": pd.Timestamp(2026, 9, 8),
        }
        | given
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {},
            "Up 6 points (1 to 11) in the 28 days after; 310 responses before, 1,287 after.",
        ),
        (
            {"verdict": "no clear change", "difference": 1.1, "low": -3.9, "high": 6.0},
            "No clear change, +1 point (−4 to 6) in the 28 days after; "
            "310 responses before, 1,287 after.",
        ),
        (
            {"verdict": "no clear change", "difference": 0.0, "low": -3.9, "high": 3.9},
            "No clear change, 0 points (−4 to 4) in the 28 days after; "
            "310 responses before, 1,287 after.",
        ),
        (
            {"verdict": "too few responses", "before_responses": 1},
            "Too few responses to tell: 1 response before, 1,287 after.",
        ),
        (
            {
                "verdict": "too few responses",
                "before_responses": 0,
                "difference": NAN,
                "low": NAN,
                "high": NAN,
            },
            "Too few responses to tell: no responses before, 1,287 after.",
        ),
        (
            {"verdict": "too few responses", "before_responses": 0, "after_responses": 0},
            "No responses before or after.",
        ),
    ],
)
def test_the_result_in_plain_words(given: dict[str, Any], sentence: str) -> None:
    assert result_sentence(measured(**given)) == sentence


def test_the_days_named_are_those_that_were_looked_at() -> None:
    row = measured(after_start=pd.Timestamp(2026, 8, 19), after_end=pd.Timestamp(2026, 8, 30))
    assert "in the 12 days after a washout of 7;" in result_sentence(row, washout=7)


AT_ONE_MIX = {"mix_by": ("company_size",), "mix_difference": 2.1, "mix_low": -4.0} | {
    "mix_high": 8.2,
    "mix_verdict": "no clear change",
}


def test_a_move_that_the_mix_explains_is_told_at_a_fixed_mix() -> None:
    row = measured(verdict="no clear change", total_verdict="up", **AT_ONE_MIX)
    assert result_parts(row)[0] == "No clear change at a fixed mix, +2 points (−4 to 8)"
    assert mix_note(row) == (
        "In all it is up 6 (1 to 11), but with the mix of company size held fixed half of that "
        "or less is left."
    )


def test_a_move_that_the_mix_hides_is_told_beside_the_verdict() -> None:
    found = {"mix_verdict": "up", "mix_difference": 13.8, "mix_low": 4.3, "mix_high": 23.2}
    row = measured(
        verdict="no clear change", total_verdict="no clear change", **(AT_ONE_MIX | found)
    )
    assert mix_note(row) == "With the mix of company size held fixed it is up 14 (4 to 23)."
    assert mix_note(measured(total_verdict="up", **AT_ONE_MIX)) == ""


def test_a_window_without_responses_has_no_score() -> None:
    assert side_text(pd.Series({"after_responses": 0, "after_nps": NAN}), "after") == "No responses"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//http://x.example",
        "data:text/html,<script>1</script>",
        "file:///etc/passwd",
        "//x.example/p",
        "http://",
        "https://x.example/a b",
        "http://[::1",
        "example.org",
        "",
    ],
)
def test_only_web_addresses_become_links(link: str) -> None:
    assert web_address(link) == ""


def test_a_web_address_is_kept_whole() -> None:
    link = "https://github.com/acme/app/releases/tag/v2.0?x=1#notes"
    assert web_address(link) == link


def test_the_page_says_what_the_filter_does_and_what_its_dates_do_not() -> None:
    assert filter_sentence(Filter()) == ""
    both = filter_sentence(
        Filter(start="2026-01-01", segments={"industry": ["Fintech"]}, survey_types=["relational"])
    )
    assert "Industry: Fintech; Survey type: relational" in both
    assert "dates do not apply here" in both
