"""False alarms and power of the interrupted time series; coverage of the paired limits."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, stdtrit

from benchmarks.proof.promise import Promise
from nps_core.measure.interrupted import segmented_line, t_inference, terms
from nps_core.measure.movement import MOVERS
from nps_core.measure.paired import STEPS, score_statistic

SEED: Final = 20260318
_LINES: Final = "Interrupted time series"
_PEOPLE: Final = "Same people"
_SHARES: Final = np.array([0.2, 0.3, 0.5])
_SERIES: Final = 2000
_Z2: Final = 1.959963984540054**2
_LIVES: Final[Mapping[str, Mapping[str, Any]]] = {
    "steady weeks": {},
    "wandering weeks (AR(1), rho 0.5, sd 4 points)": {"rho": 0.5, "sd": 4.0},
    "wandering weeks, one in five silent": {"rho": 0.5, "sd": 4.0, "silent": 0.2},
}
_SIZES: Final = tuple((weeks, n) for weeks in (12, 26, 52) for n in (20, 60, 200))


def promises() -> list[Promise]:
    """What this part promises, in about a minute on one core."""
    return [*_false_alarms(), *_power(), *_rivals(), *_coverage()]


def weeks_of(
    chance: np.random.Generator,
    weeks: int,
    responses: int,
    *,
    rho: float = 0.0,
    sd: float = 0.0,
    silent: float = 0.0,
    step: float = 0.0,
) -> NDArray[np.int64]:
    """Detractors, passives and promoters of `weeks` weeks a side, `step` points up in between.

    The true NPS of the weeks wanders as an AR(1) of `sd` points; a share `silent` says nothing.
    """
    size = 2 * weeks
    shocks = chance.normal(size=size) * sd
    wander = np.empty(size)
    wander[0] = shocks[0]
    for i in range(1, size):
        wander[i] = rho * wander[i - 1] + np.sqrt(1 - rho**2) * shocks[i]
    shift = (wander + step * (np.arange(size) >= weeks)) / 200
    shares = np.clip(_SHARES + np.outer(shift, [-1, 0, 1]), 0, 1)
    n = chance.poisson(responses, size) * (chance.random(size) >= silent)
    return chance.multinomial(n, shares / shares.sum(axis=1, keepdims=True))


def _called(totals: NDArray[np.int64]) -> tuple[bool, bool]:
    """Whether a step is called at the 5 % level, and whether least squares alone would."""
    t = np.arange(len(totals)) - len(totals) / 2
    heard = totals.sum(axis=1) > 0
    beta, se, plain = segmented_line(terms(t[heard]), totals[heard])
    df = int(heard.sum()) - 4
    return (
        bool(t_inference(beta, se, df, 0.95)[2][2] < 0.05),
        bool(t_inference(beta, plain, df, 0.95)[2][2] < 0.05),
    )


def _rates(size: tuple[int, int], series: int, life: Mapping[str, Any]) -> tuple[float, float]:
    chance = np.random.default_rng(SEED)
    called = [_called(weeks_of(chance, *size, **life)) for _ in range(series)]
    own, alone = 100 * np.mean(called, axis=0)
    return float(own), float(alone)


def _false_alarms() -> list[Promise]:
    made = []
    for name, life in _LIVES.items():
        found = {size: _rates(size, _SERIES, life) for size in _SIZES}
        (weeks, n), (own, _) = max(found.items(), key=lambda item: item[1][0])
        where = f"{_SERIES} series a cell, seed {SEED}; 12, 26, 52 weeks a side, 20, 60, 200 a week"
        made.append(
            Promise(
                _LINES,
                f"False alarms of the step at the 5 % level, worst cell: {name}",
                round(own, 2),
                "at most 6 %",
                own <= 6.0,
                f"{where}; worst at {weeks} weeks of {n}",
            )
        )
        alone = max(rate for _, rate in found.values())
        made.append(
            Promise(
                _LINES,
                f"... weighted least squares alone, worst cell: {name}",
                round(alone, 2),
                "for comparison",
                None,
                where,
            )
        )
    for weeks in (6, 8):
        own, _ = _rates((weeks, 60), _SERIES, {"rho": 0.5, "sd": 4.0})
        made.append(
            Promise(
                _LINES,
                f"False alarms with {weeks} weeks a side of 60, wandering weeks",
                round(own, 2),
                "at most 6 %",
                own <= 6.0,
                f"{_SERIES} series, seed {SEED}",
            )
        )
    own, _ = _rates((52, 200), _SERIES, {"rho": 0.8, "sd": 4.0})
    made.append(
        Promise(
            _LINES,
            "False alarms where weeks remember more than is assumed (rho 0.8), 52 weeks of 200",
            round(own, 2),
            "for comparison",
            None,
            f"{_SERIES} series, seed {SEED}",
        )
    )
    return made


def _power() -> list[Promise]:
    made = []
    for weeks, n in ((12, 60), (12, 200), (26, 60), (26, 200), (52, 60), (52, 200)):
        steady, alone = _rates((weeks, n), 500, {"step": 10.0})
        wandering, _ = _rates((weeks, n), 500, {"step": 10.0, "rho": 0.5, "sd": 4.0})
        made.append(
            Promise(
                _LINES,
                f"Power for a step of 10 points, {weeks} weeks a side of {n}",
                round(steady, 1),
                "per cent, for comparison",
                None,
                f"steady weeks; least squares alone {alone:.1f} %; with wandering weeks "
                f"{wandering:.1f} %; 500 series, seed {SEED}",
            )
        )
    return made


def _rivals() -> list[Promise]:
    """Daily bins and single responses on wandering weeks: why neither is used."""
    chance = np.random.default_rng(SEED)
    daily: list[bool] = []
    single: list[bool] = []
    for _ in range(300):
        totals = weeks_of(chance, 52, 200, rho=0.5, sd=4.0)
        days = np.stack([chance.multinomial(part, [1 / 7] * 7) for part in totals.T])
        flat = days.reshape(3, -1).T
        n = flat.sum(axis=1).astype("float64")
        heard = n > 0
        flat, n = flat[heard], n[heard]
        design = terms((np.arange(len(heard)) / 7 - 52)[heard])
        y = (flat[:, 2] - flat[:, 0]) / n
        bread = np.linalg.inv(design.T @ (design * n[:, None]))
        beta = bread @ (design.T @ (n * y))
        scatter = float(n @ (y - design @ beta) ** 2)
        within = float((flat[:, 0] + flat[:, 2]).sum() - n @ y**2)
        step = abs(float(beta[2]))
        for errors, df, kept in (
            (scatter, len(y) - 4, daily),
            (scatter + within, int(n.sum()) - 4, single),
        ):
            kept.append(bool(step > stdtrit(df, 0.975) * np.sqrt(bread[2, 2] * errors / df)))
    return [
        Promise(
            _LINES,
            f"False alarms of {name}, wandering weeks, 52 weeks a side of 200",
            round(100 * float(np.mean(called)), 1),
            "for comparison",
            None,
            f"300 series, seed {SEED}",
        )
        for name, called in (("daily bins", daily), ("a line through single responses", single))
    ]


def _outcomes(n: int) -> NDArray[np.int64]:
    """Every way n respondents can move by -2, -1, 0, 1, 2."""
    grid = np.indices((n + 1,) * 4).reshape(4, -1).T
    kept = grid[grid.sum(axis=1) <= n]
    return np.column_stack([kept, n - kept.sum(axis=1)])


def _populations(chance: np.random.Generator) -> list[NDArray[np.float64]]:
    """Shares of moves: few movers of every kind, and at random; none all but certain."""
    kinds = ([0, 0, 0, 0, 1], [0, 0, 0, 1, 0], [0, 1, 0, 1, 0], [1, 0, 0, 0, 1], [1, 0, 0, 0, 4])
    made = []
    for share in (0.02, 0.1, 0.3, 0.5):
        for kind in kinds:
            movers = share * np.array(kind, dtype="float64") / sum(kind)
            movers[2] += 1 - share
            made.append(movers)
    return made + [chance.dirichlet([0.3, 0.5, 3, 0.5, 0.3]) for _ in range(10)]


def _held(outcomes: NDArray[np.int64], x: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the limits of each outcome hold the true mean, and the t limits alone."""
    n = outcomes.sum(axis=1)
    mean = outcomes @ STEPS / n
    spread = np.maximum(outcomes @ STEPS**2 - n * mean**2, 0) / (n - 1)
    alone = np.abs(mean - x) <= stdtrit(n - 1, 0.975) * np.sqrt(spread / n) + 1e-12
    each_way = np.minimum(outcomes[:, :2].sum(axis=1), outcomes[:, 3:].sum(axis=1))
    score = score_statistic(outcomes, np.full(len(n), x)) <= _Z2
    return alone | (score & (each_way < MOVERS)), alone


def _coverage() -> list[Promise]:
    made = []
    for n in (10, 20, 50, 100, 200):
        chance = np.random.default_rng(SEED)
        every = _outcomes(n) if n <= 20 else None
        worst = []
        for shares in _populations(chance):
            if every is None:
                outcomes = chance.multinomial(n, shares, size=4000)
                weight = np.full(4000, 1 / 4000)
            else:
                outcomes = every
                possible = (outcomes[:, shares == 0] == 0).all(axis=1)
                logs = np.log(np.where(shares > 0, shares, 1))
                ways = gammaln(n + 1) - gammaln(outcomes + 1).sum(axis=1)
                weight = np.exp(ways + outcomes @ logs) * possible
            held, alone = _held(outcomes, float(shares @ STEPS))
            worst.append((float(weight @ held), float(weight @ alone)))
        lowest, lowest_alone = np.min(worst, axis=0)
        how = "exact" if every is not None else f"4000 draws each, seed {SEED}"
        made.append(
            Promise(
                _PEOPLE,
                f"Coverage of the 95 % limits of the paired difference, {n} respondents, worst",
                round(float(lowest), 3),
                "at least 0.92",
                bool(lowest >= 0.92),
                f"30 populations, {how}; t limits alone {lowest_alone:.3f}",
            )
        )
    return made
