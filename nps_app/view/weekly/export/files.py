"""The kinds of file a report can become, by their endings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from nps_app.view.weekly.content import Report
from nps_app.view.weekly.export.html import html_bytes
from nps_app.view.weekly.export.pdf import pdf_bytes
from nps_app.view.weekly.export.pptx import pptx_bytes


@dataclass(frozen=True)
class Kind:
    """One kind of file: what people call it, its type, and what writes it."""

    label: str
    mime: str
    make: Callable[[Report], bytes]


KINDS: Final = {
    ".pptx": Kind(
        "PowerPoint",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        pptx_bytes,
    ),
    ".pdf": Kind("PDF", "application/pdf", pdf_bytes),
    ".html": Kind("HTML", "text/html", html_bytes),
}


def report_text(report: Report) -> str:
    """A report as plain text, its sentences and numbers: the body of a mail."""
    parts = [f"{report.title}\n{report.period_words}\n{report.view_words}"]
    for section in report.sections:
        numbers = section.figures[: len(section.numbers)]
        parts.append("\n".join([section.heading, *section.sentences, *numbers]))
    return "\n\n".join([*parts, report.made_words, ""])
