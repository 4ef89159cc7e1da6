"""Below a section of the weekly meeting: its tables to take along, its responses, why some hide."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from nps_app.view import queries_responses
from nps_app.view.queries_hidden import hidden_in_segments
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.response_asked import CATEGORY_NAMES, Wanted
from nps_app.view.tables import count_text, dates_text, value_label
from nps_app.view.weekly.content import Report, Section, Table
from nps_app.view.weekly.periods import read_period
from nps_app.view.widgets.downloads import downloads
from nps_app.view.widgets.figure_links import around
from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.responses_link import responses_menu
from nps_app.view.widgets.text import visible
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core import columns as c
from nps_core.language import tr
from nps_core.measure import Filter

_SPANS = ("where", "moved", "volume", "watch")


def weekly_links(section: Section, report: Report) -> None:
    """Draw what can be taken from a section, and where its figures come from."""
    days = report.first, report.last
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"weekly_more_{section.key}"
    ):
        for place, table in enumerate(section.tables, start=1):
            _take(table, f"nps-weekly-{section.key}-{place}", table.title or section.heading)
        if section.key == "segments":
            _why(replace(current_filter(), start=days[0], end=days[1]))
        responses_menu(_listed(section, report, days), f"weekly_{section.key}")


def _take(table: Table, name: str, what: str) -> None:
    frame = pd.DataFrame(table.rows, columns=_unique(table.header))
    downloads(name, what, lambda: frame, copied=frame, rows=len(frame))


def _unique(header: tuple[str, ...]) -> list[str]:
    return [name or " " * place for place, name in enumerate(header, start=1)]


def _why(within: Filter) -> None:
    hidden = hidden_in_segments(within, minimum_responses())
    if hidden:
        why_hidden("weekly", hidden)


def _listed(section: Section, report: Report, days: tuple[date, date]) -> list[tuple[str, Wanted]]:
    of_period = around((), days)
    if section.key == "people":
        kinds = [
            (tr(CATEGORY_NAMES[name]), replace(of_period, category=name))
            for name in (c.DETRACTORS, c.PASSIVES, c.PROMOTERS)
        ]
        return _counted(kinds)
    if section.key == "segments":
        rows = [] if section.data is None else section.data.to_dict("records")
        return _counted([_group(row, days) for row in rows])
    if section.key not in _SPANS:
        return []
    listed = [(dates_text(*days), of_period)]
    period = read_period(report.period)
    if period is not None and section.key == "moved":
        before = period.back()
        listed.append(
            (dates_text(before.first, before.last), around((), (before.first, before.last)))
        )
    return _counted(listed)


def _group(row: Mapping[Any, Any], days: tuple[date, date]) -> tuple[str, Wanted]:
    value = None if pd.isna(row["value"]) else row["value"]
    return visible(value_label(value), 40), around(((row["segment"], (value,)),), days)


def _counted(listed: list[tuple[str, Wanted]]) -> list[tuple[str, Wanted]]:
    """Each with how many responses it holds; those without any left out."""
    found = []
    for name, wanted in listed:
        within = wanted.within(current_filter())
        n = queries_responses.how_many(within, wanted.every_score()) if within else 0
        if n:
            found.append((f"{name} · {count_text(n)}", wanted))
    return found
