"""How much one session may upload within an hour, counted as the bytes come."""

import os
import re
import time
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from nps_app.web.base_path import base_path
from nps_core.language import tr

VARIABLE: Final = "NPS_UPLOAD_QUOTA_MB"
DEFAULT_MB: Final = 200
_MB: Final = 1024 * 1024
_HOUR: Final = 3600.0
_MINUTE: Final = 60.0
_UPLOAD: Final = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+")
# A form's boundaries and headers around the file, as Streamlit itself allows for.
_AROUND: Final = _MB
_MOST_SESSIONS: Final = 10_000
_LONGEST_NAME: Final = 64


class _BeyondQuota(Exception):  # noqa: N818
    """Raised through the app's reading of a body, to end it."""


class UploadQuota:
    """ASGI middleware that answers 413 once a session has uploaded `NPS_UPLOAD_QUOTA_MB`."""

    def __init__(
        self,
        app: ASGIApp,
        megabytes: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._quota = (quota_mb() if megabytes is None else megabytes) * _MB
        self._clock = clock
        self._minutes: dict[str, dict[int, int]] = {}
        self._base = base_path()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; count what is uploaded."""
        place = scope.get("path", "")[len(self._base) :]
        upload = _UPLOAD.fullmatch(place) if scope["type"] == "http" else None
        if upload is None or scope["method"] in ("DELETE", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        session = upload[1][:_LONGEST_NAME]
        announced = Headers(scope=scope).get("content-length", "")
        length = int(announced) if announced.isdigit() else 0
        if self._used(session) + length > self._quota:
            await self._refuse(scope, receive, send, length)
            return
        started = False

        async def receive_counted() -> Message:
            message = await receive()
            if message["type"] == "http.request":
                self._add(session, len(message.get("body", b"")))
                if self._used(session) > self._quota:
                    raise _BeyondQuota
            return message

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive_counted, send_noted)
        except _BeyondQuota:
            if not started:
                await self._refuse(scope, receive, send, 0)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, length: int) -> None:
        # A browser that is cut off while it sends never reads the answer: what it announced is
        # taken and thrown away, unless that is more than any file may have.
        left = length if length <= config.get_option("server.maxUploadSize") * _MB + _AROUND else 0
        while left > 0:
            message = await receive()
            if message["type"] != "http.request" or not message.get("more_body", False):
                break
            left -= len(message.get("body", b""))
        text = tr(
            "One session may upload {n} MB within an hour, and this file goes beyond it. "
            "Try again later.",
            n=str(self._quota // _MB),
        )
        answer = PlainTextResponse(text, status_code=413)
        await answer(scope, receive, send)

    def _used(self, session: str) -> int:
        oldest = self._now() - _HOUR / _MINUTE
        minutes = self._minutes.get(session, {})
        return sum(size for minute, size in minutes.items() if minute > oldest)

    def _add(self, session: str, size: int) -> None:
        now = self._now()
        minutes = self._minutes.setdefault(session, {})
        minutes[now] = minutes.get(now, 0) + size
        if len(minutes) > _HOUR / _MINUTE:
            del minutes[min(minutes)]
        if len(self._minutes) > _MOST_SESSIONS:
            self._forget(now)

    def _forget(self, now: int) -> None:
        """Forget who uploaded nothing for an hour; of many others, those who uploaded least."""
        recent = [
            (sum(minutes.values()), name)
            for name, minutes in self._minutes.items()
            if max(minutes) > now - _HOUR / _MINUTE
        ]
        kept = sorted(recent, reverse=True)[: _MOST_SESSIONS // 2]
        self._minutes = {name: self._minutes[name] for _, name in kept}

    def _now(self) -> int:
        return int(self._clock() // _MINUTE)


def quota_mb() -> int:
    """Give the quota in MB: of the environment, else 200."""
    given = os.environ.get(VARIABLE, "").strip()
    return int(given) if given.isdigit() and int(given) > 0 else DEFAULT_MB
