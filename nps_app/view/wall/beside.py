"""Which views of one screen can follow one another without giving a small group away."""

from typing import Final

import numpy as np
import streamlit as st

from nps_app.view import counting
from nps_app.view.counting import EVERYTHING, KEPT
from nps_app.view.link_filter import read_query
from nps_core import columns as c
from nps_core.measure import Filter, apply
from nps_core.measure.suppress import totals_to_hide

_ROW: Final = "row"


@st.cache_data(**KEPT)
def views_to_hide(version: int, queries: tuple[str, ...], minimum: int) -> tuple[bool, ...]:
    """For each saved view's query, whether the ones before it leave it nothing to show.

    Two totals that differ by three responses tell what those three answered: the later view is
    hidden, and so is one from which such a difference follows together with several others.
    """
    chosen = [read_query(query).chosen for query in queries]
    columns = dict.fromkeys(name for one in chosen for name in _columns(one))
    counted = counting.counts(version, EVERYTHING, tuple(columns), "day")
    rows = counted.rename(columns={c.PERIOD: c.RESPONDED_AT})
    rows[_ROW] = np.arange(len(rows))
    inside = [np.isin(rows[_ROW], apply(rows, one)[_ROW]) for one in chosen]
    # Responses that are in the same views are one cell, however many days and groups they are of.
    place = np.arange(len(chosen))
    codes, cell = np.unique((1 << place) @ np.array(inside), return_inverse=True)
    cells = (codes >> place[:, None] & 1).astype(bool)
    responses = np.bincount(cell, weights=rows[c.COUNT]).astype("int64")
    return tuple(totals_to_hide(cells, responses, minimum).tolist())


def _columns(chosen: Filter) -> list[str]:
    named = [name for name, _ in chosen.segments]
    return [*named, c.SURVEY_TYPE] if chosen.survey_types else named
