"""An import is undone whole, in any order, and can be brought again."""

import itertools

import pytest

from nps_app.store import StoreError


def state(store):
    frame = store.responses().df().sort_values("response_id")
    return {row.response_id: (row.score, row.comment) for row in frame.itertuples()}


def edited(rows, **changes):
    return [row | changes.get(row["response_id"], {}) for row in rows]


def test_undo_removes_what_only_this_import_brought(store, accepted, month):
    first = store.commit(accepted(month(1)))
    store.commit(accepted([*month(1)[5:], *month(2)]))
    store.undo(first.id)
    assert set(state(store)) == {f"R01{d:02}" for d in range(6, 11)} | {
        f"R02{d:02}" for d in range(1, 11)
    }


def test_undo_restores_the_values_it_replaced(store, accepted, month):
    store.commit(accepted(month()))
    before = state(store)
    second = store.commit(accepted(edited(month(), R0101={"score": 0, "comment": "changed"})))
    assert state(store) != before
    undone = store.undo(second.id)
    assert state(store) == before
    assert undone.undone_at is not None
    assert [record.undone_at is None for record in store.imports()] == [False, True]
    assert store.history("R0101").empty


def test_undo_leaves_what_a_later_import_has_rewritten(store, accepted, month):
    store.commit(accepted(month()))
    second = store.commit(accepted(edited(month(), R0101={"score": 0}, R0102={"score": 0})))
    third = store.commit(accepted(edited(month(), R0101={"score": 1}, R0102={"score": 0})))
    store.undo(second.id)
    # R0102 stays 0: the third import said so as well.
    assert (state(store)["R0101"][0], state(store)["R0102"][0]) == (1, 0)
    store.undo(third.id)
    assert (state(store)["R0101"][0], state(store)["R0102"][0]) == (7, 3)


def test_undo_twice_is_refused(store, accepted, month):
    store.commit(accepted(month()))
    store.undo(1)
    with pytest.raises(StoreError, match="undone on"):
        store.undo(1)
    with pytest.raises(StoreError, match="no import number 9"):
        store.undo(9)


def test_the_same_file_can_come_again_after_undo(store, accepted, month):
    parsed = accepted(month())
    first = store.commit(parsed)
    store.undo(first.id)
    assert state(store) == {}
    assert store.plan(parsed).same_file_as is None
    assert store.commit(parsed).new == 10
    assert store.undo(2).id == 2


def test_an_older_value_kept_out_takes_over_when_the_newer_import_is_undone(store, accepted, month):
    newer = store.commit(accepted([*edited(month(1), R0101={"score": 0}), *month(3)]))
    store.commit(accepted(month(1)))
    assert state(store)["R0101"][0] == 0
    store.undo(newer.id)
    assert set(state(store)) == {row["response_id"] for row in month(1)}
    assert state(store)["R0101"][0] == 7


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
def test_undoing_everything_in_any_order_leaves_nothing(store, accepted, month, order):
    store.commit(accepted(month()))
    store.commit(accepted([*edited(month(), R0101={"score": 0}), *month(2)]))
    store.commit(accepted([*edited(month(), R0101={"score": 1}, R0102={"score": 1}), *month(2)]))
    wanted = {
        # Left standing alone, each import means what its file says.
        1: (7, 3),
        2: (0, 3),
        3: (1, 1),
    }
    for import_id in order[:2]:
        store.undo(import_id)
    scores = state(store)
    assert (scores["R0101"][0], scores["R0102"][0]) == wanted[order[2]]
    store.undo(order[2])
    assert state(store) == {}
    assert store.history("R0101").empty
    assert store.commit(accepted(month())).new == 10


def test_a_segment_that_nothing_holds_any_more_is_not_offered(store, accepted, month):
    store.commit(accepted(month()))
    second = store.commit(accepted(month(2, plan="Pro")))
    assert store.segment_columns() == ["company_size", "industry", "persona", "country", "plan"]
    store.undo(second.id)
    assert store.segment_columns() == ["company_size", "industry", "persona", "country"]
