"""The page of the weekly meeting as a file, or as a mail where a mail server is configured."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from nps_app.mail import MailError, MailServer, mail_server
from nps_app.view.weekly.content import Report
from nps_app.view.weekly.export.files import KINDS
from nps_app.view.weekly.export.pdf import pdf_obstacle
from nps_app.view.weekly.sending import file_name, send_report
from nps_app.view.widgets.text import as_label
from nps_core.errors import NpsError
from nps_core.language import current_language, speaking, tr

_ICONS: Final = {
    ".pptx": ":material/slideshow:",
    ".pdf": ":material/picture_as_pdf:",
    ".html": ":material/web:",
}


def weekly_exports(period: str, make: Callable[[], Report]) -> None:
    """Draw a button a kind of file; `make` gives the report, when one is clicked."""
    obstacle, language = pdf_obstacle(), current_language()
    with st.container(key="weekly_exports"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(tr("Take this page along:"), width="content")
            for ending, kind in KINDS.items():
                st.download_button(
                    kind.label,
                    _made(ending, make, language),
                    file_name=file_name(period, ending),
                    mime=kind.mime,
                    key=f"weekly_{ending[1:]}",
                    type="tertiary",
                    icon=_ICONS[ending],
                    disabled=ending == ".pdf" and bool(obstacle),
                    on_click="ignore",
                )
            pressed = _mail_button(bool(obstacle))
        if obstacle:
            st.caption(as_label(obstacle, 400))
        if pressed is not None:
            _send(pressed, make, ".pptx" if obstacle else ".pdf")


def _made(ending: str, make: Callable[[], Report], language: str) -> Callable[[], bytes]:
    def file() -> bytes:
        # It is made when it is asked for, outside the run that spoke the reader's language.
        with speaking(language):
            return KINDS[ending].make(make())

    return file


def _mail_button(without_pdf: bool) -> MailServer | None:
    """Draw the way to send it, where there is one; give the server once it was confirmed."""
    try:
        server = mail_server()
    except MailError as error:
        st.caption(as_label(str(error), 300))
        return None
    if server is None:
        return None
    with st.popover(
        tr("Send by e-mail"), icon=":material/mail:", type="tertiary", key="weekly_mail"
    ):
        if not server.to:
            st.text(tr("No one to send to: no address stands in NPS_SMTP_TO."))
            return None
        kind = KINDS[".pptx" if without_pdf else ".pdf"].label
        st.text(tr("The report goes as {kind} to:", kind=kind))
        st.text("\n".join(server.to))
        return server if st.button(tr("Send now"), type="primary", key="send_weekly") else None


def _send(server: MailServer, make: Callable[[], Report], ending: str) -> None:
    try:
        with st.spinner(tr("Making the report and sending it…")):
            report = make()
            send_report(server, server.to, report, ending, KINDS[ending].make(report))
    except NpsError as error:
        st.error(as_label(str(error), 500))
    else:
        st.success(as_label(tr("Sent to: {who}", who=", ".join(server.to)), 500))
