"""The figures of the segment evidence and the expected range, built once for a view and shared."""

from datetime import date
from typing import Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from nps_app.view import queries_evidence
from nps_app.view.charts import evidence, expected
from nps_app.view.charts.theme import Theme, plain
from nps_app.view.counting import KEPT
from nps_app.view.evidence_words import VERDICTS, column_names, group_name, is_news, signed
from nps_app.view.tables import count_text, interval_text, nps_text, responses_text
from nps_app.view.widgets.session import store_version
from nps_core import columns as c
from nps_core.language import current_language, tr
from nps_core.measure import Filter

MOST_DRAWN: Final = 12


def evidence_figure(chosen: Filter, pairs: bool, minimum: int, theme: Theme) -> go.Figure:
    """The `MOST_DRAWN` groups with the strongest evidence, pairs only beyond their parts."""
    return _evidence(store_version(), chosen, pairs, minimum, theme, current_language())


@st.cache_resource(**KEPT)
def _evidence(
    version: int, chosen: Filter, pairs: bool, minimum: int, theme: Theme, language: str
) -> go.Figure:
    table = queries_evidence.evidence(chosen, pairs, minimum).table
    rows = [] if table.empty else [_row(row) for _, row in drawn(table).iterrows()]
    return evidence.evidence(rows, theme, empty=tr("No group differs clearly from the rest"))


def drawn(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the chart: what is news, the strongest evidence first."""
    return table[is_news(table)].head(MOST_DRAWN)


def _row(row: pd.Series) -> evidence.EvidenceRow:
    name, under = group_name(row["values"]), column_names(row["columns"])
    size = signed(row["difference"])
    return evidence.EvidenceRow(
        label=name,
        under=under,
        difference=row["difference"],
        low=row["difference_low"],
        high=row["difference_high"],
        verdict=row["verdict"],
        size=size,
        beside=tr("NPS {nps}<br>n {n}", nps=nps_text(row[c.NPS]), n=count_text(row[c.RESPONSES])),
        hover="<br>".join(_hover(row, name, under, size)),
    )


def _hover(row: pd.Series, name: str, under: str, size: str) -> list[str]:
    verdict = VERDICTS[row["verdict"]]
    return [
        f"{plain(name, 90)} · {plain(under)}",
        tr(
            "{size} points against the rest, 95 % interval {interval}",
            size=size,
            interval=interval_text(row["difference_low"], row["difference_high"]),
        ),
        tr(
            "NPS {nps}, {responses}: {verdict}",
            nps=nps_text(row[c.NPS]),
            responses=responses_text(row[c.RESPONSES]),
            verdict=tr(verdict),
        ),
    ]


def expected_figure(chosen: Filter, every: str, theme: Theme) -> go.Figure:
    """The last periods with the range each was expected in; there must be one with responses."""
    return _expected(store_version(), chosen, every, theme, date.today(), current_language())


@st.cache_resource(**KEPT)
def _expected(
    version: int, chosen: Filter, every: str, theme: Theme, today: date, language: str
) -> go.Figure:
    return expected.expected(queries_evidence.expected(chosen, every).table, theme, every=every)
