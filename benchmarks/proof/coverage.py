"""How often each 95 % interval holds the true value, in the worst case looked at.

One NPS, and the difference of two up to 20 responses a side, are enumerated: every possible count
with its probability. The rest is simulated: a first look at every case, then the three worst again
with fresh draws, so that the worst of many is not the unluckiest of many.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.proof.promise import Promise
from nps_core.measure.compare import differences
from nps_core.measure.interval import (
    adjusted_wald,
    critical_value,
    estimate,
    score_interval,
    variance,
)
from nps_core.measure.linear import limits
from nps_core.measure.weighted import weighted_figures

SECTION = "Coverage of the 95 % intervals"
SIZES = (5, 10, 20, 30, 50, 100, 200)
LEVEL = 0.95
LEAST = 0.92
SEED = 20260
_SLACK = 1e-9

Floats = NDArray[np.float64]
Cover = Callable[[Any, int, int, np.random.Generator], float]

FINE = np.array(
    [(d / 20, (20 - d - r) / 20, r / 20) for d in range(1, 19) for r in range(1, 20 - d)]
)
"""Every split into detractors, passives and promoters in steps of 0.05, none under 0.05: 171."""

COARSE = np.array(
    [
        (0.05, 0.05, 0.90),
        (0.90, 0.05, 0.05),
        (0.05, 0.90, 0.05),
        (1 / 3, 1 / 3, 1 / 3),
        (0.475, 0.05, 0.475),
        (0.20, 0.30, 0.50),
        (0.10, 0.20, 0.70),
        (0.60, 0.30, 0.10),
        (0.05, 0.45, 0.50),
    ]
)


def promises() -> list[Promise]:
    fine = "exact; worst of all 171 splits in steps of 0.05, none under 0.05"
    coarse = "worst of 9 splits between 0.05 and 0.90"
    mixed = "worst of 27 cases: 9 of groups alike, 18 of groups apart"
    return [
        _promise("Score interval of one NPS", _exact(score_interval), fine),
        _promise("Adjusted Wald interval of one NPS", _exact(adjusted_wald), fine, promised=False),
        _promise("Wald interval of one NPS", _exact(_wald), fine, promised=False),
        _promise("Difference of two NPS (MOVER)", _difference(), "n a side; exact to 20; 81 pairs"),
        _promise(
            "Post-stratified, 3 cells",
            _linear([1 / 3] * 3),
            f"n a cell, none pooled; equal shares; {mixed}",
        ),
        _promise("Difference in differences", _linear([-1, 1, 1, -1]), f"n a group; {mixed}"),
        _promise("Weighted", _weighted([0.0]), f"weights lognormal(1); {coarse}"),
        _promise(
            "Weighted, weights e^0.5 apart from category to category",
            _weighted([-0.5, 0.5]),
            f"weights lognormal(1) times that; {coarse}",
            promised=False,
        ),
        _promise("Clustered", _clustered(True), f"n accounts; {ACCOUNTS}; {coarse}"),
        _promise(
            "Clustered responses taken for independent",
            _clustered(False),
            f"n accounts; {ACCOUNTS}; {coarse}",
            promised=False,
        ),
    ]


ACCOUNTS = "sizes lognormal(0.5, 1) or Pareto(1.5) up to 50, intraclass correlation 0.1 or 0.3"


def _promise(what: str, found: dict[int, float], detail: str, promised: bool = True) -> Promise:
    worst = min(coverage for n, coverage in found.items() if n >= 10)
    by_n = ", ".join(f"{n}: {coverage:.3f}" for n, coverage in found.items())
    return Promise(
        section=SECTION,
        claim=f"{what}: worst coverage at n of 10 and more",
        figure=worst,
        limit=f"at least {LEAST}" if promised else "for comparison",
        kept=worst >= LEAST if promised else None,
        detail=f"by n: {by_n}; {detail}; seed {SEED}",
    )


def _every_count(n: int) -> NDArray[np.int64]:
    d, r = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
    kept = d + r <= n
    return np.stack([d[kept], n - d[kept] - r[kept], r[kept]], axis=1)


def _probabilities(counts: NDArray[np.int64], shares: Floats) -> Floats:
    """Of each count (columns) under each split (rows)."""
    n = int(counts[0].sum())
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    ways = log_factorial[n] - log_factorial[counts].sum(axis=1)
    return np.exp(ways + np.log(shares) @ counts.T)


def _wald(counts: NDArray[np.int64], level: float) -> tuple[Floats, Floats]:
    margin = critical_value(level) * np.sqrt(variance(counts) / counts.sum(axis=1))
    return estimate(counts) - margin, estimate(counts) + margin


def _holds(low: Floats, high: Floats, truth: Any) -> NDArray[np.bool_]:
    return np.asarray((low <= truth + _SLACK) & (high >= truth - _SLACK))


def _exact(method: Callable[..., tuple[Floats, Floats]]) -> dict[int, float]:
    truth = FINE[:, 2] - FINE[:, 0]
    found = {}
    for n in SIZES:
        counts = _every_count(n)
        low, high = method(counts, LEVEL)
        held = _holds(low, high, truth[:, None])
        found[n] = float((_probabilities(counts, FINE) * held).sum(axis=1).min())
    return found


def _difference() -> dict[int, float]:
    pairs = [(i, j) for i in range(len(COARSE)) for j in range(len(COARSE))]
    found = {}
    for n in SIZES:
        if n <= 20:
            found[n] = _exact_difference(n)
        else:
            found.update(_worst(pairs, (n,), _one_difference))
    return found


def _exact_difference(n: int) -> float:
    counts = _every_count(n)
    size = len(counts)
    before, after = np.repeat(counts, size, axis=0), np.tile(counts, (size, 1))
    limit = differences(before, after, LEVEL)
    low, high = limit["low"].reshape(size, size), limit["high"].reshape(size, size)
    chance, theta = _probabilities(counts, FINE), FINE[:, 2] - FINE[:, 0]
    apart = np.round(100 * (theta - theta[:, None]))
    worst = 1.0
    for truth in np.unique(apart):
        held = chance @ _holds(low, high, truth).astype("float64") @ chance.T
        worst = min(worst, float(held[apart == truth].min()))
    return worst


def _one_difference(case: tuple[int, int], n: int, times: int, chance: np.random.Generator) -> Any:
    before, after = (chance.multinomial(n, COARSE[side], size=times) for side in case)
    limit = differences(before, after, LEVEL)
    first, second = COARSE[list(case)]
    truth = 100 * (second[2] - second[0] - first[2] + first[0])
    return _holds(limit["low"], limit["high"], truth).mean()


def _linear(coefficients: Sequence[float]) -> dict[int, float]:
    weights = np.array(coefficients, dtype="float64")
    pick = np.random.default_rng(SEED)
    cases = [np.tile(split, (len(weights), 1)) for split in COARSE]
    cases += [FINE[pick.integers(len(FINE), size=len(weights))] for _ in range(18)]

    def cover(case: Floats, n: int, times: int, chance: np.random.Generator) -> Any:
        groups = np.stack([chance.multinomial(n, split, size=times) for split in case], axis=1)
        limit = limits(groups, weights, LEVEL)
        truth = 100 * float(weights @ (case[:, 2] - case[:, 0]))
        return _holds(limit["low"], limit["high"], truth).mean()

    return _worst(cases, SIZES, cover)


def _weighted(ties: Sequence[float]) -> dict[int, float]:
    """With `ties` other than 0 a category weighs e^tie as much as the one below it."""

    def cover(case: tuple[Floats, float], n: int, times: int, chance: np.random.Generator) -> Any:
        split, tie = case
        category = _categories(np.tile(split, (times * n, 1)), chance)
        weights = chance.lognormal(0, 1, times * n) * np.exp(tie * category)
        groups = np.repeat(np.arange(times), n)
        one = np.ones(times * n)
        found = weighted_figures(
            groups, None, category, one.astype("int64"), weights, weights**2, times, LEVEL
        )
        heavy = split * np.exp(tie * np.arange(3))
        return _holds(found["low"], found["high"], 100 * (heavy[2] - heavy[0]) / heavy.sum()).mean()

    return _worst([(split, tie) for split in COARSE for tie in ties], SIZES, cover)


def _clustered(by_account: bool) -> dict[int, float]:
    def cover(
        case: tuple[Floats, float, bool], n: int, times: int, chance: np.random.Generator
    ) -> Any:
        split, alike, pareto = case
        if pareto:
            sizes = np.clip(np.ceil(chance.pareto(1.5, times * n)), 1, 50)
        else:
            sizes = np.ceil(chance.lognormal(0.5, 1, times * n))
        # Dirichlet accounts of concentration a have the intraclass correlation 1 / (1 + a).
        own = chance.gamma(split * (1 / alike - 1), size=(times * n, 3)) + 1e-300
        account = np.repeat(np.arange(times * n), sizes.astype("int64"))
        category = _categories((own / own.sum(axis=1, keepdims=True))[account], chance)
        one = np.ones(len(account))
        clusters = account if by_account else None
        found = weighted_figures(
            account // n, clusters, category, one.astype("int64"), one, one, times, LEVEL
        )
        return _holds(found["low"], found["high"], 100 * (split[2] - split[0])).mean()

    cases = [
        (split, alike, pareto) for split in COARSE for alike in (0.1, 0.3) for pareto in (0, 1)
    ]
    return _worst(cases, [n for n in SIZES if n >= 10], cover, first=300, again=6000)


def _categories(splits: Floats, chance: np.random.Generator) -> NDArray[np.int64]:
    drawn = chance.random(len(splits))
    return (drawn > splits[:, 0]).astype("int64") + (drawn > splits[:, 0] + splits[:, 1])


def _worst(
    cases: Sequence[Any], sizes: Sequence[int], cover: Cover, first: int = 1000, again: int = 10_000
) -> dict[int, float]:
    """The lowest coverage at each n: every case `first` times, the worst three `again` times."""
    found = {}
    for n in sizes:
        chance = np.random.default_rng([SEED, n])
        looked = [float(cover(case, n, first, chance)) for case in cases]
        worst = np.argsort(looked, kind="stable")[:3]
        found[n] = float(min(cover(cases[case], n, again, chance) for case in worst))
    return found
