"""Response headers that keep a browser from doing more than the dashboard needs."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    # Text from an uploaded file can name an address; no page of ours ever loads from elsewhere.
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
        "style-src 'self' 'unsafe-inline'; "
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:; "
        "connect-src 'self' ws: wss:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'; "
        "object-src 'none'"
    ),
}
_ENCRYPTED: Final = {"Strict-Transport-Security": "max-age=31536000"}
_STARTS: Final = ("http.response.start", "websocket.http.response.start", "websocket.accept")


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer, refused websockets included.

    Only Streamlit's own unchanging files may be stored by a browser. With `encrypted` (people
    come by https) browsers are told to stay with it, and cookies are sent nowhere else.
    """

    def __init__(self, app: ASGIApp, encrypted: bool = False) -> None:
        self._app = app
        self._encrypted = encrypted
        self._headers = _HEADERS | (_ENCRYPTED if encrypted else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with the headers set on what comes back."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if _closes_unopened(scope, message, started):
                started = True
                refusal = {"type": "websocket.http.response.start", "status": 403, "headers": []}
                await send(self._with_headers(refusal))
                await send({"type": "websocket.http.response.body", "body": b""})
                return
            if message["type"] in _STARTS:
                started = True
                message = self._with_headers(message)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            # Starlette answers failures outside of every middleware, without the headers.
            if scope["type"] == "http" and not started:
                answer = PlainTextResponse("Internal Server Error", status_code=500)
                await answer(scope, receive, send_with_headers)
            raise

    def _with_headers(self, message: Message) -> Message:
        headers = MutableHeaders(raw=list(message.get("headers", [])))
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        if "immutable" not in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = "no-store"
        raw = headers.raw
        if self._encrypted:
            raw = [(name, _secure(name, value)) for name, value in raw]
        return {**message, "headers": raw}


def _closes_unopened(scope: Scope, message: Message, started: bool) -> bool:
    """Whether a websocket is refused without an answer, where the server could send one."""
    can = "websocket.http.response" in scope.get("extensions", {})
    return message["type"] == "websocket.close" and not started and can


def _secure(name: bytes, value: bytes) -> bytes:
    if name.lower() != b"set-cookie" or b"secure" in value.lower().split(b"; "):
        return value
    return value + b"; Secure"
