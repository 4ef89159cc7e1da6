"""A session's websocket at the gate: looked at again while it runs, ended when it must."""

import asyncio
from contextlib import suppress
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from nps_app.web import walls
from nps_app.web.admitted import HEADER, WALL
from nps_app.web.visitors import Visitor, Visitors

LOOK_AGAIN_SECONDS: Final = 10.0
_POLICY: Final = 1008
_PROTOCOL: Final = b"sec-websocket-protocol"


class Session:
    """One websocket of a visitor who was let in.

    Every ten seconds it is asked again whether the visitor may stay. When not, the browser is
    sent to the address it would now open, where it is told so, and the session ends. Of a wall
    display, what it sends is narrowed to what a display needs.
    """

    def __init__(self, app: ASGIApp, visitors: Visitors, visitor: Visitor, base: str) -> None:
        self._app = app
        self._visitors = visitors
        self._visitor = visitor
        self._base = base
        self._token = visitor.token
        self._over = asyncio.Event()
        self._accepted = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the session until it ends by itself or is ended."""
        visitor = self._visitor
        kind = f"{WALL} {visitor.link.id}" if visitor.link else visitor.kind
        headers = [*scope["headers"], (HEADER.encode(), kind.encode())]
        if visitor.kind == WALL:
            headers = [_without_session(pair) for pair in headers]
        scope = {**scope, "headers": headers}
        if visitor.kind == "open":
            await self._app(scope, receive, send)
            return

        async def send_while_it_lasts(message: Message) -> None:
            if self._over.is_set():
                raise OSError("The gate ended this session.")
            self._accepted = self._accepted or message["type"] == "websocket.accept"
            await send(message)

        watch = asyncio.create_task(self._watch(send))
        end = asyncio.create_task(self._over.wait())

        async def receive_while_it_lasts() -> Message:
            while not self._over.is_set():
                message = await _first(receive, end)
                if message is not None and visitor.kind == WALL:
                    message = await self._narrowed(message)
                if message is not None and not self._over.is_set():
                    return message
            return {"type": "websocket.disconnect", "code": _POLICY}

        try:
            await self._app(scope, receive_while_it_lasts, send_while_it_lasts)
        finally:
            watch.cancel()
            end.cancel()

    async def _narrowed(self, message: Message) -> Message | None:
        narrowed, key = walls.narrowed(message)
        if key and key != self._token and await self._visitors.links.still_opens(key):
            self._token = key
        return narrowed

    async def _watch(self, send: Send) -> None:
        while await self._visitors.may_stay(self._visitor, self._token):
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        self._over.set()
        if not self._accepted:
            return
        to = f"{self._base}/"
        if self._visitor.kind == WALL:
            to = walls.address(self._base, self._token)
        with suppress(OSError, RuntimeError):
            await send({"type": "websocket.send", "bytes": _redirect(to)})
            await send({"type": "websocket.close", "code": _POLICY})


async def refuse_websocket(scope: Scope, send: Send, status: int, why: str) -> None:
    """Refuse a websocket before it opens: with an HTTP status where the server can, else 1008."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": _POLICY})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": why.encode()})


async def _first(receive: Receive, end: "asyncio.Task[Any]") -> Message | None:
    """Give the next message, None when the session is ended before one comes."""
    coming = asyncio.ensure_future(receive())
    try:
        await asyncio.wait({coming, end}, return_when=asyncio.FIRST_COMPLETED)
        return coming.result() if coming.done() else None
    finally:
        coming.cancel()


def _without_session(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Leave out the third entry of Streamlit's protocol header: an earlier session to go on with.

    That session might be a person's.
    """
    name, value = header
    return (name, b",".join(value.split(b",")[:2])) if name.lower() == _PROTOCOL else header


def _redirect(to: str) -> bytes:
    """Streamlit's own message that makes a browser leave for another address."""
    message = ForwardMsg()
    message.auth_redirect.url = to
    return message.SerializeToString()
