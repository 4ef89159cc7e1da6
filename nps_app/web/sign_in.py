"""The sign-in as configured in the secrets, checked once at the start: what is wrong stops it."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from nps_core.language import tr

SHORTEST_SECRET: Final = 32
_NEEDED: Final = ("client_id", "client_secret", "server_metadata_url")
_CALLBACK: Final = "/oauth2callback"


class WrongSetting(Exception):  # noqa: N818
    """A setting with which the dashboard must not be served; its text says what to do."""


@dataclass(frozen=True)
class SignIn:
    """Where people come back to, by which providers, and who of them is let in.

    `origin` is scheme, host and port of the address people use; `allowed` is None when everybody
    whom a provider knows may come in, else e-mail addresses and "@domain"s in small letters.
    """

    origin: str
    providers: tuple[str, ...]
    allowed: frozenset[str] | None = None

    @property
    def host(self) -> str:
        """The host's name, without port."""
        return urlsplit(self.origin).hostname or ""

    @property
    def encrypted(self) -> bool:
        """Whether people reach the dashboard by https."""
        return self.origin.startswith("https:")

    def lets_in(self, person: Mapping[str, Any]) -> bool:
        """Whether a person, as their provider describes them, is on the list.

        >>> SignIn("", (), frozenset({"@a.example"})).lets_in(
        ...     {"email": "Ada@A.example", "email_verified": True})
        True
        >>> SignIn("", (), frozenset({"@a.example"})).lets_in({"email": "ada@a.example"})
        False
        """
        if self.allowed is None:
            return True
        email = person.get("email")
        if not isinstance(email, str) or person.get("email_verified") not in (True, "true"):
            return False
        email = email.strip().lower()
        name, at, domain = email.rpartition("@")
        return bool(name and at) and (email in self.allowed or f"@{domain}" in self.allowed)


def configured_sign_in() -> SignIn | None:
    """Read the secrets; None when they have no [auth] section.

    Raises WrongSetting when a secrets file cannot be read, or its [auth] or [access] section
    could let in others than those meant.
    """
    if not secrets_singleton.load_if_toml_exists():
        unread = [path for path in config.get_option("secrets.files") if Path(path).exists()]
        if unread:
            raise WrongSetting(
                tr("{file} cannot be read as TOML. Correct it, and start again.", file=unread[0])
            )
        return None
    secrets = secrets_singleton.to_dict()
    auth, access = secrets.get("auth"), secrets.get("access")
    if auth is None:
        if access is not None:
            raise WrongSetting(
                tr("The secrets have an [access] section but no [auth]: nobody could sign in.")
            )
        return None
    return _read(auth, access)


def _read(auth: Any, access: Any) -> SignIn:
    if not isinstance(auth, Mapping):
        raise WrongSetting(tr("[auth] in the secrets must be a section."))
    redirect = str(auth.get("redirect_uri", "")).replace(
        "{port}", str(config.get_option("server.port"))
    )
    parts = urlsplit(redirect)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _wrong(
            "redirect_uri", tr("an address such as https://nps.example.com/oauth2callback")
        )
    if not parts.path.endswith(_CALLBACK) or parts.query or parts.fragment:
        raise _wrong("redirect_uri", tr("an address that ends in /oauth2callback"))
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST_SECRET:
        raise _wrong("cookie_secret", tr("{n} random characters or more", n=str(SHORTEST_SECRET)))
    named = {
        name: section
        for name, section in auth.items()
        if isinstance(section, Mapping) and name != "client_kwargs"
    }
    providers = named or {"default": auth}
    if named and any(key in auth for key in _NEEDED):
        providers = {"default": auth} | named
    for name, section in providers.items():
        for key in _NEEDED:
            if not section.get(key):
                raise _wrong(key if name == "default" else f"{name}.{key}", tr("a value"))
    _need_the_packages()
    return SignIn(f"{parts.scheme}://{parts.netloc}", tuple(providers), _allowed(access))


def _need_the_packages() -> None:
    try:
        importlib.import_module("authlib.integrations.starlette_client")
    except ImportError:
        raise WrongSetting(
            tr("The sign-in needs the packages Authlib and HTTPX: pip install authlib httpx2")
        ) from None


def _allowed(access: Any) -> frozenset[str] | None:
    if access is None:
        return None
    asked = access.get("allowed") if isinstance(access, Mapping) else None
    entries = [str(entry).strip().lower() for entry in asked] if isinstance(asked, list) else []
    if not entries or set(access) != {"allowed"} or not all(map(_is_entry, entries)):
        raise WrongSetting(
            tr(
                "[access] in the secrets must hold one list of e-mail addresses and domains and "
                "nothing else, such as: {example}",
                example='allowed = ["@example.com", "ada@example.org"]',
            )
        )
    return frozenset(entries)


def _is_entry(text: str) -> bool:
    return text.count("@") == 1 and "." in text.partition("@")[2] and " " not in text


def _wrong(key: str, wanted: str) -> WrongSetting:
    return WrongSetting(
        tr("{key} in the [auth] section of the secrets must be {wanted}.", key=key, wanted=wanted)
    )
