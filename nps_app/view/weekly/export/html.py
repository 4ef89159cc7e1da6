"""A report as one HTML file that opens without a network: text, tables and living charts."""

import re
from functools import cache
from html import escape
from typing import Any, Final

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from nps_app.view.charts.any_font import for_any_font
from nps_app.view.charts.locale import plotly_locale
from nps_app.view.weekly.content import Report, Section
from nps_app.view.weekly.export.look import MARK, STYLE
from nps_app.view.widgets.weekly_html import masthead, numbers, table, told, typed_on_paper
from nps_core.language import current_language

_CONFIG: Final[dict[str, Any]] = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
)


def html_bytes(report: Report) -> bytes:
    """Write a report as one UTF-8 HTML page that asks the network for nothing.

    Text is escaped: whatever a file held stays text. The page is in the language spoken.
    """
    body = "".join(_section(section) for section in report.sections)
    page = f"""<!doctype html>
<html lang="{current_language()}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(report.title)} · {escape(report.period_words)}</title>
<style>{STYLE}</style><script>{_plotly()}</script></head>
<body><main>
<header>{MARK}<h1>{escape(report.title)}</h1></header>
{masthead(report)}
{body}
</main></body></html>
"""
    # Half a surrogate pair, which JSON can hold, is nothing UTF-8 can.
    return page.encode(errors="replace")


@cache
def _plotly() -> str:
    """What draws the charts, without the links of its maps: a report has none, and no address."""
    return re.sub(r"""\bhref=(["']http)""", r"name=\1", get_plotlyjs())


def _section(section: Section) -> str:
    parts = [told(section.heading, section.sentences)]
    parts += [numbers(section.numbers)] if section.numbers else []
    if section.chart is not None:
        parts.append(_chart(section.chart, section.chart_title, section.alt))
    parts += [table(one) for one in section.tables]
    parts += [typed_on_paper(section.typed)] if section.typed else []
    return f'<section id="{escape(section.key)}">{"".join(parts)}</section>'


def _chart(figure: go.Figure, title: str, alt: str) -> str:
    drawn = for_any_font(figure).to_html(
        full_html=False,
        include_plotlyjs=False,
        config=_CONFIG | plotly_locale(),
        default_width="100%",
        default_height=f"{int(figure.layout.height or 320)}px",
    )
    caption = f"<figcaption>{escape(title)}</figcaption>" if title else ""
    return f'<figure role="img" aria-label="{escape(alt)}">{caption}{drawn}</figure>'
