"""Importing a file twice adds nothing, and a change is scoped to values the data has."""

from datetime import date

from nps_app.view.changes_import import plan_changes, scope_text, segments_cell
from nps_core.intake.changes_columns import read_segments
from nps_core.intake.changes_file import ChangeRow
from nps_core.measure import ProductChange

DAY = date(2026, 8, 12)
VALUES = {"company_size": ["Enterprise", "Small", None], "Plan": ["Pro", "Free"]}


def standings(rows: list[ChangeRow], stored: list[ProductChange]) -> list[str]:
    return [plan.standing for plan in plan_changes(rows, stored, VALUES)[0]]


def test_the_same_date_and_title_is_the_same_change_however_it_is_written() -> None:
    stored = [ProductChange(DAY, "Billing v2", id=1)]
    rows = [
        ChangeRow(2, DAY, "billing  V2", note="reworded"),
        ChangeRow(3, date(2026, 8, 13), "Billing v2"),
        ChangeRow(4, DAY, "Teams"),
    ]
    assert standings(rows, stored) == ["already there", "new", "new"]


def test_the_same_link_is_the_same_change_though_date_and_title_were_edited() -> None:
    stored = [ProductChange(DAY, "Billing, for everybody", link="https://h.example/v2", id=1)]
    rows = [ChangeRow(2, date(2026, 8, 14), "v2.0", link="https://h.example/v2/")]
    assert standings(rows, stored) == ["already there"]


def test_a_changelog_address_shared_by_many_changes_does_not_make_them_one() -> None:
    page = "https://h.example/changelog"
    rows = [ChangeRow(n, DAY, title, link=page) for n, title in enumerate("ABC", start=2)]
    assert standings(rows, []) == ["new", "new", "new"]
    stored = [ProductChange(DAY, title, link=page, id=n) for n, title in enumerate("AB")]
    assert standings(rows[2:], stored) == ["new"]


def test_a_row_repeated_in_the_file_is_added_once() -> None:
    rows = [ChangeRow(2, DAY, "Billing v2"), ChangeRow(9, DAY, "Billing v2")]
    assert standings(rows, []) == ["new", "twice in the file"]


def test_a_prerelease_is_offered_unless_it_is_there() -> None:
    rows = [ChangeRow(1, DAY, "v2-rc1", prerelease=True)]
    assert standings(rows, []) == ["prerelease"]
    assert standings(rows, [ProductChange(DAY, "v2-rc1", id=1)]) == ["already there"]


def test_segments_find_the_columns_and_values_of_the_data() -> None:
    written = (("Company size", ("enterprise", "Unknown")), ("plan", ("PRO",)))
    (planned,), warnings = plan_changes([ChangeRow(2, DAY, "A", segments=written)], [], VALUES)
    assert planned.change.segments == (("Plan", ("Pro",)), ("company_size", ("Enterprise", None)))
    assert warnings == ()


def test_segments_the_data_does_not_have_are_kept_and_told_of() -> None:
    written = (("region", ("EMEA",)), ("Plan", ("Gold",)))
    (planned,), warnings = plan_changes([ChangeRow(2, DAY, "A", segments=written)], [], VALUES)
    assert set(planned.change.segments) == {("region", ("EMEA",)), ("Plan", ("Gold",))}
    assert warnings == (
        "The data has no segment column 'region'.",
        "No response has Plan 'Gold'.",
    )


def test_what_the_page_downloads_can_be_imported_again() -> None:
    segments = (("Plan", ("Pro",)), ("company_size", ("Enterprise", None)))
    again = read_segments(segments_cell(segments))
    row = ChangeRow(2, DAY, "A", segments=again)
    (planned,), _ = plan_changes([row], [], VALUES)
    assert planned.change.segments == segments
    assert scope_text(segments) == "Plan: Pro; Company size: Enterprise or Unknown"
