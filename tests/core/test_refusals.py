"""What cannot be measured is refused in words; what can be read in another form is read."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from nps_core import (
    Filter,
    NpsError,
    adjust,
    against_rest,
    apply,
    before_after,
    score,
    suppress,
    trend,
)


@pytest.mark.parametrize("name", ["nps", "low", "responses"])
def test_a_group_is_never_written_over_by_a_figure_of_its_name(name):
    counts = pd.DataFrame({name: ["x", "y"], "period": "2026-01-05", "score": [9, 3], "n": [20, 9]})
    for measure in (score, against_rest, lambda counts, by: trend(counts, "week", by=by)):
        with pytest.raises(NpsError, match=f'by holds "{name}", which the result has a column for'):
            measure(counts, by=name)


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("complete", lambda counts, by: trend(counts, "week", by=by)),
        ("verdict", against_rest),
        ("hidden", lambda counts, by: suppress(score(counts, by=by), by)),
    ],
)
def test_nor_by_any_other_column_of_the_result(name, measure):
    counts = pd.DataFrame({name: ["x", "y"], "period": "2026-01-05", "score": [9, 3], "n": [20, 9]})
    with pytest.raises(NpsError, match=f'by holds "{name}"'):
        measure(counts, name)


@pytest.mark.parametrize("p_values", [[[0.01, 0.2]], 0.05, ["small"], {"a": 1}])
def test_p_values_are_one_list_of_numbers(p_values):
    with pytest.raises(NpsError, match=r"p_values .*; give (one|a) list of numbers"):
        adjust(p_values)


def test_choices_in_numpy_and_pandas_forms_are_the_same_choice():
    plain = Filter(segments={"plan": ["Pro", None], "tier": [1], "beta": [True]})
    for plan in (np.array(["Pro", None], dtype=object), pd.Series(["Pro", np.nan])):
        given = Filter(None, pd.NA, {"plan": plan, "tier": np.array([1]), "beta": np.array([True])})
        assert given == plain
        assert hash(given) == hash(plain)
        assert repr(given) == repr(plain)


def test_nested_choices_are_refused_when_the_filter_is_made():
    with pytest.raises(NpsError, match="not all single values"):
        Filter(segments={"plan": [["Pro"]]})


def test_survey_types_and_a_segment_that_exclude_each_other_choose_nothing():
    frame = pl.DataFrame({"score": [9], "survey_type": ["relational"]})
    neither = Filter(segments={"survey_type": ["transactional"]}, survey_types=["relational"])
    assert apply(frame, neither).is_empty()


@pytest.mark.parametrize("form", [pl.DataFrame, pa.table, pd.DataFrame])
def test_product_changes_are_taken_as_a_table_of_any_engine(form):
    days = pd.date_range("2026-01-01", periods=4)
    frame = pd.DataFrame({"responded_at": days, "score": [0, 0, 10, 10]})
    changes = form({"date": ["2026-01-03"], "title": ["Search"], "note": [None]})
    found = before_after(frame, changes, days=2)
    assert found[["title", "before_nps", "after_nps"]].values.tolist() == [["Search", -100, 100]]


def test_scored_groups_are_taken_as_a_table_of_any_engine():
    scored = pl.DataFrame({"plan": ["a", "b", "c"], "responses": [3, 40, 60]})
    assert suppress(scored, "plan")["responses"].tolist()[2] == 60
    assert suppress(scored, "plan")["responses"].isna().tolist() == [True, True, False]


def test_the_total_of_all_groups_betrays_no_cell_of_a_two_way_table():
    # All 72 less the rows of 23 and 47 leave 2 for the third row, which is one cell; with it
    # column c1 (45) less 40 would leave the 3. Only hiding the 40 as well keeps the 3 unknown.
    cells = [("r0", "c1", 3), ("r0", "c2", 20), ("r1", "c0", 2), ("r1", "c1", 40), ("r1", "c2", 5)]
    scored = pd.DataFrame([*cells, ("r2", "c1", 2)], columns=["size", "plan", "responses"])
    result = suppress(scored, ["size", "plan"])
    assert (result["hidden"] != "").tolist() == [True] * 6
