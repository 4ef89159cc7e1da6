"""The one control beside a chart or a table that gives its picture and its data away."""

from collections.abc import Callable
from html import escape
from typing import Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from nps_app.view import export, workbook
from nps_app.view.widgets.text import as_label
from nps_core.language import current_language, speaking, tr

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_COPIED: Final = 2_000
_MOST_LETTERS: Final = 300_000
_PICTURE: Final = "picture"
_DATA: Final = "data"


def downloads(
    name: str,
    what: str,
    table: Callable[[], pd.DataFrame],
    *,
    copied: pd.DataFrame,
    rows: int,
    figure: go.Figure | None = None,
) -> None:
    """Draw the popover: PNG where there is a `figure`, CSV, XLSX, and both ways to copy.

    `name` is the key on the page and the files' name; `what` says what it is, above the picture
    too. `table` is asked for once a file is wanted and has `rows` rows; `copied` stands on the
    page already, for the clipboard.
    """
    language = current_language()

    def made() -> pd.DataFrame:
        # Asked for by the browser later on, outside the run that spoke a language.
        with speaking(language):
            return table()

    # The words are read out, not shown: style.py leaves the icon alone to the eye.
    with st.popover(
        as_label(tr("Download: {what}", what=what or name), 120),
        icon=":material/download:",
        type="tertiary",
        key=f"download_{name}",
    ):
        if figure is not None:
            _picture(name, what, figure, language)
        _file(name, "csv", tr("CSV table, unrounded"), "text/csv", lambda: export.csv_bytes(made()))
        _file(
            name,
            "xlsx",
            tr("XLSX table, unrounded"),
            XLSX,
            lambda: workbook.xlsx_bytes(made(), what or name),
            workbook.too_many(rows),
        )
        st.html(_copies(name, what if figure is not None else "", copied, figure is not None))


def _picture(name: str, title: str, figure: go.Figure, language: str) -> None:
    _file(
        name,
        "png",
        tr("PNG picture"),
        "image/png",
        lambda: export.png_bytes(figure, title, language=language),
        export.picture_obstacle(),
    )


def _file(
    name: str,
    kind: str,
    label: str,
    mime: str,
    data: Callable[[], bytes],
    obstacle: str = "",
) -> None:
    st.download_button(
        label,
        data,
        file_name=f"{name}.{kind}",
        mime=mime,
        key=f"{kind}_{name}",
        type="tertiary",
        icon=":material/image:" if kind == "png" else ":material/table_rows:",
        disabled=bool(obstacle),
        help=obstacle or None,
        on_click="ignore",
    )


def _copies(name: str, title: str, table: pd.DataFrame, drawn: bool) -> str:
    """The two buttons of clipboard.js, with what they copy and what they say."""
    said = {
        "done": tr("Copied"),
        "refused": tr("The browser does not allow copying here: take the file instead."),
        "failed": tr("Copying did not work: take the file instead."),
    }
    text = export.pasted_text(table) if len(table) <= _MOST_COPIED else ""
    buttons = [_button(_PICTURE, tr("Copy picture"))] if drawn else []
    if text and len(text) <= _MOST_LETTERS:
        buttons.append(_button(_DATA, tr("Copy data")))
    else:
        text = ""
    if not buttons:
        return f"<p>{escape(tr('Too much to copy: take a file.'))}</p>"
    told = "".join(f' data-{key}="{escape(words)}"' for key, words in said.items())
    return (
        f'<div class="copies" data-chart="chart_{escape(name)}" data-title="{escape(title)}"'
        f'{told}>{"".join(buttons)}<span role="status"></span>'
        f"<span hidden>{escape(text)}</span></div>"
    )


def _button(kind: str, label: str) -> str:
    return f'<button type="button" data-copy="{kind}">{escape(label)}</button>'
