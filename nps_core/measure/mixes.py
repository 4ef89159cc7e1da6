"""Which segments are held fixed around a product change, and what is left of the move then."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from nps_core.columns import NAMED_SEGMENTS
from nps_core.errors import NpsError
from nps_core.measure.arguments import column_names
from nps_core.measure.before_after import Measured
from nps_core.measure.changes import ProductChange
from nps_core.measure.rivals import Rival, at_fixed_mix
from nps_core.measure.widened import Widening
from nps_core.measure.windows import Window

Mixes = Callable[[ProductChange, Window], Mapping[tuple[str, ...], pd.DataFrame]]
"""The tallies of a change's scope within a window, by each choice of segments to hold fixed."""


def mix_columns(
    names: Sequence[str], mix: str | Iterable[str | Sequence[str]] | None
) -> list[tuple[str, ...]]:
    """The choices of segments to hold fixed, each as a tuple; None takes the named ones."""
    if mix is None:
        mix = [name for name in NAMED_SEGMENTS if name in names]
    elif isinstance(mix, str):
        mix = [mix]
    elif not isinstance(mix, Iterable):
        raise NpsError(f"mix is {mix!r}; give names of columns, or tuples of them.")
    return [column_names("mix", columns) for columns in mix]


def mix_rivals(
    one: Measured, mixes: Mixes, widening: Widening, level: float, minimum: int
) -> list[Rival]:
    """The move at each fixed mix; what the change's scope fixes already is left out."""
    if not one.before_total.sum() or not one.after_total.sum():
        return []
    before, after = mixes(one.change, one.before), mixes(one.change, one.after)
    fixed = {column for column, values in one.change.segments if len(values) == 1}
    return [
        at_fixed_mix(before[columns], after[columns], columns, widening, level, minimum)
        for columns in before
        if not fixed.issuperset(columns)
    ]
