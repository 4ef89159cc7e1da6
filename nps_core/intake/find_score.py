"""Which column holds the answer to the recommendation question."""

from collections.abc import Sequence
from typing import Final

from nps_core.columns import SCORE
from nps_core.errors import FileRefused
from nps_core.intake.profile import Column
from nps_core.intake.scale import scale_of
from nps_core.intake.text import listed, quote
from nps_core.intake.tool import Tool
from nps_core.intake.vocabulary import (
    CERTAIN_SCORES,
    IGNORED,
    LOOSE_SCORES,
    NAMES,
    NOT_THE_NUMBER,
    OTHER_MEASURE,
    PLAIN_SCORES,
    REASON_ASKED,
    RECOMMENDS,
)
from nps_core.language import mark, tr

BY_TOOL: Final = 6
RECOMMENDATION: Final = 5
PLAIN: Final = 4
LOOSE: Final = 3
BY_VALUES: Final = 1
NEVER: Final = 0

_FITS: Final = 0.5
_GROUP: Final = " nps group"
"""How Qualtrics names the class of the answers in the column before: Q1, Q1_NPS_GROUP."""
_ON_SCALE: Final = ("", "no_zero")
_ASK: Final = mark("Say which column is the score.")


def rank(column: Column, tool: Tool | None) -> int:
    """How sure the name and question of a column are that it is the recommendation.

    From `BY_TOOL` down to `BY_VALUES` (its cells alone speak for it) and `NEVER`: the class, the
    weight, another measure.
    """
    if tool and column.name in tool.roles.get(SCORE, ()):
        return BY_TOOL
    wording = column.wording
    asks, other = RECOMMENDS.search(wording), OTHER_MEASURE.search(wording)
    beside = column.asked.endswith(" group") or (
        len(column.name.split()) <= 5 and NOT_THE_NUMBER.search(column.name)
    )
    if beside and column.name not in CERTAIN_SCORES:
        return NEVER
    if any(name in CERTAIN_SCORES for name in column.names):
        return RECOMMENDATION
    if REASON_ASKED.search(wording) and column.scores < _FITS:
        return NEVER
    if asks and not (other and other.start() < asks.start()):
        return RECOMMENDATION
    if other:
        return NEVER
    if any(name in PLAIN_SCORES for name in column.names):
        return PLAIN
    if any(name in LOOSE_SCORES for name in column.names):
        return LOOSE
    named = any(name in names for names in NAMES.values() for name in column.names)
    if named or column.name in IGNORED or column.name.endswith((" id", "number")):
        return NEVER
    return BY_VALUES


def find_score(
    columns: Sequence[Column],
    tool: Tool | None,
    repeated: Sequence[str] = (),
) -> tuple[Column, int]:
    """The one recommendation column, and how sure it is; `BY_VALUES` when a person should say.

    A column on the scale of 0 to 10 goes before one whose values speak for another scale (stars,
    a flag); when its name is the weaker one, that is `BY_VALUES`. `repeated` are names that the
    file gives to several columns. Raises `FileRefused` when no column or more than one could be
    it: nothing is guessed.
    """
    grouped = {column.name.removesuffix(_GROUP) for column in columns if _GROUP in column.name}
    ranked = [
        (RECOMMENDATION if column.name in grouped else rank(column, tool), column)
        for column in columns
    ]
    named = [(sure, column) for sure, column in ranked if sure >= LOOSE]
    fitting = [pair for pair in named if pair[1].filled and pair[1].scores >= _FITS]
    on_scale = [pair for pair in fitting if pair[1].scale in _ON_SCALE]
    by_values = [(BY_VALUES, x) for sure, x in ranked if sure == BY_VALUES and _speaks(x)]
    other_scales = [pair for pair in named if pair[1].dates < _FITS]
    for candidates in (on_scale, by_values, fitting, other_scales):
        if candidates:
            break
    else:
        raise FileRefused(
            tr("No column holds answers from 0 to 10 to the recommendation question."),
            tr("The columns are {names}.", names=listed([column.header for column in columns])),
            tr("Export the survey with its numeric answers, or say which column is the score."),
        )
    best = max(sure for sure, _ in candidates)
    ties = [column for sure, column in candidates if sure == best]
    if candidates is other_scales:
        ties = ties[:1]
    if len(ties) > 1:
        raise FileRefused(
            tr("More than one column could be the score."),
            tr("These look alike: {names}.", names=listed([column.header for column in ties])),
            tr(_ASK),
        )
    if ties[0].header in repeated:
        raise FileRefused(
            tr("The column {name} appears more than once.", name=quote(ties[0].header)),
            remedy=tr(_ASK),
        )
    passed_over = any(sure > best and column.scores >= _FITS for sure, column in fitting)
    return ties[0], BY_VALUES if passed_over else best


def _speaks(column: Column) -> bool:
    """Whether cells alone, without a name, look like answers from 0 to 10."""
    kind = scale_of(dict.fromkeys(column.texts, 9)).kind
    many = column.filled >= 5 and column.distinct >= 4 and column.scores >= 0.95
    return many and kind in _ON_SCALE
