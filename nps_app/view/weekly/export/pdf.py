"""A report as PDF: its HTML page, printed by the server's Chromium on A4."""

import asyncio
import base64
import tempfile
import threading
from pathlib import Path
from queue import Empty, Queue
from typing import Final

from choreographer import Browser

from nps_app.view.export import PictureUnavailableError, picture_obstacle
from nps_app.view.weekly.content import Report
from nps_app.view.weekly.export.html import html_bytes
from nps_core.language import tr

_PAPER: Final = (8.27, 11.69)
"""A4 in inches."""

_MARGIN: Final = 0.55
_WIDTH: Final = round((_PAPER[0] - 2 * _MARGIN) * 96)
"""Pixels of a line on paper: charts are drawn for it before they are printed."""

_PATIENCE: Final = 30.0
_DRAWN: Final = (
    "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done("
    "document.querySelectorAll('.js-plotly-plot .main-svg').length))))"
)


def pdf_obstacle() -> str:
    """Say why this server cannot print a PDF and what to do, or "" when it can."""
    if not picture_obstacle():
        return ""
    return tr(
        "PDF needs Chromium or Chrome, and none was found on the server. Install it (Debian and "
        "Ubuntu: apt-get install chromium), or take the HTML file and print it from your own "
        "browser."
    )


def pdf_bytes(report: Report) -> bytes:
    """Print a report as PDF, A4 upright, text as text and charts as lines.

    Raises PictureUnavailableError without Chromium on the server, or when it does not answer.
    """
    obstacle = pdf_obstacle()
    if obstacle:
        raise PictureUnavailableError(obstacle)
    page = html_bytes(report)
    answer: Queue[bytes | Exception] = Queue()

    def print_it() -> None:
        try:
            answer.put(asyncio.run(_printed(page)))
        except Exception as error:
            answer.put(error)

    # A browser that died would be waited for without end, so the waiting is done in a thread.
    threading.Thread(target=print_it, daemon=True).start()
    try:
        found = answer.get(timeout=_PATIENCE)
    except Empty:
        found = TimeoutError()
    if isinstance(found, Exception):
        raise PictureUnavailableError(
            tr(
                "The server's Chromium did not print the report. Try again, or take the HTML file "
                "and print it from your own browser."
            )
        ) from found
    return found


async def _printed(page: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        path.write_bytes(page)
        async with Browser() as browser:
            tab = await browser.create_tab("")
            size = {"width": _WIDTH, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
            await tab.send_command("Emulation.setDeviceMetricsOverride", size)
            await tab.send_command("Emulation.setEmulatedMedia", {"media": "print"})
            await tab.send_command("Page.enable")
            loaded = tab.subscribe_once("Page.loadEventFired")
            await tab.send_command("Page.navigate", {"url": path.as_uri()})
            await loaded
            ready = {"expression": _DRAWN, "awaitPromise": True}
            await tab.send_command("Runtime.evaluate", ready)
            printed = await tab.send_command("Page.printToPDF", _paper())
    return base64.b64decode(printed["result"]["data"])


def _paper() -> dict[str, object]:
    width, height = _PAPER
    margins = {f"margin{side}": _MARGIN for side in ("Top", "Bottom", "Left", "Right")}
    number = (
        '<div style="font-size:8px;width:100%;text-align:center;color:#5b6472">'
        '<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
    )
    return {
        "paperWidth": width,
        "paperHeight": height,
        "printBackground": True,
        "displayHeaderFooter": True,
        "headerTemplate": "<div></div>",
        "footerTemplate": number,
        "generateTaggedPDF": True,
        **margins,
    }
