"""The real dashboard in a process of its own, and what a client without a browser does to it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pandas as pd
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from nps_app.store import WallLink, open_store
from tests.openid_provider import Provider
from tests.storing import commit_rows

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
COMMENT = "The export never finishes"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Served:
    """A running dashboard: its address, its log, and the keys of the wall links it has."""

    url: str
    log: Path
    keys: dict[str, str] = field(default_factory=dict)
    provider: Provider | None = None

    def client(self, **options: object) -> httpx2.Client:
        return httpx2.Client(base_url=self.url, timeout=30, **options)

    @contextmanager
    def signed_in(self) -> Iterator[httpx2.Client]:
        """A client that went the whole round to the provider."""
        with self.client(follow_redirects=True) as client:
            answer = client.get("/", headers=PAGE)
            assert (answer.status_code, answer.url.path) == (200, "/")
            yield client

    def websocket(self, **options: object) -> ClientConnection:
        address = self.url.replace("http", "ws") + "/_stcore/stream"
        return connect(address, **{"subprotocols": ["streamlit"], "max_size": None} | options)


PAGE = {"Accept": "text/html,application/xhtml+xml"}


def prepare(folder: Path) -> dict[str, str]:
    """A store of a few responses and two wall links; gives the links' keys."""
    folder.mkdir()
    store = open_store(folder / "nps.duckdb")
    frame = pd.DataFrame(
        {
            "response_id": [str(n) for n in range(40)],
            "responded_at": ["2026-10-01"] * 40,
            "score": [9] * 30 + [3] * 10,
            "comment": [COMMENT] * 40,
        }
    )
    commit_rows(store, frame)
    keys = {}
    for name in ("kitchen", "hall", "gone"):
        link, keys[name] = store.create_wall_link(WallLink(name))
    store.revoke_wall_link(link.id)
    store.close()
    return keys


def start(
    folder: Path, port: int, secrets: Path | None = None, *more: str, **env: str
) -> subprocess.Popen[bytes]:
    """Start the dashboard as a person would; its log is beside its folder."""
    arguments = ["--secrets.files", str(secrets or folder / "none.toml"), *more]
    with (folder.parent / "log").open("wb") as log:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", "dashboard.py"),
                *("--server.port", str(port), *arguments),
            ],
            cwd=ROOT,
            env=os.environ | {"NPS_DATA": str(folder)} | env,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def wait_until_served(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{url}/livez", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"Not served after {START_SECONDS} s:\n{log.read_text()}")


def run_page(socket: ClientConnection, **state: str) -> list[ForwardMsg]:
    """Ask a websocket for a run of the script; gives its messages until the run is over."""
    asked = BackMsg()
    for name, value in state.items():
        setattr(asked.rerun_script, name, value)
    asked.rerun_script.SetInParent()
    socket.send(asked.SerializeToString())
    messages = []
    while True:
        message = ForwardMsg.FromString(socket.recv(timeout=60))
        messages.append(message)
        if message.WhichOneof("type") == "script_finished":
            return messages


@contextmanager
def dashboard(
    folder: Path, secrets_of: Callable[[str], str] | None = None, *more: str, **env: str
) -> Iterator[Served]:
    """A dashboard on a free port, with the secrets that `secrets_of` gives for its address."""
    keys = prepare(folder)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    secrets = None
    if secrets_of:
        secrets = folder.parent / "secrets.toml"
        secrets.write_text(secrets_of(url))
    process = start(folder, port, secrets, *more, **env)
    log = folder.parent / "log"
    try:
        wait_until_served(process, url, log)
        yield Served(url, log, keys)
    finally:
        process.terminate()
        process.wait(20)
