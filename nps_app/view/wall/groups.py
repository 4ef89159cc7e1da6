"""The segments a wall has room for: those of the one column that tells most."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from nps_app.view import queries_overview
from nps_app.view.queries_segments import by_segment
from nps_core import columns as c
from nps_core.measure import Filter

MOST_GROUPS: Final = 3
_ALL: Final = 100_000
_CLEAR: Final = ("up", "down")


@dataclass(frozen=True)
class Groups:
    """The groups of one segment column, the highest NPS first.

    `table` has value and the columns of `Differences.table`; `more` counts groups there was no
    room for, `hidden` those that are too small to show or would betray one that is.
    """

    column: str
    table: pd.DataFrame
    more: int
    hidden: int


def most_telling(chosen: Filter, minimum: int) -> Groups | None:
    """Pick the column with the most groups that clearly differ, then the one that differs most.

    None when no column has two groups to show. The verdicts are those of the Overview, corrected
    for every comparison of every column; groups under the minimum are not in the table.
    """
    found = queries_overview.biggest_differences(chosen, minimum, show=_ALL).table
    if found.empty:
        return None
    shown = found.groupby("segment").filter(lambda part: len(part) > 1)
    if shown.empty:
        return None
    ranked = (
        shown.assign(
            clear=shown["verdict"].isin(_CLEAR),
            size=shown["difference"].abs(),
            order=shown["segment"].map({name: -at for at, name in enumerate(_columns(shown))}),
        )
        .groupby("segment")[["clear", "size", "order"]]
        .agg({"clear": "sum", "size": "max", "order": "max"})
        .sort_values(["clear", "size", "order"], ascending=False)
    )
    column = str(ranked.index[0])
    rows = shown[shown["segment"] == column]
    kept = rows.assign(loud=rows["verdict"].isin(_CLEAR)).sort_values(
        ["loud", c.RESPONSES], ascending=False, kind="stable"
    )
    table = kept.head(MOST_GROUPS).sort_values(c.NPS, ascending=False, kind="stable")
    every = by_segment(chosen, column, "NPS", minimum).table
    return Groups(
        column,
        table.drop(columns="loud").reset_index(drop=True),
        len(rows) - len(table),
        int((every["hidden"] != "").sum()),
    )


def _columns(shown: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(shown["segment"]))
