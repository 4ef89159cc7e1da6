"""The round of a sign-in: to the provider, back to the page that was asked for, and out again."""

from typing import Final
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Send
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from nps_app.web import notice
from nps_app.web.asked import Asked
from nps_app.web.sign_in import SignIn
from nps_app.web.startup import is_loopback

LOGIN: Final = "/auth/login"
LOGOUT: Final = "/auth/logout"
CALLBACK: Final = "/oauth2callback"
PLACES: Final = (LOGIN, LOGOUT, CALLBACK)
_NEXT: Final = "nps_next"
_NEXT_SECONDS: Final = 600
_LONGEST: Final = 1500


def to_sign_in(asked: Asked, sign_in: SignIn) -> Response:
    """Lead a stranger to the provider, or to a choice of several; the page asked for is kept."""
    host = urlsplit(f"//{asked.headers.get('host', '')}").hostname
    # "localhost" and "127.0.0.1" have cookies of their own: the round needs one of them.
    if host != sign_in.host and is_loopback(host) and is_loopback(sign_in.host):
        return RedirectResponse(f"{sign_in.origin}{_wanted(asked) or '/'}", status_code=302)
    if len(sign_in.providers) == 1:
        answer: Response = RedirectResponse(
            generate_login_redirect_url(sign_in.providers[0]), status_code=302
        )
    else:
        answer = notice.choose_provider(
            tuple((name, generate_login_redirect_url(name)) for name in sign_in.providers)
        )
    wanted = _wanted(asked)
    if wanted:
        answer.set_cookie(
            _NEXT, quote(wanted, safe=""), _NEXT_SECONDS,
            path=asked.base or "/", httponly=True, samesite="lax",
        )  # fmt: skip
    return answer


class Round:
    """One request of Streamlit's own sign-in routes, with answers a person can use."""

    def __init__(self, app: ASGIApp, asked: Asked, sign_in: SignIn) -> None:
        self._app = app
        self._asked = asked
        self._sign_in = sign_in

    async def __call__(self, receive: Receive, send: Send) -> None:
        """Answer: where a person is sent, or what came of it."""
        asked = self._asked
        home = f"{asked.base}/"
        if asked.place == CALLBACK and "state" not in asked.query_params:
            # Where a provider sends people whom it signed out, and where we do.
            await notice.signed_out(home)(asked.scope, receive, send)
            return
        failed = False

        async def send_better(message: Message) -> None:
            nonlocal failed
            if message["type"] != "http.response.start":
                if not failed:
                    await send(message)
                return
            headers = MutableHeaders(raw=list(message["headers"]))
            if asked.place == CALLBACK:
                failed = not _gives_identity(headers)
                if failed:
                    answer = notice.sign_in_failed(home)
                    _keep_cookies(headers, answer)
                    await answer(asked.scope, receive, send)
                    return
                headers["location"] = _back_to(asked) or home
                headers.append("set-cookie", f"{_NEXT}=; Max-Age=0; Path={home}; HttpOnly")
            elif asked.place == LOGOUT and headers.get("location", "").rstrip("/") == asked.base:
                headers["location"] = f"{asked.base}{CALLBACK}"
            await send({**message, "headers": headers.raw})

        await self._app(asked.scope, receive, send_better)


def setting_cookie(send: Send, name: str, value: str, path: str) -> Send:
    """Give a `send` that sets a cookie scripts cannot read on the answer."""

    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.append("set-cookie", f"{name}={value}; HttpOnly; SameSite=Lax; Path={path}")
        await send(message)

    return send_with_cookie


def _gives_identity(headers: Headers) -> bool:
    start = f"{USER_COOKIE_NAME}="
    given = [value for value in headers.getlist("set-cookie") if value.startswith(start)]
    return any(value.removeprefix(start)[:1] not in ("", '"', ";") for value in given)


def _keep_cookies(headers: Headers, answer: Response) -> None:
    for value in headers.getlist("set-cookie"):
        answer.headers.append("set-cookie", value)


def _wanted(asked: Asked) -> str:
    """Give the address within the app that was asked for; "" when it is none to come back to."""
    query = asked.scope["query_string"].decode("latin-1")
    wanted = quote(asked.scope["path"], safe="/") + (f"?{query}" if query else "")
    return wanted if _stays_here(wanted) else ""


def _back_to(asked: Asked) -> str:
    wanted = unquote(asked.cookies.get(_NEXT, ""))
    return wanted if _stays_here(wanted) else ""


def _stays_here(address: str) -> bool:
    """Whether an address leads to this dashboard and nowhere else."""
    return (
        address.startswith("/")
        and address[1:2] not in ("/", "\\")
        and len(address) <= _LONGEST
        and address.isascii()
        and address.isprintable()
        and "\\" not in address
    )
