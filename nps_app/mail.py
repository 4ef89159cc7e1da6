"""E-mail through a mail server somebody has configured; without one, nothing is ever sent.

NPS_SMTP_HOST switches it on. NPS_SMTP_PORT (587), NPS_SMTP_USER, NPS_SMTP_PASSWORD,
NPS_SMTP_FROM and NPS_SMTP_TO (addresses, separated by commas) say the rest; NPS_SMTP_SECURITY is
"starttls" (the default), "tls" from the first byte, or "none" for a server on the same machine.
"""

import os
import re
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Final

from nps_core.errors import NpsError
from nps_core.language import tr

_SECONDS: Final = 20.0
_ADDRESS: Final = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@[\w-]+(\.[\w-]+)+")
_SECURITIES: Final = ("starttls", "tls", "none")


class MailError(NpsError):
    """A mail that was not sent; the text says why and what to do."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in, and as whom; `to` are those who get the report by default."""

    host: str
    port: int
    security: str
    sender: str
    to: tuple[str, ...] = ()
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Attachment:
    """A file that goes along: its name, its type ("application/pdf") and its bytes."""

    name: str
    mime: str
    content: bytes = field(repr=False)


def mail_server(environment: Mapping[str, str] | None = None) -> MailServer | None:
    """The configured mail server; None when there is none, which is the default.

    Raises MailError for settings that contradict themselves.
    """
    given = os.environ if environment is None else environment
    host = given.get("NPS_SMTP_HOST", "").strip()
    if not host:
        return None
    security = given.get("NPS_SMTP_SECURITY", "starttls").strip().lower()
    if security not in _SECURITIES:
        raise MailError(
            tr(
                "NPS_SMTP_SECURITY is {got}. Allowed: {allowed}.",
                got=f"“{security}”",
                allowed=", ".join(_SECURITIES),
            )
        )
    port = given.get("NPS_SMTP_PORT", "465" if security == "tls" else "587").strip()
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise MailError(tr("NPS_SMTP_PORT is {got}. Allowed: 1 to 65535.", got=f"“{port}”"))
    user = given.get("NPS_SMTP_USER", "").strip()
    sender = given.get("NPS_SMTP_FROM", user).strip()
    if "@" not in sender or not sender.isprintable():
        raise MailError(tr("NPS_SMTP_FROM names no sender. Give it an address, name@example.com."))
    return MailServer(
        host,
        int(port),
        security,
        sender,
        addresses(given.get("NPS_SMTP_TO", "")),
        user,
        given.get("NPS_SMTP_PASSWORD", ""),
    )


def addresses(text: str) -> tuple[str, ...]:
    """Read addresses separated by commas. Raises MailError for one that is none.

    >>> addresses("ada@example.com, bo@example.com")
    ('ada@example.com', 'bo@example.com')
    """
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    for one in found:
        if not (one.isprintable() and _ADDRESS.fullmatch(one)):
            raise MailError(
                tr("{got} is no e-mail address. Write it as name@example.com.", got=f"“{one}”")
            )
    return found


def send(
    server: MailServer,
    to: Sequence[str],
    subject: str,
    text: str,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Send one mail. Raises MailError, in words fit to be shown, when it was not taken."""
    if not to:
        raise MailError(tr("No one to send to. Name addresses in NPS_SMTP_TO, or with --email."))
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, ", ".join(to), subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="nps.invalid")
    message.set_content(text)
    for one in attachments:
        main, _, sub = one.mime.partition("/")
        message.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)
    try:
        with _connected(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            refused = connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(_refusal(server, error)) from error
    if refused:
        raise MailError(
            tr("Sent, but not to {who}: the mail server refused.", who=", ".join(refused))
        )


def _refusal(server: MailServer, error: Exception) -> str:
    """Why nothing was sent, and what to do."""
    named = f"{server.host}:{server.port}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return tr(
            "The mail server {server} did not accept the sign-in. Nothing was sent; check "
            "NPS_SMTP_USER and NPS_SMTP_PASSWORD.",
            server=named,
        )
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return tr(
            "The mail server {server} refused {who}. Nothing was sent; check the addresses.",
            server=named,
            who=", ".join(error.recipients),
        )
    if isinstance(error, smtplib.SMTPSenderRefused):
        return tr(
            "The mail server {server} refused the sender. Nothing was sent; check NPS_SMTP_FROM.",
            server=named,
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return tr(
            "The certificate of the mail server {server} is not trusted. Nothing was sent; check "
            "NPS_SMTP_HOST, or name the certificate's issuer in SSL_CERT_FILE.",
            server=named,
        )
    if isinstance(error, smtplib.SMTPException | ssl.SSLError):
        return tr(
            "The mail server {server} did not take the mail ({why}). Nothing was sent; check "
            "NPS_SMTP_SECURITY and NPS_SMTP_PORT.",
            server=named,
            why=type(error).__name__,
        )
    return tr(
        "The mail server {server} does not answer. Nothing was sent; check NPS_SMTP_HOST, "
        "NPS_SMTP_PORT and NPS_SMTP_SECURITY.",
        server=named,
    )


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
    connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    if server.security == "starttls":
        try:
            connection.starttls(context=ssl.create_default_context())
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
    return connection
