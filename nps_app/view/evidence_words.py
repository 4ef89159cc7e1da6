"""What "Which segments differ most" says. No markup, no Streamlit."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from nps_app.view.group_words import NO_VALUE, UNKNOWN, column_label, value_label
from nps_app.view.tables import (
    arrow,
    count_text,
    figures_text,
    interval_text,
    nps_text,
    number_text,
    rounded_score,
)
from nps_core import columns as c
from nps_core.language import mark, tr, tr_plural

TIMES: Final = " × "
ITS_PARTS: Final = mark("Its parts")
BEYOND_PARTS: Final = mark("Beyond its parts")
_NAMED: Final = 3
VERDICTS: Final = {
    "up": mark("above the rest"),
    "down": mark("below the rest"),
    "no clear change": mark("no clear difference"),
    "too few responses": mark("too few responses"),
}
HOW_EVIDENCE: Final = mark(
    "Each group is compared with all other responses together (the interval is MOVER on the "
    "score limits of both, Zou and Donner 2008; p is its inversion). Looking at many groups finds "
    "some by chance alone, so the p-values are corrected for every comparison made, shown or not "
    "(Benjamini-Hochberg, 10 %: of the groups marked, about one in ten may be chance). Groups "
    "under 10 responses are not compared. The order is that of the evidence, the smallest "
    "corrected p first: neither the largest difference nor the largest group. A pair goes beyond "
    "its parts when it also differs, the same way, from the rest of each of its two values; "
    "otherwise one of these may be all there is to it. A group that differs is no cause of "
    "anything."
)


def value_names(values: Iterable[Any]) -> dict[Any, str]:
    """Each value by the text it is shown by; a missing one is told apart from "Unknown".

    >>> value_names(["Pro", None]), value_names(["Unknown", None])
    ({'Pro': 'Pro', None: 'Unknown'}, {'Unknown': 'Unknown', None: 'Unknown (no value)'})
    """
    names = {value: value_label(value) for value in values}
    literal = any(not pd.isna(value) and name == tr(UNKNOWN) for value, name in names.items())
    missing = tr(NO_VALUE if literal else UNKNOWN)
    return {value: missing if pd.isna(value) else name for value, name in names.items()}


def group_name(values: tuple[Any, ...]) -> str:
    """The name of a group of one or two values.

    >>> group_name(("Pro", None))
    'Pro × Unknown'
    """
    return TIMES.join(value_label(value) for value in values)


def column_names(columns: tuple[str, ...]) -> str:
    """The name of one or two columns.

    >>> column_names(("company_size", "plan"))
    'Company size × plan'
    """
    return TIMES.join(column_label(name) for name in columns)


def is_news(table: pd.DataFrame) -> pd.Series:
    """Which rows are clear after the correction and, as pairs, beyond what their parts are."""
    return table["verdict"].isin(["up", "down"]) & table["beyond"].astype(bool)


def evidence_sentence(table: pd.DataFrame, compared: int, clear: int) -> str:
    """How many comparisons were made, how many are clear, and the clearest by name.

    >>> evidence_sentence(pd.DataFrame(), 0, 0)
    'No segment has two groups to compare.'
    """
    if not compared:
        return tr("No segment has two groups to compare.")
    if not clear:
        return tr_plural(
            "Of 1 comparison none is clear after correcting for their number.",
            "Of {n} comparisons none is clear after correcting for their number.",
            compared,
            n=count_text(compared),
        )
    if compared == 1:
        said = [tr("Of 1 comparison 1 is clear after correcting for their number.")]
    else:
        said = [
            tr_plural(
                "Of {n} comparisons 1 is clear after correcting for their number.",
                "Of {n} comparisons {clear} are clear after correcting for their number.",
                clear,
                n=count_text(compared),
                clear=count_text(clear),
            )
        ]
    news = table[is_news(table)]
    for verdict in ("down", "up"):
        names = [group_name(values) for values in news.loc[news["verdict"] == verdict, "values"]]
        if names:
            said.append(_named(verdict, names))
    return " ".join(said)


def _named(verdict: str, names: list[str]) -> str:
    first, left = ", ".join(names[:_NAMED]), len(names) - _NAMED
    below = verdict == "down"
    if left < 1:
        words = mark("Below the rest: {names}.") if below else mark("Above the rest: {names}.")
        return tr(words, names=first)
    values = {"names": first, "n": count_text(left)}
    if below:
        return tr_plural(
            "Below the rest: {names} and 1 more.",
            "Below the rest: {names} and {n} more.",
            left,
            **values,
        )
    return tr_plural(
        "Above the rest: {names} and 1 more.",
        "Above the rest: {names} and {n} more.",
        left,
        **values,
    )


def explained_sentence(table: pd.DataFrame) -> str:
    """How many clear pairs one of their parts may explain; "" when there are none."""
    clear = table["verdict"].isin(["up", "down"]) if len(table) else pd.Series(dtype=bool)
    n = int((clear & ~is_news(table)).sum()) if len(table) else 0
    if not n:
        return ""
    return tr_plural(
        "1 clear pair does not go beyond one of the two values: in the table, not on the chart.",
        "{n} clear pairs do not go beyond one of the two values: in the table, not on the chart.",
        n,
        n=count_text(n),
    )


def parts_text(row: pd.Series) -> str:
    """How the two values of a pair score; "" for one column.

    >>> parts_text(pd.Series({"values": ("Pro", "FR"), "first_nps": -3.2, "second_nps": 40.0}))
    'Pro −3, FR 40'
    """
    if len(row["values"]) < 2:
        return ""
    scores = zip(row["values"], (row["first_nps"], row["second_nps"]), strict=True)
    return ", ".join(f"{value_label(value)} {nps_text(nps)}" for value, nps in scores)


def shown_evidence(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it reads on the page, in the order of the evidence."""
    rows = [row for _, row in table.iterrows()]
    ends = [(row["difference"], row["difference_low"], row["difference_high"]) for row in rows]
    return pd.DataFrame(
        {
            tr("Group"): [group_name(row["values"]) for row in rows],
            tr("Segment"): [column_names(row["columns"]) for row in rows],
            tr("NPS"): [rounded_score(row[c.NPS]) for row in rows],
            tr("Responses"): table[c.RESPONSES],
            tr("Against the rest"): [
                f"{signed(size)} ({interval_text(*both)})" for size, *both in ends
            ],
            tr("Verdict"): [
                f"{arrow(row['verdict'])} {tr(VERDICTS[row['verdict']])}" for row in rows
            ],
            tr(ITS_PARTS): [parts_text(row) for row in rows],
            tr(BEYOND_PARTS): [
                "" if len(row["values"]) < 2 else tr("yes") if row["beyond"] else tr("no")
                for row in rows
            ],
            tr("p, corrected"): [
                None if pd.isna(p) else figures_text("<0.0001" if p < 1e-4 else f"{p:.4f}")
                for p in table["p_adjusted"]
            ],
        }
    )


def signed(size: float) -> str:
    """A difference in whole points with its sign.

    >>> signed(4.6), signed(-4.6), signed(0.2)
    ('+5', '−5', '0')
    """
    return number_text(float(size), signed=True)


def downloaded_evidence(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it is downloaded: unrounded, one column for each name and each value."""
    kept = table.drop(columns=["columns", "values"])
    kept["verdict"] = kept["verdict"].map(VERDICTS)
    for place in (1, 0):
        for what, label in (("values", value_label), ("columns", column_label)):
            kept.insert(
                0,
                f"{'value' if what == 'values' else 'segment'}_{place + 1}",
                [label(each[place]) if len(each) > place else "" for each in table[what]],
            )
    return kept
