"""The weekly page's way out: files for everybody, mail where a mail server is configured."""

from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.serving import free_port

PAGE = "pages/weekly.py"
LABELS = ["PowerPoint", "PDF", "HTML"]


def rows() -> list[dict]:
    """Forty responses of one week, 2026-W20."""
    return [
        {"response_id": str(n), "responded_at": "2026-05-12", "score": 9 if n < 30 else 2}
        for n in range(40)
    ]


def exports(app) -> dict[str, object]:
    return {
        one.proto.label: one.proto
        for one in app.get("download_button")
        if one.proto.label in LABELS
    }


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch):
    """Settings of a mail server nobody runs; give its port."""
    port = free_port()
    monkeypatch.setenv("NPS_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("NPS_SMTP_PORT", str(port))
    monkeypatch.setenv("NPS_SMTP_SECURITY", "none")
    monkeypatch.setenv("NPS_SMTP_FROM", "nps@example.com")
    monkeypatch.setenv("NPS_SMTP_TO", "ada@example.com, bo@example.com")
    return port


def test_three_files_and_no_mail_unless_it_is_configured(
    workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NPS_SMTP_HOST", raising=False)
    app = workspace(rows(), page=PAGE)
    assert not app.exception
    assert list(exports(app)) == LABELS
    assert not [one for one in app.button if one.label == "Send now"]


def test_without_chromium_only_the_pdf_is_out_of_reach_and_it_is_said(
    workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    app = workspace(rows(), page=PAGE)
    assert {name: one.disabled for name, one in exports(app).items()} == {
        "PowerPoint": False,
        "PDF": True,
        "HTML": False,
    }
    assert "PDF needs Chromium or Chrome" in " ".join(one.value for one in app.caption)


def test_a_mail_goes_to_the_configured_addresses_after_they_were_named(
    workspace, mail: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Kept:
        to: tuple[str, ...] = ()
        content = b""

        async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
            self.to, self.content = tuple(envelope.rcpt_tos), envelope.content
            return "250 OK"

    # Without Chromium the PowerPoint goes, which is made at once.
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    kept = Kept()
    controller = Controller(kept, hostname="127.0.0.1", port=mail)
    controller.start()
    try:
        app = workspace(rows(), page=PAGE)
        assert "ada@example.com\nbo@example.com" in [one.value for one in app.text]
        assert kept.to == ()
        app.button(key="send_weekly").click().run()
    finally:
        controller.stop()
    assert not app.exception
    assert not app.error
    assert app.success[0].value.startswith("Sent to")
    assert kept.to == ("ada@example.com", "bo@example.com")
    assert b'filename="nps-2026-W20.pptx"' in kept.content


def test_a_server_that_does_not_answer_is_said_in_a_sentence(
    workspace, mail: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    app = workspace(rows(), page=PAGE)
    app.button(key="send_weekly").click().run()
    assert not app.exception
    assert "does not answer" in app.error[0].value


def test_settings_that_cannot_be_are_said_and_the_page_goes_on(
    workspace, mail: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NPS_SMTP_SECURITY", "ssl3")
    app = workspace(rows(), page=PAGE)
    assert not app.exception
    assert "NPS\\_SMTP\\_SECURITY" in " ".join(one.value for one in app.caption)
    assert list(exports(app)) == LABELS
