"""What a request asks for, read once, and only in spellings that mean one thing."""

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import Scope

from nps_app.web.startup import is_loopback

_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:\d{1,5})?")
_ASSET: Final = re.compile(rb"/static(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+\.(js|css|woff2?|ttf|svg|png)")
_ICONS: Final = (b"/favicon.png", b"/manifest.json")
_HEALTH: Final = ("/livez", "/readyz")
_SAFE: Final = ("GET", "HEAD")


class Asked(HTTPConnection):
    """A request or the start of a websocket; `base` is the path the app is served under."""

    def __init__(self, scope: Scope, base: str) -> None:
        super().__init__(scope)
        self.base = base
        path = scope["path"]
        self.place: str = path[len(base) :] if f"{path}/".startswith(f"{base}/") else ""
        """The path within the app, as its router will read it; "" outside."""
        raw = scope.get("raw_path") or path.encode()
        self._raw = raw[len(base) :] if raw.startswith(base.encode()) else b""

    @property
    def method(self) -> str:
        """The HTTP method; "" of a websocket."""
        return str(self.scope.get("method", ""))

    @property
    def is_health(self) -> bool:
        """Whether it asks if the process is well: at the host's root or beside the pages."""
        return self.scope["path"] in _HEALTH or self.place in _HEALTH

    @property
    def wants_page(self) -> bool:
        """Whether a person's browser asks for a page, so that one can be shown."""
        return self.method in _SAFE and "text/html" in self.headers.get("accept", "")

    @property
    def is_asset(self) -> bool:
        """Whether it is one of Streamlit's own files, which hold nobody's data."""
        asset = self._raw in _ICONS or _ASSET.fullmatch(self._raw)
        return bool(asset) and self.method in _SAFE

    @property
    def from_this_machine(self) -> bool:
        """Whether the other side is this machine itself, no proxy between."""
        return self.client is not None and is_loopback(self.client.host)

    def names_one_of(self, hosts: frozenset[str]) -> bool:
        """Whether the one Host header names one of `hosts`, or this machine itself."""
        given = self.headers.getlist("host")
        named = _HOST.fullmatch(given[0].lower()) if len(given) == 1 else None
        if named is None:
            return False
        name = named[1].strip("[]").rstrip(".")
        return name in hosts or is_loopback(name)

    def from_own_pages(self, origin: str | None) -> bool:
        """Whether no other site's page sent it: no Origin, the Host's own, or `origin`."""
        given = self.headers.getlist("origin")
        if not given:
            return True
        if len(given) > 1:
            return False
        return given[0] == origin or urlsplit(given[0]).netloc == self.headers.get("host")
