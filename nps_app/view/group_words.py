"""The names of segments and of their values, as people read them."""

from typing import Any, Final

import pandas as pd

from nps_core.columns import NAMED_SEGMENTS, SURVEY_TYPE
from nps_core.language import mark, tr, tr_in

UNKNOWN: Final = mark("Unknown")
NO_VALUE: Final = mark("Unknown (no value)")

_COLUMNS: Final = dict(
    zip(
        (*NAMED_SEGMENTS, SURVEY_TYPE),
        (mark("Company size"), mark("Industry"), mark("Persona"), mark("Survey type")),
        strict=True,
    )
)


def column_label(column: str) -> str:
    """Name a column for people: plain words for a canonical name, else its own header.

    >>> column_label("company_size"), column_label("plan")
    ('Company size', 'plan')
    """
    return tr(_COLUMNS[column]) if column in _COLUMNS else column


def value_label(value: Any) -> str:
    """Name a segment value; a missing one is "Unknown".

    >>> value_label(None), value_label("Fintech")
    ('Unknown', 'Fintech')
    """
    return tr(UNKNOWN) if pd.isna(value) else str(value)


def survey_label(kind: str) -> str:
    """Name a kind of survey: these two words are the product's own, not the data's.

    >>> survey_label("relational")
    'relational'
    """
    known = {
        "relational": tr_in("survey", "relational"),
        "transactional": tr_in("survey", "transactional"),
    }
    return known.get(kind, kind)


def group_names(values: pd.Series) -> pd.Series:
    """Each value as the text it is shown by; a missing one is told apart from "Unknown".

    >>> group_names(pd.Series(["Unknown", None], dtype=object)).tolist()
    ['Unknown', 'Unknown (no value)']
    """
    texts = values.map(value_label).astype(object)
    missing = values.isna()
    return texts.mask(missing, tr(NO_VALUE)) if tr(UNKNOWN) in set(texts[~missing]) else texts
