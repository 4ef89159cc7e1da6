"""p-values of many comparisons made at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from nps_core.errors import NpsError
from nps_core.measure.arguments import one_of
from nps_core.measure.interval import Floats

CORRECTIONS: Sequence[str] = ("bh", "holm")


def adjust(p_values: ArrayLike, method: str = "bh") -> Floats:
    """The p-values made fit to be read side by side, in the order given.

    "bh" bounds the share of false finds among all finds (Benjamini and Hochberg 1995), "holm"
    the chance of a single one (Holm 1979). NaN, a comparison that could not be made, stays NaN
    and counts for nothing. Raises NpsError for another method or a p-value outside 0..1.

    >>> adjust([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    >>> adjust([0.01, 0.04, 0.03], method="holm").round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    one_of("method", method, CORRECTIONS)
    try:
        adjusted = np.array(p_values, dtype="float64")
    except (TypeError, ValueError, OverflowError):
        raise NpsError(f"p_values is {p_values!r}; give a list of numbers.") from None
    if adjusted.ndim != 1:
        raise NpsError(f"p_values has {adjusted.ndim} dimensions; give one list of numbers.")
    made = ~np.isnan(adjusted)
    p = adjusted[made]
    if ((p < 0) | (p > 1)).any():
        raise NpsError(f"p_values holds {p[(p < 0) | (p > 1)][0]}; a p-value lies from 0 to 1.")
    order = np.argsort(p)
    ranks = np.arange(1, len(p) + 1)
    if method == "holm":
        steps = np.maximum.accumulate(p[order] * (len(p) + 1 - ranks))
    else:
        steps = np.minimum.accumulate((p[order] * len(p) / ranks)[::-1])[::-1]
    p[order] = np.minimum(steps, 1)
    adjusted[made] = p
    return adjusted
