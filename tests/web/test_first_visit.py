"""The route that remembers the offer of the tour: its cookie, and that it leads nowhere else."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from nps_app.web.first_visit import COOKIE, first_visit_routes

web = TestClient(Starlette(routes=[*first_visit_routes()]), follow_redirects=False)


def test_the_cookie_is_kept_for_long_and_sent_by_this_site_alone() -> None:
    answer = web.get("/first-visit?done=1&back=/trend%3Fevery%3Dweek")
    assert (answer.status_code, answer.headers["location"]) == (303, "/trend?every=week")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=done;")
    assert "Max-Age=31536000" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


def test_without_a_way_back_there_is_nothing_to_show() -> None:
    assert web.get("/first-visit?done=1").status_code == 204


def test_nothing_is_remembered_that_was_not_asked_for() -> None:
    assert "set-cookie" not in web.get("/first-visit?back=/").headers


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        " //evil.example",
        "/a\r\nSet-Cookie: x=y",
    ],
)
def test_no_other_site_can_be_named_as_the_way_back(back: str) -> None:
    answer = web.get("/first-visit", params={"done": "1", "back": back})
    assert answer.headers["location"] == "/"
