"""Permanent links of saved views, `/view?id=7`, answered with the address of what they show.

Inside the app the page of that name does the same; a browser that comes from outside is sent on
before the app starts, so that the address bar, a reload and a bookmark hold the whole view.
So is one that opens a link of the app in a tab of its own, with the filter in one parameter.
"""

from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from nps_app.store import StoreError

_PATH = "/view"
FILTER = "filter"
"""The parameter in which a link inside the app has its filter; outside it takes no detour."""


class ViewLinks:
    """ASGI middleware: `find(id)` gives page and query of a saved view, None without one."""

    def __init__(self, app: ASGIApp, find: Callable[[str], tuple[str, str] | None]) -> None:
        self._app = app
        self._find = find

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a browser on to what the link shows; pass everything else on."""
        asks_for_page = (
            scope["type"] == "http"
            and scope["method"] in ("GET", "HEAD")
            and "text/html" in Headers(scope=scope).get("accept", "")
        )
        asked = _query(scope["query_string"].decode("latin-1")) if asks_for_page else {}
        if FILTER in asked:
            brought = "".join(asked.pop(FILTER)[:1])
            page = quote(scope["path"].rpartition("/")[2])
            await _sent_on(page, urlencode(asked | _query(brought), doseq=True))(
                scope, receive, send
            )
            return
        if not asks_for_page or not scope["path"].endswith(_PATH):
            await self._app(scope, receive, send)
            return
        try:
            found = await run_in_threadpool(self._find, "".join(asked.get("id", [])[:1]))
        except StoreError:
            # The page says why the store cannot be opened.
            found = None
        if found is None:
            await self._app(scope, receive, send)
            return
        page, query = found
        language = {"lang": asked["lang"]} if "lang" in asked else {}
        whole = "&".join(filter(None, (query, urlencode(language, doseq=True))))
        await _sent_on(page, whole)(scope, receive, send)


def _query(text: str) -> dict[str, list[str]]:
    return parse_qs(text, keep_blank_values=True)


def _sent_on(page: str, query: str) -> RedirectResponse:
    # Relative to the link itself: a folder the app is served under stays before it.
    answer = RedirectResponse(f"./{page}?{query}" if query else f"./{page}", 302)
    answer.headers["Cache-Control"] = "no-store"
    return answer
