"""The same people: who is counted, where they went, and limits that hold when nobody moved."""

import random
from datetime import date, datetime, timedelta

import duckdb
import ibis
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from scipy import stats

from nps_core.errors import NpsError
from nps_core.measure.filter import Filter
from nps_core.measure.movement import movement, movers
from nps_core.measure.paired import score_limits

BEFORE, AFTER = ("2026-01-01", "2026-01-31"), ("2026-02-10", "2026-03-09")
NAMES = ["detractors", "passives", "promoters"]


def some_responses() -> list[dict]:
    """800 responses of 150 people: twice on one side, ties, missing ids and scores, edge days."""
    chance = random.Random(4)
    rows = []
    for i in range(800):
        at = datetime(2025, 12, 25) + timedelta(hours=12 * chance.randrange(160))
        rows.append(
            {
                "response_id": None
                if chance.random() < 0.05
                else f"r{chance.randrange(10**6)}-{i}",
                "responded_at": None if chance.random() < 0.03 else at,
                "score": None if chance.random() < 0.03 else chance.choice([2, 6, 7, 8, 9, 10]),
                "respondent_id": chance.choice([None, ""])
                if chance.random() < 0.1
                else f"user {chance.randrange(150)}",
                "plan": chance.choice(["Pro", "Free", None]),
            }
        )
    return rows


ROWS = some_responses()
ARROW = pa.table(
    {
        "response_id": pa.array([row["response_id"] for row in ROWS], pa.string()),
        "responded_at": pa.array([row["responded_at"] for row in ROWS], pa.timestamp("us")),
        "score": pa.array([row["score"] for row in ROWS], pa.int8()),
        "respondent_id": pa.array([row["respondent_id"] for row in ROWS], pa.string()),
        "plan": pa.array([row["plan"] for row in ROWS], pa.string()),
    }
)


def in_duckdb() -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    connection.register("given", ARROW)
    connection.execute("create table responses as select * from given")
    return connection.table("responses")


def dictionary_encoded() -> pa.Table:
    at = ARROW.column_names.index("respondent_id")
    return ARROW.set_column(at, "respondent_id", ARROW["respondent_id"].dictionary_encode())


ENGINES = {
    "pandas": lambda: ARROW.to_pandas(),
    "pandas objects": lambda: pd.DataFrame(ROWS).astype({"respondent_id": object}),
    "pandas nullable": lambda: ARROW.to_pandas().convert_dtypes(),
    "pandas pyarrow": lambda: ARROW.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas categorical": lambda: ARROW.to_pandas().astype({"respondent_id": "category"}),
    "polars": lambda: pl.from_arrow(ARROW),
    "polars lazy": lambda: pl.from_arrow(ARROW).lazy(),
    "polars categorical": lambda: pl.from_arrow(ARROW).with_columns(
        pl.col("respondent_id").cast(pl.Categorical)
    ),
    "pyarrow": lambda: ARROW,
    "pyarrow dictionary": dictionary_encoded,
    "duckdb": in_duckdb,
    "ibis": lambda: ibis.duckdb.connect().create_table("responses", ARROW),
}


def by_hand(before=BEFORE, after=AFTER, keep=lambda row: True) -> list[tuple[int, int]]:
    """The last scores of each respondent seen on both sides, by a loop."""
    return [(one[2], other[2]) for _, one, other in met_again(before, after, keep)]


def met_again(before=BEFORE, after=AFTER, keep=lambda row: True) -> list[tuple]:
    """Each respondent seen on both sides: who, and their last (at, id, score) of either."""

    def last(window) -> dict:
        first, final = (date.fromisoformat(day) for day in window)
        seen: dict = {}
        for row in ROWS:
            if not row["respondent_id"] or row["score"] is None or row["responded_at"] is None:
                continue
            if first <= row["responded_at"].date() <= final and keep(row):
                key = (row["responded_at"], row["response_id"] or "", row["score"])
                seen[row["respondent_id"]] = max(key, seen.get(row["respondent_id"], key))
        return seen

    early, late = last(before), last(after)
    return [(who, early[who], late[who]) for who in sorted(early.keys() & late.keys())]


def sign(score: int) -> int:
    return (score >= 9) - (score <= 6)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_finds_the_people_a_loop_finds(engine):
    pairs = by_hand()
    found = movement(ENGINES[engine](), BEFORE, AFTER)
    expected = np.zeros((11, 11), dtype=int)
    for one, other in pairs:
        expected[one, other] += 1
    assert len(pairs) > 80
    assert found.respondents == len(pairs)
    assert (found.scores.to_numpy() == expected).all()
    three = np.zeros((3, 3), dtype=int)
    for one, other in pairs:
        three[sign(one) + 1, sign(other) + 1] += 1
    assert (found.categories.to_numpy() == three).all()
    assert found.categories.index.tolist() == found.categories.columns.tolist() == NAMES


@pytest.mark.parametrize("engine", ENGINES)
def test_the_movers_of_each_engine_are_those_of_a_loop_with_both_their_responses(engine):
    for way, sense in (("won over", 1), ("lost", -1)):
        expected = [
            (who, *side)
            for who, one, other in met_again()
            if (sign(other[2]) - sign(one[2])) * sense > 0
            for side in (one, other)
        ]
        found = movers(ENGINES[engine](), BEFORE, AFTER, way)
        assert len(expected) > 30
        assert set(found.columns) == set(ARROW.column_names)
        given = [
            (row["respondent_id"], row["responded_at"].to_pydatetime(), row["response_id"], score)
            for row, score in zip(found.to_dict("records"), found["score"], strict=True)
        ]
        blank = [(who, at, "" if pd.isna(name) else name, score) for who, at, name, score in given]
        assert sorted(blank) == sorted(expected)


def test_a_way_nobody_moves_is_refused():
    with pytest.raises(NpsError, match="won over"):
        movers(ARROW, BEFORE, AFTER, "won")


def test_difference_p_and_limits_are_scipys_paired_test():
    pairs = by_hand()
    moves = [sign(b) - sign(a) for a, b in pairs]
    test = stats.ttest_1samp(moves, 0)
    interval = test.confidence_interval(0.9)
    found = movement(ARROW, BEFORE, AFTER, level=0.9)
    assert found.difference == pytest.approx(100 * np.mean(moves), abs=1e-9)
    assert found.p == pytest.approx(test.pvalue, abs=1e-12)
    assert (found.low, found.high) == pytest.approx(
        (100 * interval.low, 100 * interval.high), abs=1e-9
    )
    assert found.before_nps == pytest.approx(100 * np.mean([sign(a) for a, _ in pairs]))
    assert found.after_nps == pytest.approx(100 * np.mean([sign(b) for _, b in pairs]))
    assert found.after_nps - found.before_nps == pytest.approx(found.difference)
    assert found.won_over == sum(move > 0 for move in moves)
    assert found.lost == sum(move < 0 for move in moves)


def people(*pairs: tuple[int, int, int]) -> pd.DataFrame:
    """One respondent for each of (before, after, how many)."""
    rows = [(b, a) for b, a, n in pairs for _ in range(n)]
    ids = [f"p{i}" for i in range(len(rows))]
    return pd.DataFrame(
        {
            "respondent_id": ids * 2,
            "responded_at": pd.to_datetime(["2026-01-09"] * len(rows) + ["2026-02-20"] * len(rows)),
            "score": [b for b, _ in rows] + [a for _, a in rows],
        }
    )


def test_from_detractor_to_promoter_counts_twice():
    found = movement(people((3, 10, 4), (3, 8, 2), (9, 9, 14)), BEFORE, AFTER)
    assert found.difference == pytest.approx(100 * (4 * 2 + 2) / 20)
    assert found.categories.loc["detractors", "promoters"] == 4
    assert found.scores.loc[3, 8] == 2
    assert found.p == pytest.approx(stats.ttest_1samp([2] * 4 + [1] * 2 + [0] * 14, 0).pvalue)


@pytest.mark.parametrize("n", [10, 40, 200])
def test_when_nobody_moved_the_limits_still_have_a_width(n):
    found = movement(people((3, 5, n // 2), (9, 10, n - n // 2)), BEFORE, AFTER)
    assert (found.difference, found.p, found.verdict) == (0, 1, "no clear change")
    assert found.low == pytest.approx(-found.high)
    # All may still move up by 2 with a chance of q when nobody of n did: Wilson's upper limit of
    # 0 in n is z^2 / (n + z^2), and a move counts up to two.
    z2 = stats.norm.ppf(0.975) ** 2
    assert found.high == pytest.approx(200 * z2 / (n + z2), abs=1e-6)


def test_when_all_moved_alike_the_limits_do_not_close_either():
    found = movement(people((3, 10, 30)), BEFORE, AFTER)
    assert (found.difference, found.high, found.verdict) == (200, 200, "up")
    assert 150 < found.low < 195
    # Under "no move" half of them move up by 2 and half down: variance 4, statistic 30 * 4 / 4.
    assert found.p == pytest.approx(stats.chi2.sf(30, 1))


@pytest.mark.parametrize("n", [2, 7, 8, 12])
def test_a_few_who_all_moved_by_one_are_no_certainty(n):
    """Under "no move" 2/3 move up by 1 and 1/3 down by 2: variance 2, statistic n / 2."""
    found = movement(people((7, 10, n)), BEFORE, AFTER, minimum=1)
    assert found.p == pytest.approx(stats.chi2.sf(n / 2, 1))
    assert (found.low > 0) == (found.p < 0.05) == (found.verdict == "up") == (n >= 8)


def test_score_limits_hold_what_likelihood_puts_there():
    # Up-movers alone, and stayers: under a mean x > 0 the likeliest shares are x up, 1 - x not,
    # so that the upper limit is Wilson's for a proportion.
    n, up = 50, 12
    low, high = score_limits(np.array([[0, 0, 0, n - up, up]]) @ np.eye(5, dtype=int), 0.95)
    wilson = stats.binomtest(up, n).proportion_ci(method="wilson")
    assert high[0] == pytest.approx(1 + wilson.high, abs=1e-9)
    assert low[0] < 1 + wilson.low


def test_fewer_than_ten_people_are_too_few():
    assert movement(people((3, 10, 9)), BEFORE, AFTER).verdict == "too few responses"
    assert movement(people((3, 10, 10)), BEFORE, AFTER).verdict == "up"


def test_nobody_on_both_sides_is_nothing_rather_than_zero():
    found = movement(people((3, 10, 5)).head(5), BEFORE, AFTER)
    assert (found.respondents, found.verdict) == (0, "too few responses")
    assert np.isnan([found.difference, found.low, found.p, found.before_nps]).all()
    assert found.scores.to_numpy().sum() == 0


def test_one_person_has_a_move_and_no_test():
    found = movement(people((3, 10, 1)), BEFORE, AFTER)
    assert (found.difference, found.low, found.high, found.p) == (200, -200, 200, 1)


def test_days_between_the_windows_belong_to_neither():
    rows = people((9, 9, 12))
    late = rows.head(12).assign(responded_at=pd.Timestamp("2026-02-05"), score=0)
    found = movement(pd.concat([rows, late]), BEFORE, AFTER)
    assert found.before_nps == 100


def test_filters_choose_among_the_responses():
    found = movement(
        in_duckdb(), Filter(*BEFORE, {"plan": "Pro"}), Filter(*AFTER, {"plan": ["Pro"]})
    )
    pairs = by_hand(keep=lambda row: row["plan"] == "Pro")
    assert found.respondents == len(pairs) > 10
    open_ended = movement(ARROW, Filter(end=BEFORE[1]), Filter(start=AFTER[0]))
    everybody = by_hand(("0001-01-01", BEFORE[1]), (AFTER[0], "9999-12-31"))
    assert open_ended.respondents == len(everybody)


def test_texts_as_dates_and_numbers_as_ids_do_as_well():
    rows = people((3, 9, 12))
    rows["responded_at"] = rows["responded_at"].dt.strftime("%Y-%m-%dT%H:%M:%S")
    rows["respondent_id"] = rows["respondent_id"].str[1:].astype(int)
    assert movement(rows, BEFORE, AFTER).respondents == 12
    assert movement(rows, Filter(end=BEFORE[1]), Filter(start=AFTER[0])).respondents == 12


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (BEFORE, ("2026-01-31", "2026-02-28"), "before ends on 2026-01-31 and after begins on"),
        (AFTER, BEFORE, "must end on an earlier day"),
        (Filter(), Filter(), "no day"),
        ("2026-01-01", AFTER, "give .first day, last day."),
        (("2026-01-01",), AFTER, "give .first day, last day."),
        (("soon", "later"), AFTER, "not a date"),
        (Filter(*BEFORE, {"plan": "Pro"}), Filter(*AFTER), "different segments"),
    ],
)
def test_windows_that_cannot_be_compared_are_refused(before, after, words):
    with pytest.raises(NpsError, match=words):
        movement(ARROW, before, after)


def test_missing_columns_and_wild_scores_are_named():
    with pytest.raises(NpsError, match='no column "respondent_id"'):
        movement(people((3, 9, 2)).drop(columns="respondent_id"), BEFORE, AFTER)
    with pytest.raises(NpsError, match="holds 11"):
        movement(people((3, 11, 2)), BEFORE, AFTER)
