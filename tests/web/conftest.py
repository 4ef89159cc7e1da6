"""Dashboards that are served once for all tests here."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.openid_provider import Provider, start_provider
from tests.serving import ROOT, Served, free_port, prepare, start, wait_until_served


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """`serve(secrets_of=None, *arguments, **environment)`: a dashboard, stopped at the end."""
    processes: list[subprocess.Popen[bytes]] = []

    def serve(secrets_of: Callable[[str], str] | None = None, *more: str, **env: str) -> Served:
        folder = tmp_path_factory.mktemp("served") / "data"
        keys = prepare(folder)
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        secrets = None
        if secrets_of:
            secrets = folder.parent / "secrets.toml"
            secrets.write_text(secrets_of(url))
        processes.append(start(folder, port, secrets, *more, **env))
        log = folder.parent / "log"
        wait_until_served(processes[-1], url, log)
        return Served(url, log, keys)

    yield serve
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(20)


@pytest.fixture(scope="session")
def open_dashboard(serve: Callable[..., Served]) -> Served:
    """A dashboard without a sign-in."""
    return serve()


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    provider, server = start_provider()
    yield provider
    server.shutdown()


@pytest.fixture(scope="session")
def closed_dashboard(serve: Callable[..., Served], provider: Provider) -> Served:
    """A dashboard where everybody signs in."""
    served = serve(provider.secrets)
    served.provider = provider
    return served


@pytest.fixture(scope="session")
def routes() -> list[tuple[str, list[str]]]:
    """Every route of the app, Streamlit's own included: path with its places filled, methods."""
    script = (
        "import json, dashboard\n"
        "routes = dashboard.app._build_starlette_app().routes\n"
        "print(json.dumps([[r.path, sorted(getattr(r, 'methods', None) or [])] for r in routes]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    filled = {"{path:path}": "a/b", "{file_id:path}": "0" * 56 + ".csv", "{session_id}": "s"}
    found = []
    for path, methods in json.loads(done.stdout.splitlines()[-1]):
        for place, value in (filled | {"{file_id}": "f"}).items():
            path = path.replace(place, value)
        found.append((path or "/", methods or ["GET"]))
    return found
