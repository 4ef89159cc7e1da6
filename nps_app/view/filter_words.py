"""A filter in words, for where no filter bar stands beside the figures."""

from nps_app.view.definitions import TITLES
from nps_app.view.group_words import column_label, survey_label, value_label
from nps_app.view.tables import date_text, dates_text
from nps_app.view.widgets.text import visible
from nps_core import columns as c
from nps_core.language import tr
from nps_core.measure import Filter
from nps_core.measure.definition_rows import ALL_RESPONSES
from nps_core.measure.definitions import ScoreDefinition

_NAMED = 3


def filter_words(chosen: Filter, definition: ScoreDefinition | None = None) -> str:
    """Say which responses a filter keeps, and which score when it is not that of all responses.

    Plain text: values come from files, with nothing hidden in them, and are not markup.

    >>> filter_words(Filter(segments={"industry": ("Fintech", None)}))
    'Industry: Fintech or Unknown'
    >>> filter_words(Filter())
    'All responses'
    """
    parts = [
        _named(visible(column_label(column), 40), [value_label(value) for value in values])
        for column, values in chosen.segments
    ]
    if chosen.survey_types:
        labels = [survey_label(value) for value in chosen.survey_types]
        parts.append(_named(column_label(c.SURVEY_TYPE), labels))
    if chosen.start and chosen.end:
        parts.append(dates_text(chosen.start, chosen.end))
    elif chosen.start:
        parts.append(tr("since {day}", day=date_text(chosen.start)))
    elif chosen.end:
        parts.append(tr("until {day}", day=date_text(chosen.end)))
    if not parts:
        parts = [tr("All responses")]
    if definition and definition.kind != ALL_RESPONSES:
        parts.append(tr("score: {name}", name=tr(TITLES[definition.kind])))
    return " · ".join(parts)


def _named(column: str, labels: list[str]) -> str:
    return tr("{label}: {value}", label=column, value=_either(labels))


def _either(labels: list[str]) -> str:
    shown = [visible(label, 40) for label in labels[:_NAMED]]
    if len(labels) > _NAMED:
        return tr("{some} and {n} more", some=", ".join(shown), n=len(labels) - _NAMED)
    *first, last = shown
    return tr("{first} or {last}", first=", ".join(first), last=last) if first else last
