"""Each definition of the score agrees with hand counts, R's survey package and a plain loop."""

import json
import random
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from nps_core.errors import NpsError
from nps_core.measure.definitions import ScoreDefinition, scores
from nps_core.measure.filter import Filter, apply
from nps_core.measure.post_stratify import post_stratified
from nps_core.measure.score import score
from nps_core.measure.tally import tally
from nps_core.measure.trend import trend
from nps_core.measure.weighted import weighted_score

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "reference_scores.json").read_text())
SHARES = {"Free": 60, "Pro": 30, "Enterprise": 10}
DEFINITIONS = {
    "responses": ScoreDefinition("responses", cluster="account_id"),
    "latest": ScoreDefinition("latest", cluster="account_id"),
    "accounts": ScoreDefinition("accounts"),
    "weighted": ScoreDefinition("weighted"),
    "post-stratified": ScoreDefinition("post-stratified", strata="plan", shares=SHARES),
}


def some_responses() -> list[dict]:
    """500 responses of 60 accounts over seven months; ties, gaps and bad weights among them."""
    chance = random.Random(5)
    rows = []
    for number in range(500):
        at = datetime(2025, 11, 3) + timedelta(hours=chance.randrange(24 * 210))
        account = chance.choice([None, *(f"A{i}" for i in range(60))])
        person = chance.choice([None, *(f"{account}-{i}" for i in range(4))])
        rows.append(
            {
                "response_id": f"R{chance.randrange(10**6):06d}-{number}",
                "responded_at": None if chance.random() < 0.03 else at.replace(hour=at.hour // 8),
                "score": None if chance.random() < 0.03 else chance.randrange(11),
                "respondent_id": person,
                "account_id": account,
                "plan": chance.choice(["Free", "Free", "Pro", "Enterprise", None]),
                "mrr": chance.choice([None, 0.0, -5.0, 10.0, 99.5, 1200.0, float("nan")]),
            }
        )
    return rows


ROWS = some_responses()
ARROW = pa.table(
    {
        "responded_at": pa.array([row["responded_at"] for row in ROWS], pa.timestamp("us")),
        "score": pa.array([row["score"] for row in ROWS], pa.int8()),
        "mrr": pa.array([row["mrr"] for row in ROWS], pa.float64()),
        **{
            name: pa.array([row[name] for row in ROWS], pa.string())
            for name in ("response_id", "respondent_id", "account_id", "plan")
        },
    }
)


def in_duckdb() -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    connection.register("given", ARROW)
    connection.execute("create table responses as select * from given order by response_id")
    return connection.table("responses")


ENGINES = {
    "pandas": lambda: ARROW.to_pandas(),
    "pandas, shuffled": lambda: ARROW.to_pandas().sample(frac=1, random_state=3),
    "pandas categorical": lambda: ARROW.to_pandas().astype(
        {"account_id": "category", "plan": "category"}
    ),
    "polars": lambda: pl.from_arrow(ARROW),
    "polars lazy": lambda: pl.from_arrow(ARROW).lazy(),
    "pyarrow": lambda: ARROW,
    "duckdb": in_duckdb,
    "ibis": lambda: ibis.duckdb.connect().create_table("responses", ARROW),
}


def s_of(row: dict) -> int:
    return (row["score"] >= 9) - (row["score"] <= 6)


def mean(values) -> float:
    values = list(values)
    return sum(values) / len(values) if values else float("nan")


def by_hand(rows: list[dict], kind: str) -> tuple[float, int]:
    """The NPS and the number of responses it is made of, by a plain loop over responses."""
    if kind == "responses":
        return 100 * mean(map(s_of, rows)), len(rows)
    if kind == "latest":
        last: dict = {}
        for place, row in enumerate(rows):
            person = row["respondent_id"] or place
            key = (row["responded_at"] or datetime.min, row["response_id"])
            if person not in last or key > last[person][0]:
                last[person] = (key, row)
        return 100 * mean(s_of(row) for _, row in last.values()), len(last)
    if kind == "accounts":
        people: dict = defaultdict(lambda: defaultdict(list))
        used = [row for row in rows if row["account_id"] is not None]
        for place, row in enumerate(used):
            people[row["account_id"]][row["respondent_id"] or place].append(s_of(row))
        each = [mean(mean(one) for one in account.values()) for account in people.values()]
        return 100 * mean(each), len(used)
    if kind == "weighted":
        used = [row for row in rows if (row["mrr"] or 0) > 0]
        total = sum(row["mrr"] for row in used)
        nps = 100 * sum(row["mrr"] * s_of(row) for row in used) / total if used else float("nan")
        return nps, len(used)
    raise AssertionError(kind)


def periods_by_hand(rows: list[dict], kind: str, span: int) -> dict[str, tuple[float, int]]:
    """The same for every month, each pooled with the `span` - 1 before it."""

    def month(row: dict) -> int:
        return row["responded_at"].year * 12 + row["responded_at"].month - 1

    dated = [row for row in rows if row["responded_at"] is not None]
    first, last = min(map(month, dated)), max(map(month, dated))
    return {
        f"{at // 12}-{at % 12 + 1:02d}": by_hand(
            [row for row in dated if at - span < month(row) <= at], kind
        )
        for at in range(first, last + 1)
    }


SCORED = [row for row in ROWS if row["score"] is not None]
KINDS = ("responses", "latest", "accounts", "weighted")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_and_each_group_are_what_a_plain_loop_finds(kind, engine):
    frame = ENGINES[engine]()
    row = scores(frame, definition=DEFINITIONS[kind]).iloc[0]
    nps, used = by_hand(SCORED, kind)
    assert row["nps"] == pytest.approx(nps, abs=1e-9)
    assert (row["responses"], row["left_out"]) == (used, len(SCORED) - used)
    groups = scores(frame, by="plan", definition=DEFINITIONS[kind])
    assert groups["plan"].tolist() == ["Enterprise", "Free", "Pro", None]
    for _, group in groups.iterrows():
        within = [r for r in SCORED if r["plan"] == group["plan"]]
        nps, used = by_hand(within, kind)
        assert group["nps"] == pytest.approx(nps, abs=1e-9)
        assert group["responses"] == used


@pytest.mark.parametrize("engine", ["pandas, shuffled", "duckdb", "pyarrow"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_month_and_each_window_stand_for_themselves(kind, engine):
    table = scores(ENGINES[engine](), every="month", window=3, definition=DEFINITIONS[kind])
    alone, pooled = periods_by_hand(SCORED, kind, 1), periods_by_hand(SCORED, kind, 3)
    assert [f"{day:%Y-%m}" for day in table["period"]] == list(alone)
    for (_, row), (nps, n), (window_nps, window_n) in zip(
        table.iterrows(), alone.values(), pooled.values(), strict=True
    ):
        assert row["nps"] == pytest.approx(nps, abs=1e-9, nan_ok=True)
        assert row["window_nps"] == pytest.approx(window_nps, abs=1e-9, nan_ok=True)
        assert (row["responses"], row["window_responses"]) == (n, window_n)
    assert table.attrs["undated"] == sum(r["responded_at"] is None for r in SCORED)


@pytest.mark.parametrize("kind", DEFINITIONS)
def test_every_engine_gives_the_same_table(kind):
    asked = {"by": "plan", "every": "week", "window": 4, "definition": DEFINITIONS[kind]}
    first, *others = (scores(make(), **asked) for make in ENGINES.values())
    for other in others:
        pd.testing.assert_frame_equal(first, other, rtol=1e-9)


@pytest.mark.parametrize("asked", [{}, {"by": "plan"}, {"every": "week", "window": 4}])
def test_all_responses_are_what_score_and_trend_say(asked):
    frame = ARROW.to_pandas()
    found = scores(frame, **asked)
    if "every" in asked:
        plain = trend(tally(frame, every="day"), **asked)
    else:
        plain = score(tally(frame, **asked), **asked)
    pd.testing.assert_frame_equal(found[plain.columns], plain)
    assert found["left_out"].eq(0).all()


@pytest.mark.parametrize("case", REFERENCE["weighted_clustered"])
def test_weights_agree_with_the_reference(case):
    frame = pd.DataFrame({"score": case["scores"], "mrr": case["w"], "account_id": case["cluster"]})
    row = scores(frame, definition=ScoreDefinition("weighted")).iloc[0]
    assert row["nps"] / 100 == pytest.approx(case["nps"], abs=1e-12)
    assert row["n_eff"] == pytest.approx(case["n_eff_kish"], abs=1e-9)
    assert (row["accounts"], row["interval"]) == (case["clusters"], "clustered")
    # Four accounts tell too little of how accounts differ.
    assert row[["low", "high"]].isna().all()


@pytest.mark.parametrize("cluster", ["", "account_id"])
def test_weighted_intervals_are_those_of_weighted_score(cluster):
    frame = ARROW.to_pandas()
    row = scores(frame, definition=ScoreDefinition("weighted", cluster=cluster)).iloc[0]
    used = frame[(frame["mrr"] > 0) & frame["score"].notna()]
    single = weighted_score(used, "mrr", cluster or None).iloc[0]
    for name in ("nps", "low", "high", "n_eff", "responses"):
        assert row[name] == pytest.approx(single[name], abs=1e-9)


def test_accounts_are_a_weighted_score_with_one_over_their_respondents():
    frame = ARROW.to_pandas().dropna(subset=["score", "account_id"]).drop(columns="respondent_id")
    frame["w"] = 1 / frame.groupby("account_id")["score"].transform("size")
    row = scores(frame, definition=ScoreDefinition("accounts")).iloc[0]
    single = weighted_score(frame, "w", "account_id").iloc[0]
    for name in ("nps", "low", "high", "n_eff"):
        assert row[name] == pytest.approx(single[name], abs=1e-9)
    assert row["accounts"] == single["clusters"]


@pytest.mark.parametrize("kind", ["responses", "latest", "accounts", "weighted"])
def test_the_interval_of_a_window_is_that_of_its_responses(kind):
    frame = ARROW.to_pandas()
    table = scores(frame, every="month", window=3, definition=DEFINITIONS[kind])
    for row in table.iloc[[0, 3, 6]].itertuples():
        last = row.period + pd.offsets.MonthEnd(0)
        first = row.period - pd.DateOffset(months=2)
        inside = apply(frame, Filter(start=first, end=last))
        whole = scores(inside, definition=DEFINITIONS[kind]).iloc[0]
        for name in ("nps", "low", "high"):
            assert getattr(row, f"window_{name}") == pytest.approx(whole[name], abs=1e-7)


@pytest.mark.parametrize("case", REFERENCE["poststratified"])
def test_known_shares_agree_with_the_reference(case):
    for side, found in (("before", "ps_before"), ("after", "ps_after")):
        rows = [
            {"plan": f"p{place}", "score": given}
            for place, counts in enumerate(case[side])
            for given, n in zip((0, 7, 10), counts, strict=True)
            for _ in range(n)
        ]
        shares = {f"p{place}": 1000 * float(share) for place, share in enumerate(case["shares"])}
        definition = ScoreDefinition("post-stratified", strata="plan", shares=shares)
        row = scores(pd.DataFrame(rows), definition=definition, level=case["level"]).iloc[0]
        assert row["nps"] / 100 == pytest.approx(case[found]["nps"], abs=1e-12)
        limits = [row["low"] / 100, row["high"] / 100]
        assert limits == pytest.approx(case[found]["ci_wald"], abs=1e-9)


@pytest.mark.parametrize("month", ["2025-11", "2026-01"])
def test_a_month_is_post_stratified_as_on_its_own(month):
    frame = ARROW.to_pandas()
    table = scores(frame, every="month", definition=DEFINITIONS["post-stratified"])
    row = table[table["period"] == pd.Timestamp(month)].iloc[0]
    counts = tally(frame, by="plan", every="month")
    inside = counts[(counts["period"] == pd.Timestamp(month)) & counts["plan"].notna()]
    single = post_stratified(inside, "plan", SHARES).iloc[0]
    for name in ("nps", "low", "high", "responses", "merged"):
        assert row[name] == pytest.approx(single[name], abs=1e-9)
    unknown = counts[(counts["period"] == pd.Timestamp(month)) & counts["plan"].isna()]
    assert row["left_out"] == unknown["n"].sum()


def test_several_columns_make_one_mix_by_hand():
    rows = [("Free", "S", 10)] * 30 + [("Free", "L", 0)] * 10 + [("Pro", "S", 10)] * 10
    frame = pd.DataFrame(rows, columns=["plan", "size", "score"])
    shares = {("Free", "S"): 1, ("Free", "L"): 1, ("Pro", "S"): 2, ("Pro", "L"): 96}
    definition = ScoreDefinition("post-stratified", strata=["plan", "size"], shares=shares)
    # Nobody of (Pro, L) ever answered: the others keep 1 to 1 to 2, so (1 - 1 + 2) / 4.
    assert scores(frame, definition=definition)["nps"].tolist() == [50.0]


def test_latest_in_each_month_is_not_latest_of_all():
    rows = [("2026-01-10", "Ann", 0), ("2026-02-10", "Ann", 10), ("2026-02-11", "Bob", 8)]
    frame = pd.DataFrame(rows, columns=["responded_at", "respondent_id", "score"])
    latest = ScoreDefinition("latest")
    # Of all: Ann 10, Bob 8. January knows Ann's 0 alone.
    assert scores(frame, definition=latest)[["nps", "left_out"]].values.tolist() == [[50.0, 1.0]]
    months = scores(frame, every="month", window=2, definition=latest)
    assert months["nps"].tolist() == [-100.0, 50.0]
    assert months["window_nps"].tolist() == [-100.0, 50.0]
    assert months["window_responses"].tolist() == [1, 2]
    assert months["left_out"].tolist() == [0, 0]


def test_equal_times_are_settled_by_the_response_id():
    rows = [("R2", 10), ("R10", 0), ("R1", 0)]
    frame = pd.DataFrame(rows, columns=["response_id", "score"]).assign(
        responded_at="2026-01-10", respondent_id="Ann"
    )
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        found = scores(frame.iloc[order], definition=ScoreDefinition("latest"))
        assert found[["nps", "responses"]].values.tolist() == [[100.0, 1.0]]


def test_one_loud_account_counts_once_and_its_interval_says_so():
    rows = [("Loud", f"p{i}", 0) for i in range(30)] + [(f"A{i}", f"q{i}", 10) for i in range(30)]
    frame = pd.DataFrame(rows, columns=["account_id", "respondent_id", "score"])
    everyone = scores(frame).iloc[0]
    apart = scores(frame, definition=DEFINITIONS["responses"]).iloc[0]
    accounts = scores(frame, definition=ScoreDefinition("accounts")).iloc[0]
    assert everyone["nps"] == apart["nps"] == 0
    assert accounts["nps"] == pytest.approx(100 * 29 / 31)
    assert (everyone["interval"], apart["interval"]) == ("independent", "clustered")
    assert apart["high"] - apart["low"] > 2 * (everyone["high"] - everyone["low"])
    assert (apart["accounts"], accounts["accounts"], accounts["responses"]) == (31, 31, 60)


def test_accounts_that_answered_once_each_are_independent():
    frame = pd.DataFrame({"score": [0, 5, 7, 9, 10], "account_id": list("abcde")})
    plain = score(tally(frame)).iloc[0]
    for definition in (DEFINITIONS["responses"], ScoreDefinition("accounts")):
        row = scores(frame, definition=definition).iloc[0]
        assert row["interval"] == "independent"
        assert [row["low"], row["high"]] == pytest.approx([plain["low"], plain["high"]], abs=1e-9)


def test_respondents_of_an_account_count_alike_however_often_they_answer():
    rows = [("A", "Ann", 0), ("A", "Ann", 0), ("A", "Ann", 10), ("A", "Bob", 10), ("B", "Cem", 0)]
    frame = pd.DataFrame(rows, columns=["account_id", "respondent_id", "score"])
    # Ann -1/3, Bob 1: account A 1/3; B -1.
    found = scores(frame, definition=ScoreDefinition("accounts")).iloc[0]
    assert found["nps"] == pytest.approx(100 * (1 / 3 - 1) / 2)


@pytest.mark.parametrize("kind", DEFINITIONS)
def test_nothing_is_nan_with_none_counted(kind):
    row = scores(ARROW.to_pandas().iloc[:0], definition=DEFINITIONS[kind]).iloc[0]
    assert row["responses"] == 0
    assert row[["nps", "low", "high", "n_eff"]].isna().all()
    empty = scores(ARROW.to_pandas().iloc[:0], every="week", definition=DEFINITIONS[kind])
    assert empty.empty


def test_no_revenue_at_all_is_no_score():
    frame = pd.DataFrame({"score": [10, 0], "mrr": [0.0, None]})
    row = scores(frame, definition=ScoreDefinition("weighted")).iloc[0]
    assert (row["responses"], row["left_out"]) == (0, 2)
    assert pd.isna(row["nps"])


def test_weights_are_no_frequencies():
    frame = ARROW.to_pandas()
    more = frame.assign(mrr=frame["mrr"] * 1000)
    first, second = (scores(f, definition=ScoreDefinition("weighted")) for f in (frame, more))
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"kind": "weightd"}, 'kind is "weightd"; it must be one of .*Did you mean "weighted"'),
        ({"kind": "post-stratified"}, "needs strata"),
        ({"strata": "plan", "shares": {("a", "b"): 1}}, "one value for each column of strata"),
        ({"strata": "plan", "shares": {"a": -1}}, "must be 0 or more"),
        ({"strata": "plan", "shares": {"a": 0}}, "all 0"),
        ({"strata": "plan", "shares": [("a", 1), ("a", 2)]}, "twice"),
        ({"kind": "accounts", "cluster": ""}, "needs a column of accounts"),
    ],
)
def test_an_unfit_definition_is_refused_in_words(arguments, words):
    with pytest.raises(NpsError, match=words):
        ScoreDefinition(**arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"definition": "latest"}, "must be a ScoreDefinition"),
        ({"definition": ScoreDefinition("weighted", weight="arr")}, 'has no column "arr"'),
        ({"definition": ScoreDefinition("weighted", weight="plan")}, "weights are numbers"),
        ({"definition": ScoreDefinition("accounts", cluster="firm")}, 'has no column "firm"'),
        ({"window": 3}, "window needs every"),
        ({"by": "left_out"}, "left_out"),
    ],
)
def test_an_unfit_question_is_refused_in_words(arguments, words):
    with pytest.raises(NpsError, match=words):
        scores(ARROW.to_pandas(), **arguments)


def test_equal_definitions_are_equal_whatever_the_order():
    one = ScoreDefinition("post-stratified", strata=["plan"], shares={"a": 1, None: 2})
    two = ScoreDefinition("post-stratified", strata="plan", shares=[(None, 2.0), ("a", 1)])
    assert len({one, two}) == 1
