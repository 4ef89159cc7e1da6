"""Below a section of the weekly meeting: its tables to take along, its responses, why some hide."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from nps_app.view import queries_change, queries_responses
from nps_app.view.hidden_words import Hidden, sides_hidden
from nps_app.view.queries_hidden import hidden_in_segments
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.response_asked import CATEGORY_NAMES, Wanted
from nps_app.view.tables import count_text, dates_text, value_label
from nps_app.view.weekly.content import Report, Section, Table
from nps_app.view.weekly.look import TRAILING
from nps_app.view.weekly.periods import read_period
from nps_app.view.weekly.shipped import usual_look
from nps_app.view.widgets.downloads import downloads
from nps_app.view.widgets.figure_links import SIDES, around
from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.responses_link import responses_menu
from nps_app.view.widgets.text import visible
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core import columns as c
from nps_core.language import tr

_SPANS = ("where", "moved", "volume", "watch")


def weekly_links(section: Section, report: Report) -> None:
    """Draw what can be taken from a section, and where its figures come from."""
    days = report.first, report.last
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"weekly_more_{section.key}"
    ):
        for place, table in enumerate(section.tables, start=1):
            _take(table, f"nps-weekly-{section.key}-{place}", table.title or section.heading)
        _why(section, report, days)
        responses_menu(_listed(section, report, days), f"weekly_{section.key}")


def _take(table: Table, name: str, what: str) -> None:
    frame = pd.DataFrame(table.rows, columns=_unique(table.header))
    downloads(name, what, lambda: frame, copied=frame, rows=len(frame))


def _unique(header: tuple[str, ...]) -> list[str]:
    return [name or " " * place for place, name in enumerate(header, start=1)]


def _why(section: Section, report: Report, days: tuple[date, date]) -> None:
    minimum = minimum_responses()
    hidden: list[Hidden] = []
    if section.key == "segments":
        within = replace(current_filter(), start=days[0], end=days[1])
        hidden = hidden_in_segments(within, minimum)
    elif section.key == "where":
        hidden = sides_hidden(_spans(report), minimum)
    elif section.key == "shipped":
        hidden = sides_hidden([(name, n) for name, n, _ in _windows(section)], minimum)
    if hidden:
        why_hidden(f"weekly_{section.key}", hidden, of_a_side=section.key == "shipped")


def _spans(report: Report) -> list[tuple[str, int]]:
    """The spans whose scores stand in "Where we are": each with its dates and its responses."""
    period = read_period(report.period)
    if period is None:
        return []
    before, earliest = period.back(), period.back(TRAILING[period.every] - 1)
    spans = [
        (period.first, period.last),
        (before.first, before.last),
        (earliest.first, period.last),
    ]
    return [(dates_text(*span), _how_many(around((), span))) for span in spans]


def _windows(section: Section) -> list[tuple[str, int, Wanted]]:
    """Both windows of each product change listed: its name, its responses, the way to them."""
    found = []
    for link in section.links:
        change = queries_change.change_of(int(dict(link.query)["id"]))
        if change is None or change.id is None:
            continue
        row = queries_change.judged(current_filter(), change.id, usual_look()).row
        for side, words in SIDES.items():
            n, days = int(row[f"{side}_{c.RESPONSES}"]), queries_change.window_days(row, side)
            if days and n:
                name = tr(words, dates=dates_text(*days))
                titled = f"{visible(change.title, 40)} · {name}"
                found.append((titled, n, around(change.segments, days)))
    return found


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
    if section.key == "shipped":
        return [(f"{name} · {count_text(n)}", wanted) for name, n, wanted in _windows(section)]
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
    counted = [(name, wanted, _how_many(wanted)) for name, wanted in listed]
    return [(f"{name} · {count_text(n)}", wanted) for name, wanted, n in counted if n]


def _how_many(wanted: Wanted) -> int:
    within = wanted.within(current_filter())
    return queries_responses.how_many(within, wanted.every_score()) if within else 0
