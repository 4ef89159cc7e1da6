"""Dashboards that are served once for all tests here."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.openid_provider import Provider, start_provider
from tests.serving import ROOT, Served, dashboard


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # One worker takes them all: they share the servers of the session.
    for item in items:
        if "serve" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("served"))


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """`serve(secrets_of=None, *arguments, **environment)`: a dashboard, stopped at the end."""
    with ExitStack() as served:

        def serve(secrets_of: Callable[[str], str] | None = None, *more: str, **env: str) -> Served:
            folder = tmp_path_factory.mktemp("served") / "data"
            return served.enter_context(dashboard(folder, secrets_of, *more, **env))

        yield serve


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
