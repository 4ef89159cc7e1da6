"""Numbers read as people write them; nothing missing becomes a zero."""

import pandas as pd
import pytest

from nps_app.view import tables

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "1"),
        (1.5, "2"),
        (2.5, "3"),
        (-2.5, "−3"),
        (-0.4, "0"),
        (100.0, "100"),
        (-100.0, "−100"),
        (NAN, "–"),
    ],
)
def test_a_score_is_a_whole_number_rounded_half_away_from_zero(value: float, text: str) -> None:
    assert tables.nps_text(value) == text


def test_a_score_never_has_a_percent_sign_and_a_share_always_has() -> None:
    assert "%" not in tables.nps_text(42.0)
    assert tables.share_text(1, 3) == "33 %"


@pytest.mark.parametrize(
    ("n", "text"),
    [(0, "No responses"), (1, "1 response"), (2, "2 responses"), (18330, "18,330 responses")],
)
def test_responses_are_counted_in_words(n: int, text: str) -> None:
    assert tables.responses_text(n) == text


def test_a_clear_difference_never_reads_as_zero() -> None:
    assert tables.difference_text("up", 0.4, 0.1, 0.7) == "up 0.4 (0.1 to 0.7)"
    assert tables.difference_text("down", -6.0, -11.6, -0.3) == "down 6.0 (−11.6 to −0.3)"


def test_every_verdict_comes_with_difference_and_interval_when_there_is_one() -> None:
    assert tables.difference_text("too few responses", 12.0, -30.0, 51.0) == (
        "too few responses, +12 (−30 to 51)"
    )
    assert tables.difference_text("no clear change", -2.0, -6.0, 2.0) == (
        "no clear change, −2 (−6 to 2)"
    )
    assert tables.difference_text("too few responses", NAN, NAN, NAN) == "too few responses"


@pytest.mark.parametrize(
    ("start", "every", "end"),
    [
        ("2024-02-29", "day", "2024-02-29"),
        ("2026-12-28", "week", "2027-01-03"),
        ("2024-02-01", "month", "2024-02-29"),
        ("2026-10-01", "quarter", "2026-12-31"),
        ("2026-01-01", "year", "2026-12-31"),
    ],
)
def test_a_period_ends_on_its_last_day(start: str, every: str, end: str) -> None:
    assert tables.period_end(pd.Timestamp(start), every) == pd.Timestamp(end)


@pytest.mark.parametrize("missing", [None, NAN, pd.NA, pd.NaT])
def test_a_missing_segment_value_is_unknown(missing: object) -> None:
    assert tables.value_label(missing) == "Unknown"


def test_a_header_of_the_data_is_shown_as_given() -> None:
    assert tables.column_label("Plan_Tier") == "Plan_Tier"
