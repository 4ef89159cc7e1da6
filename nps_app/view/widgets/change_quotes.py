"""What people wrote around a product change, as they wrote it."""

import pandas as pd
import streamlit as st

from nps_app.view import queries_change
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.widgets.text import visible
from nps_core import columns as c
from nps_core.language import tr
from nps_core.measure import Filter
from nps_core.measure.judge import ChangeVerdict

_LONGEST = 300


def change_quotes(chosen: Filter, verdict: ChangeVerdict) -> None:
    """Draw comments of both windows, or nothing where there are none to show.

    A window under the fewest responses a shown group has is not quoted: it would tell who said it.
    """
    found = {}
    for side in ("after", "before"):
        days = queries_change.window_days(verdict.row, side)
        if days and verdict.row[f"{side}_responses"] >= minimum_responses():
            found[side] = queries_change.quotes(chosen, verdict.change.segments, days)
    if not any(len(picked) for picked in found.values()):
        return
    st.header(tr("What people wrote"), anchor=False)
    st.caption(
        tr("The newest comments of detractors, then of promoters: examples, not a sample to count.")
    )
    for side, column in zip(("before", "after"), st.columns(2, gap="large"), strict=True):
        with column:
            st.markdown(f"**{tr('Before') if side == 'before' else tr('After')}**")
            _listed(found.get(side))


def _listed(picked: pd.DataFrame | None) -> None:
    if picked is None:
        st.text(tr("Too few responses to quote anybody."))
    elif picked.empty:
        st.text(tr("No comments of detractors or promoters."))
    else:
        for score, comment in zip(picked[c.SCORE], picked[c.COMMENT], strict=True):
            st.text(f"{int(score)} · {visible(comment, _LONGEST)}")
