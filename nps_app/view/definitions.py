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
    level_text,
    listed,
    responses_text,
    rounded_score,
)
from nps_core.columns import HIGH, LOW, NPS, RESPONSES
from nps_core.language import mark, tr, tr_plural
from nps_core.measure.definition_rows import (
    ACCOUNTS,
    ALL_RESPONSES,
    LATEST,
    POST_STRATIFIED,
    WEIGHTED,
)
from nps_core.measure.definitions import ScoreDefinition

TITLES: Final = {
    ALL_RESPONSES: mark("All responses"),
    LATEST: mark("Latest per respondent"),
    ACCOUNTS: mark("Per account"),
    WEIGHTED: mark("Weighted by revenue"),
    POST_STRATIFIED: mark("At the known customer mix"),
}
PILLS: Final = {
    ALL_RESPONSES: mark("Score: all responses"),
    LATEST: mark("Score: latest per respondent"),
    ACCOUNTS: mark("Score: per account"),
    WEIGHTED: mark("Score: weighted by revenue"),
    POST_STRATIFIED: mark("Score: at the known customer mix"),
}
MEANINGS: Final = {
    ALL_RESPONSES: mark("Every response counts once."),
    LATEST: mark("The last response of each respondent in the period shown."),
    ACCOUNTS: mark("Every account counts once, with the mean of its respondents."),
    WEIGHTED: mark("Each response counts with its mrr."),
    POST_STRATIFIED: mark("Each group counts with its share of your customers."),
}
PHRASES: Final = {
    LATEST: mark("latest per respondent"),
    ACCOUNTS: mark("per account"),
    WEIGHTED: mark("weighted by mrr"),
    POST_STRATIFIED: mark("at the known mix"),
}
_NOT_THIS: Final = {
    LATEST: mark("All responses (not latest per respondent)"),
    ACCOUNTS: mark("All responses (not per account)"),
    WEIGHTED: mark("All responses (not weighted by mrr)"),
    POST_STRATIFIED: mark("All responses (not at the known mix)"),
}
_MADE_OF: Final = {
    LATEST: mark("latest per respondent: {counts}"),
    ACCOUNTS: mark("per account: {counts}"),
    WEIGHTED: mark("weighted by mrr: {counts}"),
    POST_STRATIFIED: mark("at the known mix of {columns}: {counts}"),
}


def heading(text: str, definition: ScoreDefinition) -> str:
    """A chart's heading that says which score it shows.

    >>> heading("NPS over time", ScoreDefinition("accounts"))
    'NPS over time, per account'
    """
    phrase = PHRASES.get(definition.kind)
    return tr("{heading}, {score}", heading=text, score=tr(phrase)) if phrase else text


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
        parts.insert(0, tr_plural("{n} account", "{n} accounts", n, n=count_text(n)))
    if definition.kind in (WEIGHTED, POST_STRATIFIED):
        # Weights too far apart to be squared have no effective n.
        if pd.isna(row["n_eff"]):
            parts.append(tr("effective n unknown"))
        else:
            parts.append(tr("effective n {n}", n=count_text(round(row["n_eff"]))))
    columns = mix_name(definition)
    return tr(_MADE_OF[definition.kind], columns=columns, counts=", ".join(parts))


def mix_name(definition: ScoreDefinition) -> str:
    """The columns whose shares are known.

    >>> mix_name(ScoreDefinition("post-stratified", ["plan", "industry"], {("a", "b"): 1}))
    'plan and industry'
    """
    return listed([column_label(name).lower() for name in definition.strata])


def left_out(n: float, definition: ScoreDefinition) -> str:
    """How many responses a score does not use, and why; "" when it uses all.

    >>> left_out(24, ScoreDefinition("weighted"))
    '24 responses without a positive mrr are left out.'
    """
    if not n or definition.kind not in PHRASES:
        return ""
    said = count_text(n)
    if definition.kind == LATEST:
        return tr_plural(
            "{n} response older by the same respondents is left out.",
            "{n} responses older by the same respondents are left out.",
            n,
            n=said,
        )
    if definition.kind == ACCOUNTS:
        return tr_plural(
            "{n} response without an account is left out.",
            "{n} responses without an account are left out.",
            n,
            n=said,
        )
    if definition.kind == WEIGHTED:
        return tr_plural(
            "{n} response without a positive mrr is left out.",
            "{n} responses without a positive mrr are left out.",
            n,
            n=said,
        )
    return tr_plural(
        "{n} response without a known share is left out.",
        "{n} responses without a known share are left out.",
        n,
        n=said,
    )


def interval_note(row: Mapping[Any, Any] | pd.Series, definition: ScoreDefinition) -> str:
    """How an interval of `scores` treats accounts; "" where nothing needs to be said.

    >>> interval_note({"interval": "clustered", "low": 3.0}, ScoreDefinition())
    'Accounts with several responses are kept together in the interval.'
    """
    if definition.kind == POST_STRATIFIED and row[RESPONSES]:
        return tr("The interval takes every response for an opinion of its own.")
    if row["interval"] != "clustered":
        return ""
    if pd.isna(row["low"]):
        return tr("No interval: under 10 accounts answered, too few to know how they differ.")
    if definition.kind == ACCOUNTS:
        return ""
    return tr("Accounts with several responses are kept together in the interval.")


def not_this(definition: ScoreDefinition) -> str:
    """What stands beside a figure that cannot follow the choice.

    >>> not_this(ScoreDefinition("accounts"))
    'All responses (not per account)'
    """
    return tr(_NOT_THIS.get(definition.kind, ""))


def scored_table(segments: SegmentTable, name: str, definition: ScoreDefinition) -> pd.DataFrame:
    """The chosen score of each value of a segment as it reads on the page."""
    table = segments.table
    columns: dict[str, Any] = {
        name: table[GROUP],
        tr("NPS"): pd.array(
            [None if pd.isna(nps) else rounded_score(nps) for nps in table[NPS]], dtype="Int64"
        ),
        level_text(): list(map(interval_text, table[LOW], table[HIGH])),
        tr("Responses"): table[RESPONSES].astype("Int64"),
    }
    if definition.kind == ACCOUNTS:
        columns[tr("Accounts")] = table["accounts"].astype("Int64")
    if definition.kind in (WEIGHTED, POST_STRATIFIED):
        columns[tr("Effective n")] = table["n_eff"].round().astype("Int64")
    columns[tr("Left out")] = table["left_out"].astype("Int64")
    if (table["hidden"] != "").any():
        columns[tr("Hidden")] = table["hidden"].map(short_reason)
    return pd.DataFrame(columns)


def scored_download(segments: SegmentTable, name: str) -> pd.DataFrame:
    """The same table unrounded, the same figures hidden."""
    taken = name in segments.table.columns
    return segments.table.rename(columns={GROUP: f"{name} (segment)" if taken else name})
