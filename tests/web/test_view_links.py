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


@pytest.mark.parametrize(
    ("link", "place"),
    [
        (
            "/nps/trend?every=month&filter=size%3DA%2526B%26dates%3D90d",
            "./trend?every=month&size=A%26B&dates=90d",
        ),
        ("/nps/?filter=", "./"),
        ("/a%0d%0aX?filter=%0d%0aSet-Cookie%3Dx", "./a%0D%0AX?%0D%0ASet-Cookie=x"),
        ("/evil.example//x?filter=size%3DA", "./x?size=A"),
    ],
)
def test_a_link_of_the_app_opened_in_a_tab_of_its_own_has_its_filter_in_the_address(
    browser: TestClient, link: str, place: str
) -> None:
    answer = browser.get(link, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (302, place)


@pytest.mark.parametrize("link", ["/view", "/view?id=9", "/view?id=7/../8", "/review?x=7", "/"])
def test_everything_else_is_the_apps(browser: TestClient, link: str) -> None:
    assert browser.get(link, headers=HTML).text == "the app"
