"""The words for each definition of the score: its name, what it counts, what it stands on."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from nps_app.view.queries_segments import GROUP, SegmentTable
from nps_app.view.segment_words import short_reason
from nps_app.view.tables import (
    column_label,
    count_text,
    interval_text,
    responses_text,
    rounded_score,
)
from nps_core.columns import HIGH, LOW, NPS, RESPONSES
from nps_core.measure.definition_rows import (
    ACCOUNTS,
    ALL_RESPONSES,
    LATEST,
    POST_STRATIFIED,
    WEIGHTED,
)
from nps_core.measure.definitions import ScoreDefinition

TITLES: Final = {
    ALL_RESPONSES: "All responses",
    LATEST: "Latest per respondent",
    ACCOUNTS: "Per account",
    WEIGHTED: "Weighted by revenue",
    POST_STRATIFIED: "At the known customer mix",
}
MEANINGS: Final = {
    ALL_RESPONSES: "Every response counts once.",
    LATEST: "The last response of each respondent in the period shown.",
    ACCOUNTS: "Every account counts once, with the mean of its respondents.",
    WEIGHTED: "Each response counts with its mrr.",
    POST_STRATIFIED: "Each group counts with its share of your customers.",
}
PHRASES: Final = {
    LATEST: "latest per respondent",
    ACCOUNTS: "per account",
    WEIGHTED: "weighted by mrr",
    POST_STRATIFIED: "at the known mix",
}
_LEFT_OUT: Final = {
    LATEST: "older by the same respondents",
    ACCOUNTS: "without an account",
    WEIGHTED: "without a positive mrr",
    POST_STRATIFIED: "without a known share",
}


def heading(text: str, definition: ScoreDefinition) -> str:
    """A chart's heading that says which score it shows.

    >>> heading("NPS over time", ScoreDefinition("accounts"))
    'NPS over time, per account'
    """
    phrase = PHRASES.get(definition.kind)
    return f"{text}, {phrase}" if phrase else text


def denominator(row: Mapping[Any, Any] | pd.Series, definition: ScoreDefinition) -> str:
    """What the score of a row of `scores` is made of, its responses named with what weighs them.

    >>> row = {"responses": 1204, "accounts": 412.0, "n_eff": 312.4, "left_out": 6}
    >>> denominator(row, ScoreDefinition("accounts"))
    'per account: 412 accounts, 1,204 responses'
    >>> denominator(row, ScoreDefinition("weighted"))
    'weighted by mrr: 1,204 responses, effective n 312'
    >>> denominator(row, ScoreDefinition())
    '1,204 responses'
    """
    answered = responses_text(row[RESPONSES])
    if definition.kind == ALL_RESPONSES or not row[RESPONSES]:
        return answered
    parts = [answered]
    if definition.kind == ACCOUNTS:
        n = row["accounts"]
        parts.insert(0, "1 account" if n == 1 else f"{count_text(n)} accounts")
    if definition.kind in (WEIGHTED, POST_STRATIFIED):
        # Weights too far apart to be squared have no effective n.
        n_eff = "unknown" if pd.isna(row["n_eff"]) else count_text(round(row["n_eff"]))
        parts.append(f"effective n {n_eff}")
    phrase = PHRASES[definition.kind]
    if definition.kind == POST_STRATIFIED:
        phrase = f"at the known mix of {mix_name(definition)}"
    return f"{phrase}: {', '.join(parts)}"


def mix_name(definition: ScoreDefinition) -> str:
    """The columns whose shares are known.

    >>> mix_name(ScoreDefinition("post-stratified", ["plan", "industry"], {("a", "b"): 1}))
    'plan and industry'
    """
    return " and ".join(column_label(name).lower() for name in definition.strata)


def left_out(n: float, definition: ScoreDefinition) -> str:
    """How many responses a score does not use, and why; "" when it uses all.

    >>> left_out(24, ScoreDefinition("weighted"))
    '24 responses without a positive mrr are left out.'
    """
    reason = _LEFT_OUT.get(definition.kind)
    if not n or not reason:
        return ""
    return f"{responses_text(n)} {reason} {'is' if n == 1 else 'are'} left out."


def interval_note(row: Mapping[Any, Any] | pd.Series, definition: ScoreDefinition) -> str:
    """How an interval of `scores` treats accounts; "" where nothing needs to be said.

    >>> interval_note({"interval": "clustered", "low": 3.0}, ScoreDefinition())
    'Accounts with several responses are kept together in the interval.'
    """
    if definition.kind == POST_STRATIFIED and row[RESPONSES]:
        return "The interval takes every response for an opinion of its own."
    if row["interval"] != "clustered":
        return ""
    if pd.isna(row["low"]):
        return "No interval: under 10 accounts answered, too few to know how they differ."
    if definition.kind == ACCOUNTS:
        return ""
    return "Accounts with several responses are kept together in the interval."


def not_this(definition: ScoreDefinition) -> str:
    """What stands beside a figure that cannot follow the choice.

    >>> not_this(ScoreDefinition("accounts"))
    'All responses (not per account)'
    """
    phrase = PHRASES.get(definition.kind)
    return f"All responses (not {phrase})" if phrase else ""


def scored_table(segments: SegmentTable, name: str, definition: ScoreDefinition) -> pd.DataFrame:
    """The chosen score of each value of a segment as it reads on the page."""
    table = segments.table
    columns: dict[str, Any] = {
        name: table[GROUP],
        "NPS": [None if pd.isna(nps) else rounded_score(nps) for nps in table[NPS]],
        "95 % interval": list(map(interval_text, table[LOW], table[HIGH])),
        "Responses": table[RESPONSES].astype("Int64"),
    }
    if definition.kind == ACCOUNTS:
        columns["Accounts"] = table["accounts"].astype("Int64")
    if definition.kind in (WEIGHTED, POST_STRATIFIED):
        columns["Effective n"] = table["n_eff"].round().astype("Int64")
    columns["Left out"] = table["left_out"].astype("Int64")
    if (table["hidden"] != "").any():
        columns["Hidden"] = table["hidden"].map(short_reason)
    return pd.DataFrame(columns).astype({"NPS": "Int64"})


def scored_download(segments: SegmentTable, name: str) -> pd.DataFrame:
    """The same table unrounded, the same figures hidden."""
    taken = name in segments.table.columns
    return segments.table.rename(columns={GROUP: f"{name} (segment)" if taken else name})
