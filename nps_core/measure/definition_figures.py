"""The score and its interval from the sums of a definition."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nps_core.columns import DETRACTORS, HIGH, LOW, NPS, PASSIVES, PROMOTERS, RESPONSES
from nps_core.measure.definition_sums import Sums
from nps_core.measure.interval import score_interval
from nps_core.measure.weighted import figures_of_sums


def figured(
    sums: Sums, *, clustered: bool, weighted: bool, level: float
) -> dict[str, NDArray[Any]]:
    """The score columns of each cell, with the interval of accounts where they answered twice.

    Without `weighted`, a cell in which no account did has the score interval of its counts.
    """
    responses = sums.counts.sum(axis=1)
    # What is left of a sum after all of it was subtracted again is no weight.
    weights = np.where(sums.counts > 0, sums.weights, 0.0) if weighted else sums.weights
    with np.errstate(divide="ignore", invalid="ignore"):
        theta = (weights[:, 2] - weights[:, 0]) / weights.sum(axis=1)
    a_a, a_b, b_b = sums.products.T
    spread = np.maximum(a_a - 2 * theta * a_b + theta**2 * b_b, 0)
    several = (sums.clusters < responses) & clustered

    def figures(by_account: bool) -> dict[str, NDArray[Any]]:
        count = sums.clusters if by_account else responses
        return figures_of_sums(weights, sums.squares, spread, b_b, count, by_account, level)

    found = figures(by_account=clustered)
    low, high = found[LOW], found[HIGH]
    if not several.all():
        if weighted:
            plain = figures(by_account=False)
            alone = plain[LOW], plain[HIGH]
        else:
            bottom, top = score_interval(sums.counts, level)
            alone = 100 * bottom, 100 * top
        low, high = (np.where(several, *pair) for pair in zip((low, high), alone, strict=True))
    empty = responses == 0
    return {
        DETRACTORS: sums.counts[:, 0],
        PASSIVES: sums.counts[:, 1],
        PROMOTERS: sums.counts[:, 2],
        RESPONSES: responses,
        NPS: np.where(empty, np.nan, found[NPS]),
        LOW: np.where(empty, np.nan, low),
        HIGH: np.where(empty, np.nan, high),
        "n_eff": np.where(empty, np.nan, found["n_eff"]),
        "accounts": sums.accounts.astype("float64") if clustered else np.full(len(empty), np.nan),
        "interval": np.where(empty, "", np.where(several, "clustered", "independent")),
    }
