"""Segments a person builds from another: what falls where, and what a name may not be."""

import narwhals as nw
import pandas as pd
import pytest

from nps_app.store import BuiltSegment, StoreError, open_store
from nps_core.measure import tally

ROWS = [
    {"response_id": "1", "score": 9, "plan": "Pro", "seats": "1"},
    {"response_id": "2", "score": 3, "plan": "Pro", "seats": "50"},
    {"response_id": "3", "score": 10, "plan": "Team", "seats": "51"},
    {"response_id": "4", "score": 7, "plan": 'it\'s, "odd"', "seats": "1,200"},
    {"response_id": "5", "score": 0, "plan": None, "seats": "about 40"},
    {"response_id": "6", "score": 6, "plan": "Free", "seats": "nan"},
    {"response_id": "7", "score": 8, "plan": "Free", "seats": " 200.5 "},
]
BANDS = (("1 to 50", 1.0, 51.0), ("51 to 200", 51.0, 201.0), ("201 and more", 201.0, None))
PAID = (("Paid", ("Pro", "Team", 'it\'s, "odd"')), ("None", (None,)))


def values(store, name: str) -> dict[str, str | None]:
    frame = nw.from_native(store.responses()).lazy().collect("pandas").to_native()
    pairs = zip(frame["response_id"], frame[name], strict=True)
    return {key: None if pd.isna(value) else value for key, value in pairs}


def test_numbers_are_cut_in_bands_and_what_is_no_number_is_missing(store, accepted) -> None:
    store.commit(accepted(ROWS))
    store.save_built_segment(BuiltSegment("Seat band", "seats", bands=BANDS))
    assert values(store, "Seat band") == {
        "1": "1 to 50",
        "2": "1 to 50",
        "3": "51 to 200",
        "4": "201 and more",
        "5": None,
        "6": None,
        "7": "51 to 200",
    }
    counted = tally(store.responses(), by="Seat band")
    held = {(row["Seat band"], row["score"]): row["n"] for row in counted.to_dict("records")}
    assert held[None, 0] == held[None, 6] == held["1 to 50", 9] == held["201 and more", 7] == 1


def test_values_are_gathered_with_the_missing_one_in_a_group_of_its_choice(store, accepted) -> None:
    store.commit(accepted(ROWS))
    before = store.version()
    store.save_built_segment(BuiltSegment("Paying", "plan", groups=PAID))
    assert store.version() > before
    assert values(store, "Paying") == {
        **dict.fromkeys("1234", "Paid"),
        "5": "None",
        "6": None,
        "7": None,
    }
    assert store.segment_columns()[-1] == "Paying"


def test_later_imports_fall_in_it_and_restarts_keep_it(store, accepted, data_file) -> None:
    store.commit(accepted(ROWS))
    store.save_built_segment(BuiltSegment("Paying", "plan", groups=PAID))
    store.commit(accepted([{"response_id": "8", "score": 9, "plan": "Team"}]))
    store.close()
    again = open_store(data_file)
    assert values(again, "Paying")["8"] == "Paid"
    again.close()


def test_it_goes_with_the_import_that_brought_its_column_and_comes_back_with_it(
    store, accepted
) -> None:
    store.commit(accepted([{"response_id": "9", "score": 9, "country": "FR"}]))
    record = store.commit(accepted(ROWS))
    store.save_built_segment(BuiltSegment("Paying", "plan", groups=PAID))
    store.undo(record.id)
    assert "Paying" not in store.segment_columns()
    assert len(nw.from_native(store.responses()).lazy().collect("pandas")) == 1
    store.commit(accepted(ROWS))
    assert "Paying" in store.segment_columns()


def test_a_file_with_a_column_of_its_name_keeps_both(store, accepted) -> None:
    store.commit(accepted(ROWS))
    store.save_built_segment(BuiltSegment("Paying", "plan", groups=PAID))
    store.commit(accepted([{"response_id": "8", "score": 9, "paying": "maybe", "plan": "Pro"}]))
    assert values(store, "Paying")["8"] == "Paid"
    assert values(store, "paying (2)")["8"] == "maybe"


def test_a_name_changes_nothing_else_when_it_is_hostile(store, accepted) -> None:
    store.commit(accepted(ROWS))
    name = 'x" FROM nps.settings; --'
    label = "'; DROP TABLE nps.responses; --"
    store.save_built_segment(BuiltSegment(name, "plan", groups=((label, ("Pro",)),)))
    assert values(store, name)["1"] == label


@pytest.mark.parametrize(
    ("built", "words"),
    [
        (BuiltSegment(" ", "plan", groups=PAID), "needs a name"),
        (BuiltSegment("PLAN", "plan", groups=PAID), "already"),
        (BuiltSegment("nps", "plan", groups=PAID), "already"),
        (BuiltSegment("A", "no such", groups=PAID), "no column named “no such”"),
        (BuiltSegment("A", "plan"), "groups of values or from bands"),
        (BuiltSegment("A", "plan", groups=(("x", ("Pro",)), ("y", ("Pro",)))), "in two groups"),
        (BuiltSegment("A", "plan", groups=(("x", ("Pro",)), ("X", ("Free",)))), "same name"),
        (BuiltSegment("A", "plan", groups=(("x", ()),)), "at least one value"),
        (BuiltSegment("A", "seats", bands=(("x", 5.0, 5.0),)), "end above"),
        (BuiltSegment("A", "seats", bands=(("x", 1.0, 9.0), ("y", 8.0, None))), "share"),
        (BuiltSegment("A", "seats", bands=(("x", float("nan"), 9.0),)), "end above"),
        (BuiltSegment("A", "seats", bands=(("x", 1.0, float("inf")),)), "numbers"),
    ],
)
def test_what_would_be_ambiguous_is_refused(store, accepted, built, words) -> None:
    store.commit(accepted(ROWS))
    with pytest.raises(StoreError, match=words):
        store.save_built_segment(built)
    assert store.built_segments() == []


def test_one_can_be_replaced_and_removed_and_its_id_is_not_used_again(store, accepted) -> None:
    store.commit(accepted(ROWS))
    first = store.save_built_segment(BuiltSegment("Paying", "plan", groups=PAID))
    store.save_built_segment(BuiltSegment("Buyers", "plan", groups=PAID, id=first.id))
    assert [built.name for built in store.built_segments()] == ["Buyers"]
    store.delete_built_segment(first.id)
    second = store.save_built_segment(BuiltSegment("Seat band", "seats", bands=BANDS))
    assert second.id != first.id


def test_it_can_be_tried_before_it_is_saved_and_what_falls_in_none_is_named(
    store, accepted
) -> None:
    store.commit(accepted(ROWS))
    trial = store.try_built_segment(BuiltSegment("Seat band", "seats", bands=BANDS))
    assert trial.counts == (("1 to 50", 2), ("51 to 200", 2), ("201 and more", 1))
    assert (trial.left, trial.examples) == (2, (("about 40", 1), ("nan", 1)))
    assert store.built_segments() == []


def test_thousands_may_be_set_apart_as_in_french(store, accepted) -> None:
    given = ["1 200", "1\u202f200.5", "12 34", "-1,200", "1,5"]
    rows = [{"response_id": str(n), "score": 9, "seats": seats} for n, seats in enumerate(given)]
    store.commit(accepted(rows))
    bands = (("below", None, 0.0), ("above", 0.0, None))
    store.save_built_segment(BuiltSegment("Band", "seats", bands=bands))
    assert values(store, "Band") == {
        "0": "above",
        "1": "above",
        "2": None,
        "3": "below",
        "4": None,
    }


def test_one_that_was_removed_meanwhile_does_not_come_back_by_being_changed(
    store, accepted
) -> None:
    store.commit(accepted(ROWS))
    first = store.save_built_segment(BuiltSegment("Paying", "plan", groups=PAID))
    store.delete_built_segment(first.id)
    with pytest.raises(StoreError, match="removed meanwhile"):
        store.save_built_segment(BuiltSegment("Buyers", "plan", groups=PAID, id=first.id))
    assert store.built_segments() == []
