"""Unannounced shifts: how often one is found where there is none, how soon where there is one."""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.proof.promise import Promise
from nps_core.measure.shifts import shifts

SEED: Final = 20261122
SERIES: Final = 400
DAYS: Final = 730
RATES: Final = (1, 3, 15, 50, 200)
SHIFTED: Final = 50
_SECTION: Final = "Unannounced shifts"
_NPS: Final = 0.20
_PASSIVES: Final = 0.30
_SCORES: Final = (3, 8, 10)
_WEEK: Final = np.array([1.4, 1.5, 1.4, 1.3, 1.0, 0.2, 0.2])
_LOOKS: Final = (7, 14, 21, 28, 35, 42, 56, 70, 84, 112, 140, 180)
_NEAR: Final = 30

Totals = NDArray[np.int64]


def promises() -> list[Promise]:
    """False alarms over two years for five kinds of quiet series, then delay and power."""
    kinds: tuple[tuple[str, Callable[..., Totals], tuple[int, ...]], ...] = (
        ("the same volume every day", even, RATES),
        ("few responses at weekends", weekdays, RATES),
        ("silent weekends and silent days", silent, RATES),
        ("restless weeks: AR(1), sd 4 points, rho 0.5", restless, (15, 50, 200)),
        ("clustered: about 4 respondents an account within 5 days", clustered, (3, 15, 50)),
    )
    found = [_false_alarms(*kind) for kind in kinds]
    for points in (15, 25):
        found += _delay(points)
    return found


def _false_alarms(name: str, draw: Callable[..., Totals], rates: tuple[int, ...]) -> Promise:
    generator = np.random.default_rng(SEED)
    alarms = dict.fromkeys(rates, 0)
    for place in range(SERIES):
        rate = rates[place % len(rates)]
        alarms[rate] += not shifts(_counts(draw(generator, rate))).empty
    share = sum(alarms.values()) / SERIES
    each = ", ".join(f"{count} at {rate}" for rate, count in alarms.items())
    return Promise(
        _SECTION,
        f"series of two years without a shift that show any; {name}",
        100 * share,
        "at most 5 %",
        share <= 0.05,
        f"{SERIES} series of {DAYS} days, seed {SEED}; alarms by responses a day: {each}",
    )


def _delay(points: int) -> Iterator[Promise]:
    """Days of data after a shift until it is first found, and how often it is at the end."""
    generator = np.random.default_rng(SEED + points)
    middle = DAYS // 2
    waited, off, exact = [], [], 0
    for _ in range(SHIFTED):
        nps = np.where(np.arange(DAYS) < middle, _NPS, _NPS - points / 100)
        days = _drawn(generator, np.full(DAYS, 15.0), nps)
        looks = (look for look in _LOOKS if _finds(days[: middle + look], middle))
        waited.append(next(looks, np.inf))
        whole = _days_found(days)
        off.append(min(abs(whole - middle), default=DAYS))
        exact += len(whole) == 1
    power = float(np.mean(np.array(off) <= _NEAR))
    settings = (
        f"{SHIFTED} series at 15 responses a day, 365 quiet days before, seed {SEED + points}"
    )
    quarter, half, most = np.quantile(waited, [0.25, 0.5, 0.9], method="higher")
    yield Promise(
        _SECTION,
        f"a fall of {points} points is found with a year on each side",
        100 * power,
        "at least 90 %",
        power >= 0.90,
        f"{settings}; within {_NEAR} days of it, half within {np.median(off):.0f}; "
        f"{exact} of {SHIFTED} series show it and nothing else",
    )
    yield Promise(
        _SECTION,
        f"days until a fall of {points} points is first found, half of the time",
        float(half),
        "no limit promised",
        None,
        f"{settings}; looked at after {', '.join(map(str, _LOOKS))} days; a quarter by "
        f"{quarter:.0f}, nine in ten by {most:.0f}",
    )


def _finds(days: Totals, middle: int) -> bool:
    return bool((abs(_days_found(days) - middle) <= _NEAR).any())


def _days_found(days: Totals) -> NDArray[np.int64]:
    counts = _counts(days)
    return (shifts(counts)["date"] - counts["period"].min()).dt.days.to_numpy()


def even(generator: np.random.Generator, rate: int) -> Totals:
    """Responses drawn alone, at the same rate every day."""
    return _drawn(generator, np.full(DAYS, float(rate)), np.full(DAYS, _NPS))


def weekdays(generator: np.random.Generator, rate: int) -> Totals:
    """Responses drawn alone, few of them at weekends."""
    return _drawn(generator, rate * _WEEK[_day_of_week(generator)], np.full(DAYS, _NPS))


def silent(generator: np.random.Generator, rate: int) -> Totals:
    """Responses drawn alone, none at weekends and on one working day in seven."""
    open_days = (_day_of_week(generator) < 5) & (generator.random(DAYS) > 1 / 7)
    return _drawn(generator, np.where(open_days, 1.6 * rate, 0.0), np.full(DAYS, _NPS))


def restless(generator: np.random.Generator, rate: int) -> Totals:
    """The NPS of each calendar week wanders around its level: AR(1), sd 4 points, rho 0.5."""
    days = _day_of_week(generator)
    weeks = (np.arange(DAYS) + days[0]) // 7
    wander = np.empty(weeks.max() + 1)
    wander[0] = generator.normal(0, 0.04)
    for week in range(1, len(wander)):
        wander[week] = 0.5 * wander[week - 1] + generator.normal(0, 0.04 * 0.75**0.5)
    return _drawn(generator, np.full(DAYS, float(rate)), _NPS + wander[weeks])


def clustered(generator: np.random.Generator, rate: int) -> Totals:
    """Accounts answer within 5 days, 4 respondents on average, alike (intraclass 0.25)."""
    accounts = generator.poisson(rate * DAYS / 4)
    account = np.repeat(np.arange(accounts), generator.geometric(0.25, accounts))
    day = generator.integers(0, DAYS, accounts)[account] + generator.integers(0, 5, len(account))
    chances = generator.dirichlet(3 * _shares(np.array(_NPS)), accounts)[account]
    drawn = generator.random(len(account))[:, None] > chances.cumsum(axis=1)[:, :2]
    totals = np.zeros((DAYS, 3), dtype="int64")
    np.add.at(totals, (np.minimum(day, DAYS - 1), drawn.sum(axis=1)), 1)
    return totals


def _day_of_week(generator: np.random.Generator) -> NDArray[np.int64]:
    return (np.arange(DAYS) + generator.integers(7)) % 7


def _shares(nps: NDArray[np.float64]) -> NDArray[np.float64]:
    promoters = (1 - _PASSIVES + nps) / 2
    return np.stack([1 - _PASSIVES - promoters, np.full_like(nps, _PASSIVES), promoters], axis=-1)


def _drawn(
    generator: np.random.Generator, rates: NDArray[np.float64], nps: NDArray[np.float64]
) -> Totals:
    return generator.multinomial(generator.poisson(rates), _shares(nps))


def _counts(days: Totals) -> pd.DataFrame:
    periods = pd.date_range("2024-01-01", periods=len(days))
    return pd.DataFrame(
        {
            "period": np.repeat(periods, 3),
            "score": np.tile(_SCORES, len(days)),
            "n": days.ravel(),
        }
    )
