"""The house's style in the page's head, and nothing else of the page changed."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from nps_app.web.style import HouseStyle

PAGE = "<html><head><title>é</title></head><body></head></body></html>"


@pytest.fixture
def client():
    app = Starlette(
        routes=[
            Route("/", lambda request: HTMLResponse(PAGE, headers={"etag": "old"})),
            Route("/livez", lambda request: PlainTextResponse("ok </head>")),
        ],
        middleware=[Middleware(HouseStyle, css="p {margin: 0}")],
    )
    return TestClient(app)


def test_a_page_has_the_style_in_its_head_once(client):
    answer = client.get("/", headers={"accept": "text/html", "if-none-match": "old"})
    assert answer.status_code == 200
    assert answer.text == PAGE.replace("</head>", "<style>p {margin: 0}</style></head>", 1)
    assert "etag" not in answer.headers


def test_what_is_no_page_comes_as_it_is(client):
    assert client.get("/livez", headers={"accept": "text/html"}).text == "ok </head>"
    assert client.get("/", headers={"accept": "application/json"}).text == PAGE


@pytest.mark.parametrize(
    ("address", "accepted", "spoken"),
    [
        ("/?lang=fr", "en", "fr"),
        ("/?lang=en", "fr", "en"),
        ("/?lang=xx&lang=fr", "en", "fr"),
        ("/", "de-DE, fr-CA;q=0.8, en;q=0.5", "fr"),
        ("/", "de-DE", "en"),
        ("/?lang=%22%3E%3Cscript%3E", "", "en"),
    ],
)
def test_the_page_names_the_language_it_speaks(address, accepted, spoken):
    app = Starlette(
        routes=[Route("/", lambda request: HTMLResponse('<html lang="en"><head></head></html>'))],
        middleware=[Middleware(HouseStyle, css="")],
    )
    headers = {"accept": "text/html", "accept-language": accepted}
    page = TestClient(app).get(address, headers=headers).text
    assert page.startswith(f'<html lang="{spoken}"><head>')
