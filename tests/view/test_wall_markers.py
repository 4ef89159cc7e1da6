"""Labels of product changes on a wall: whatever their days and titles, none covers another."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from nps_app.view.charts.wall_markers import ROWS, Label, place

TITLES = st.sampled_from(
    ["Billing v2", "A", "Single sign-on and audit log for everybody", "W" * 60]
)
DAYS = st.lists(st.tuples(st.floats(66, 1136), TITLES), max_size=14)


def labels(pairs: list[tuple[float, str]]) -> list[Label]:
    return [Label(at, title, "no clear change", "no clear change") for at, title in pairs]


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_no_label_touches_another_and_no_line_crosses_one(pairs: list[tuple[float, str]]) -> None:
    placed = place(labels(pairs), 66, 1220, "{n} product changes")
    for one, other in combinations(placed, 2):
        apart = one.right < other.left or other.right < one.left
        assert one.row != other.row or apart
    for line in placed:
        for label in placed:
            if line is not label and line.row >= label.row:
                assert not label.left < line.at < label.right
    assert all(0 <= label.row < ROWS for label in placed)
    assert all(label.left >= 66 and label.right <= 1220.01 for label in placed)
    assert sum(label.merged for label in placed) == len(pairs)


def test_changes_far_apart_keep_their_names_in_one_row() -> None:
    placed = place(labels([(100, "Billing v2"), (700, "Pricing")]), 66, 1220, "{n}")
    assert [(label.title, label.row) for label in placed] == [("Billing v2", 0), ("Pricing", 0)]


def test_two_of_one_day_become_one() -> None:
    placed = place(labels([(500, "Billing v2"), (500, "Pricing")]), 66, 1220, "{n} changes")
    assert [(label.title, label.merged) for label in placed] == [("2 changes", 2)]
