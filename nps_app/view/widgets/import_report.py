"""What reading a file came to: every row accounted for, the rejected ones with their reasons."""

from typing import Final

import pandas as pd
import streamlit as st

from nps_app.parsing import ParsedUpload
from nps_app.view.export import csv_bytes
from nps_app.view.tables import count_text
from nps_app.view.widgets.text import as_label, visible
from nps_core.intake.reasons import REASONS

_LISTED: Final = 1000
_REJECTED_TITLES: Final = {
    "line": "Line",
    "column": "Column",
    "value": "Value",
    "explanation": "Why",
}


def show_account(parsed: ParsedUpload) -> None:
    """Show the tool, the account of the rows and the warnings."""
    if parsed.tool:
        st.caption(f"Recognised as an export of {as_label(parsed.tool)}.")
    st.markdown(_account(parsed))
    asked = {question.text for question in parsed.questions}
    for warning in parsed.warnings:
        if warning not in asked:
            st.text(f"⚠ {warning}")


def show_rows(parsed: ParsedUpload, key: str) -> None:
    """Show the first rows of the file, and those that were rejected with their reasons."""
    with st.expander("The first rows of the file"):
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
    left_out = {
        "rejected": len(parsed.rejected),
        "merged duplicates": parsed.merged_duplicates,
        "ignored blanks": parsed.ignored_blank,
    }
    parts = [f"**{count_text(parsed.accepted_rows)}** accepted"]
    parts += [f"**{count_text(n)}** {word}" for word, n in left_out.items()]
    return f"**{count_text(parsed.rows_in)}** rows in = " + " + ".join(parts)


def _show_rejected(parsed: ParsedUpload, key: str) -> None:
    table = parsed.rejected.assign(
        explanation=parsed.rejected["reason"].map(lambda reason: REASONS.get(reason, reason))
    )
    with st.expander(f"Rejected rows: {count_text(len(table))}"):
        shown = table[["line", "column", "value", "explanation"]].head(_LISTED)
        st.dataframe(_readable(shown), hide_index=True, column_config=_REJECTED_TITLES)
        st.download_button(
            "Download all rejected rows",
            lambda: csv_bytes(table),
            file_name="rejected-rows.csv",
            mime="text/csv",
            key=f"rejected_{key}",
            icon=":material/download:",
            on_click="ignore",
        )
