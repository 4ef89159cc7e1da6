"""Wall displays at the gate: their cookie, whether a link still opens, and what they may ask."""

import re
import time
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.util import calc_hash

from nps_app.store import StoreError, WallLink
from nps_core.language import tr

COOKIE: Final = "nps_wall"
PAGE: Final = "wall"
KEY: Final = "key"
# One computer may drive several screens; a cookie holds no more than 4 KB.
_MOST: Final = 8
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22,86}")
_TRUSTED_SECONDS: Final = 5.0
_MESSAGES: Final = {"rerun_script", "app_heartbeat"}


class Walls:
    """Which tokens open a link now; an answer is trusted for five seconds.

    `find` gives the link of a token by the digest the store keeps, None for an unknown or revoked
    one. Only tokens that opened a link are remembered, so guesses take no memory.
    """

    def __init__(self, find: Callable[[str], WallLink | None]) -> None:
        self._find = find
        self._known: dict[str, tuple[float, WallLink]] = {}

    async def link(self, token: str) -> WallLink | None:
        """Give the link a token opens. Raises StoreError when that cannot be told."""
        if not _TOKEN.fullmatch(token):
            return None
        asked, link = self._known.get(token, (0.0, None))
        if link is not None and time.monotonic() - asked < _TRUSTED_SECONDS:
            return link
        try:
            link = await run_in_threadpool(self._find, token)
        except StoreError:
            raise
        except Exception as error:
            raise StoreError(tr("The wall links cannot be read for now.")) from error
        if link is None:
            self._known.pop(token, None)
        else:
            self._known[token] = (time.monotonic(), link)
        return link

    async def still_opens(self, token: str) -> bool:
        """Whether a display that was let in may stay; while nobody can tell, it may."""
        try:
            return await self.link(token) is not None
        except StoreError:
            return True

    async def newest(self, tokens: Iterable[str]) -> tuple[str, WallLink] | None:
        """Give the last of the tokens that opens a link, with it."""
        for token in reversed(list(tokens)):
            link = await self.link(token)
            if link is not None:
                return token, link
        return None


def tokens_in(cookie: str | None) -> list[str]:
    """Read the tokens of a cookie, the newest last."""
    return [token for token in (cookie or "").split(".") if _TOKEN.fullmatch(token)][-_MOST:]


def cookie_with(cookie: str | None, token: str) -> str:
    """Give the cookie's value with a token added."""
    return ".".join([*(one for one in tokens_in(cookie) if one != token), token][-_MOST:])


def narrowed(message: Message) -> tuple[Message | None, str | None]:
    """Narrow what a display's browser sends to what a display needs.

    Gives the message, None when it is nothing a display asks for (an upload's address, emptying
    the caches...), and the key its address holds. Any other page it asks for becomes the wall.
    """
    if message["type"] != "websocket.receive":
        return message, None
    asked = BackMsg()
    try:
        asked.ParseFromString(message.get("bytes") or b"")
    except Exception:
        return None, None
    if asked.WhichOneof("type") not in _MESSAGES:
        return None, None
    if asked.WhichOneof("type") == "app_heartbeat":
        return message, None
    state = asked.rerun_script
    if state.page_script_hash not in ("", calc_hash(PAGE)):
        state.ClearField("page_script_hash")
        state.ClearField("fragment_id")
    if not state.page_script_hash:
        state.page_name = PAGE
    key = parse_qs(state.query_string).get(KEY, [None])[-1]
    return {**message, "bytes": asked.SerializeToString(), "text": None}, key


def address(base: str, token: str) -> str:
    """Give the address a display reloads."""
    return f"{base}/{PAGE}?{urlencode({KEY: token})}"
