"""One session's uploads within an hour are limited, counted as they come; others lose nothing."""

import tracemalloc

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from nps_app.web.quota import UploadQuota, quota_mb
from tests.serving import PAGE, run_page

MB = 1024 * 1024
HOUR = 3600


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(clock) -> TestClient:
    """An app that takes uploads of up to 3 MB a session, and says how much it was given."""

    async def take(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(sum([len(part) async for part in request.stream()])))

    return TestClient(
        Starlette(
            routes=[
                Route("/_stcore/upload_file/{s}/{f}", take, methods=["PUT", "DELETE"]),
                Route("/elsewhere", take, methods=["PUT"]),
            ],
            middleware=[Middleware(UploadQuota, megabytes=3, clock=clock)],
        )
    )


def put(web: TestClient, session: str, size: int, **how):
    content = (b"x" * (64 * 1024) for _ in range(size // (64 * 1024))) if how else b"x" * size
    return web.put(f"/_stcore/upload_file/{session}/f", content=content)


@pytest.mark.parametrize("how", [{}, {"streamed": True}], ids=["announced", "streamed"])
def test_up_to_the_quota_and_no_further(web, how):
    assert put(web, "a", 2 * MB, **how).text == str(2 * MB)
    assert put(web, "a", MB, **how).status_code == 200
    refused = put(web, "a", MB, **how)
    assert refused.status_code == 413
    assert refused.text == (
        "One session may upload 3 MB within an hour, and this file goes beyond it. Try again later."
    )
    assert put(web, "b", 3 * MB, **how).status_code == 200


def test_an_hour_later_there_is_room_again(web, clock):
    assert put(web, "a", 2 * MB).status_code == 200
    clock.now = HOUR / 2
    assert put(web, "a", MB).status_code == 200
    clock.now = HOUR - 61
    assert put(web, "a", MB).status_code == 413
    clock.now = HOUR + 60
    assert put(web, "a", 2 * MB).status_code == 200
    assert put(web, "a", MB).status_code == 413


def test_a_file_that_is_too_big_from_the_start_uses_nothing_up(web):
    assert put(web, "a", 4 * MB).status_code == 413
    assert put(web, "a", 3 * MB).status_code == 200


def test_a_length_that_lies_changes_nothing(web):
    headers = {"Content-Length": "10"}
    content = (b"x" * MB for _ in range(5))
    answer = web.put("/_stcore/upload_file/a/f", content=content, headers=headers)
    assert answer.status_code == 413


def test_only_uploads_count(web):
    for _ in range(5):
        assert web.put("/elsewhere", content=b"x" * MB).status_code == 200
    assert put(web, "a", 3 * MB).status_code == 200
    assert web.delete("/_stcore/upload_file/a/f").status_code == 200


def test_many_sessions_neither_fill_the_memory_nor_free_the_one_that_is_full(web, clock):
    quota = UploadQuota(web.app, megabytes=3, clock=clock)
    quota._add("full", 3 * MB)
    tracemalloc.start()
    for n in range(11_000):
        quota._add(f"{n}", 1)
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert grown < 6 * MB
    assert quota._used("full") == 3 * MB


@pytest.mark.parametrize(
    ("given", "quota"), [("", 200), ("50", 50), ("x", 200), ("0", 200), ("-1", 200)]
)
def test_the_environment_sets_it(monkeypatch, given, quota):
    monkeypatch.setenv("NPS_UPLOAD_QUOTA_MB", given)
    assert quota_mb() == quota


def test_the_real_upload_route_is_counted(serve):
    served = serve(None, NPS_UPLOAD_QUOTA_MB="1")
    with served.websocket() as socket, served.client() as client:
        first = next(m for m in run_page(socket) if m.WhichOneof("type") == "new_session")
        session = first.new_session.initialize.session_id
        client.get("/_stcore/health", headers=PAGE)
        token = client.cookies["_streamlit_xsrf"]

        def upload(size: int):
            return client.put(
                f"/_stcore/upload_file/{session}/f",
                files={"file": ("a.csv", b"x" * size)},
                headers={"X-Xsrftoken": token},
            )

        assert upload(700_000).status_code == 204
        refused = upload(700_000)
        assert refused.status_code == 413
        assert refused.headers["x-frame-options"] == "SAMEORIGIN"
        assert upload(100_000).status_code == 204
