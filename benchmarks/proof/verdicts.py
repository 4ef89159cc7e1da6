"""The verdict of a product change: false alarms where nothing shipped, power where something did.

Beside it, in the same draws, what other tools do: a pooled z test, and "the intervals do not
overlap".
"""

import math

import numpy as np
import pandas as pd

from benchmarks.proof.promise import Promise
from benchmarks.proof.series import Answers, World, day_of, draw
from nps_core.measure import ProductChange
from nps_core.measure.change_verdicts import change_verdicts_daily
from nps_core.measure.windows import Window

SEED = 20261122
REPETITIONS = 400
LIMIT = 0.06
_SECTION = "Verdict of a product change"

CALM = {
    "independent answers, two years, 28 days a side": (World(728, 8, 364), 28, 28),
    "restless weeks (5 points, rho 0.5), two years": (World(728, 30, 364, restless=5), 28, 28),
    "restless weeks, half a year of data": (World(182, 30, 91, restless=5), 28, 28),
    "restless weeks, change four weeks ago": (World(364, 30, 336, restless=5), 28, 28),
    "restless weeks, windows of 56 and 14 days": (World(364, 30, 250, restless=5), 56, 14),
    "restless weeks (rho 0.8), windows of 90 days": (
        World(728, 15, 364, restless=5, rho=0.8),
        90,
        90,
    ),
    "nothing but the two windows of restless weeks": (World(56, 30, 28, restless=5), 28, 28),
    "clustered accounts (0.3), a year": (World(364, 6, 182, together=0.3), 28, 28),
    "clustered accounts, windows of 56 and 14 days": (World(364, 6, 182, together=0.3), 56, 14),
    "clustered accounts and restless weeks": (World(364, 8, 182, 4, 0.5, 0.3), 28, 28),
}
MOVED = {
    "15 points, 8 answers a day, independent": (World(364, 8, 182, effect=15), 28, 28),
    "15 points, 30 a day, restless weeks (4 points)": (
        World(364, 30, 182, restless=4, effect=15),
        28,
        28,
    ),
    "15 points, 8 a day, windows of 56 and 14 days": (World(364, 8, 182, effect=15), 56, 14),
}


def promises() -> list[Promise]:
    """False alarms of each kind of calm series, then the power in each kind that moved."""
    found = []
    for number, (name, (world, before, after)) in enumerate(CALM.items()):
        ours, pooled, overlap = _rates(world, before, after, SEED + number)
        found.append(_promise(f"false alarms, {name}", ours, f"at most {LIMIT:g}", ours <= LIMIT))
        found.append(_promise(f"false alarms, {name}: pooled z", pooled, "", None))
        found.append(_promise(f"false alarms, {name}: intervals apart", overlap, "", None))
    for number, (name, (world, before, after)) in enumerate(MOVED.items()):
        ours, pooled, overlap = _rates(world, before, after, SEED + 100 + number)
        found.append(_promise(f"power, {name}", ours, "", None))
        found.append(_promise(f"power, {name}: pooled z", pooled, "", None))
        found.append(_promise(f"power, {name}: intervals apart", overlap, "", None))
    return found


def _promise(claim: str, figure: float, limit: str, kept: bool | None) -> Promise:
    return Promise(
        _SECTION, claim, figure, limit, kept, f"{REPETITIONS} draws, seed {SEED} and following"
    )


def _rates(world: World, before: int, after: int, seed: int) -> tuple[float, float, float]:
    """How often our verdict, the pooled z test and the overlap rule say that something moved."""
    chance = np.random.default_rng(seed)
    change = ProductChange(day_of(world.at), "shipped")
    alarms = np.zeros(3)
    for _ in range(REPETITIONS):
        answers = draw(world, chance)

        row = _verdict(answers, world, change, (before, after))
        alarms += [
            row["verdict"] in ("up", "down"),
            _pooled_z(row) > 1.96,
            row["before_low"] > row["after_high"] or row["after_low"] > row["before_high"],
        ]
    ours, pooled, overlap = (alarms / REPETITIONS).tolist()
    return ours, pooled, overlap


def _verdict(
    answers: Answers, world: World, change: ProductChange, days: tuple[int, int]
) -> pd.Series:
    def by_account(_: ProductChange, window: Window) -> pd.DataFrame | None:
        return answers.by_account(window.start, window.stop) if world.together else None

    return change_verdicts_daily(
        lambda _: answers.daily(),
        by_account,
        lambda _, __: {},
        [change],
        days=days,
        data_end=day_of(world.days - 1),
    ).iloc[0]


def _pooled_z(row: pd.Series) -> float:
    n = np.array([row["before_responses"], row["after_responses"]])
    promoters = row["before_promoters"] + row["after_promoters"]
    detractors = row["before_detractors"] + row["after_detractors"]
    whole = n.sum()
    spread = (promoters + detractors) / whole - ((promoters - detractors) / whole) ** 2
    return abs(row["difference"]) / 100 / math.sqrt(spread * (1 / n).sum())
