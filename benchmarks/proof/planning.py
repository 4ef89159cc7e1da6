"""Planning keeps its word: the power, the margins and the waits it names, simulated."""

from itertools import product

import numpy as np
import pandas as pd

from benchmarks.proof.promise import Promise
from nps_core.measure.compare import differences
from nps_core.measure.interval import estimate, score_interval
from nps_core.measure.pace import pace, wait
from nps_core.measure.sample_size import sample_size, shifted

Shares = tuple[float, float, float]

SECTION = "Planning"
SEED = 20261122
REPETITIONS = 6_000
WAITS = 400
SHARES = ((0.20, 0.30, 0.50), (0.40, 0.30, 0.30), (0.15, 0.20, 0.65), (0.45, 0.10, 0.45))
WEEKDAYS = np.array([1.3, 1.2, 1.2, 1.1, 1.1, 0.6, 0.5])


def promises() -> list[Promise]:
    """Power at the sizes given for 5, 10 and 20 points; margins reached; waits held."""
    return [*_powers(), *_margins(), *_waits()]


def _powers() -> list[Promise]:
    found = []
    random = np.random.default_rng(SEED)
    for move in (5, 10, 20):
        powers, either_way = [], []
        for shares, sign in product(SHARES, (1, -1)):
            after = shifted(shares, sign * move) or shares
            n = _size(shares, after, move)
            powers.append(_power(random, n, shares, after, sign))
            either_way.append(_power(random, _either_way(shares, move), shares, after, sign))
        setting = (
            f"seed {SEED}, {REPETITIONS} repetitions for each of {len(SHARES)} mixes up and down"
        )
        found += [
            Promise(
                SECTION,
                f"least power to find a move of {move} points at the size planned for 80 %",
                min(powers),
                "0.78 to 0.84",
                min(powers) >= 0.78 and max(powers) <= 0.84,
                f"{setting}; most {max(powers):.3f}; both mixes known",
            ),
            Promise(
                SECTION,
                f"the same at the size planned for a move either way, {move} points",
                min(either_way),
                "at least 0.78",
                min(either_way) >= 0.78,
                f"{setting}; most {max(either_way):.3f}; as the Planner page plans",
            ),
        ]
    mix = (0.10, 0.20, 0.70)
    after = shifted(mix, 20) or mix
    power = _power(random, _size(mix, after, 20), mix, after, 1)
    return [
        *found,
        Promise(
            SECTION,
            "power to find 20 points when nobody is a detractor afterwards",
            power,
            "for comparison: over 0.80, so on the safe side",
            None,
            f"seed {SEED}, {REPETITIONS} repetitions, 10/20/70 % to 0/20/80 %",
        ),
    ]


def _size(before: Shares, after: Shares, move: float) -> int:
    return sample_size(
        difference=move,
        detractors=before[0],
        promoters=before[2],
        after_detractors=after[0],
        after_promoters=after[2],
    )


def _either_way(before: Shares, move: float) -> int:
    after = (shifted(before, move), shifted(before, -move))
    return max(_size(before, shares, move) for shares in after if shares is not None)


def _power(
    random: np.random.Generator,
    n: int,
    before: Shares,
    after: Shares,
    sign: int,
) -> float:
    sides = [random.multinomial(n, side, size=REPETITIONS) for side in (before, after)]
    limits = differences(sides[0], sides[1], 0.95)
    return float(np.mean(limits["low"] > 0 if sign > 0 else limits["high"] < 0))


def _margins() -> list[Promise]:
    random = np.random.default_rng(SEED + 1)
    ratios, coverages = [], []
    for shares, margin in product(SHARES, (3, 5, 10, 15)):
        n = sample_size(margin=margin, detractors=shares[0], promoters=shares[2], method="score")
        drawn = random.multinomial(n, shares, size=REPETITIONS)
        low, high = score_interval(drawn, 0.95)
        truth = estimate(np.array([shares]))[0]
        ratios.append(float(np.mean(high - low)) / 2 / (margin / 100))
        coverages.append(float(np.mean((low <= truth) & (truth <= high))))
    setting = f"seed {SEED + 1}, {REPETITIONS} repetitions, margins 3 to 15, {len(SHARES)} mixes"
    return [
        Promise(
            SECTION,
            "widest mean margin at the size planned, over the margin wanted",
            max(ratios),
            "at most 1.02",
            max(ratios) <= 1.02 and min(ratios) >= 0.97,
            f"{setting}; narrowest {min(ratios):.3f}",
        ),
        Promise(
            SECTION,
            "least coverage of the 95 % interval at the size planned",
            min(coverages),
            "at least 0.94",
            min(coverages) >= 0.94,
            setting,
        ),
    ]


def _waits() -> list[Promise]:
    """How often the wait lies in its 90 % range, on steady weeks and on restless ones."""
    found = []
    for name, dispersion, limit in (("steady", 1.0, 0.88), ("restless", 3.0, 0.85)):
        random = np.random.default_rng(SEED + 2)
        held = []
        for rate, more in product((1.0, 5.0, 30.0), (50, 400)):
            hits = sum(_held(random, rate, dispersion, more) for _ in range(WAITS))
            held.append(hits / WAITS)
        found.append(
            Promise(
                SECTION,
                f"least share of waits inside their 90 % range, {name} weeks",
                min(held),
                f"at least {limit}",
                min(held) >= limit,
                f"seed {SEED + 2}, {WAITS} repetitions; 1 to 30 responses a day, 50 and 400 more; "
                f"weekday pattern, variance of weekly totals {dispersion:g} times their mean; "
                f"mean {np.mean(held):.3f}",
            )
        )
    return found


def _held(random: np.random.Generator, rate: float, dispersion: float, more: int) -> bool:
    seen, length = 90, 90 + int(4 * more / rate) + 60
    weeks = np.ones(length // 7 + 1)
    if dispersion > 1:
        scale = (dispersion - 1) / (7 * rate)
        weeks = random.gamma(1 / scale, scale, len(weeks))
    days = np.arange(length)
    totals = random.poisson(rate * WEEKDAYS[days % 7] * weeks[days // 7])
    dates = pd.date_range("2026-01-01", periods=seen)
    counts = pd.DataFrame({"period": dates, "score": 9, "n": totals[:seen]})
    planned = wait(pace(counts, since=dates[0], today=dates[-1] + pd.Timedelta(days=1)), more)
    reached = np.cumsum(totals[seen:]) >= more
    truth = int(np.argmax(reached)) + 1 if reached.any() else length
    return planned.low is not None and planned.low <= truth <= (planned.high or length)
