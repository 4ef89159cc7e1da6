"""What a chart draws as a table, for a server that cannot draw pictures."""

from typing import Any

from nps_app.view.tables import count_text, interval_text, nps_text, period_text
from nps_app.view.weekly.content import Section, Table
from nps_app.view.weekly.segments import group_words
from nps_core import columns as c
from nps_core.language import tr


def chart_table(section: Section) -> Table:
    """The numbers of a section's chart: periods where it has them, else its groups."""
    rows = [] if section.data is None else section.data.to_dict("records")
    named = bool(rows) and "segment" in rows[0]
    every = "month" if _monthly(rows) else "week"
    return Table(
        section.chart_title,
        (
            tr("Group") if named else tr("Period"),
            tr("NPS"),
            tr("95 % interval"),
            tr("Responses"),
        ),
        tuple(
            (
                group_words(row) if named else period_text(row[c.PERIOD], every),
                nps_text(row[c.NPS]),
                interval_text(row[c.LOW], row[c.HIGH]),
                count_text(row[c.RESPONSES]),
            )
            for row in rows
        ),
    )


def _monthly(rows: list[dict[Any, Any]]) -> bool:
    days = [row[c.PERIOD] for row in rows if c.PERIOD in row]
    return len(days) > 1 and (days[1] - days[0]).days > 7
