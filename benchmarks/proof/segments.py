"""Whether the segments said to differ do: false finds of the scan, with and without a real one."""

from itertools import product
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.proof.promise import Promise
from nps_core.measure.scan import scan

SECTION: Final = "Segments, fairly"
SEED: Final = 61_803
SCANS: Final = 300
RESPONSES: Final = 2_000
LIMIT: Final = 0.10
PLANTED: Final = ("plan", "Free")
NAMES: Final = ("plan", "size", "persona", "country")
VALUES: Final = {
    "plan": ("Free", "Team", "Business"),
    "size": ("Small", "Mid", "Large"),
    "persona": ("Admin", "User", "Manager", "Developer"),
    "country": ("FR", "CH", "BE", "CA", "US"),
}
CELLS: Final = list(product(*VALUES.values()))
SCORES: Final = (3, 8, 10)
SHARES: Final = (0.22, 0.26, 0.52)
WORSE: Final = (0.40, 0.26, 0.34)


def _weights() -> NDArray[np.float64]:
    """How the responses spread over the cells: uneven, small customers mostly on the free plan."""
    weights = np.array(
        [
            (4.0 if (plan == "Free") == (size == "Small") else 1.0)
            * (1 + VALUES["persona"].index(persona))
            * (1 + VALUES["country"].index(country)) ** 2
            for plan, size, persona, country in CELLS
        ]
    )
    return weights / weights.sum()


def _scanned(chance: np.random.Generator, *, planted: bool) -> pd.DataFrame:
    n = chance.multinomial(RESPONSES, _weights())
    shares = [WORSE if planted and cell[0] == PLANTED[1] else SHARES for cell in CELLS]
    drawn = np.array([chance.multinomial(n[place], shares[place]) for place in range(len(CELLS))])
    rows = {name: np.repeat([cell[at] for cell in CELLS], 3) for at, name in enumerate(NAMES)}
    counts = pd.DataFrame({**rows, "score": np.tile(SCORES, len(CELLS)), "n": drawn.ravel()})
    return scan({NAMES: counts}, q=LIMIT)


def promises() -> list[Promise]:
    """False finds where nothing differs; what is named where one plan does."""
    chance = np.random.default_rng(SEED)
    detail = f"seed {SEED}, {SCANS} data sets of {RESPONSES:,} responses, 4 dependent columns"
    calm = [_scanned(chance, planted=False) for _ in range(SCANS)]
    clear = np.mean([found["verdict"].isin(["up", "down"]).any() for found in calm])
    apart = np.mean(
        [((found["difference_low"] > 0) | (found["difference_high"] < 0)).any() for found in calm]
    )
    compared = calm[0]["p"].notna().sum()
    told, wrong, named = [], [], []
    for _ in range(SCANS):
        found = _scanned(chance, planted=True)
        news = found[found["verdict"].isin(["up", "down"]) & found["beyond"]]
        pairs = news[news["columns"].map(len) == 2]
        told.append(PLANTED[1:] in set(news["values"]))
        wrong.append(len(pairs) / max(1, len(news)))
        every = found[found["columns"].map(len) == 2]
        named.append(every["verdict"].isin(["up", "down"]).sum())
    return [
        Promise(
            SECTION,
            "scans in which any group is said to differ though none does, share",
            float(clear),
            f"at most {LIMIT:.2f}",
            bool(clear <= LIMIT),
            f"{detail}, about {compared} comparisons each; "
            f'"its 95 % interval leaves out 0" finds one in {apart:.2f}',
        ),
        Promise(
            SECTION,
            "pairs named beyond their parts where one plan alone differs, share of what is named",
            float(np.mean(wrong)),
            f"at most {LIMIT:.2f}",
            bool(np.mean(wrong) <= LIMIT),
            f"{detail}, one plan 36 points lower; on average {np.mean(named):.0f} pairs "
            "are clear against the rest and rightly not named",
        ),
        Promise(
            SECTION,
            "a plan 36 points below the others is named, share of scans",
            float(np.mean(told)),
            "for comparison",
            None,
            detail,
        ),
    ]
