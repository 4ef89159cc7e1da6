"""Which groups the segment tables hide, with the responses each has."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from nps_app.view import queries
from nps_app.view.hidden_words import FEW, PROTECTS, WITH_GROUP, Hidden, Rule
from nps_app.view.queries_overview import MANY_VALUES
from nps_app.view.queries_segments import ACROSS, GROUP, ORDERS, WITH_ITS_GROUP, by_segment
from nps_app.view.tables import column_label, group_names
from nps_app.view.widgets.text import visible
from nps_core import columns as c
from nps_core.measure import Filter
from nps_core.measure.suppress import COMPLEMENTARY

_NAMED: Final = 3
_RULES: Final[dict[str, Rule]] = {COMPLEMENTARY: PROTECTS, WITH_ITS_GROUP: WITH_GROUP}


def hidden_groups(chosen: Filter, table: pd.DataFrame, by: Sequence[str]) -> list[Hidden]:
    """The hidden rows of a table of `queries_segments`, by the one or two segments it is made of.

    Those hidden for their own sake come first, the largest of them first.
    """
    rows = table[table["hidden"] != ""]
    if rows.empty:
        return []
    counted = queries.counts(chosen, tuple(by))
    names = [group_names(counted[column]) for column in by]
    held = counted[c.COUNT].groupby([name.to_numpy() for name in names]).sum()
    keys = [GROUP, ACROSS][: len(by)]
    found: list[tuple[str, int, str]] = []
    for row in rows.to_dict("records"):
        key = tuple(row[name] for name in keys)
        n = int(held.get(key if len(by) > 1 else key[0], 0))
        found.append((" · ".join(visible(value, 40) for value in key), n, row["hidden"]))
    # An empty cell may be hidden to cover for another: told apart from that, it would not.
    hidden = [Hidden(name, n, _RULES.get(why, FEW)) for name, n, why in found]
    small = tuple(one.name for one in hidden if one.rule == FEW)[:_NAMED]
    named = [replace(one, others=small) if one.rule == PROTECTS else one for one in hidden]
    return sorted(named, key=_place)


def named_values(chosen: Filter, column: str) -> dict[str, str | None]:
    """The values of a segment among the chosen responses, by the names tables show them under."""
    values = pd.Series(queries.counts(chosen, (column,))[column].unique(), dtype=object)
    known = [None if pd.isna(value) else str(value) for value in values]
    return dict(zip(group_names(values), known, strict=True))


def hidden_in_segments(chosen: Filter, minimum: int) -> list[Hidden]:
    """The hidden values of every segment that is compared, each with its segment's name."""
    found = []
    for column in queries.segment_columns():
        if 1 < len(queries.options(column)) <= MANY_VALUES:
            table = by_segment(chosen, column, ORDERS[0], minimum).table
            label = visible(column_label(column), 40).lower()
            found += [
                replace(one, name=f"{one.name} ({label})")
                for one in hidden_groups(chosen, table, (column,))
            ]
    return sorted(found, key=_place)


def _place(hidden: Hidden) -> tuple[bool, int, str]:
    return hidden.rule != FEW, -hidden.responses, hidden.name
