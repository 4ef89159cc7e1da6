"""The filter a link asks for, as far as this data has what it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlencode

from nps_app.view import filter_link as link
from nps_app.view import queries, queries_definitions
from nps_app.view.tables import column_label
from nps_app.view.widgets.text import visible
from nps_app.web.view_links import FILTER
from nps_core import columns as c
from nps_core.language import tr
from nps_core.measure import Filter
from nps_core.measure.definition_rows import ALL_RESPONSES
from nps_core.measure.definitions import ScoreDefinition

NAMES: Final = (*link.PARAMETERS.values(), link.SEGMENT, link.DATES, link.SCORE)
"""The parameters of the address that say the filter and the score."""


def with_filter(tokens: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The parameter of a link inside the app that brings this filter, be it none, along.

    The parameters of the filter themselves would not do: the browser adds those of the page the
    link stands on, and what is chosen there wins.

    >>> with_filter({"size": ["SMB", "~"], "every": ["month"]})
    {'filter': 'size=SMB&size=~'}
    """
    named = {name: list(tokens.get(name, ())) for name in NAMES}
    return {FILTER: urlencode({name: some for name, some in named.items() if some}, doseq=True)}


def filter_of(query: str) -> dict[str, list[str]]:
    """The filter of a query: each parameter of the filter with its tokens.

    >>> filter_of("every=month&size=SMB")["size"]
    ['SMB']
    """
    asked = parse_qs(query, keep_blank_values=True)
    return {name: asked.get(name, []) for name in NAMES}


@dataclass(frozen=True)
class Asked:
    """What a link asks for: the tokens known here, and a phrase for each that is not."""

    known: dict[str, list[str]]
    unknown: list[str]

    @property
    def chosen(self) -> Filter:
        """The filter of the known tokens."""
        newest = queries.freshness().newest
        days = link.token_days("".join(self.known[link.DATES]), newest) or link.Days()
        segments: dict[str, list[str | None]] = {}
        for column, name in link.PARAMETERS.items():
            segments[column] = [link.token_value(token) for token in self.known[name]]
        for token in self.known[link.SEGMENT]:
            column, value = link.token_segment(token) or ("", None)
            segments.setdefault(column, []).append(value)
        survey_types = segments.pop(c.SURVEY_TYPE)
        return Filter(
            start=days.start,
            end=days.end,
            segments={column: tuple(values) for column, values in segments.items() if values},
            survey_types=tuple(survey_types),
        )

    @property
    def definition(self) -> ScoreDefinition:
        """The score of the known tokens; that of all responses when none is asked for."""
        return queries_definitions.definition_of("".join(self.known[link.SCORE]) or ALL_RESPONSES)


def own_columns() -> list[str]:
    """The segments the data brings beyond those with a parameter of their own."""
    return [column for column in queries.segment_columns() if column not in link.PARAMETERS]


def read_query(query: str) -> Asked:
    """What the text behind the "?" of a link asks for."""
    return read_link(parse_qs(query, keep_blank_values=True))


def read_link(asked: Mapping[str, list[str]]) -> Asked:
    """What the parameters of a link ask for: name to tokens."""
    newest = queries.freshness().newest
    known: dict[str, list[str]] = {name: [] for name in NAMES}
    unknown: list[str] = []
    for column, name in link.PARAMETERS.items():
        for token in asked.get(name, ()):
            if link.token_value(token) in _values(column):
                known[name].append(token)
            else:
                unknown.append(
                    tr("{column} “{value}”", column=column_label(column), value=visible(token))
                )
    own = own_columns()
    for token in asked.get(link.SEGMENT, ()):
        column, value = link.token_segment(token) or ("", None)
        if column in own and value in _values(column):
            known[link.SEGMENT].append(token)
        else:
            unknown.append(tr("segment “{value}”", value=visible(token)))
    for token in asked.get(link.DATES, ()):
        if not known[link.DATES] and token and link.token_days(token, newest):
            known[link.DATES].append(token)
        else:
            unknown.append(tr("dates “{value}”", value=visible(token)))
    for token in asked.get(link.SCORE, ()):
        if token == ALL_RESPONSES:
            continue
        if not known[link.SCORE] and token in queries_definitions.offered().kinds:
            known[link.SCORE].append(token)
        else:
            unknown.append(tr("score “{value}”", value=visible(token)))
    return Asked(known, unknown)


def _values(column: str) -> set[str | None]:
    return {value for value, _ in queries.options(column)}
