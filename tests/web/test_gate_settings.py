"""Settings that would let in others than those meant stop the start, with what to do."""

from typing import Any

import pytest

from nps_app.web import sign_in
from nps_app.web.sign_in import SignIn, WrongSetting, configured_sign_in

AUTH = {
    "redirect_uri": "https://nps.example.com/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "a",
    "client_secret": "b",
    "server_metadata_url": "https://id.example.com/.well-known/openid-configuration",
}
BY_NAME = {"redirect_uri": AUTH["redirect_uri"], "cookie_secret": AUTH["cookie_secret"]}
ONE = {key: AUTH[key] for key in ("client_id", "client_secret", "server_metadata_url")}


def configured(monkeypatch: pytest.MonkeyPatch, secrets: dict[str, Any] | None) -> SignIn | None:
    class Secrets:
        def load_if_toml_exists(self) -> bool:
            return secrets is not None

        def to_dict(self) -> dict[str, Any]:
            return secrets or {}

    monkeypatch.setattr(sign_in, "secrets_singleton", Secrets())
    return configured_sign_in()


def test_without_auth_there_is_none(monkeypatch):
    assert configured(monkeypatch, {"other": 1}) is None


def test_what_is_read(monkeypatch):
    found = configured(monkeypatch, {"auth": AUTH, "access": {"allowed": ["@A.example"]}})
    assert found == SignIn("https://nps.example.com", ("default",), frozenset({"@a.example"}))
    assert found.encrypted
    assert found.host == "nps.example.com"


def test_several_providers(monkeypatch):
    found = configured(monkeypatch, {"auth": BY_NAME | {"google": ONE, "okta": ONE}})
    assert found is not None
    assert found.providers == ("google", "okta")


@pytest.mark.parametrize(
    ("secrets", "named"),
    [
        ({"auth": {}}, "redirect_uri"),
        ({"auth": "yes"}, "must be a section"),
        ({"auth": AUTH | {"cookie_secret": "short"}}, "cookie_secret"),
        ({"auth": {k: v for k, v in AUTH.items() if k != "cookie_secret"}}, "cookie_secret"),
        ({"auth": AUTH | {"redirect_uri": "nps.example.com/oauth2callback"}}, "redirect_uri"),
        ({"auth": AUTH | {"redirect_uri": "https://nps.example.com/"}}, "/oauth2callback"),
        ({"auth": AUTH | {"client_id": ""}}, "client_id"),
        ({"auth": BY_NAME | {"okta": ONE | {"client_secret": ""}}}, "okta.client_secret"),
        ({"access": {"allowed": ["@a.example"]}}, "no [auth]"),
        ({"auth": AUTH, "access": {}}, "[access]"),
        ({"auth": AUTH, "access": {"allow": ["@a.example"]}}, "[access]"),
        ({"auth": AUTH, "access": {"allowed": []}}, "[access]"),
        ({"auth": AUTH, "access": {"allowed": "@a.example"}}, "[access]"),
        ({"auth": AUTH, "access": {"allowed": ["a.example"]}}, "[access]"),
        ({"auth": AUTH, "access": {"allowed": ["@"]}}, "[access]"),
        ({"auth": AUTH, "access": {"allowed": ["@a.example"], "roles": 1}}, "[access]"),
    ],
)
def test_what_stops_the_start(monkeypatch, secrets, named):
    with pytest.raises(WrongSetting) as wrong:
        configured(monkeypatch, secrets)
    assert named in str(wrong.value)


def test_a_file_that_cannot_be_read_is_not_taken_for_no_sign_in(monkeypatch, tmp_path):
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n")
    monkeypatch.setattr(sign_in.config, "get_option", lambda name: [str(broken)])
    with pytest.raises(WrongSetting, match="TOML"):
        configured(monkeypatch, None)
