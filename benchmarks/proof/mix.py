"""A shift in who answers, and nothing else: the verdict must not call it a rise."""

from datetime import date

import numpy as np
import pandas as pd

from benchmarks.proof.promise import Promise
from nps_core.measure import ProductChange
from nps_core.measure.change_verdicts import change_verdicts

SEED = 20261123
REPETITIONS = 150
LIMIT = 0.06
_SECTION = "A mix shift with no real change"
_SHARES = {"Small": [0.35, 0.30, 0.35], "Enterprise": [0.08, 0.22, 0.70]}
"""An NPS of 0 and one of 62, the same before and after."""


def promises() -> list[Promise]:
    """How often a shift of the mix is called a rise, in all and with the mix looked at."""
    chance = np.random.default_rng(SEED)
    called = np.zeros(2)
    hidden = 0
    for _ in range(REPETITIONS):
        row = _verdict(chance, (0.3, 0.6), 0)
        called += [row["verdict"] == "up", row["total_verdict"] == "up"]
        masked = _verdict(chance, (0.6, 0.3), 18)
        hidden += masked["verdict"] == "no clear change" and masked["mix_verdict"] == "up"
    detail = f"{REPETITIONS} draws of 300 a side, seed {SEED}"
    ours, plain = called / REPETITIONS
    shifted = "Enterprise from 30 to 60 % of responses"
    return [
        Promise(_SECTION, f"called a rise, {shifted}", ours, f"at most {LIMIT}", ours <= LIMIT,
                detail),
        Promise(_SECTION, f"called a rise by the total alone, {shifted}", plain, "", None, detail),
        Promise(_SECTION, "a rise of 18 points in each group, hidden by the opposite shift: told",
                hidden / REPETITIONS, "", None, detail),
    ]  # fmt: skip


def _verdict(
    chance: np.random.Generator, enterprise: tuple[float, float], rise: float
) -> pd.Series:
    days = pd.date_range("2026-01-01", periods=56)
    parts = []
    for side, share in enumerate(enterprise):
        size = np.where(chance.random(300) < share, "Enterprise", "Small")
        shares = np.array([_SHARES[one] for one in size]) + side * rise / 200 * np.array([-1, 0, 1])
        category = (chance.random(300)[:, None] > shares.cumsum(axis=1)).sum(axis=1)
        at = chance.choice(days[28 * side : 28 * side + 28], 300)
        score = np.array([3, 8, 10, 10])[category]
        parts.append(pd.DataFrame({"responded_at": at, "score": score, "company_size": size}))
    frame = pd.concat(parts)
    return change_verdicts(frame, [ProductChange(date(2026, 1, 29), "shipped")]).iloc[0]
