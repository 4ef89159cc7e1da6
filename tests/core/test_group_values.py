"""Group values of every type are counted and chosen as what they are, whichever engine holds them.

Expected figures are written down by hand beside the rows.
"""

from datetime import UTC, date, datetime

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from nps_core import Filter, NpsError, apply, score, tally

BIG = 2**53
ACCOUNTS = pa.table({"score": [9, 9, 3, 10], "account": [BIG, BIG + 1, None, BIG + 1]})
TIERS = [1, 2, None, 1]
SCORED = pd.Series([9, 9, 3, 10])


@pytest.mark.parametrize(
    "frame",
    [
        ACCOUNTS,
        pl.from_arrow(ACCOUNTS),
        duckdb.connect().from_arrow(ACCOUNTS),
        ACCOUNTS.to_pandas(types_mapper=pd.ArrowDtype),
    ],
    ids=["pyarrow", "polars", "duckdb", "pandas"],
)
def test_whole_numbers_beside_missing_ones_stay_whole_and_apart(frame):
    counts = tally(frame, by="account")
    assert counts["account"].tolist() == [BIG, BIG + 1, BIG + 1, None]
    assert [type(value) for value in counts["account"]] == [int, int, int, type(None)]
    assert counts["score"].tolist() == [9, 9, 10, 3]


@pytest.mark.parametrize(
    "tier",
    [
        pd.Series(TIERS, dtype="float64"),
        pd.Series(TIERS, dtype="Int64"),
        pd.Series(TIERS, dtype=object),
        pd.Series(pd.Categorical(TIERS)),
        pd.Series(pd.Categorical(TIERS, categories=[3, 2, 1])),
    ],
    ids=["float", "nullable", "object", "category", "category with another order"],
)
def test_numbers_of_every_pandas_type_are_the_same_groups(tier):
    frame = pd.DataFrame({"score": SCORED, "tier": tier})
    counts = tally(frame, by="tier")
    assert [repr(value) for value in counts["tier"]] == ["1", "1", "2", "None"]
    assert apply(frame, Filter(segments={"tier": [1]}))["score"].tolist() == [9, 10]
    assert apply(frame, Filter(segments={"tier": [None, 2]}))["score"].tolist() == [9, 3]


def test_numbers_with_decimals_stay_as_they_are():
    counts = tally(pd.DataFrame({"score": SCORED, "weight": [0.5, 1.0, None, 1.0]}), by="weight")
    assert [repr(value) for value in counts["weight"]] == ["0.5", "1.0", "1.0", "None"]


def test_arrow_categories_of_numbers_are_numbers():
    table = pa.table({"score": [9, 3, 10], "tier": pa.array([1, None, 2]).dictionary_encode()})
    assert tally(table, by="tier")["tier"].tolist() == [1, 2, None]
    parts = pa.concat_tables(
        [
            pa.table({"score": [9], "plan": pa.array(["a"]).dictionary_encode()}),
            pa.table({"score": [3, 9], "plan": pa.array(["b", "a"]).dictionary_encode()}),
        ]
    )
    assert tally(parts, by="plan").values.tolist() == [["a", 9, 2], ["b", 3, 1]]


def test_a_filter_joins_conditions_on_columns_of_arrow_and_of_pandas_types():
    days = pa.array([datetime(2026, 1, 1, tzinfo=UTC), None, datetime(2026, 1, 3, tzinfo=UTC)])
    frame = pd.DataFrame(
        {
            "responded_at": pd.arrays.ArrowExtensionArray(days),
            "beta": pd.Series([True, True, None], dtype="boolean"),
            "score": [9, 3, 10],
        }
    )
    chosen = Filter(start=date(2026, 1, 1), segments={"beta": [True, None]})
    assert apply(frame, chosen)["score"].tolist() == [9, 10]


@pytest.mark.parametrize("value", [1, True, "Pro", date(2026, 1, 1)])
def test_a_column_of_missing_objects_holds_none_of_the_chosen_values(value):
    for rows in ([None, None], []):
        objects = pd.Series(rows, dtype=object)
        frame = pd.DataFrame({"score": [9] * len(rows), "plan": objects})
        assert len(apply(frame, Filter(segments={"plan": [value]}))) == 0
        assert len(apply(frame, Filter(segments={"plan": [value, None]}))) == len(rows)


TEXTS = [
    *("2026-01-01", "2026-01-02 23:30", "2026-01-02T23:30:00.5Z", "2026-01-02T23:30:00-05:00"),
    *("2026-01-03T01:00:00+0530", "2026-01-01T00:30:00.123456+02", None),
]
IN_UTC = [
    *(datetime(2026, 1, 1), datetime(2026, 1, 2, 23, 30), datetime(2026, 1, 2, 23, 30, 0, 500000)),
    *(datetime(2026, 1, 3, 4, 30), datetime(2026, 1, 2, 19, 30)),
    *(datetime(2025, 12, 31, 22, 30, 0, 123456), None),
]
TEXT_TABLE = pa.table({"responded_at": TEXTS, "score": [0, 1, 2, 3, 4, 5, 6]})


@pytest.mark.parametrize(
    "frame",
    [
        TEXT_TABLE,
        pl.from_arrow(TEXT_TABLE),
        pl.from_arrow(TEXT_TABLE).lazy(),
        duckdb.connect().from_arrow(TEXT_TABLE),
        TEXT_TABLE.to_pandas(),
        TEXT_TABLE.to_pandas(types_mapper=pd.ArrowDtype),
    ],
    ids=["pyarrow", "polars", "lazy", "duckdb", "pandas", "pandas on arrow"],
)
def test_iso_texts_are_read_with_their_zones(frame):
    counts = tally(frame, every="day")
    assert dict(zip(counts["score"], counts["period"].dt.date, strict=True)) == {
        at: when.date() if when else pd.NaT for at, when in enumerate(IN_UTC)
    }
    chosen = apply(frame, Filter(start="2026-01-02", end="2026-01-02"))
    assert tally(chosen)["score"].tolist() == [1, 2, 4]


def test_texts_that_are_no_dates_are_refused_in_words():
    bad = pa.table({"responded_at": ["01/02/2026"], "score": [9]})
    for frame in (bad, pl.from_arrow(bad), bad.to_pandas()):
        with pytest.raises(NpsError, match=r"no ISO date or time: .*01/02/2026"):
            tally(frame, every="day")


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame([[9, "a", "b"]], columns=["score", "plan", "plan"]), "two columns of one"),
        (pl.DataFrame({"score": [9], "plan": [["a"]]}), r'column "plan" holds List\(String\)'),
        (pd.DataFrame({"score": [9.5], "plan": ["a"]}), 'column "score" holds 9.5;'),
    ],
)
def test_frames_that_cannot_be_counted_are_refused_in_words(frame, words):
    with pytest.raises(NpsError, match=words):
        tally(frame, by="plan")


def test_counts_too_large_to_add_exactly_are_refused():
    most = 2**53
    assert score(pd.DataFrame({"score": [9], "n": [most]}))["responses"].tolist() == [most]
    for n in (most + 2, 2**63, 2**70):
        counts = pd.DataFrame({"score": [9], "n": pd.Series([n], dtype=object)})
        with pytest.raises(NpsError, match=f"holds {n}; only whole numbers from 0 to {most}"):
            score(counts)
