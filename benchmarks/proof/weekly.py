"""Whether weekly noise is told from news: false alarms and found drops of the expected range."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.proof.promise import Promise
from nps_core.measure.compare import ENOUGH
from nps_core.measure.expected import forecast
from nps_core.measure.interval import estimate, score_interval

SECTION: Final = "Weekly noise told from news"
SEED: Final = 20_260
SERIES: Final = 8_000
PERIODS: Final = 26
A_WEEK: Final = (5, 10, 20, 50, 100, 200)
HISTORY: Final = (10, 26, 104)
SHARES: Final = ((0.22, 0.26, 0.52), (0.05, 0.15, 0.80), (0.35, 0.30, 0.35))
LIMIT: Final = 0.06

Alarms = NDArray[np.bool_]


@dataclass(frozen=True)
class World:
    """How weeks differ beyond chance: standard deviation and autocorrelation, points; a slope."""

    name: str
    sd: float = 0.0
    rho: float = 0.0
    slope: float = 0.0


CALM: Final = World("weeks alike")
RESTLESS: Final = World("autocorrelated weeks (AR(1), rho 0.5, sd 4 points)", sd=4.0, rho=0.5)
DRIFT: Final = World("a drift of 0.25 points a week", slope=0.25)


def series(
    world: World,
    a_week: float,
    history: int,
    shares: tuple[float, float, float],
    chance: np.random.Generator,
    drop: float = 0.0,
) -> NDArray[np.int64]:
    """Poisson many responses a week by category, (series, history + 1, 3); the last drops."""
    effects = chance.standard_normal((SERIES, history + 1))
    for week in range(1, history + 1):
        effects[:, week] *= np.sqrt(1 - world.rho**2)
        effects[:, week] += world.rho * effects[:, week - 1]
    points = world.sd * effects + world.slope * np.arange(-history, 1)
    points[:, -1] -= drop
    down, level, _ = shares
    # Half of a move comes from promoters, half from detractors; passives stay as they are.
    detractors = np.clip(down - points / 200, 0.001, 1 - level - 0.001)
    n = chance.poisson(a_week, detractors.shape)
    low = chance.binomial(n, detractors)
    middle = chance.binomial(n - low, level / (1 - detractors))
    return np.stack([low, middle, n - low - middle], axis=-1)


def expected(drawn: NDArray[np.int64]) -> Alarms:
    """Whether the last week lies outside the range expected from those before."""
    last = drawn[:, -1]
    _, low, high = forecast(drawn[:, -1 - PERIODS : -1], last.sum(axis=1), 0.95)
    nps = estimate(last)
    return (nps < low) | (nps > high)


def last_week(drawn: NDArray[np.int64]) -> Alarms:
    """Whether it lies outside the interval of the week before: the usual glance at a chart."""
    low, high = score_interval(drawn[:, -2], 0.95)
    nps = estimate(drawn[:, -1])
    return (nps < low) | (nps > high)


def rate(drawn: NDArray[np.int64], rule: Callable[[NDArray[np.int64]], Alarms]) -> float:
    """The share of alarms among the last weeks that have enough responses to be judged."""
    judged = drawn[:, -1].sum(axis=1) >= ENOUGH
    return float(rule(drawn)[judged].mean())


def _worst(world: World, chance: np.random.Generator) -> tuple[float, float, str]:
    """The highest rate of false alarms of all settings, that of the naive rule, and which."""
    found = []
    for shares in SHARES:
        for a_week in A_WEEK:
            for history in HISTORY:
                drawn = series(world, a_week, history, shares, chance)
                which = f"{a_week} a week, {history} weeks, {shares[0]:.0%} detractors"
                found.append((rate(drawn, expected), rate(drawn, last_week), which))
    return max(found)[0], max(naive for _, naive, _ in found), max(found)[2]


def promises() -> list[Promise]:
    """False alarms in the worst setting of each world; drops of 15 points found, beside naive."""
    chance = np.random.default_rng(SEED)
    settings = len(SHARES) * len(A_WEEK) * len(HISTORY)
    found = []
    for world in (CALM, RESTLESS, DRIFT):
        worst, naive, which = _worst(world, chance)
        found.append(
            Promise(
                SECTION,
                f"false alarms, {world.name}: worst of {settings} settings, share of weeks",
                worst,
                f"at most {LIMIT:.2f}",
                worst <= LIMIT,
                f"seed {SEED}, {SERIES:,} series a setting, 5 to 200 responses a week (Poisson), "
                f"10 to 104 weeks before; worst at {which}; "
                f'"outside last week\'s interval": {naive:.2f} at worst',
            )
        )
    for world in (CALM, RESTLESS):
        for a_week in (50, 200):
            same = series(world, a_week, PERIODS, SHARES[0], chance)
            moved = series(world, a_week, PERIODS, SHARES[0], chance, drop=15)
            found.append(
                Promise(
                    SECTION,
                    f"a drop of 15 points found in its week, {world.name}, {a_week} a week",
                    rate(moved, expected),
                    "for comparison",
                    None,
                    f"seed {SEED}, {SERIES:,} series, false alarms {rate(same, expected):.3f}; "
                    f'"outside last week\'s interval" finds {rate(moved, last_week):.2f} '
                    f"with {rate(same, last_week):.2f} false alarms",
                )
            )
    return found
