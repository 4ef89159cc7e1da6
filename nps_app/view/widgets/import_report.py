"""What reading a file came to: every row accounted for, the rejected ones with their reasons."""

import streamlit as st

from nps_app.parsing import ParsedUpload
from nps_app.view.export import csv_bytes
from nps_app.view.tables import count_text
from nps_app.view.widgets.text import as_label
from nps_core.intake.reasons import REASONS


def show_report(parsed: ParsedUpload, key: str) -> None:
    """Show the tool, the account of the rows, the warnings, the first rows and the rejected."""
    if parsed.tool:
        st.caption(f"Recognised as an export of {as_label(parsed.tool)}.")
    with st.container(horizontal=True, gap="medium", key=f"account_{key}"):
        accepted = parsed.rows_in - (
            len(parsed.rejected) + parsed.merged_duplicates + parsed.ignored_blank
        )
        for label, n in {
            "Rows in": parsed.rows_in,
            "= accepted": accepted,
            "+ rejected": len(parsed.rejected),
            "+ merged duplicates": parsed.merged_duplicates,
            "+ ignored blanks": parsed.ignored_blank,
        }.items():
            st.metric(label, count_text(n), width="content")
    for warning in parsed.warnings:
        st.text(f"⚠ {warning}")
    with st.expander("The first rows of the file"):
        st.dataframe(parsed.preview, hide_index=True)
    if len(parsed.rejected):
        _show_rejected(parsed, key)


def _show_rejected(parsed: ParsedUpload, key: str) -> None:
    table = parsed.rejected.assign(
        explanation=parsed.rejected["reason"].map(lambda reason: REASONS.get(reason, reason))
    )
    with st.expander(f"{count_text(len(table))} rejected rows"):
        st.dataframe(table.head(1000), hide_index=True)
        st.download_button(
            "Download all rejected rows",
            lambda: csv_bytes(table),
            file_name="rejected-rows.csv",
            mime="text/csv",
            key=f"rejected_{key}",
            icon=":material/download:",
            on_click="ignore",
        )
