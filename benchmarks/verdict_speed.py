"""Verdicts, splits, the same people and every definition of the score, at 1M responses."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pandas as pd

from benchmarks import naive
from benchmarks.data import CHANGES, MILLION, write_store
from benchmarks.figure import Figure
from benchmarks.measuring import best_of
from nps_app.store import Store, open_store
from nps_core import columns as c
from nps_core.measure import Filter, apply, tally
from nps_core.measure.change_verdicts import change_verdicts
from nps_core.measure.definitions import ScoreDefinition, scores
from nps_core.measure.explain import explain
from nps_core.measure.judge import judge
from nps_core.measure.movement import movement

FIRST_LIMIT, AFTER_LIMIT = 1_000, 150
BEFORE, AFTER = Filter("2026-04-01", "2026-04-30"), Filter("2026-05-01", "2026-05-31")
MIX: Final = ("company_size", "industry", "persona")
SHARES: Final = {"Starter": 60.0, "Team": 30.0, "Business": 10.0}
RUNS: Final = 3
_COLUMNS: Final = f"{c.RESPONSE_ID}, {c.RESPONDED_AT}, {c.SCORE}, {c.RESPONDENT_ID}, {c.ACCOUNT_ID}"
_REVENUE: Final = "* REPLACE (CAST(10 + hash(account_id) % 500 AS DOUBLE) AS mrr)"
"""The store's responses have no revenue of their own: an account is given one."""


def _opened(folder: Path) -> tuple[Store, pd.DataFrame]:
    write_store(folder / "nps.duckdb", MILLION)
    store = open_store(folder / "nps.duckdb")
    wanted = f"{_COLUMNS}, {', '.join(MIX)}, plan, mrr"
    frame = store.responses().project(_REVENUE).project(wanted).df().astype({"score": "int8"})
    gc.collect()
    return store, frame


def verdicts(folder: Path) -> list[Figure]:
    """The verdict of each of four product changes, and one change with its rivals."""
    store, frame = _opened(folder)
    one, *others = CHANGES
    table = change_verdicts(store.responses(), CHANGES)
    plain = naive.before_after(frame, CHANGES, MIX)
    _must_agree("verdicts", table["difference"], plain)
    judged = judge(store.responses(), one, others)
    _must_agree("same people", [judged.same_people.difference], [_moved(_people_around(frame))])

    def naively() -> None:
        naive.before_after(frame, [one], MIX)
        _people_around(frame)

    figures = [
        _figure(
            "change_verdicts, 4 changes, 3 segments held fixed, 1M rows",
            lambda: change_verdicts(store.responses(), CHANGES),
            FIRST_LIMIT,
            lambda: naive.before_after(frame, CHANGES, MIX),
            "without intervals, placebo windows, accounts or fixed mixes",
        ),
        _figure(
            "judge, one change with all its rivals, 1M rows",
            lambda: judge(store.responses(), one, others),
            FIRST_LIMIT,
            naively,
            "the two windows, three segments and the same people, without any test",
        ),
    ]
    store.close()
    return figures


def moves(folder: Path) -> list[Figure]:
    """A month against the one before: split by a segment, and by who moved."""
    store, frame = _opened(folder)
    months = [_days(frame, side) for side in (BEFORE, AFTER)]

    def ours() -> pd.DataFrame:
        before, after = (
            tally(apply(store.responses(), side), by="industry") for side in (BEFORE, AFTER)
        )
        return explain(before, after, "industry")

    def naively() -> pd.DataFrame:
        before, after = (
            _days(frame, side).fillna({"industry": "none"}) for side in (BEFORE, AFTER)
        )
        return naive.split(before, after, "industry")

    split = ours().dropna(subset="industry").set_index("industry")
    plain = naively().loc[split.index]
    _must_agree("explain", split[["rate", "mix"]].to_numpy().ravel(), plain.to_numpy().ravel())
    moved = movement(store.responses(), BEFORE, AFTER)
    _must_agree("movement", [moved.difference], [_moved(naive.same_people(*months))])
    figures = [
        _figure(
            "explain by industry, counting included, 1M rows",
            ours,
            AFTER_LIMIT,
            naively,
        ),
        _figure(
            "movement of the same people, 1M rows",
            lambda: movement(store.responses(), BEFORE, AFTER),
            AFTER_LIMIT,
            lambda: naive.same_people(*(_days(frame, side) for side in (BEFORE, AFTER))),
            "without any test",
        ),
    ]
    store.close()
    return figures


def definitions(folder: Path) -> list[Figure]:
    """The score of all 1M responses by each definition, with its interval."""
    store, frame = _opened(folder)
    rows = store.responses().project(_REVENUE)
    plain: dict[ScoreDefinition, Callable[[], float]] = {
        ScoreDefinition("responses", cluster=c.ACCOUNT_ID): lambda: naive.nps(
            naive.labelled(frame)
        ),
        ScoreDefinition("latest"): lambda: naive.latest(frame),
        ScoreDefinition("accounts"): lambda: naive.per_account(frame),
        ScoreDefinition("weighted"): lambda: naive.weighted(frame, "mrr"),
        ScoreDefinition("post-stratified", strata="plan", shares=SHARES): lambda: (
            naive.at_known_shares(frame, "plan", SHARES)
        ),
    }
    figures = []
    for definition, work in plain.items():
        found = scores(rows, definition=definition)
        _must_agree(definition.kind, found["nps"], [work()])
        kind = "responses, by account" if definition.kind == "responses" else definition.kind
        figures.append(
            _figure(
                f"scores of 1M rows: {kind}",
                lambda chosen=definition: scores(rows, definition=chosen),  # type: ignore[misc]
                FIRST_LIMIT,
                work,
                "the score alone, without an interval",
            )
        )
    store.close()
    return figures


def _days(frame: pd.DataFrame, side: Filter) -> pd.DataFrame:
    """The rows of the days of a Filter."""
    day = frame["responded_at"].dt.normalize()
    return frame[day.between(pd.Timestamp(str(side.start)), pd.Timestamp(str(side.end)))]


def _people_around(frame: pd.DataFrame) -> pd.DataFrame:
    return naive.same_people(*naive.around(frame, CHANGES[0], 28))


def _moved(people: pd.DataFrame) -> float:
    """The difference of the NPS after and before of the respondents counted."""
    signs = {"promoter": 100.0, "passive": 0.0, "detractor": -100.0}
    after = sum(float(people[name].to_numpy().sum()) * sign for name, sign in signs.items())
    before = sum(float(people.T[name].to_numpy().sum()) * sign for name, sign in signs.items())
    return (after - before) / float(people.to_numpy().sum())


def _figure(
    name: str,
    ours: Callable[[], object],
    limit: float,
    plain: Callable[[], object],
    lacking: str = "",
) -> Figure:
    seconds, naively = best_of(RUNS, ours), best_of(2, plain)
    note = f"wall time, best of {RUNS}; naive best of 2, its frame already in memory"
    return Figure(
        name,
        seconds * 1000,
        "ms",
        limit,
        naive=naively * 1000,
        note=f"{note}, {lacking}" if lacking else note,
    )


def _must_agree(what: str, ours: Any, plain: Any) -> None:
    if any(abs(one - other) > 1e-9 for one, other in zip(ours, plain, strict=True)):
        raise AssertionError(
            f"the naive version and ours disagree on {what}: {list(ours)} and {list(plain)}"
        )
