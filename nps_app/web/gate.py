"""Who may ask for what: the one place where every request and websocket is let in or refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from nps_app.store import StoreError, WallLink
from nps_app.web import notice, rounds, walls
from nps_app.web.admitted import HEADER
from nps_app.web.asked import Asked
from nps_app.web.base_path import base_path
from nps_app.web.identity import SignedOut
from nps_app.web.sessions import Session, refuse_websocket
from nps_app.web.sign_in import SignIn
from nps_app.web.visitors import Visitor, Visitors
from nps_core import language
from nps_core.language import tr

TOLD: Final = "nps.told_why"
"""In the scope: whether the visitor may read why something failed."""
_STREAM: Final = "/_stcore/stream"
_LEAVE: Final = f"/{walls.PAGE}/leave"
# What a display's browser asks for beside the assets; none but the page leads to data.
_OF_A_DISPLAY: Final = (
    f"/{walls.PAGE}",
    f"/{walls.PAGE}/watch.js",
    "/_stcore/health",
    "/_stcore/host-config",
)


class Gate:
    """ASGI middleware that enforces sign-in and wall links.

    With `sign_in`, strangers are led to the provider, or get 401; without, only this machine
    itself is answered. `find_link` gives the wall link of a token; `ended` is the file of the
    sign-ins that were ended; `preferred` picks a language from an Accept-Language header.
    """

    def __init__(
        self,
        app: ASGIApp,
        sign_in: SignIn | None,
        find_link: Callable[[str], WallLink | None],
        ended: Path,
        preferred: Callable[[str], str],
    ) -> None:
        self._app = app
        self._sign_in = sign_in
        self._preferred = preferred
        self._base = base_path()
        self._visitors = Visitors(sign_in, walls.Walls(find_link), SignedOut(ended))
        address = str(config.get_option("server.address") or "").lower()
        hosts = {sign_in.host} if sign_in else set()
        self._hosts = frozenset(hosts if address in ("", "0.0.0.0", "::") else {*hosts, address})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request or a websocket pass, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = [pair for pair in scope["headers"] if pair[0].lower() != HEADER.encode()]
        asked = Asked({**scope, "headers": headers, TOLD: False}, self._base)
        with language.speaking(self._language(asked)):
            try:
                if asked.scope["type"] == "websocket":
                    await self._websocket(asked, receive, send)
                else:
                    await self._http(asked, receive, send)
            except StoreError as error:
                # Whether a wall link opens cannot be told: nothing was let in.
                if asked.scope["type"] == "websocket":
                    await refuse_websocket(asked.scope, send, 503, str(error))
                else:
                    await notice.cannot_tell()(asked.scope, receive, send)

    async def _http(self, asked: Asked, receive: Receive, send: Send) -> None:
        refused = self._refused(asked)
        if refused:
            await PlainTextResponse(refused, status_code=403)(asked.scope, receive, send)
        elif asked.is_asset:
            await self._app(asked.scope, receive, send)
        elif asked.is_health:
            person = self._visitors.person(asked)
            # A page elsewhere may have its own name lead here: it reads no reasons.
            known = person is not None and person.kind != "unlisted"
            asked.scope[TOLD] = known and asked.names_one_of(self._hosts)
            await self._app(asked.scope, receive, send)
        elif self._sign_in and asked.place in rounds.PLACES:
            identity = self._visitors.identity(asked)
            if asked.place == rounds.LOGOUT and identity is not None:
                self._visitors.ended.add(identity)
            turn = rounds.Round(self._app, asked, self._sign_in)
            await turn(receive, send)
        elif asked.place == _LEAVE and asked.method == "POST":
            left = RedirectResponse(f"{self._base}/", status_code=303)
            left.delete_cookie(walls.COOKIE, path=self._base or "/")
            await left(asked.scope, receive, send)
        else:
            visitor = await self._visitors.of(asked)
            answer = self._instead(asked, visitor)
            if answer is not None:
                await answer(asked.scope, receive, send)
                return
            send = self._with_cookie(asked, visitor, send)
            await self._app(asked.scope, receive, send)

    def _refused(self, asked: Asked) -> str:
        """Why a request is refused whoever asks; "" when it is not."""
        if self._sign_in is None and not asked.from_this_machine:
            return tr("This dashboard answers its own machine alone: no sign-in is configured.")
        if not asked.is_health and not asked.names_one_of(self._hosts):
            return tr("This dashboard is not served under that host name.")
        origin = self._sign_in.origin if self._sign_in else None
        changes = asked.scope["type"] == "websocket" or asked.method not in ("GET", "HEAD")
        if changes and not asked.from_own_pages(origin):
            return tr("Another site's page sent this.")
        return ""

    def _instead(self, asked: Asked, visitor: Visitor) -> Response | None:
        """What a visitor gets instead of what was asked for; None lets it pass."""
        if visitor.kind in ("open", "signed_in"):
            return None
        if visitor.kind == "wall":
            return self._instead_of_a_wall(asked, visitor)
        if visitor.kind == "unlisted":
            if asked.wants_page:
                return notice.not_on_the_list(f"{self._base}{rounds.LOGOUT}")
            return PlainTextResponse(tr("You have no access to this dashboard"), status_code=403)
        if asked.wants_page and self._sign_in:
            return rounds.to_sign_in(asked, self._sign_in)
        return PlainTextResponse(tr("Sign in first."), status_code=401)

    def _instead_of_a_wall(self, asked: Asked, visitor: Visitor) -> Response | None:
        leave = None if self._sign_in else f"{self._base}{_LEAVE}"
        here = asked.place in _OF_A_DISPLAY and asked.method in ("GET", "HEAD")
        if visitor.link is not None and here:
            return None
        if not asked.wants_page:
            # Streamlit's page looks for its server beneath its own address first.
            status = 404 if asked.place.startswith(f"/{walls.PAGE}/") else 403
            return PlainTextResponse(tr("A wall display has no use for this."), status_code=status)
        if visitor.link is None:
            return notice.link_closed(leave)
        if self._sign_in and self._visitors.person(asked) is not None:
            # The provider would send somebody who is not on the list back here for ever.
            return notice.not_on_the_list(f"{self._base}{rounds.LOGOUT}")
        if self._sign_in:
            return rounds.to_sign_in(asked, self._sign_in)
        return notice.wall_alone(f"{self._base}/{walls.PAGE}", f"{self._base}{_LEAVE}")

    def _with_cookie(self, asked: Asked, visitor: Visitor, send: Send) -> Send:
        """Keep the key a display came with, for its websocket."""
        if visitor.kind != "wall" or asked.query_params.get(walls.KEY) != visitor.token:
            return send
        value = walls.cookie_with(asked.cookies.get(walls.COOKIE), visitor.token)
        return rounds.setting_cookie(send, walls.COOKIE, value, self._base or "/")

    async def _websocket(self, asked: Asked, receive: Receive, send: Send) -> None:
        refused = self._refused(asked)
        if refused or asked.place != _STREAM:
            await refuse_websocket(asked.scope, send, 403, refused or tr("There is nothing here."))
            return
        visitor = await self._visitors.of(asked)
        if visitor.kind in ("stranger", "unlisted") or (
            visitor.kind == "wall" and visitor.link is None
        ):
            status = 401 if visitor.kind == "stranger" else 403
            await refuse_websocket(asked.scope, send, status, tr("Sign in first."))
            return
        await Session(self._app, self._visitors, visitor, self._base)(asked.scope, receive, send)

    def _language(self, asked: Asked) -> str:
        named = asked.query_params.get("lang", "")
        if named in language.LANGUAGES:
            return named
        return self._preferred(asked.headers.get("accept-language", ""))
