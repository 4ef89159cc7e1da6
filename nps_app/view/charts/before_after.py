"""The two windows around one product change."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.charts.intervals import BOTTOM, ROW, IntervalRow, interval_rows
from nps_app.view.charts.theme import Theme
from nps_app.view.tables import dates_text
from nps_core.language import mark, tr
from nps_core.measure.compare import TOO_FEW

HEIGHT: Final = 2 * ROW + 4 + BOTTOM
_SIDES: Final = {"before": mark("Before"), "after": mark("After")}


def before_after(row: pd.Series, theme: Theme) -> go.Figure:
    """Draw the NPS before and after one change, each with its interval and its responses.

    `row` is one row of the measured `before_after` table. The second dot has the verdict's
    colour. Side by side only: overlap of the two intervals is not the test.
    """
    return interval_rows([_side(row, "before"), _side(row, "after")], theme)


def _side(row: pd.Series, side: str) -> IntervalRow:
    start, end = row[f"{side}_start"], row[f"{side}_end"]
    responses = row[f"{side}_responses"]
    return IntervalRow(
        label=tr(_SIDES[side]),
        under="" if pd.isna(start) or pd.isna(end) else dates_text(start, end, year=False),
        nps=row[f"{side}_nps"],
        low=row[f"{side}_low"],
        high=row[f"{side}_high"],
        responses=0 if pd.isna(responses) else int(responses),
        verdict=str(row["verdict"]) if side == "after" else "",
        # With responses and without a score, the score is kept back.
        hidden=tr(TOO_FEW) if responses > 0 and pd.isna(row[f"{side}_nps"]) else "",
    )
