"""The house's rules of style, in the page before the app draws: nothing moves once they come."""

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nps_core.language import LANGUAGES, preferred

_END_OF_HEAD = b"</head>"
_HTML = b'<html lang="en">'
# With these a browser would be answered from before a change of style, or packed.
_NOT_ASKED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}


class HouseStyle:
    """ASGI middleware that puts `css` at the end of the head of every HTML page.

    The page names the language it will speak: that of the address, else the browser's.

    With `page` of that page alone ("/wall"); `head` is what else belongs there.
    """

    def __init__(self, app: ASGIApp, css: str, head: str = "", page: str = "") -> None:
        self._app = app
        self._page = page
        self._style = f"<style>{css}</style>{head}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; of an HTML answer, send the page with the style in its head."""
        if (
            scope["type"] != "http"
            or "text/html" not in Headers(scope=scope).get("accept", "")
            or not scope["path"].rstrip("/").endswith(self._page)
        ):
            await self._app(scope, receive, send)
            return
        asked = [(name, value) for name, value in scope["headers"] if name not in _NOT_ASKED]
        started: list[Message] = []
        body = bytearray()

        async def send_styled(message: Message) -> None:
            if message["type"] == "http.response.start":
                if "text/html" in Headers(raw=message["headers"]).get("content-type", ""):
                    started.append(message)
                else:
                    await send(message)
                return
            if message["type"] != "http.response.body" or not started:
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            page = bytes(body).replace(_END_OF_HEAD, self._style + _END_OF_HEAD, 1)
            page = page.replace(_HTML, f'<html lang="{_language(scope)}">'.encode(), 1)
            headers = MutableHeaders(raw=started[0]["headers"])
            for name in ("etag", "last-modified", "accept-ranges"):
                del headers[name]
            if scope["method"] != "HEAD":
                headers["content-length"] = str(len(page))
            await send(started[0])
            await send({**message, "body": page})

        await self._app({**scope, "headers": asked}, receive, send_styled)


def _language(scope: Scope) -> str:
    asked = QueryParams(scope["query_string"]).getlist("lang")
    known = (name for name in asked if name in LANGUAGES)
    return next(known, preferred(Headers(scope=scope).get("accept-language", "")))
