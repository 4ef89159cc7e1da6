"""Every file that may be refused, dropped on the page in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.e2e.conftest import App, Visitor

FOLDER = Path(__file__).resolve().parents[1] / "data" / "bad_files"
HOSTILE_NAMES = [
    "../../etc/passwd.csv",
    "<img src=http://evil.example/a.png onerror=alert(1)>.csv",
    "![x](http://evil.example/p.png) :red[x] $x$.csv",
    "\u202evsc.exe.csv",
]
READ_MS = 120_000


def refusable() -> list[dict[str, object]]:
    """The files of the manifest that end in a refusal or in rows, under the names they came by."""
    files = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["files"]
    return [
        {
            "name": file["upload_as"],
            "mimeType": "application/octet-stream",
            "buffer": (FOLDER / file["name"]).read_bytes(),
        }
        for file in files
        if "refuse_file" in (ends := {end["outcome"] for end in file["acceptable"]})
        and "ask_user" not in ends
    ]


def test_every_file_that_may_be_refused_ends_in_a_sentence_or_an_account(
    empty_app: App, visitor: Visitor
) -> None:
    visitor.context.add_init_script("window.alert = () => { window.attacked = true }")
    hostile = [{"name": n, "mimeType": "text/csv", "buffer": b""} for n in HOSTILE_NAMES]
    files = [*refusable(), *hostile]
    assert len(files) > 20
    page = visitor.open(f"{empty_app.url}/data")
    page.locator('input[type="file"]').set_input_files(files)
    ends = page.get_by_text(re.compile(r"^Not read: |rows? in = "))
    expect(ends).to_have_count(len(files), timeout=READ_MS)
    visitor.settled()
    assert page.get_by_text("Something went wrong").count() == 0
    assert page.get_by_text("Traceback").count() == 0
    assert page.locator(".stMain img, .stMain iframe, .stMain a[href*='evil']").count() == 0
    assert page.evaluate("() => window.attacked") is None
    shown = page.locator(".stMain").inner_text()
    assert "\u202e" not in shown
    assert "<img src=http://evil.example/a.png onerror=alert(1)>.csv" in shown
    page.get_by_role("button", name="Discard all").click()
    expect(ends).to_have_count(0)
    # That nothing outside was asked is checked for every visitor when the test ends.
