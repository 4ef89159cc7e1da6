"""The watchdog's script and style: in the head of the wall's page, and of no other."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from nps_app.web.style import HouseStyle
from nps_app.web.wall_watch import WALL_PATH, WATCH_TAG, wall_routes

HTML = {"accept": "text/html"}


@pytest.fixture
def client():
    def page(request):
        return HTMLResponse("<html><head></head><body></body></html>")

    app = Starlette(
        routes=[*wall_routes(), Route("/", page), Route("/wall", page), Route("/wall_links", page)],
        middleware=[Middleware(HouseStyle, css="p {margin: 0}", head=WATCH_TAG, page=WALL_PATH)],
    )
    return TestClient(app)


def test_the_wall_alone_has_the_watchdog(client):
    assert WATCH_TAG in client.get("/wall", headers=HTML).text
    for other in ("/", "/wall_links"):
        assert "watch.js" not in client.get(other, headers=HTML).text


def test_the_script_it_names_is_there_and_may_be_kept_for_good(client):
    address = re.search('src="([^"]+)"', client.get("/wall", headers=HTML).text)[1]
    answer = client.get(f"/{address}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert "setInterval" in answer.text


def test_the_script_asks_nobody_else(client):
    script = client.get("/wall/watch.js").text
    assert re.findall(r"https?://", script) == []
    assert re.findall(r"\b(?:eval|innerHTML|document\.write)\b", script) == []
