"""The whole page of a weekly meeting as data, in the language spoken."""

from datetime import timedelta
from typing import Any, Final

import streamlit as st

from nps_app.store import SavedView
from nps_app.view import queries, queries_overview
from nps_app.view.charts.theme import Theme
from nps_app.view.counting import KEPT
from nps_app.view.filter_words import filter_words
from nps_app.view.link_filter import read_query
from nps_app.view.queries_definitions import PLAIN
from nps_app.view.sentences import freshness_text
from nps_app.view.weekly.content import Report, Section
from nps_app.view.weekly.look import Look, today, undated
from nps_app.view.weekly.moved import moved
from nps_app.view.weekly.notes import notes
from nps_app.view.weekly.people import people
from nps_app.view.weekly.periods import MONTH, read_period
from nps_app.view.weekly.segments import segments
from nps_app.view.weekly.shipped import shipped
from nps_app.view.weekly.volume import volume
from nps_app.view.weekly.watch import watch
from nps_app.view.weekly.where import where
from nps_app.view.widgets.session import store_version
from nps_core.errors import NpsError
from nps_core.language import current_language, tr
from nps_core.measure import Filter
from nps_core.measure.definitions import ScoreDefinition

_COUNTED: Final = (where, moved, segments, shipped, people, volume, watch)
_KEPT: Final[dict[str, Any]] = KEPT | {
    "ttl": timedelta(hours=1),
    "max_entries": 64,
    "hash_funcs": {Filter: repr, ScoreDefinition: repr},
}


def weekly_report(
    period: str,
    view: SavedView | None = None,
    chosen: Filter | None = None,
    definition: ScoreDefinition = PLAIN,
    theme: Theme = "light",
) -> Report:
    """The report on `period`, "2026-W46" or "2026-10", of a saved view or of `chosen` responses.

    Dates of the view or filter are left aside: a report is about the days of its period. Raises
    NpsError for what names no week or month.
    """
    meant = read_period(period)
    if meant is None:
        raise NpsError(
            tr(
                "{period} is no week and no month; name one like 2026-W46 or 2026-10.",
                period=tr("“{name}”", name=period),
            )
        )
    asked = read_query(view.query) if view else None
    if asked:
        chosen, definition = asked.chosen, asked.definition
    look = Look(meant, undated(chosen or Filter()), definition, today(), theme)
    words = [view.name] if view else []
    words.append(filter_words(look.chosen, definition))
    if chosen and (chosen.start or chosen.end):
        words.append(tr("the dates of the filter are left aside"))
    if asked and asked.unknown:
        words.append(
            tr(
                "left out, as this data does not have it: {unknown}",
                unknown=", ".join(asked.unknown),
            )
        )
    return Report(
        title=tr("Monthly meeting") if meant.every == MONTH else tr("Weekly meeting"),
        period=meant.key,
        first=meant.first,
        last=meant.last,
        period_words=meant.words(),
        view_words=" · ".join(words),
        made_words=_made(),
        sections=(*_sections(store_version(), look, current_language()), notes(meant.key)),
    )


def _made() -> str:
    newest, record = queries.freshness().newest, queries_overview.last_import()
    return freshness_text(newest, record.imported_at if record else None)


@st.cache_resource(**_KEPT | {"hash_funcs": {Look: repr}})
def _sections(version: int, look: Look, language: str) -> tuple[Section, ...]:
    return tuple(section(look) for section in _COUNTED)
