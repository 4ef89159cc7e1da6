"""What "Which segments differ most" and "Is this week news?" say. No markup, no Streamlit."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from nps_app.view.tables import (
    UNKNOWN,
    arrow,
    column_label,
    count_text,
    dates_text,
    interval_text,
    nps_text,
    period_text,
    responses_text,
    rounded_score,
    value_label,
)
from nps_core import columns as c
from nps_core.measure.compare import ENOUGH
from nps_core.measure.expected import ENOUGH_PERIODS, ExpectedRange

TIMES: Final = " × "
_NAMED: Final = 3
VERDICTS: Final = {
    "up": "above the rest",
    "down": "below the rest",
    "no clear change": "no clear difference",
    "too few responses": "too few responses",
}
HOW_EVIDENCE: Final = (
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
HOW_EXPECTED: Final = (
    "The expected score adds the responses of up to 26 earlier periods, each counting half as much "
    "as one four periods later. The range is where 19 of 20 ordinary periods lie: it allows for "
    "the chance in as few responses as this period has, for that in the earlier ones, and for "
    "periods having differed by more than chance. So about one period in twenty lies outside with "
    "nothing behind it, and looking every day meets more of them. No range is given before 8 "
    "earlier periods with responses, no verdict under 10 responses."
)
_NEWS: Final = {
    "up": "above what is usual",
    "down": "below what is usual",
    "no clear change": "nothing unusual",
}


def value_names(values: Iterable[Any]) -> dict[Any, str]:
    """Each value by the text it is shown by; a missing one is told apart from "Unknown".

    >>> value_names(["Pro", None]), value_names(["Unknown", None])
    ({'Pro': 'Pro', None: 'Unknown'}, {'Unknown': 'Unknown', None: 'Unknown (no value)'})
    """
    names = {value: value_label(value) for value in values}
    literal = any(not pd.isna(value) and name == UNKNOWN for value, name in names.items())
    missing = f"{UNKNOWN} (no value)" if literal else UNKNOWN
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
        return "No segment has two groups to compare."
    made = "1 comparison" if compared == 1 else f"{count_text(compared)} comparisons"
    if not clear:
        return f"Of {made} none is clear after correcting for their number."
    said = [
        f"Of {made} {count_text(clear)} {'is' if clear == 1 else 'are'} clear after correcting "
        "for their number."
    ]
    news = table[is_news(table)]
    for verdict in ("down", "up"):
        names = [group_name(values) for values in news.loc[news["verdict"] == verdict, "values"]]
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            words = VERDICTS[verdict].capitalize()
            said.append(f"{words}: {', '.join(names[:_NAMED])}{more}.")
    return " ".join(said)


def explained_sentence(table: pd.DataFrame) -> str:
    """How many clear pairs one of their parts may explain; "" when there are none."""
    clear = table["verdict"].isin(["up", "down"]) if len(table) else pd.Series(dtype=bool)
    n = int((clear & ~is_news(table)).sum()) if len(table) else 0
    if not n:
        return ""
    pairs, go = ("1 clear pair", "does") if n == 1 else (f"{count_text(n)} clear pairs", "do")
    return f"{pairs} {go} not go beyond one of the two values: in the table, not on the chart."


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
            "Group": [group_name(row["values"]) for row in rows],
            "Segment": [column_names(row["columns"]) for row in rows],
            "NPS": [rounded_score(row[c.NPS]) for row in rows],
            "Responses": table[c.RESPONSES],
            "Against the rest": [
                f"{signed(size)} ({interval_text(*both)})" for size, *both in ends
            ],
            "Verdict": [f"{arrow(row['verdict'])} {VERDICTS[row['verdict']]}" for row in rows],
            "Its parts": [parts_text(row) for row in rows],
            "Beyond its parts": [
                "" if len(row["values"]) < 2 else "yes" if row["beyond"] else "no" for row in rows
            ],
            "p, corrected": [
                None if pd.isna(p) else "<0.0001" if p < 1e-4 else f"{p:.4f}"
                for p in table["p_adjusted"]
            ],
        }
    )


def signed(size: float) -> str:
    """A difference in whole points with its sign.

    >>> signed(4.6), signed(-4.6), signed(0.2)
    ('+5', '−5', '0')
    """
    return f"+{nps_text(size)}" if rounded_score(size) > 0 else nps_text(size)


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


def expected_sentence(found: ExpectedRange, every: str, *, running: bool) -> str:
    """The score of a period, the range ordinary ones lie in, and whether it is news."""
    start, end = pd.Timestamp(str(found.start)), pd.Timestamp(str(found.end))
    if running:
        name = f"This {every} so far"
    else:
        name = (
            f"{every.capitalize()} of {dates_text(start, end)}"
            if every == "week"
            else period_text(start, every)
        )
    if found.responses < ENOUGH:
        return (
            f"{name}: {responses_text(found.responses).lower()}, "
            f"too few to judge ({ENOUGH} are needed)."
        )
    said = f"{name}: NPS {nps_text(found.nps)} on {responses_text(found.responses)}."
    if found.verdict not in _NEWS:
        return (
            f"{said} What is usual is not known yet: {found.periods} earlier {every}s have "
            f"responses, {ENOUGH_PERIODS} are needed."
        )
    return (
        f"{said} Ordinary {every}s like this one lie between {nps_text(found.low)} and "
        f"{nps_text(found.high)}: {_NEWS[found.verdict]}."
    )
