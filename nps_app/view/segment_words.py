"""What the segments page says: its table in words, its sentences, its reasons. No markup."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from nps_app.view.queries_segments import ACROSS, GROUP, WITH_ITS_GROUP, SegmentTable
from nps_app.view.said import said
from nps_app.view.tables import (
    arrow,
    count_text,
    interval_text,
    move_decimals,
    number_text,
    rounded_score,
)
from nps_core import columns as c
from nps_core.language import mark, tr, tr_plural

VERDICTS: Final = {
    "up": mark("above the rest"),
    "down": mark("below the rest"),
    "no clear change": mark("no clear difference"),
    "too few responses": mark("too few responses"),
}
WHY_HIDDEN: Final = mark(
    "Groups with fewer than {minimum} responses are hidden, so that nobody's answer can be read "
    "off the page. Where only one such group would be left, the next smallest is hidden with it: "
    "otherwise the total less the groups shown would give the hidden one away. The same is done "
    "along the rows and the columns of the heatmap, and downloads hide the same figures."
)


def short_reason(reason: str) -> str:
    """Why a group is hidden, short enough for a chart's row.

    >>> short_reason("fewer than 5 responses"), short_reason(WITH_ITS_GROUP), short_reason("")
    ('hidden: fewer than 5 responses', 'hidden with its group', '')
    """
    if reason.startswith("fewer than"):
        return tr("hidden: {reason}", reason=said(reason))
    return tr(
        reason if reason in ("", WITH_ITS_GROUP) else mark("hidden to protect a smaller group")
    )


def against_rest_text(row: pd.Series) -> str:
    """The difference from the rest with its interval, signed; "–" where there is none.

    >>> against_rest_text(pd.Series({"verdict": "down", "difference": -9.2,
    ...                              "difference_low": -13.0, "difference_high": -5.4}))
    '−9 (−13 to −5)'
    """
    ends = (row["difference"], row["difference_low"], row["difference_high"])
    if any(pd.isna(end) for end in ends):
        return "–"
    decimals = move_decimals(*ends) if row["verdict"] in ("up", "down") else 0
    return tr(
        "{size} ({low} to {high})",
        size=number_text(ends[0], decimals, signed=True),
        low=number_text(ends[1], decimals),
        high=number_text(ends[2], decimals),
    )


def verdict_text(row: Mapping[Any, Any]) -> str:
    """The verdict of a group against the rest, or why it is hidden.

    `row` is no Series: pandas would make a reason in it plain text, in English for good.

    >>> verdict_text({"verdict": "up", "hidden": ""})
    '▲ above the rest'
    >>> verdict_text({"verdict": "", "hidden": "fewer than 5 responses"})
    'hidden: fewer than 5 responses'
    """
    if row["hidden"]:
        return short_reason(row["hidden"])
    words = tr(VERDICTS.get(row["verdict"], ""))
    return f"{arrow(row['verdict'])} {words}".strip()


def shown_table(segments: SegmentTable, names: tuple[str, ...]) -> pd.DataFrame:
    """The table as it reads on the page; `names` are the headers of its one or two segments."""
    table = segments.table
    values = {name: table[column] for name, column in zip(names, (GROUP, ACROSS), strict=False)}
    return pd.DataFrame(
        {
            **values,
            "NPS": [None if pd.isna(nps) else rounded_score(nps) for nps in table[c.NPS]],
            tr("95 % interval"): [
                interval_text(low, high)
                for low, high in zip(table[c.LOW], table[c.HIGH], strict=True)
            ],
            tr("Responses"): table[c.RESPONSES].astype("Int64"),
            tr("Against the rest"): [against_rest_text(row) for _, row in table.iterrows()],
            tr("Verdict"): [verdict_text(row) for row in table.to_dict("records")],
        }
    ).astype({"NPS": "Int64"})


def download_table(segments: SegmentTable, names: tuple[str, ...]) -> pd.DataFrame:
    """The table as it is downloaded: unrounded, the same figures hidden, the verdicts in words."""
    table = segments.table.copy()
    table["verdict"] = table["verdict"].map(lambda verdict: VERDICTS.get(verdict, verdict))
    table.insert(len(names), c.RESPONSES, table.pop(c.RESPONSES))
    return table.rename(columns=dict(zip((GROUP, ACROSS), names, strict=False)))


def correction_sentence(segments: SegmentTable) -> str:
    """How many comparisons the verdicts are corrected for.

    >>> correction_sentence(SegmentTable(pd.DataFrame(), 7))
    'Marked: differs from the rest after correcting for 7 comparisons (Benjamini-Hochberg, 10 %).'
    """
    if not segments.compared:
        return tr("One group alone has no rest to be compared with.")
    return tr_plural(
        "Marked: differs from the rest after correcting for {n} comparison "
        "(Benjamini-Hochberg, 10 %).",
        "Marked: differs from the rest after correcting for {n} comparisons "
        "(Benjamini-Hochberg, 10 %).",
        segments.compared,
        n=count_text(segments.compared),
    )


def hidden_sentence(segments: SegmentTable, *, cells: bool = False) -> str:
    """How many groups, or cells of a heatmap, are hidden; "" when none is.

    >>> hidden_sentence(SegmentTable(pd.DataFrame({"hidden": ["", "hidden with its group"]}), 1))
    '1 group is hidden.'
    """
    n = int((segments.table["hidden"] != "").sum())
    if not n:
        return ""
    count = count_text(n)
    if cells:
        return tr_plural("{n} cell is hidden.", "{n} cells are hidden.", n, n=count)
    return tr_plural("{n} group is hidden.", "{n} groups are hidden.", n, n=count)
