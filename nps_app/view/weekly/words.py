"""How a score and a comparison read in the meeting's sentences."""

import pandas as pd

from nps_app.view.definitions import denominator
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.tables import (
    arrow,
    count_text,
    difference_text,
    interval_text,
    level_text,
    nps_text,
    responses_text,
)
from nps_core import columns as c
from nps_core.language import tr
from nps_core.measure import Comparison
from nps_core.measure.definitions import ScoreDefinition


def beside_score(row: pd.Series, definition: ScoreDefinition) -> str:
    """A score's interval and what it is made of: "95 % interval 35 to 49, 214 responses"."""
    made_of = denominator(row, definition)
    if pd.isna(row[c.NPS]):
        return tr("{n}, {why}", n=made_of, why=kept_back()) if row[c.RESPONSES] else made_of
    if pd.isna(row[c.LOW]):
        return made_of
    interval = interval_text(row[c.LOW], row[c.HIGH])
    return tr("{level} {interval}, {n}", level=level_text(), interval=interval, n=made_of)


def score_words(row: pd.Series, definition: ScoreDefinition) -> str:
    """A score with its interval and denominator; the denominator alone where it is kept back."""
    beside = beside_score(row, definition)
    return beside if pd.isna(row[c.NPS]) else tr("NPS {nps} ({beside})", **_score(row, beside))


def _score(row: pd.Series, beside: str) -> dict[str, str]:
    return {"nps": nps_text(row[c.NPS]), "beside": beside}


def kept_back() -> str:
    """Why a score of few responses is not shown."""
    return tr("too few to show a score (under {n})", n=count_text(minimum_responses()))


def verdict_words(found: Comparison) -> str:
    """A comparison: its verdict and its difference with interval, for a sentence."""
    return difference_text(found.verdict, found.difference, found.low, found.high)


def verdict_cell(found: Comparison) -> str:
    """The same with its sign, for a table."""
    return f"{arrow(found.verdict)} {verdict_words(found)}"


def both_responses(found: Comparison) -> str:
    """The denominators of a comparison."""
    return tr(
        "{before} before, {after} now",
        before=count_text(found.before_responses),
        after=responses_text(found.after_responses),
    )
