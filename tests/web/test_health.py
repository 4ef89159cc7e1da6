"""The health routes and headers, beside the app and without it."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from nps_app.store import StoreError
from nps_app.web.headers import SecurityHeaders
from nps_app.web.health import health_routes


def client(ready) -> TestClient:
    return TestClient(
        Starlette(routes=health_routes(ready), middleware=[Middleware(SecurityHeaders)])
    )


def test_a_process_whose_store_opens_is_alive_and_ready():
    web = client(lambda: 1)
    assert (web.get("/livez").status_code, web.get("/readyz").status_code) == (200, 200)


def test_a_process_whose_store_fails_is_alive_but_not_ready_and_does_not_say_why():
    def fails() -> None:
        raise RuntimeError("/srv/secret/place is gone")

    web = client(fails)
    assert web.get("/livez").status_code == 200
    answer = web.get("/readyz")
    assert answer.status_code == 503
    assert "secret" not in answer.text


def test_a_store_that_cannot_open_says_why_in_its_own_words():
    def fails() -> None:
        raise StoreError("The data file nps.duckdb is in use by another program.")

    answer = client(fails).get("/readyz")
    assert (answer.status_code, answer.text) == (
        503,
        "not ready: The data file nps.duckdb is in use by another program.",
    )
    assert client(fails).head("/readyz").status_code == 503


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/nowhere"])
def test_no_answer_lets_a_browser_load_from_elsewhere(path):
    policy = client(lambda: 1).get(path).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'self'"
    assert "http" not in policy
    assert rules["img-src"] == "'self' data: blob:"


def test_health_is_never_cached():
    assert client(lambda: 1).get("/readyz").headers["Cache-Control"] == "no-store"
