"""The page of the weekly meeting: a Report, drawn."""

from typing import Final

import streamlit as st

from nps_app.view.weekly.content import Report, Section
from nps_app.view.widgets import weekly_html as html
from nps_app.view.widgets.chart import show_chart
from nps_app.view.widgets.text import as_label
from nps_app.view.widgets.weekly_links import weekly_links
from nps_app.view.widgets.weekly_notes import weekly_notes
from nps_app.view.widgets.weekly_plan import plan_choice

_SPLIT: Final = (6, 5)


def weekly_page(report: Report) -> None:
    """Draw every section of the report, one below the other."""
    st.html(f"<style>{html.STYLE}{html.PRINT}</style>")
    st.html(html.masthead(report))
    for section in report.sections:
        with st.container(border=True, key=f"weekly_section_{section.key}"):
            _section(section, report.period)
            weekly_links(section, report)


def _section(section: Section, period: str) -> None:
    if section.chart is None:
        _told(section)
    else:
        left, right = st.columns(_SPLIT, gap="large")
        with left:
            _told(section)
        with right:
            _chart(section)
    if section.key == "notes":
        st.html(html.typed_on_paper(section.typed))
        weekly_notes(period)


def _told(section: Section) -> None:
    st.html(html.told(section.heading, _sentences(section)))
    if section.numbers:
        st.html(html.numbers(section.numbers))
    if section.key == "volume":
        plan_choice()
    for table in section.tables:
        st.html(html.table(table))
    _links(section)


def _sentences(section: Section) -> tuple[str, ...]:
    # The fields below say that nothing was noted.
    return () if section.key == "notes" else section.sentences


def _chart(section: Section) -> None:
    if section.data is None:
        return
    show_chart(
        section.chart,
        section.data,
        f"nps-weekly-{section.key}",
        heading=as_label(section.chart_title, 120),
        title=section.chart_title,
        alt=section.alt,
    )


def _links(section: Section) -> None:
    if not section.links:
        return
    with st.container(key="weekly_links", gap=None):
        for link in section.links:
            st.page_link(
                f"pages/{link.page}.py",
                label=as_label(link.label, 160),
                icon=":material/arrow_forward:",
                query_params=dict(link.query),
            )
