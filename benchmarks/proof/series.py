"""Invented daily series with the vices of real ones: restless weeks, accounts of many minds."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

FIRST = np.datetime64("2024-01-01")
"""The first day of every series."""

SHARES = np.array([0.22, 0.28, 0.50])
"""Detractors, passives, promoters of a company with an NPS of 28."""


@dataclass(frozen=True)
class World:
    """How a series comes about.

    `days` long, about `a_day` responses a day. Weeks have a level of their own with standard
    deviation `restless` (NPS points) and correlation `rho` from one to the next. With `together`,
    accounts answer within one week with several respondents (heavy-tailed, up to 40) and a mind of
    their own: `together` is the correlation within an account. The change ships on day `at` and
    moves the NPS by `effect` points.
    """

    days: int
    a_day: float
    at: int
    restless: float = 0.0
    rho: float = 0.5
    together: float = 0.0
    effect: float = 0.0


@dataclass(frozen=True)
class Answers:
    """One draw: the day, the score and the account of each response."""

    day: np.ndarray
    score: np.ndarray
    account: np.ndarray

    def daily(self) -> pd.DataFrame:
        """Counts by day, as `tally` makes them."""
        frame = pd.DataFrame({"period": FIRST + self.day, "score": self.score})
        return frame.groupby(["period", "score"]).size().rename("n").reset_index()

    def by_account(self, first: np.datetime64, stop: np.datetime64) -> pd.DataFrame:
        """Counts by account from `first` up to but not including `stop`."""
        day = FIRST + self.day
        inside = (day >= first) & (day < stop)
        frame = pd.DataFrame({"account_id": self.account[inside], "score": self.score[inside]})
        return frame.groupby(["account_id", "score"]).size().rename("n").reset_index()


def draw(world: World, chance: np.random.Generator) -> Answers:
    """One series of such a world."""
    weeks = world.days // 7 + 1
    level = np.zeros(weeks)
    level[0] = chance.normal()
    for week in range(1, weeks):
        level[week] = world.rho * level[week - 1] + np.sqrt(1 - world.rho**2) * chance.normal()
    if world.together:
        accounts = int(world.days * world.a_day / 4)
        size = np.minimum(1 + (2 * chance.pareto(1.2, accounts)).astype(int), 40)
        account = np.repeat(np.arange(accounts), size)
        begun = chance.integers(0, world.days, accounts)
        day = np.minimum(begun[account] + chance.integers(0, 5, len(account)), world.days - 1)
        own = (1 - world.together) / world.together
        shares = chance.dirichlet(SHARES * own, size=accounts)[account]
    else:
        day = np.repeat(np.arange(world.days), chance.poisson(world.a_day, world.days))
        account = np.arange(len(day))
        shares = np.tile(SHARES, (len(day), 1))
    points = world.restless * level[day // 7] + world.effect * (day >= world.at)
    shares = shares + np.outer(points / 200, [-1, 0, 1])
    shares = np.clip(shares, 0.01, None)
    shares /= shares.sum(axis=1, keepdims=True)
    drawn = chance.random(len(day))[:, None] > shares.cumsum(axis=1)
    category = np.minimum(drawn.sum(axis=1), 2)
    return Answers(day, np.array([3, 8, 10])[category], account)


def day_of(number: int) -> date:
    """The calendar day of a day counted from 0."""
    return date(2024, 1, 1) + timedelta(days=number)
