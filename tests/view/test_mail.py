"""Mail against a mail server on this machine: what arrives, and what is said when it does not."""

import email
import email.policy
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from nps_app.mail import Attachment, MailError, MailServer, addresses, mail_server, send
from tests.serving import free_port

REPORT = Attachment("nps-2026-W46.pdf", "application/pdf", b"%PDF-1.7 \x00\xff\r\n.\r\nend")


class Kept:
    """A mail server's memory; `refused` are the addresses it will not take."""

    def __init__(self, refused: tuple[str, ...] = ()) -> None:
        self.mails: list[tuple[list[str], Any]] = []
        self.refused = refused

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails.append((envelope.rcpt_tos, mail))
        return "250 OK"


@contextmanager
def serving(kept: Kept, **options: Any) -> Iterator[int]:
    port = free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def server(port: int, security: str = "none", **more: str) -> MailServer:
    return MailServer("127.0.0.1", port, security, "nps@example.com", **more)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate nobody knows, for 127.0.0.1, and a server's side of it."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return public, context


def authenticate(server, session, envelope, mechanism, data) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"nps", b"right"), handled=False)


def test_a_mail_arrives_with_its_words_and_its_file_as_it_was() -> None:
    kept = Kept()
    with serving(kept) as port:
        to = ("ada@example.com", "bo@example.com")
        send(server(port), to, "Réunion hebdo · semaine 46", "NPS −12\nà suivre", [REPORT])
    ((reached, mail),) = kept.mails
    assert reached == list(to)
    assert mail["Subject"] == "Réunion hebdo · semaine 46"
    assert mail["From"] == "nps@example.com"
    assert mail["To"] == "ada@example.com, bo@example.com"
    assert mail.get_body().get_content().splitlines() == ["NPS −12", "à suivre"]
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "nps-2026-W46.pdf"
    assert file.get_content_type() == "application/pdf"
    assert file.get_content() == REPORT.content


def test_starttls_is_refused_for_a_certificate_nobody_trusts_and_taken_for_one_that_is(
    certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, context = certificate
    kept = Kept()
    with serving(kept, tls_context=context, require_starttls=True) as port:
        with pytest.raises(MailError, match=r"certificate of the mail server .* is not trusted"):
            send(server(port, "starttls"), ["ada@example.com"], "A", "B")
        assert kept.mails == []
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
        send(server(port, "starttls"), ["ada@example.com"], "A", "B")
    assert len(kept.mails) == 1


def test_without_starttls_on_the_server_nothing_goes_in_the_clear() -> None:
    kept = Kept()
    with serving(kept) as port, pytest.raises(MailError, match="NPS_SMTP_SECURITY"):
        send(server(port, "starttls", user="nps", password="x"), ["ada@example.com"], "A", "B")
    assert kept.mails == []


def test_the_right_password_is_taken_and_a_wrong_one_is_said_without_being_shown(
    certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    kept = Kept()
    options = {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": authenticate,
    }
    with serving(kept, **options) as port:
        right = server(port, "starttls", user="nps", password="right")
        send(right, ["ada@example.com"], "A", "B")
        wrong = server(port, "starttls", user="nps", password="secret1")
        with pytest.raises(MailError, match="did not accept the sign-in") as caught:
            send(wrong, ["ada@example.com"], "A", "B")
    assert "secret1" not in str(caught.value)
    assert "secret1" not in repr(wrong)
    assert len(kept.mails) == 1


def test_a_refused_address_is_named_and_the_others_get_the_mail() -> None:
    kept = Kept(refused=("gone@example.com",))
    with serving(kept) as port:
        with pytest.raises(MailError, match=r"not to gone@example\.com"):
            send(server(port), ["ada@example.com", "gone@example.com"], "A", "B")
        assert [reached for reached, _ in kept.mails] == [["ada@example.com"]]
        with pytest.raises(MailError, match=r"refused gone@example\.com\. Nothing was sent"):
            send(server(port), ["gone@example.com"], "A", "B")
    assert len(kept.mails) == 1


def test_a_server_that_is_away_is_said() -> None:
    with pytest.raises(MailError, match="does not answer"):
        send(server(free_port()), ["ada@example.com"], "A", "B")


@pytest.mark.parametrize(
    "given",
    [
        "ada@example.com\nBcc: all@example.com",
        "ada@example.com\r\n\r\nbody",
        "ada@example.com\x00",
        "Ada <ada@example.com>",
        "ada@example.com>,",
        "ada@exam ple.com",
        "ada",
        "ada@nowhere",
        "@example.com",
    ],
)
def test_what_is_no_address_or_would_add_a_header_is_refused(given: str) -> None:
    with pytest.raises(MailError, match="no e-mail address"):
        addresses(given)


def test_addresses_are_read_as_a_list() -> None:
    assert addresses(" ada@example.com ,b.o+nps@mail.example.co.uk,") == (
        "ada@example.com",
        "b.o+nps@mail.example.co.uk",
    )


def test_it_is_off_unless_a_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NPS_SMTP_HOST", raising=False)
    assert mail_server() is None
    assert mail_server({"NPS_SMTP_TO": "ada@example.com", "NPS_SMTP_PORT": "25"}) is None


SET = {"NPS_SMTP_HOST": "mail.example.com", "NPS_SMTP_FROM": "nps@example.com"}


def test_settings_have_safe_defaults() -> None:
    found = mail_server(SET)
    assert found is not None
    assert (found.port, found.security, found.to) == (587, "starttls", ())
    tls = mail_server(SET | {"NPS_SMTP_SECURITY": "TLS"})
    assert tls is not None
    assert tls.port == 465


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"NPS_SMTP_SECURITY": "ssl3"}, "NPS_SMTP_SECURITY"),
        ({"NPS_SMTP_PORT": "0"}, "NPS_SMTP_PORT"),
        ({"NPS_SMTP_PORT": "many"}, "NPS_SMTP_PORT"),
        ({"NPS_SMTP_FROM": ""}, "NPS_SMTP_FROM"),
        ({"NPS_SMTP_FROM": "nps@example.com\nBcc: all@example.com"}, "NPS_SMTP_FROM"),
        ({"NPS_SMTP_TO": "everybody"}, "everybody"),
    ],
)
def test_settings_that_cannot_be_are_named(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(MailError, match=named):
        mail_server(SET | wrong)


def test_without_addresses_nothing_is_tried() -> None:
    with pytest.raises(MailError, match="NPS_SMTP_TO"):
        send(server(1), [], "A", "B")
