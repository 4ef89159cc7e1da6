"""The weekly report as a mail: its sentences as text, and the file that goes along."""

from collections.abc import Sequence

from nps_app.mail import Attachment, MailServer, send
from nps_app.view.weekly.content import Report
from nps_app.view.weekly.export.files import KINDS, report_text


def file_name(period: str, ending: str) -> str:
    """What a report's file is called.

    >>> file_name("2026-W46", ".pdf")
    'nps-2026-W46.pdf'
    """
    return f"nps-{period}{ending}"


def send_report(
    server: MailServer, to: Sequence[str], report: Report, ending: str, content: bytes
) -> None:
    """Send a report made as a file of this ending. Raises MailError when it was not taken."""
    file = Attachment(file_name(report.period, ending), KINDS[ending].mime, content)
    subject = f"{report.title} · {report.period_words}"
    send(server, to, subject, report_text(report), [file])
