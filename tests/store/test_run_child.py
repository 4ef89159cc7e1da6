"""Whatever the child does, the server goes on and the person reads a plain sentence."""

import logging
import os
import subprocess
import sys
import time

import pytest

from nps_app.parsing import parse_upload, upload
from nps_app.parsing.run import TimeIsUp, run_child
from nps_core.errors import FileRefused

CSV = b"response_id,responded_at,score\nR1,2025-03-01T10:00:00Z,9\n"


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


def python(code):
    return [sys.executable, "-c", code]


@pytest.fixture
def misbehave(monkeypatch):
    """Put a few lines of Python in place of the real child."""
    return lambda code: monkeypatch.setattr(upload, "COMMAND", python(code))


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "import ctypes; ctypes.string_at(0)",
        "raise SystemExit(3)",
        "pass",
        "print('x' * 10_000_000)",
        "import sys; open(sys.argv[1] + '/report.json', 'w').write('{')",
    ],
)
def test_a_child_that_fails_is_a_refused_file(misbehave, code):
    misbehave(code)
    with pytest.raises(FileRefused, match="upload that") as refused:
        parse_upload(CSV, "scores.csv")
    assert "Traceback" not in str(refused.value)
    assert "/" not in str(refused.value)


def test_a_killed_child_is_a_refused_file(misbehave):
    misbehave("import os; os.kill(os.getpid(), 9)")
    with pytest.raises(FileRefused, match="memory"):
        parse_upload(CSV, "scores.csv")


def test_the_child_is_stopped_at_one_gigabyte(tmp_path):
    grow = (
        "import pandas, pyarrow, resource\n"
        "from nps_app.parsing.limits import limit_this_process\n"
        "limit_this_process()\n"
        "held = []\n"
        "try:\n"
        "    while True: held.append(b'x' * 10_000_000)\n"
        "except MemoryError:\n"
        "    held.clear()\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        "raise SystemExit(10 if 800 < peak < 1200 else 11)\n"
    )
    assert run_child(python(grow), tmp_path, 30) == 10


def test_time_is_up_for_the_child_and_for_what_it_started(tmp_path, monkeypatch, misbehave):
    note = tmp_path / "pid"
    misbehave(
        "import subprocess, time\n"
        f"child = subprocess.Popen(['sleep', '60'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    monkeypatch.setattr(upload, "SECONDS", 1.0)
    started = time.monotonic()
    with pytest.raises(FileRefused, match="longer than 1 seconds"):
        parse_upload(CSV, "scores.csv")
    assert time.monotonic() - started < 5
    time.sleep(0.2)
    assert not alive(int(note.read_text()))


def test_a_child_that_closes_its_output_and_stays_is_ended_too(tmp_path):
    with pytest.raises(TimeIsUp):
        run_child(python("import os, time; os.close(1); time.sleep(60)"), tmp_path, 0.5)


def test_progress_arrives_in_this_thread_and_an_error_in_it_ends_the_child(tmp_path):
    told = []
    run_child(python("print(0.25); print('noise'); print(7); print(1)"), tmp_path, 10, told.append)
    assert told == [0.25, 1.0]

    def leave(done):
        raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_child(
            python("import time; print(0.5, flush=True); time.sleep(60)"), tmp_path, 60, leave
        )
    assert time.monotonic() - started < 5


def test_the_child_inherits_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("NPS_SECRET", "hush")
    look = "import os; raise SystemExit(1 if 'NPS_SECRET' in os.environ else 0)"
    assert run_child(python(look), tmp_path, 10) == 0


def test_nothing_of_the_file_reaches_the_log(misbehave, caplog, capfd):
    misbehave("import sys; print('ann@example.com'); sys.stderr.write('ann@example.com'); 1/0")
    with caplog.at_level(logging.DEBUG), pytest.raises(FileRefused):
        parse_upload(CSV, "ann@example.com.csv")
    out, err = capfd.readouterr()
    assert "ann@" not in out + err + caplog.text


def test_a_file_over_fifty_megabytes_is_refused_before_anything_starts(misbehave):
    misbehave("open('/nonexistent/never')")
    with pytest.raises(FileRefused, match=r"50\.0 MB; at most 50 MB"):
        parse_upload(b"x" * (50 * 1024 * 1024 + 1), "big.csv")


def test_no_folder_stays_behind(misbehave, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    misbehave("import os; os.abort()")
    with pytest.raises(FileRefused):
        parse_upload(CSV, "scores.csv")
    assert list(tmp_path.iterdir()) == []
