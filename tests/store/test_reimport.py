"""The same responses again, in whatever file, are neither doubled nor lost."""

import random

import pandas as pd


def counts(plan):
    return plan.new, plan.updated, plan.unchanged, plan.kept_newer


def stored(store, *columns):
    return store.responses().df()[list(columns)]


def value(store, response_id, column="score"):
    frame = store.responses().df()
    return frame.loc[frame["response_id"] == response_id, column].item()


def bring(store, parsed, **options):
    """Plan, commit, and check that the plan told the truth."""
    plan = store.plan(parsed, **options)
    record = store.commit(parsed, **options)
    assert counts(plan) == counts(record)
    assert plan.stored_after == len(store.responses().df())
    return record


def test_same_file_twice(store, accepted, month):
    parsed = accepted(month())
    assert counts(bring(store, parsed)) == (10, 0, 0, 0)
    plan = store.plan(parsed)
    assert counts(plan) == (0, 0, 10, 0)
    assert plan.same_file_as.id == 1
    assert any("imported before" in sentence for sentence in plan.warnings)
    assert counts(bring(store, parsed)) == (0, 0, 10, 0)


def test_overlapping_export(store, accepted, month):
    bring(store, accepted(month(3)))
    assert counts(bring(store, accepted(month(3, 15)[5:]))) == (5, 0, 5, 0)


def test_edited_response_updates_and_keeps_its_history(store, accepted, month):
    bring(store, accepted(month(), "first.csv"))
    rows = month()
    rows[2] |= {"score": 2, "comment": "I changed my mind"}
    assert counts(bring(store, accepted(rows, "second.csv"))) == (0, 1, 9, 0)
    assert value(store, "R0103") == 2
    past = store.history("R0103")
    assert past["score"].tolist() == [21 % 11]
    assert past["file_name"].tolist() == ["first.csv"]
    assert past["replaced_at"].notna().all()


def test_older_export_never_overwrites(store, accepted, month):
    rows = month(1)
    bring(store, accepted(rows))
    edited = [*month(1), *month(2)]
    edited[0]["score"] = 1
    bring(store, accepted(edited))
    assert counts(bring(store, accepted(rows))) == (0, 0, 9, 1)
    assert value(store, "R0101") == 1


def test_a_superseded_value_never_comes_back_on_its_own(store, accepted, month):
    first, second = month(), month()
    second[0]["score"] = 1
    bring(store, accepted(first))
    bring(store, accepted(second))
    assert counts(bring(store, accepted(first))) == (0, 0, 9, 1)
    assert value(store, "R0101") == 1
    assert counts(bring(store, accepted(first), newest=True)) == (0, 1, 9, 0)
    assert value(store, "R0101") == 7


def test_a_file_older_than_the_one_that_last_wrote_the_row_is_kept_out(store, accepted, month):
    late = [*month(1), *month(3)]
    bring(store, accepted(late))
    early = [*month(1), *month(2)]
    early[4]["comment"] = "an earlier wording"
    parsed = accepted(early)
    assert any("older value" in sentence for sentence in store.plan(parsed).warnings)
    assert counts(bring(store, parsed)) == (10, 0, 9, 1)
    assert value(store, "R0105", "comment") == "comment 5"
    assert store.history("R0105")["comment"].tolist() == ["an earlier wording"]
    assert store.history("R0105")["replaced_at"].isna().all()


def test_a_newer_file_that_confirms_a_value_protects_it(store, accepted, month):
    bring(store, accepted(month(1)))
    bring(store, accepted([*month(1), *month(3)]))
    between = [*month(1), *month(2)]
    between[0]["score"] = 3
    assert bring(store, accepted(between)).kept_newer == 1


def test_updated_at_decides_before_anything_else(store, accepted, month):
    bring(store, accepted(month(1, updated_at="2025-05-01")))
    older, newer = month(1, 1, updated_at="2025-04-01"), month(1, 1, updated_at="2025-06-01")
    older[0]["score"] = newer[0]["score"] = 0
    assert counts(bring(store, accepted(older))) == (0, 0, 0, 1)
    assert counts(bring(store, accepted(newer))) == (0, 1, 0, 0)
    back = month(1, 1, updated_at="2025-07-01")
    assert counts(bring(store, accepted(back))) == (0, 1, 0, 0)


def test_a_narrower_export_does_not_clear_what_it_lacks(store, accepted, month):
    bring(store, accepted(month()))
    narrow = pd.DataFrame(month())[["response_id", "responded_at", "score"]]
    assert counts(bring(store, accepted(narrow))) == (0, 0, 10, 0)
    narrow["score"] = 0
    narrow["comment"] = None
    assert counts(bring(store, accepted(narrow))) == (0, 10, 0, 0)
    assert value(store, "R0101", "comment") == "comment 1"
    assert value(store, "R0101", "country") == "FR"


def test_shuffled_rows_and_columns_add_nothing_without_any_id(store, accepted, month):
    frame = pd.DataFrame(month()).drop(columns=["response_id", "respondent_id"])
    frame = pd.concat([frame, frame.head(3)])  # three people said the same thing
    bring(store, accepted(frame.copy()))
    mixed = frame[random.Random(1).sample(list(frame), len(frame.columns))]
    mixed = mixed.sample(frac=1, random_state=1)
    assert counts(bring(store, accepted(mixed))) == (0, 0, 13, 0)


def test_one_person_twice_on_a_day_is_two_responses(store, accepted):
    rows = [
        {"respondent_id": "ann", "responded_at": "2025-01-01", "score": 9, "comment": "a"},
        {"respondent_id": "ann", "responded_at": "2025-01-01", "score": 3, "comment": "b"},
    ]
    assert bring(store, accepted(rows)).new == 2


def test_person_and_moment_recognise_an_edited_response(store, accepted):
    row = {"respondent_id": "ann", "responded_at": "2025-01-01T10:00:05", "score": 9}
    bring(store, accepted([row]))
    assert counts(bring(store, accepted([row | {"score": 2}]))) == (0, 1, 0, 0)


def test_two_responses_in_the_same_second_are_both_kept(store, accepted):
    rows = [
        {"respondent_id": "anonymous", "responded_at": "2025-01-01T10:00:05", "score": score}
        for score in (9, 3, 3)
    ]
    assert bring(store, accepted(rows)).new == 3
    assert counts(bring(store, accepted(rows[::-1]))) == (0, 0, 3, 0)


def test_scores_only_files_of_two_months_are_both_kept(store, accepted):
    january = accepted([{"score": score} for score in (9, 9, 10, 3)])
    assert bring(store, january).new == 4
    again = accepted([{"score": score} for score in (3, 10, 9, 9)])
    assert counts(bring(store, again)) == (0, 0, 4, 0)
    assert bring(store, accepted([{"score": score} for score in (9, 9, 10, 3, 3)])).new == 5


def test_values_that_run_together_are_not_one(store, accepted):
    rows = [
        {"responded_at": "2025-01-01", "score": 9, "comment": "a;b", "plan": "c"},
        {"responded_at": "2025-01-01", "score": 9, "comment": "a", "plan": "b;c"},
    ]
    assert bring(store, accepted(rows)).new == 2


def test_ids_counted_from_one_by_two_surveys_are_noticed(store, accepted):
    def form(name, month):
        return [
            {
                "response_id": str(i),
                "respondent_id": f"{name}{i}",
                "responded_at": f"2025-{month:02}-{i:02}T09:00:00",
                "score": i % 11,
            }
            for i in range(1, 9)
        ]

    bring(store, accepted(form("ann", 1)))
    other = accepted(form("bob", 2))
    plan = store.plan(other)
    assert plan.ids_reused
    assert any("another survey" in sentence for sentence in plan.warnings)
    assert not store.plan(accepted(form("ann", 1))).ids_reused
    assert counts(bring(store, other, source="Support")) == (8, 0, 0, 0)
    assert counts(bring(store, other, source="Support")) == (0, 0, 8, 0)
    assert any('"Support"' in sentence for sentence in store.plan(other).warnings)
