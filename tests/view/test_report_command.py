"""`python -m nps_app.report` as cron runs it: beside a running dashboard, and when it cannot."""

import contextvars
import os
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pptx
import pytest
import streamlit as st

from nps_app.store import SavedView, open_store
from nps_app.view.weekly.command import main
from tests.storing import commit_rows

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys, time
from nps_app.store import open_store
store = open_store(sys.argv[1])
print("open", flush=True)
number = 0
while True:
    number += 1
    store.set_setting("written", number)
    time.sleep(0.05)
"""


def answers(day: str, scores: dict[int, int], **more: object) -> list[dict]:
    """Responses of one day: score to how many."""
    return [
        {"response_id": f"{day}-{score}-{n}-{more}", "responded_at": day, "score": score} | more
        for score, count in scores.items()
        for n in range(count)
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose last week with responses is 2024-W20, and its last month May 2024."""
    # 15 May 2024 is in week 20: 24 promoters, 10 passives, 6 detractors, NPS 45 of 40.
    rows = answers("2024-05-08", {10: 20, 7: 10, 3: 10}, plan="Pro")
    rows += answers("2024-05-15", {9: 24, 8: 10, 2: 3}, plan="Pro")
    rows += answers("2024-05-15", {2: 3}, plan="Free")
    data = tmp_path / "data"
    data.mkdir()
    store = open_store(data / "nps.duckdb")
    commit_rows(store, rows)
    store.save_view(SavedView("Pro only", "overview", "segment=plan:Pro"))
    store.close()
    monkeypatch.setenv("NPS_DATA", str(data))
    return data


@pytest.fixture
def run(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Give `run(*arguments)`: the command here, its code, and what it wrote and complained of."""

    def command(*arguments: str) -> tuple[int, str, str]:
        st.cache_data.clear()
        st.cache_resource.clear()
        # The language it speaks is its own.
        code = contextvars.copy_context().run(main, arguments)
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    yield command
    st.cache_resource.clear()


def test_beside_a_dashboard_that_writes_it_makes_the_slides_of_the_last_complete_week(
    folder: Path, tmp_path: Path
) -> None:
    writing = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder / "nps.duckdb")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    target = tmp_path / "report.pptx"
    try:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "open\n"
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "nps_app.report", "--to", str(target)],
            cwd=ROOT,
            env=os.environ | {"NPS_DATA": str(folder)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert writing.poll() is None, f"the writer stopped within {time.monotonic() - began:.0f} s"
    finally:
        writing.kill()
        writing.wait()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Written: {target}\n"
    deck = pptx.Presentation(BytesIO(target.read_bytes()))
    said = "\n".join(
        s.text_frame.text for one in deck.slides for s in one.shapes if s.has_text_frame
    )
    assert "(2024-W20)" in said
    assert "The NPS of the week is 45 (95 % interval" in said
    assert "40 responses" in said
    # Nothing is left beside the data, and the data is as it was: the writer could go on.
    assert {path.name for path in folder.iterdir()} <= {"nps.duckdb", "nps.duckdb.wal"}


def test_a_view_a_week_and_a_language_can_be_named(run: Callable, tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    code, said, _ = run(
        *("--week", "2024-W20", "--view", "pro ONLY", "--lang", "fr", "--to", str(target))
    )
    assert code == 0
    assert said == f"Fichier écrit\u00a0: {target}"
    page = target.read_text()
    # 24 promoters, 10 passives and 3 detractors: 100 x 21 / 37.
    assert "Le NPS de la semaine est de 57" in page
    assert "Pro only" in page
    assert '<html lang="fr">' in page


def test_a_month_can_be_named_and_without_one_the_last_complete_is_meant(
    run: Callable, tmp_path: Path
) -> None:
    pages = []
    for place, month in enumerate((("--month",), ("--month", "2024-05"))):
        target = tmp_path / f"{place}.html"
        code, _, complaint = run(*month, "--to", str(target))
        assert (code, complaint) == (0, "")
        pages.append(target.read_text())
    for page in pages:
        assert "May 2024" in page
        # 44 promoters, 20 passives, 16 detractors.
        assert "The NPS of the month is 35 (" in page
        assert "80 responses" in page


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--week", "46", "--to", "r.html"), "“46” is no week and no month"),
        (("--week", "2024-W60", "--to", "r.html"), "“2024-W60” is no week"),
        (("--view", "Nobody", "--to", "r.html"), "no view named “Nobody”. Saved views: Pro only"),
        (("--to", "r.docx"), "Cannot write a .docx file. Allowed: .pptx, .pdf, .html"),
        (("--to", "missing/r.html"), "r.html cannot be written: there is no folder"),
        (("--to", "."), "cannot be written: it is a folder"),
        ((), "Name a file with --to"),
        (("--email",), "E-mail is off"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(
    run: Callable,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    complaint: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NPS_SMTP_HOST", raising=False)
    code, said, complained = run(*arguments)
    assert (code, said) == (1, "")
    assert complaint in complained
    assert "\n" not in complained
    assert not list(tmp_path.glob("r.*"))


def test_without_a_data_file_it_says_so_and_makes_none(
    run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setenv("NPS_DATA", str(empty))
    code, _, complained = run("--to", str(tmp_path / "r.html"))
    assert code == 1
    assert "There is no data file nps.duckdb" in complained
    assert list(empty.iterdir()) == []


def test_without_responses_there_is_no_week_to_report(
    run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(tmp_path / "nps.duckdb").close()
    monkeypatch.setenv("NPS_DATA", str(tmp_path))
    code, _, complained = run("--lang", "fr", "--to", str(tmp_path / "r.html"))
    assert code == 1
    assert complained == "Il n’y a pas encore de période complète avec des réponses."
