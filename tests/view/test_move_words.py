"""Why the NPS moved, in words: parts that add up to the eye, and missing figures as dashes."""

from datetime import date

import pandas as pd
import pytest

from nps_app.view.export import csv_bytes
from nps_app.view.move_words import (
    correction_sentence,
    download_table,
    flow_sentence,
    parts_sentence,
    points_text,
    shown_table,
    side_sentence,
    sides_table,
)
from nps_app.view.tables import group_names
from nps_core import compare, score
from nps_core.measure.explain import compare_groups, explain

NAN = float("nan")


def counts_of(groups: dict) -> pd.DataFrame:
    rows = [
        (name, given, n)
        for name, triple in groups.items()
        for given, n in zip((0, 7, 10), triple, strict=True)
    ]
    return pd.DataFrame(rows, columns=["segment", "score", "n"])


def moved() -> tuple[pd.DataFrame, object]:
    before = counts_of({"=Small": (20, 19, 11), "Large": (5, 10, 35)})
    after = counts_of({"=Small": (12, 6, 2), "Large": (0, 10, 50), "New": (0, 0, 20)})
    parts = explain(before, after, "segment")
    own = compare_groups(before, after, "segment").drop(columns="segment")
    return pd.concat([parts.assign(folded=[0, 0, 3]), own], axis=1), compare(before, after)


@pytest.mark.parametrize(
    ("points", "text"),
    [(1.25, "+1.3"), (-1.25, "−1.3"), (0.04, "0.0"), (-0.04, "0.0"), (100, "+100.0"), (NAN, "–")],
)
def test_parts_are_signed_rounded_half_away_and_never_minus_zero(points, text):
    assert points_text(points) == text


def test_a_change_of_nothing_made_of_two_parts_is_said_as_such():
    assert parts_sentence(1.2, -1.2) == (
        "+1.2 points come from the groups' own scores and −1.2 from who answered: 0.0 in all."
    )


def test_a_side_without_responses_says_so():
    side = pd.Series({"responses": 0, "nps": NAN, "low": NAN, "high": NAN})
    days = (date(2026, 3, 4), date(2026, 3, 4))
    assert side_sentence("before it", days, side) == "before it, 4 Mar 2026: no responses"


def test_flow_of_a_side_without_responses_has_dashes():
    flow = pd.DataFrame(
        {
            "category": ["promoters", "passives", "detractors"],
            "before_share": [NAN] * 3,
            "after_share": [0.5, 0.3, 0.2],
            "points": [NAN] * 3,
        }
    )
    assert flow_sentence(flow) == "Promoters – → 50 %, passives – → 30 %, detractors – → 20 %."


def test_the_table_ends_with_the_total_and_names_what_is_added_up():
    groups, whole = moved()
    shown = shown_table(groups, whole, "segment", "Size")
    assert shown["Size"].tolist() == [
        "=Small",
        "Large",
        "3 groups too small to show",
        "All together",
    ]
    # 21 before; 100 after: 62 promoters and 10 passives of 20 + 60 + 20, so 72 - 12 = 60.
    assert shown["NPS"].tolist() == ["−18 → −50", "60 → 83", "– → 100", "21 → 60"]
    assert shown["Own change"].tolist()[2] == "–"
    assert shown["Verdict"].tolist()[2:] == ["○ too few responses", "▲ up"]
    assert shown["Responses"].tolist() == ["50 → 20", "50 → 60", "0 → 20", "100 → 100"]


def test_the_download_is_unrounded_and_safe_in_a_spreadsheet():
    groups, whole = moved()
    table = download_table(groups, "segment", "Size")
    assert table["rate"].sum() + table["mix"].sum() == pytest.approx(whole.difference)
    text = csv_bytes(table).decode("utf-8-sig")
    assert "'=Small" in text
    assert "3 groups too small to show" in text
    assert "New" not in text


def test_a_literal_unknown_is_told_apart_from_a_missing_value():
    names = group_names(pd.Series([None, "Pro"], dtype=object))
    assert names.tolist() == ["Unknown", "Pro"]
    both = group_names(pd.Series(["Unknown", None], dtype=object))
    assert both.tolist() == ["Unknown", "Unknown (no value)"]


def test_groups_on_one_side_are_no_comparison():
    groups, _ = moved()
    assert "corrected for 2 comparisons" in correction_sentence(groups)


def test_both_sides_are_downloaded_with_what_was_found():
    before, after = counts_of({"a": (10, 10, 20)}), counts_of({"a": (10, 0, 40)})
    sides = pd.concat([score(before), score(after)], ignore_index=True)
    sides.insert(0, "side", ["before", "after"])
    days = ((date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 4, 30)))
    table = sides_table(sides, compare(before, after), days)
    assert table[["side", "start", "end", "responses", "nps"]].values.tolist() == [
        ["before", "2026-03-01", "2026-03-31", 40, 25.0],
        ["after", "2026-04-01", "2026-04-30", 50, 60.0],
    ]
    assert table["difference"].tolist()[1] == pytest.approx(35)
    assert table["verdict"].tolist() == ["", "up"]
