"""What reading a file came to: every row accounted for, the rejected ones with their reasons."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from nps_app.parsing import ParsedUpload
from nps_app.view.export import csv_bytes
from nps_app.view.tables import count_text
from nps_app.view.widgets.text import as_label, visible
from nps_core.intake.reasons import REASONS
from nps_core.language import mark, tr

_LISTED: Final = 1000
_REJECTED_TITLES: Final = {
    "line": mark("Line"),
    "column": mark("Column"),
    "value": mark("Value"),
    "explanation": mark("Why"),
}


def show_account(parsed: ParsedUpload) -> None:
    """Show the tool, the account of the rows and the warnings."""
    if parsed.tool:
        st.caption(tr("Recognised as an export of {tool}.", tool=as_label(parsed.tool)))
    st.markdown(_account(parsed))
    asked = {question.text for question in parsed.questions}
    for warning in parsed.warnings:
        if warning not in asked:
            st.text(f"⚠ {warning}")


def show_rows(parsed: ParsedUpload, key: str) -> None:
    """Show the first rows of the file, and those that were rejected with their reasons."""
    with st.expander(tr("The first rows of the file")):
        st.dataframe(_readable(parsed.preview), hide_index=True)
    if len(parsed.rejected):
        _show_rejected(parsed, key)


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    shown = table.copy()
    for name in table.select_dtypes(exclude="number").columns:
        shown[name] = table[name].map(_cell)
    return shown


def _cell(value: object) -> object:
    return visible(value, 1000) if isinstance(value, str) else value


def _account(parsed: ParsedUpload) -> str:
    return tr(
        "**{rows}** rows in = **{accepted}** accepted + **{rejected}** rejected "
        "+ **{merged}** merged duplicates + **{blank}** ignored blanks",
        rows=count_text(parsed.rows_in),
        accepted=count_text(parsed.accepted_rows),
        rejected=count_text(len(parsed.rejected)),
        merged=count_text(parsed.merged_duplicates),
        blank=count_text(parsed.ignored_blank),
    )


def _explanation(reason: str) -> str:
    return tr(REASONS.get(reason, reason))


def _show_rejected(parsed: ParsedUpload, key: str) -> None:
    table = parsed.rejected.assign(explanation=parsed.rejected["reason"].map(_explanation))
    with st.expander(tr("Rejected rows: {n}", n=count_text(len(table)))):
        titles: dict[str, Any] = {name: tr(title) for name, title in _REJECTED_TITLES.items()}
        shown = table[["line", "column", "value", "explanation"]].head(_LISTED)
        st.dataframe(_readable(shown), hide_index=True, column_config=titles)
        st.download_button(
            tr("Download all rejected rows"),
            lambda: csv_bytes(table),
            file_name="rejected-rows.csv",
            mime="text/csv",
            key=f"rejected_{key}",
            icon=":material/download:",
            on_click="ignore",
        )
