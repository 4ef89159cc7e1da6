"""What is kept back of product changes whose windows hold too few responses to be shown."""

from typing import Final

import pandas as pd

from nps_core import columns as c
from nps_core.measure.compare import TOO_FEW

_OF_A_SIDE: Final = (c.DETRACTORS, c.PASSIVES, c.PROMOTERS, c.NPS, c.LOW, c.HIGH)
_OF_BOTH: Final = (
    *("difference", "low", "high", "p", "plain_low", "plain_high", "plain_p"),
    *("at_least", "at_most", "mix_difference", "mix_low", "mix_high", "to_settle"),
)


def without_small_windows(measured: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Measured changes without the figures of a window of 1 to `minimum` - 1 responses.

    A change for a small group would tell its NPS otherwise, which the Segments page hides. The
    counts of responses stay.
    """
    shown = measured.copy()
    small = {
        side: shown[f"{side}_{c.RESPONSES}"].between(1, minimum - 1) for side in ("before", "after")
    }
    either = small["before"] | small["after"]
    if not either.any():
        return shown
    hidden = {f"{side}_{name}": small[side] for side in small for name in _OF_A_SIDE}
    for name, rows in (hidden | dict.fromkeys(_OF_BOTH, either)).items():
        shown[name] = shown[name].astype("float64").mask(rows)
    for name in ("verdict", "total_verdict", "mix_verdict"):
        shown[name] = shown[name].mask(either, TOO_FEW)
    return shown
