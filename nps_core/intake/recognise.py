"""What every column of a file means, from its name, its question and its values, with no hint."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from nps_core import columns as c
from nps_core.errors import FileRefused
from nps_core.intake import find_score as fs
from nps_core.intake.amounts import parse_amount
from nps_core.intake.dates import Moment, parse_date
from nps_core.intake.mapping import DATE_COLUMN, IGNORE, NO_DATE, SEGMENT, Mapping, Question
from nps_core.intake.profile import Column, profile
from nps_core.intake.raw import RawTable
from nps_core.intake.row_words import KIND_NAMES, RELATIONAL_WORDS, TRANSACTIONAL_WORDS
from nps_core.intake.text import did_you_mean, fold_header, listed, quote
from nps_core.intake.tool import Tool
from nps_core.intake.tools import find_tool
from nps_core.intake.vocabulary import (
    ASKED,
    BARE_WHY,
    CLASSES,
    EASY,
    IGNORED,
    MORE_ASKED,
    NAMES,
    NO_RESPONSE_DATE,
    REASON_ASKED,
    RECOMMENDS,
    SATISFIED,
    SEGMENT_NAMES,
)
from nps_core.language import tr

_GENERIC_IDS: Final = frozenset(
    ("id", "uuid", "identifiant", "identificador", "kennung", "event id")
)
_KEYS: Final = ("response", "response number", "response no", "submission", "reponse")
_PRIVATE: Final = re.compile(r"[^@\s]+@[^@\s]+\.\w+|https?://\S+|[0-9a-f]{8}-[0-9a-f-]{27}|[\[{].*")
_PLUMBING: Final = re.compile(r"(?:^| )(?:id|ids|uuid|guid|token|url|uri|key|hash|agent)$")


@dataclass(frozen=True)
class Recognition:
    """The mapping of a file, the tool that wrote it, and what is uncertain about them.

    `sure` says how sure the score column's name is (see `find_score.rank`); `date_columns` are
    the headers of all columns of dates.
    """

    mapping: Mapping
    tool: Tool | None
    sure: int
    date_columns: tuple[str, ...]
    questions: tuple[Question, ...]
    warnings: tuple[str, ...]


class _Roles:
    """Columns with the roles they have got so far."""

    def __init__(self, columns: Sequence[Column], given: Mapping) -> None:
        self.columns = columns
        self.role = dict(given.roles)

    def free(self, role: str) -> bool:
        return role not in self.role.values()

    def left(self) -> list[Column]:
        return [column for column in self.columns if column.header not in self.role]

    def give(self, role: str, column: Column | None) -> None:
        if column is not None:
            self.role[column.header] = role

    def by_names(
        self,
        role: str,
        names: Sequence[str],
        fits: Callable[[Column], bool],
        loose: bool = False,
    ) -> None:
        """Give `role` to the column with the earliest of `names` that fits."""
        if not self.free(role):
            return
        for name in names:
            for column in self.left():
                called = column.loose_names if loose else column.names
                if name in called and fits(column):
                    self.give(role, column)
                    return


def recognise(raw: RawTable, given: Mapping) -> Recognition:
    """The role of each column that `given` does not name, and the tool that wrote the file.

    Raises `FileRefused`, with the header, when a name of `given` is not in the file or when the
    score column cannot be told.
    """
    columns = profile(raw)
    if missing := [header for header, _ in given.roles if header not in raw.header]:
        raise FileRefused(
            tr(
                "The file has no column {name}{hint}.",
                name=quote(missing[0]),
                hint=did_you_mean(missing[0], raw.header),
            ),
            tr("Its columns are {names}.", names=listed(raw.header)),
            tr("Choose the columns again."),
            header=raw.header,
        )
    tool = find_tool(name for column in columns for name in column.names)
    roles = _Roles(columns, given)
    questions: list[Question] = []
    warnings: list[str] = []
    sure = _score(roles, raw, tool, given, questions)
    for role, names in (tool.roles if tool else {}).items():
        roles.by_names(role, names, _usable(role))
    _response_date(roles, raw, given, questions, warnings)
    roles.by_names(c.RESPONSE_ID, NAMES[c.RESPONSE_ID], _identifies)
    roles.by_names(c.RESPONSE_ID, _KEYS, _is_key)
    roles.by_names(c.UPDATED_AT, NAMES[c.UPDATED_AT], lambda column: column.dates > 0.2)
    _survey_type(roles)
    for role in (c.COMPANY_SIZE, c.INDUSTRY, c.PERSONA, c.RESPONDENT_ID, c.ACCOUNT_ID):
        roles.by_names(role, NAMES[role], _usable(role), loose=True)
        if roles.free(role) and role in ASKED:
            asked = (col for col in roles.left() if ASKED[role].search(col.wording))
            roles.give(role, next(asked, None))
    for role in c.NUMBERS:
        roles.by_names(role, NAMES[role], _counts, loose=True)
    for role, pattern in ((c.CSAT, SATISFIED), (c.CES, EASY)):
        if roles.free(role):
            asked = (x for x in roles.left() if pattern.search(x.wording) and _counts(x))
            roles.give(role, next(asked, None))
    _comment(roles)
    marks = {rule.column for rule in tool.rules} | KIND_NAMES if tool else KIND_NAMES
    for column in roles.left():
        keep = column.name not in marks and _is_segment(column)
        roles.give(SEGMENT if keep else IGNORE, column)
    mapping = replace(given, roles=tuple((h, roles.role[h]) for h in raw.header))
    dates = tuple(column.header for column in columns if column.dates >= 0.5)
    return Recognition(mapping, tool, sure, dates, tuple(questions), tuple(warnings))


def _usable(role: str) -> Callable[[Column], bool]:
    """Whether a column holds anything that its role needs."""
    if role in (c.RESPONDED_AT, c.UPDATED_AT):
        return _dated
    if role == c.SCORE:
        return lambda column: False
    if role == c.COMMENT:
        return lambda column: column.dates < 0.5
    if role == c.RESPONDENT_ID:
        return lambda x: x.filled > 0 and any(fold_header(t) != "anonymous" for t in x.texts)
    return lambda column: column.filled > 0


def _score(
    roles: _Roles, raw: RawTable, tool: Tool | None, given: Mapping, questions: list[Question]
) -> int:
    answered = given.answer("score_column")
    if roles.free(c.SCORE) and answered in raw.header:
        roles.role[str(answered)] = c.SCORE
    if not roles.free(c.SCORE):
        return fs.BY_TOOL
    column, sure = fs.find_score(roles.left(), tool, raw.duplicate_headers)
    roles.give(c.SCORE, column)
    if sure == fs.BY_VALUES:
        text = tr(
            "Is the column {name} the answer to the recommendation question?",
            name=quote(column.header),
        )
        questions.append(Question("score_column", text, (column.header,)))
    return sure


def _dated(column: Column) -> bool:
    if column.dates >= 0.2:
        return True
    serials = [isinstance(parse_date(text), Moment) for text in column.texts[:50]]
    return bool(serials) and sum(serials) >= 0.8 * len(serials)


def _response_date(
    roles: _Roles, raw: RawTable, given: Mapping, questions: list[Question], warnings: list[str]
) -> None:
    answered = given.answer(DATE_COLUMN)
    if roles.free(c.RESPONDED_AT) and answered in raw.header:
        roles.role[str(answered)] = c.RESPONDED_AT
    roles.by_names(c.RESPONDED_AT, NAMES[c.RESPONDED_AT], _dated)
    if not roles.free(c.RESPONDED_AT) or answered == NO_DATE:
        return
    others = [
        column
        for column in roles.left()
        if column.dates >= 0.8
        and not NO_RESPONSE_DATE.search(column.wording)
        and not any(name in NAMES[c.UPDATED_AT] for name in column.names)
    ]
    if len(others) == 1:
        roles.give(c.RESPONDED_AT, others[0])
        warnings.append(
            tr(
                "The column {name} was taken as the response date.",
                name=quote(others[0].header),
            )
        )
    elif others:
        options = (*(column.header for column in others), NO_DATE)
        text = tr("Which column holds the date of the response?")
        questions.append(Question(DATE_COLUMN, text, options))
    else:
        roles.by_names(c.RESPONDED_AT, NAMES[c.RESPONDED_AT], lambda column: column.filled > 0)


def _counts(column: Column) -> bool:
    """Whether most cells are numbers, also with currency signs or labels."""
    amounts = [parse_amount(text) is not None for text in column.texts]
    return bool(amounts) and sum(amounts) >= 0.5 * len(amounts)


def _identifies(column: Column) -> bool:
    if not column.filled:
        return False
    return column.name not in _GENERIC_IDS or column.distinct * 2 >= column.filled


def _is_key(column: Column) -> bool:
    """Whether cells are codes that tell rows apart: all different, one word, with a digit."""
    codes = all(any(map(str.isdigit, text)) for text in column.texts)
    return column.distinct == column.filled > 1 and column.words <= 1 and codes


def _survey_type(roles: _Roles) -> None:
    if not roles.free(c.SURVEY_TYPE):
        return
    for column in roles.left():
        known = [
            t for t in column.texts if fold_header(t) in RELATIONAL_WORDS | TRANSACTIONAL_WORDS
        ]
        if column.texts and len(known) * 2 >= len(column.texts):
            roles.give(c.SURVEY_TYPE, column)
            return


def _comment(roles: _Roles) -> None:
    if not roles.free(c.COMMENT):
        return
    ranked = [(_comment_rank(column), -place) for place, column in enumerate(roles.left())]
    best = max(ranked, default=(0.0, 0))
    if best[0] > 0:
        roles.give(c.COMMENT, roles.left()[-best[1]])


def _comment_rank(column: Column) -> float:
    if column.numbers >= 0.5 or column.dates >= 0.5 or (column.scores >= 0.5 and column.filled):
        return 0
    reason = REASON_ASKED.search(column.wording)
    if reason and (len(column.wording.split()) > 3 or RECOMMENDS.search(column.wording)):
        return 5
    if BARE_WHY.fullmatch(column.name) or BARE_WHY.fullmatch(column.asked):
        return 4.5
    for name in column.names:
        if name in NAMES[c.COMMENT]:
            return 4 - NAMES[c.COMMENT].index(name) / 1000
    if column.name in IGNORED:
        return 0
    talks = column.words >= 3 and column.distinct * 2 >= column.filled
    if reason and (talks or not column.filled):
        return 3
    if MORE_ASKED.search(column.wording) and (talks or not column.filled):
        return 2
    return 1 if talks and column.length >= 15 else 0


def _is_segment(column: Column) -> bool:
    if not column.filled or any(name in IGNORED for name in column.loose_names):
        return False
    if any(name in NAMES[role] for role in c.IDENTITY for name in column.loose_names):
        return False
    if column.dates >= 0.5 or _PLUMBING.search(column.name) or RECOMMENDS.search(column.name):
        return False
    if all(fold_header(text) in CLASSES for text in column.texts):
        return False
    if any(SEGMENT_NAMES.search(name) for name in column.loose_names):
        return column.length <= 60
    private = sum(bool(_PRIVATE.fullmatch(text.strip())) for text in column.texts)
    if column.numbers >= 0.8 or private * 2 > len(column.texts):
        return False
    if column.words > 6 or column.length > 50:
        return False
    return column.distinct <= 200 and column.distinct <= 0.7 * column.filled
