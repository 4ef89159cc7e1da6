"""The segment builder: what is typed is what is counted, and what is left out is said."""

import pytest

from nps_app.store import BuiltSegment, SavedView
from nps_app.view.bands import bands_text, read_bands
from nps_app.view.link_filter import read_query
from nps_app.view.widgets.session import current_store
from nps_core.errors import NpsError

SEATS = ["1", "50", "51", "200", "201", "n/a"]
ROWS = [
    {"response_id": str(n), "score": 9, "responded_at": "2026-03-02", "seats": seats}
    for n, seats in enumerate(SEATS)
]
PAGE = "pages/segment_builder.py"


def test_bands_are_saved_as_a_segment_that_filters(workspace) -> None:
    app = workspace(ROWS, page=PAGE)
    how = next(group for group in app.segmented_control if group.label == "How")
    app.selectbox[-1].set_value("seats").run()
    how = next(group for group in app.segmented_control if group.label == "How")
    how.set_value("bands").run()
    app.text_input[-1].set_value("1-50, large: 51-200, 201+").run()
    app.text_input[0].set_value("Seat band").run()
    assert not app.exception
    tried = app.dataframe[-1].value
    assert tried.iloc[:, 1].tolist() == [2, 2, 1]
    assert "1 response falls in none" in " ".join(text.value for text in app.text)
    next(b for b in app.button if b.label == "Save this segment").click().run()
    assert not app.exception
    assert [one.name for one in current_store().built_segments()] == ["Seat band"]
    assert "Seat band" in current_store().segment_columns()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1-50", [("1–50", 1, 50)]),
        ("0-10, 10-20", [("0–10", 0, 9.99), ("10–20", 10, 20)]),
        ("1 to 50; 51+", [("1–50", 1, 50.9), ("51+", 51, 1e9)]),
        ("low: <3.5\n3.5-9", [("low", -5, 3.49), ("3.5–9", 3.5, 9)]),
        ("1-1, 2-9", [("1–1", 1, 1), ("2–9", 2, 9)]),
        ("−50-0; 1 200-5\u202f000", [("−50–0", -50, 0), ("1 200–5\u202f000", 1200, 5000)]),
    ],
)
def test_a_band_holds_its_first_and_its_last_number(typed: str, expected: list) -> None:
    bands = read_bands(typed)
    assert [band[0] for band in bands] == [label for label, _, _ in expected]
    for (_, lowest, below), (_, first, last) in zip(bands, expected, strict=True):
        assert lowest is None or lowest <= first
        assert below is None or last < below


@pytest.mark.parametrize("typed", ["", "50-1", "many", "1-", "1--5x", "1-" + "9" * 400])
def test_what_is_no_band_is_refused_with_what_is_allowed(typed: str) -> None:
    with pytest.raises(NpsError, match="band"):
        read_bands(typed)


def test_bands_can_be_edited_as_they_were_written() -> None:
    for typed in (
        "1-50, 51-200, 201+",
        "small: <10, 10+",
        "5-7",
        "0-1000000, 1000001+",
        "x: 1234567-2345678, >=3000000.25",
        "-100--50, -49-0",
        "1-1, 2-50",
        "0.1-0.30000000001, <0.0123456789",
        "1 200-5 000",
    ):
        assert read_bands(bands_text(read_bands(typed))) == read_bands(typed)


def test_values_that_are_gone_stay_in_their_group_when_it_is_edited(workspace) -> None:
    app = workspace(ROWS, page=PAGE)
    made = BuiltSegment("Some", "seats", groups=(("few", ("1", "gone")), ("most", ("50",))))
    saved = current_store().save_built_segment(made)
    app.query_params["built"] = str(saved.id)
    app.run()
    next(b for b in app.button if b.label == "Save the changes").click().run()
    assert not app.exception
    assert dict(current_store().built_segments()[0].groups) == {
        "few": ("1", "gone"),
        "most": ("50",),
    }


def test_saved_views_follow_a_segment_to_its_new_name(workspace) -> None:
    app = workspace(ROWS, page=PAGE)
    store = current_store()
    saved = store.save_built_segment(BuiltSegment("Old", "seats", groups=(("few", ("1", "50")),)))
    view = store.save_view(SavedView("Few", "segments", "by=Old&segment=Old%3Afew"))
    app.query_params["built"] = str(saved.id)
    app.run()
    app.text_input[0].set_value("A: new & one").run()
    next(b for b in app.button if b.label == "Save the changes").click().run()
    assert not app.exception
    asked = read_query(current_store().views()[0].query)
    assert asked.unknown == []
    assert dict(asked.chosen.segments) == {"A: new & one": ("few",)}
    assert [one.id for one in current_store().views()] == [view.id]
