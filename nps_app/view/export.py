"""What leaves the page as a file: CSV that a spreadsheet cannot run, and PNG pictures."""

import os
import threading
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Final

import kaleido
import pandas as pd
import plotly.graph_objects as go
from choreographer.browsers.chromium import Chromium

from nps_app.view.charts.any_font import for_any_font
from nps_app.view.charts.date_ticks import write_dates
from nps_app.view.charts.theme import plain
from nps_core.errors import NpsError
from nps_core.formulas import without_formula
from nps_core.language import current_language, mark, speaking, tr

PNG_WIDTH: Final = 1000
PNG_SCALE: Final = 2
_TITLE: Final = 40
_PATIENCE: Final = 60.0
_NO_BROWSER: Final = mark(
    "Pictures need Chromium or Chrome, and none was found on the server. Install it (Debian and "
    "Ubuntu: apt-get install chromium) and restart the dashboard, or use the camera above the "
    "chart, which draws in your own browser."
)
_NO_ANSWER: Final = mark(
    "The server's Chromium did not draw the picture. Restart the dashboard, or use the camera "
    "above the chart, which draws in your own browser."
)
_one_at_a_time = threading.Lock()
_found: dict[str, str] = {}


class PictureUnavailableError(NpsError):
    """A picture that could not be drawn here; the text says why and what to do."""


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Give a table as UTF-8 CSV with a byte order mark, safe to open in a spreadsheet.

    A text cell or a header that begins with = + - @ (of full width too), a tab or a line's end
    gets a leading apostrophe; numbers stay numbers, unrounded. Never changes `table`.

    >>> csv_bytes(pd.DataFrame({"name": ["=1+1", "R&D"], "nps": [-3.5, 2.0]})).decode("utf-8-sig")
    "name,nps\\r\\n'=1+1,-3.5\\r\\nR&D,2.0\\r\\n"
    """
    safe, header = _safe(table)
    return safe.to_csv(index=False, header=header, lineterminator="\r\n").encode("utf-8-sig")


def pasted_text(table: pd.DataFrame) -> str:
    """Give a table as text to paste into a spreadsheet: tabs between cells, as safe as the CSV.

    A cell's own tabs and line ends become spaces: each row stays one row.

    >>> pasted_text(pd.DataFrame({"name": ["=1+1", "R\\tD"], "nps": [-3.5, 2.0]}))
    "name\\tnps\\n'=1+1\\t-3.5\\nR D\\t2.0\\n"
    """
    safe, header = _safe(table)
    rows = [header, *([_cell(value) for value in row] for row in safe.itertuples(index=False))]
    return "".join("\t".join(map(_on_one_line, row)) + "\n" for row in rows)


def _safe(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    cells = {
        place: column
        if pd.api.types.is_numeric_dtype(column.dtype) or column.dtype.kind == "M"
        else column.map(_without_formula, na_action="ignore")
        for place, (_, column) in enumerate(table.items())
    }
    header = [without_formula(str(name)) for name in table.columns]
    return pd.DataFrame(cells, index=table.index), header


def _cell(value: Any) -> str:
    return "" if pd.api.types.is_scalar(value) and pd.isna(value) else str(value)


def _on_one_line(text: str) -> str:
    return " ".join(text.replace("\t", " ").splitlines())


def _without_formula(cell: object) -> object:
    return without_formula(cell) if isinstance(cell, str) else cell


def picture_obstacle() -> str:
    """Say why this server cannot draw pictures and what to do, or "" when it can."""
    named = os.environ.get("BROWSER_PATH")
    path = named or _found.get("browser", "")
    if not named and not Path(path).is_file():
        # Looked for on the disk only while there is none: every chart of every view asks.
        path = _found["browser"] = Chromium.find_browser(skip_local=False) or ""
    return "" if path and Path(path).exists() else tr(_NO_BROWSER)


def _titled(figure: go.Figure, title: str) -> go.Figure:
    titled = go.Figure(figure)
    titled.update_layout(
        height=int(figure.layout.height or 500) + _TITLE,
        margin={"t": int(figure.layout.margin.t or 0) + _TITLE, "l": figure.layout.margin.l or 8},
        title={
            "text": f"<b>{plain(title, 110)}</b>",
            "font": {"size": 16},
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 12, "l": 8},
        },
    )
    return titled


def png_bytes(
    figure: go.Figure,
    title: str = "",
    width: int = PNG_WIDTH,
    language: str = "",
    scale: int = PNG_SCALE,
) -> bytes:
    """Draw a figure as PNG, `width` pixels wide at `scale` times that, in the figure's height.

    A `title` stands above the figure, which grows by as much: away from its page a picture has
    to say what it shows. The dates of its axes are in `language`, by default the one spoken here.
    Never changes `figure`.

    The first picture starts one Chromium, which then stays for the next ones. Nothing is fetched
    from a network. Raises PictureUnavailableError without Chromium, or when it does not answer.
    """
    obstacle = picture_obstacle()
    if obstacle:
        raise PictureUnavailableError(obstacle)
    figure = for_any_font(_titled(figure, title) if title else figure)
    options = {
        "format": "png",
        "width": width,
        "height": int(figure.layout.height or 500),
        "scale": scale,
    }
    drawn = figure.to_plotly_json()
    with speaking(language or current_language()):
        write_dates(drawn["layout"], width)
    answer: Queue[bytes | Exception] = Queue()

    def draw() -> None:
        try:
            kaleido.start_sync_server(n=1, mathjax=False, silence_warnings=True)
            answer.put(bytes(kaleido.calc_fig_sync(drawn, opts=options)))
        except Exception as error:
            answer.put(error)

    # Kaleido waits without end for a browser that died, so the waiting is done in a thread.
    with _one_at_a_time:
        threading.Thread(target=draw, daemon=True).start()
        try:
            picture = answer.get(timeout=_PATIENCE)
        except Empty:
            raise PictureUnavailableError(tr(_NO_ANSWER)) from None
    if isinstance(picture, Exception):
        raise PictureUnavailableError(tr(_NO_ANSWER)) from picture
    return picture
