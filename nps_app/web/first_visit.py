"""GET /first-visit?done=1: remember in the browser that the guided first visit was offered."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

COOKIE: Final = "nps_first_visit"
_YEAR: Final = 365 * 24 * 60 * 60
_LOCAL: Final = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""A path of this host: no second slash or backslash that would name another one, no spaces."""


def local_path(given: str) -> str:
    """The path to go back to: `given` where it stays within this host, else "/".

    >>> local_path("/trend?every=week"), local_path("//evil.example"), local_path("https://x.y")
    ('/trend?every=week', '/', '/')
    """
    return given if _LOCAL.fullmatch(given) else "/"


def first_visit_routes() -> list[Route]:
    """The route: with `done=1` the cookie is set, with `back` the answer leads there (303)."""

    async def first_visit(request: Request) -> Response:
        asked = request.query_params
        back = asked.get("back")
        answer = (
            Response(status_code=204)
            if back is None
            else RedirectResponse(local_path(back), status_code=303)
        )
        if asked.get("done") == "1":
            path = request.url.path.removesuffix("/first-visit") or "/"
            answer.set_cookie(
                COOKIE, "done", max_age=_YEAR, path=path, httponly=True, samesite="lax"
            )
        return answer

    return [Route("/first-visit", first_visit)]
