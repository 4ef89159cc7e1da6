"""What a chart draws as a table, for a server that cannot draw pictures."""

from typing import Any

from nps_app.view.queries_segments import minimum_responses
from nps_app.view.tables import count_text, interval_text, nps_text, period_text
from nps_app.view.weekly.content import Section, Table
from nps_app.view.weekly.segments import group_words
from nps_core import columns as c
from nps_core.language import tr


def chart_table(section: Section) -> Table:
    """The numbers of a section's chart: its groups, or its periods, whose scores have no marks of
    their interval in the chart either. Periods under the minimum n have no score."""
    rows = [] if section.data is None else section.data.to_dict("records")
    if rows and "segment" in rows[0]:
        header = (tr("Group"), tr("NPS"), tr("95 % interval"), tr("Responses"))
        return Table(section.chart_title, header, tuple(map(_group, rows)))
    every, least = "month" if _monthly(rows) else "week", minimum_responses()
    names = (tr("Period"), tr("NPS"), tr("Responses"))
    return Table(section.chart_title, names, tuple(_period(row, every, least) for row in rows))


def _group(row: dict[Any, Any]) -> tuple[str, ...]:
    ends = interval_text(row[c.LOW], row[c.HIGH])
    return group_words(row), nps_text(row[c.NPS]), ends, count_text(row[c.RESPONSES])


def _period(row: dict[Any, Any], every: str, least: int) -> tuple[str, ...]:
    shown = row[c.NPS] if row[c.RESPONSES] >= least else float("nan")
    return period_text(row[c.PERIOD], every), nps_text(shown), count_text(row[c.RESPONSES])


def _monthly(rows: list[dict[Any, Any]]) -> bool:
    days = [row[c.PERIOD] for row in rows]
    return len(days) > 1 and (days[1] - days[0]).days > 7
