"""A report's sentences, numbers and tables as HTML: every text of it is escaped here."""

from collections.abc import Sequence
from html import escape
from typing import Final

from nps_app.view.weekly.content import Number, Report, Table, Typed

STYLE: Final = """
.weekly {font-size: 1rem; line-height: 1.5; overflow-wrap: anywhere}
.weekly h2 {font-size: 1.25rem; font-weight: 650; line-height: 1.2; margin: 0 0 .5rem; padding: 0}
.weekly h3 {font-size: 1rem; font-weight: 650; margin: 1rem 0 .25rem; padding: 0}
.weekly p {margin: 0 0 .375rem; max-width: 46rem}
.weekly h2 + p {font-size: 1.125rem; font-weight: 600; margin-bottom: .5rem}
.weekly p.quiet, .weekly .beside {font-size: .875rem; opacity: .78}
.weekly .period {font-size: 1.75rem; font-weight: 700; line-height: 1.15; margin: 0 0 .25rem;
  max-width: none}
.st-key-weekly_choices button {min-height: 2.5rem}
.weekly ul.numbers {list-style: none; display: grid; gap: .75rem 1.5rem; margin: 0 0 1rem;
  padding: 0; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr))}
.weekly ul.numbers li {margin: 0; border-top: 2px solid rgba(128, 136, 148, .45);
  padding-top: .375rem; display: flex; flex-direction: column}
.weekly ul.numbers li:first-child {border-top-color: currentColor}
.weekly .number {font-size: 1.75rem; font-weight: 700; line-height: 1.15;
  font-variant-numeric: tabular-nums}
.weekly .label {font-size: .875rem; font-weight: 600}
.weekly .scroll {overflow-x: auto}
.weekly table {border-collapse: collapse; width: 100%; font-size: .875rem; margin: 0 0 .5rem;
  font-variant-numeric: tabular-nums}
.weekly th {text-align: left; font-weight: 600; white-space: nowrap; opacity: .78}
.weekly th, .weekly td {padding: .3125rem .75rem .3125rem 0; vertical-align: top;
  border: 0; border-bottom: 1px solid rgba(128, 136, 148, .3)}
.weekly td {overflow-wrap: normal}
.weekly th {overflow-wrap: break-word}
.st-key-weekly_section_people .weekly th {width: 7rem}
.st-key-weekly_section_people .weekly th:nth-child(3) {width: 4rem}
.st-key-weekly_section_people .weekly th:last-child {width: auto}
.weekly td:last-child {overflow-wrap: anywhere; padding-right: 0}
.weekly .print {display: none; white-space: pre-wrap}
@media (max-width: 640px) {
  .weekly table, .weekly tbody, .weekly tr, .weekly td {display: block; width: 100%}
  .weekly thead {position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%)}
  .weekly tr {display: grid; grid-template-columns: repeat(2, 1fr); gap: .125rem .75rem;
    padding: .5rem 0; border-bottom: 1px solid rgba(128, 136, 148, .3)}
  .weekly td, .weekly td:last-child {padding: 0; border: 0; overflow-wrap: anywhere}
  .weekly td:empty {display: none}
  .weekly td:last-child {grid-column: 1 / -1}
  .weekly td::before {content: attr(data-label) "  "; white-space: pre; font-size: .75rem;
    opacity: .78}
  :is(.st-key-weekly_previous, .st-key-weekly_next) button p {position: absolute; width: 1px;
    height: 1px; overflow: hidden; clip-path: inset(50%)}
}
"""
_ONE_LINE: Final = 14
_LONGEST_WORD: Final = 24
PRINT: Final = """
@media print {
  header, [data-testid="stHeader"], [data-testid="stToolbar"], .st-key-filter_bar,
  .st-key-weekly_choices, .st-key-weekly_plan, .st-key-weekly_notes, .st-key-weekly_exports,
  [class*="st-key-download_"], .st-key-weekly_links, .st-key-footer {display: none !important}
  [data-testid="stAppViewContainer"], [data-testid="stMain"], [data-testid="stApp"], html, body {
    position: static !important; height: auto !important; overflow: visible !important}
  [class*="st-key-weekly_section_"] {break-inside: avoid}
  .st-key-weekly_section_people {break-inside: auto}
  .weekly tr, .weekly li {break-inside: avoid}
  .weekly .print {display: block}
}
"""


def masthead(report: Report) -> str:
    """The period, large, with which responses it is about and how fresh they are."""
    quiet = " · ".join([report.view_words, report.made_words])
    return _block(
        f'<p class="period">{escape(report.period_words)}</p><p class="quiet">{escape(quiet)}</p>'
    )


def told(heading: str, sentences: Sequence[str]) -> str:
    """A section's heading and its sentences, the first of them as the lead: it is set larger."""
    paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return _block(f"<h2>{escape(heading)}</h2>{paragraphs}")


def numbers(items: Sequence[Number]) -> str:
    """Figures side by side, each with what it stands on."""
    parts = "".join(
        f'<li><span class="label">{escape(item.label)}</span>'
        f'<span class="number">{escape(item.value)}</span>'
        f'<span class="beside">{escape(item.beside)}</span></li>'
        for item in items
    )
    return _block(f'<ul class="numbers">{parts}</ul>')


def table(shown: Table) -> str:
    """A table under its heading, with what it leaves out."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in shown.header)
    labels = [escape(cell) for cell in shown.header]
    rows = "".join(f"<tr>{_cells(row, labels)}</tr>" for row in shown.rows)
    title = f"<h3>{escape(shown.title)}</h3>" if shown.title else ""
    more = f'<p class="quiet">{escape(shown.more)}</p>' if shown.more else ""
    grid = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return _block(f'{title}<div class="scroll">{grid}</div>{more}')


def _cells(row: Sequence[str], labels: Sequence[str]) -> str:
    """The cells of a row, each with its column's name: narrow screens have no header."""
    return "".join(
        f'<td data-label="{label}"{_breaks(cell)}>{escape(cell)}</td>'
        for label, cell in zip(labels, row, strict=True)
    )


def _breaks(cell: str) -> str:
    """Which cells paper keeps on one line, and which it may break within a word."""
    if len(cell) <= _ONE_LINE:
        return ' class="short"'
    return ' class="unbroken"' if max(map(len, cell.split()), default=0) > _LONGEST_WORD else ""


def typed_on_paper(texts: Sequence[Typed]) -> str:
    """What was typed, for paper alone: on the screen it stands in its fields."""
    parts = "".join(
        f"<h3>{escape(one.heading)}</h3><p>{escape(one.text)}</p>" for one in texts if one.text
    )
    return _block(f'<div class="print">{parts}</div>')


def _block(content: str) -> str:
    return f'<div class="weekly">{content}</div>'
