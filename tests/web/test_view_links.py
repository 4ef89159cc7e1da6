"""A saved view's link sends a browser on, and only to a page of the app itself."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from nps_app.web.view_links import ViewLinks

VIEWS = {"7": ("trend", "every=month&size=A%26B"), "8": ("", "")}
HTML = {"accept": "text/html"}


@pytest.fixture
def browser() -> TestClient:
    async def page(request):
        return PlainTextResponse("the app")

    app = Starlette(routes=[Route("/{path:path}", page)])
    return TestClient(ViewLinks(app, VIEWS.get), follow_redirects=False)


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("/view?id=7", "./trend?every=month&size=A%26B"),
        ("/nps/view?id=7&lang=fr", "./trend?every=month&size=A%26B&lang=fr"),
        ("/view?id=8", "./"),
        ("/view?id=8&lang=%0d%0aSet-Cookie:x", "./?lang=%0D%0ASet-Cookie%3Ax"),
    ],
)
def test_a_link_leads_to_the_whole_view(browser: TestClient, link: str, place: str) -> None:
    answer = browser.get(link, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (302, place)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("link", ["/view", "/view?id=9", "/view?id=7/../8", "/review?x=7", "/"])
def test_everything_else_is_the_apps(browser: TestClient, link: str) -> None:
    assert browser.get(link, headers=HTML).text == "the app"
