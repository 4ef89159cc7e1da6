"""How many more responses would settle whether an NPS has moved."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from nps_core.measure.interval import critical_value, variance
from nps_core.measure.widened import Widening

POWER: Final = 0.80
HOPELESS: Final = 100
"""Times the responses there are: more than that nobody waits for."""


def responses_to_settle(
    difference: float,
    totals: NDArray[np.int64],
    clear: bool,
    widening: Widening,
    level: float = 0.95,
) -> float:
    """About how many more responses, on both sides together, would make this difference clear.

    `difference` is on the scale -1..1, `totals` the detractors, passives and promoters before and
    after, (2, 3). 0 when it is `clear` already. Both sides are taken to grow in the proportion
    they have, by longer windows; the number is what finds a true difference of this size four
    times out of five. Infinite when that takes more than a hundred times the responses there are:
    a difference this small is not settled by waiting.

    Source: the sample size of two groups, (z_a + z_b)^2 (V1/n1 + V2/n2) / delta^2.

    >>> totals = np.array([[40, 30, 30], [30, 30, 40]])
    >>> responses_to_settle(0.2, totals, clear=False, widening=Widening(1.0, float("inf")))
    342.0
    """
    if clear:
        return 0.0
    n = totals.sum(axis=1)
    spread = np.maximum(variance(totals), 1 / (n + 1))
    chance = float((spread / n).sum()) * widening.factor
    wanted = critical_value(level) + critical_value(2 * POWER - 1)
    times = wanted**2 * chance / difference**2 if difference else float("inf")
    if times > HOPELESS:
        return float("inf")
    return float(np.ceil((max(times, 1.0) - 1) * n.sum()))
