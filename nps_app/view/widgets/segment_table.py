"""The table of a segment's values, or of pairs of them, on the Segments page."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from nps_app.view.figures_segments import MOST_DRAWN
from nps_app.view.queries_hidden import hidden_groups, named_values
from nps_app.view.queries_segments import ACROSS, GROUP, largest
from nps_app.view.response_asked import Wanted
from nps_app.view.tables import count_text, nps_text
from nps_app.view.widgets.responses_link import jump, responses_menu
from nps_app.view.widgets.table import show_table
from nps_app.view.widgets.text import visible
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core import columns as c
from nps_core.language import tr
from nps_core.measure import Filter


def segment_table(
    shown: pd.DataFrame, download: pd.DataFrame, name: str, words: str, heading: str
) -> None:
    """Draw the table as it reads, with its downloads; `words` say what it is."""
    counted = {tr(name) for name in ("Responses", "Accounts", "Effective n", "Left out")}
    texts = shown.select_dtypes(["object", "string"]).columns
    shown = shown.assign(
        **{name: [visible(v) if isinstance(v, str) else v for v in shown[name]] for name in texts}
    )
    # Sorted as numbers, read with the minus and the marks of every other text on the page.
    texts_of = {"NPS": nps_text} | dict.fromkeys(counted & set(shown), _count)
    read = shown.style.format(texts_of)  # type: ignore[arg-type]
    show_table(read, name, heading=heading, title=words, alt=words, download=download)


def _count(value: float) -> str:
    return "–" if pd.isna(value) else count_text(value)


def jump_to_group(
    clicked: Sequence[Mapping[str, Any]], chosen: Filter, column: str, table: pd.DataFrame
) -> None:
    """Go to the responses of the group whose mark was clicked on the chart of `table`."""
    drawn = largest(table, MOST_DRAWN)[GROUP].tolist()

    def wanted(point: Mapping[str, Any]) -> Wanted | None:
        place = -round(point.get("y", 1))
        if not 0 <= place < len(drawn):
            return None
        value = named_values(chosen, column).get(drawn[place])
        return Wanted(((column, (value,)),))

    jump(clicked, wanted)


def below_segments(
    chosen: Filter, table: pd.DataFrame, by: Sequence[str], hidden: str, key: str
) -> None:
    """Draw the way to each group's responses and, where some are hidden, why; as `hidden` says."""
    values = [named_values(chosen, column) for column in by]
    names = [GROUP, ACROSS][: len(by)]
    groups = []
    for row in table.to_dict("records"):
        own = [
            (column, known.get(row[name]))
            for column, known, name in zip(by, values, names, strict=True)
        ]
        label = " · ".join(visible(row[name], 40) for name in names)
        if not pd.isna(row[c.RESPONSES]) and row[c.RESPONSES]:
            label += f" · {count_text(row[c.RESPONSES])}"
        if row["hidden"] or row[c.RESPONSES]:
            groups.append((label, Wanted(tuple((column, (value,)) for column, value in own))))
    with st.container(horizontal=True, vertical_alignment="center", key=f"hidden_{key}"):
        if hidden:
            st.text(hidden, width="content")
            why_hidden(key, hidden_groups(chosen, table, by))
        responses_menu(groups, key)
        st.page_link("pages/segment_builder.py", label=tr("Build a segment"))
