"""Who signed in, by the cookie Streamlit signs: its signature, age, origin, and not signed out."""

import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import (
    AUTH_COOKIE_MAX_AGE_SECONDS,
    USER_COOKIE_NAME,
)

_DAYS: Final = AUTH_COOKIE_MAX_AGE_SECONDS / 86_400


class SignedOut:
    """The sign-ins that were ended; a copy of such a cookie is worth nothing.

    Kept as digests in a file, so that a restart brings none back, for as long as a cookie lives.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ended: dict[str, int] = {}
        oldest = time.time() - 2 * AUTH_COOKIE_MAX_AGE_SECONDS
        try:
            lines = path.read_text("ascii").splitlines()
        except (OSError, UnicodeDecodeError):
            return
        for line in lines:
            digest, _, when = line.partition(" ")
            if when.isdigit() and int(when) > oldest:
                self._ended[digest] = int(when)

    def __contains__(self, identity: bytes) -> bool:
        return hashlib.sha256(identity).hexdigest() in self._ended

    def add(self, identity: bytes) -> None:
        """End a sign-in. On a disk that cannot be written it stays ended until a restart."""
        digest, now = hashlib.sha256(identity).hexdigest(), int(time.time())
        if digest in self._ended:
            return
        self._ended[digest] = now
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="ascii") as file:
                file.write(f"{digest} {now}\n")
        except OSError:
            return


def identity_in(cookies: Mapping[str, str]) -> bytes | None:
    """Give what the identity cookie holds, None unless it is signed by us and young enough.

    A sign-in makes these bytes once: the provider's answer holds a nonce of its own.
    """
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        if value is None or not value.isascii():
            return None
        return decode_signed_value(secret, name, value, _DAYS)

    return get_cookie_with_chunks(one, USER_COOKIE_NAME)


def person_in(identity: bytes | None, origin: str) -> dict[str, Any] | None:
    """Read the person out of an identity; None when it was made for another address."""
    if identity is None:
        return None
    try:
        person = json.loads(identity)
    except ValueError:
        return None
    if not isinstance(person, dict) or person.get("origin") != origin:
        return None
    return person if person.get("is_logged_in") is True else None
