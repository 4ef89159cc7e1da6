"""`streamlit run dashboard.py` serves the health routes and the app, whichever comes first."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of the app as `make run` starts it, and its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", f"{port}"],
            cwd=ROOT,
            env=os.environ | {"NPS_DATA": str(tmp_path / "data")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            assert process.poll() is None, log.read_text()
            try:
                urllib.request.urlopen(f"{url}/livez", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield url, log
    finally:
        process.terminate()
        process.wait(20)


def test_the_app_and_its_health_answer_at_one_address_and_start_says_nothing_odd(served):
    url, log = served
    assert status(f"{url}/livez") == 200
    assert status(f"{url}/readyz") == 200
    assert (log.parent / "data" / "nps.duckdb").exists()
    assert status(f"{url}/segments?size=Enterprise") == 200
    assert not re.search("warning|Traceback|ScriptRunContext", log.read_text(), re.IGNORECASE)


def test_the_makefile_starts_what_is_tested_here():
    assert "$(BIN)/streamlit run dashboard.py\n" in (ROOT / "Makefile").read_text()
