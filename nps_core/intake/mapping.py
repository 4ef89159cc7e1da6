"""Which column of a file means what, as a small frozen value that can be shown, edited, stored."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace
from typing import Any, Final

from nps_core.columns import CANONICAL
from nps_core.errors import NpsError
from nps_core.intake.text import did_you_mean, quote
from nps_core.language import mark, tr, tr_in

SEGMENT: Final = "segment"
IGNORE: Final = "ignore"
QUESTION: Final = "question"
ANSWER: Final = "answer"

ROLES: Final = (*CANONICAL, SEGMENT, IGNORE, QUESTION, ANSWER)
"""What a column can be; `question` and `answer` belong to files with one row an answer."""

DAY_FIRST: Final = "day_first"
MONTH_FIRST: Final = "month_first"

SCALE: Final = "scale"
ZERO_TO_TEN: Final = mark("0 to 10")
DATE_COLUMN: Final = "date_column"
NO_DATE: Final = mark("(no date)")

_SETTLED: Final = (
    "date_order",
    "timezone",
    "recommend_question",
    "comment_question",
    "answers",
)
"""What else a person can settle about a file, beside the roles of its columns."""


@dataclass(frozen=True)
class Question:
    """Something the file cannot settle alone; a person answers with one of `options`.

    `key` goes back as the first half of a pair in `Mapping.answers`, an option as the second;
    neither depends on the language, `text` does. Empty `options` mean any text. `text` may quote
    the file: show it as plain text only.
    """

    key: str
    text: str
    options: tuple[str, ...] = ()

    def label(self, option: str) -> str:
        """How an option is shown: ours in the language spoken, the file's own words as they are.

        >>> Question("date_column", "Which?", ("Sent", "(no date)")).label("Sent")
        'Sent'
        """
        ours = {SCALE: ZERO_TO_TEN, DATE_COLUMN: NO_DATE}
        return tr(option) if option == ours.get(self.key) else option


@dataclass(frozen=True)
class Mapping:
    """The role of every column of a file, and what a person has settled about it.

    `roles` holds (header, role) in the order of the file; a role is one of `ROLES` and every
    role but segment and ignore is given at most once. `date_order` is None while the file
    settles it itself. `timezone` is the zone of times that name none. In a file with one row
    an answer, `recommend_question` and `comment_question` are values of the question column.
    `answers` are (key, answer) pairs for the `Question`s of an earlier look at the file.

    Raises `NpsError` on a role that does not exist or is given twice.

    >>> mapping = Mapping(roles=(("Q1", "score"), ("Plan", "segment")))
    >>> mapping.header_of("score")
    'Q1'
    >>> Mapping.from_dict(mapping.to_dict()) == mapping
    True
    """

    roles: tuple[tuple[str, str], ...] = ()
    date_order: str | None = None
    timezone: str = "UTC"
    recommend_question: str | None = None
    comment_question: str | None = None
    answers: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        taken: dict[str, str] = {}
        for header, role in self.roles:
            if role not in ROLES:
                raise NpsError(
                    tr(
                        "Column {name} was given the role {role}{hint}. Allowed roles: {allowed}.",
                        name=quote(header),
                        role=quote(role),
                        hint=did_you_mean(role, ROLES),
                        allowed=", ".join(ROLES),
                    )
                )
            if role in (SEGMENT, IGNORE):
                continue
            if role in taken:
                raise NpsError(
                    tr(
                        "Columns {first} and {second} both have the role {role}. "
                        "Give it to one of them.",
                        first=quote(taken[role]),
                        second=quote(header),
                        role=_role_name(role),
                    )
                )
            taken[role] = header
        if self.date_order not in (None, DAY_FIRST, MONTH_FIRST):
            raise NpsError(
                tr(
                    "The date order is {given}. Allowed: {first}, {second}, or none.",
                    given=quote(str(self.date_order)),
                    first=DAY_FIRST,
                    second=MONTH_FIRST,
                )
            )

    def header_of(self, role: str) -> str | None:
        """The first column with this role, or None."""
        return next((header for header, given in self.roles if given == role), None)

    def role_of(self, header: str) -> str | None:
        """The role of a column, or None when the mapping does not name it."""
        return next((role for given, role in self.roles if given == header), None)

    def headers_of(self, role: str) -> tuple[str, ...]:
        """Every column with this role, in the order of the file."""
        return tuple(header for header, given in self.roles if given == role)

    def answer(self, key: str) -> str | None:
        """What a person answered to the question `key`, or None."""
        return next((answer for given, answer in self.answers if given == key), None)

    def with_role(self, header: str, role: str) -> "Mapping":
        """The same mapping with one column's role changed; its former holder is ignored.

        >>> Mapping((("a", "score"), ("b", "ignore"))).with_role("b", "score").roles
        (('a', 'ignore'), ('b', 'score'))
        """
        single = role not in (SEGMENT, IGNORE)
        roles = [
            (name, IGNORE if single and given == role else given)
            for name, given in self.roles
            if name != header
        ]
        at = next((i for i, (name, _) in enumerate(self.roles) if name == header), len(roles))
        roles.insert(at, (header, role))
        return replace(self, roles=tuple(roles))

    def with_answer(self, key: str, answer: str) -> "Mapping":
        """The same mapping with the question `key` answered.

        >>> Mapping().with_answer("scale", "yes").answer("scale")
        'yes'
        """
        kept = tuple(pair for pair in self.answers if pair[0] != key)
        return replace(self, answers=(*kept, (key, answer)))

    def to_dict(self) -> dict[str, Any]:
        """The mapping as JSON values: lists, text and None."""
        return {
            "roles": [list(pair) for pair in self.roles],
            "date_order": self.date_order,
            "timezone": self.timezone,
            "recommend_question": self.recommend_question,
            "comment_question": self.comment_question,
            "answers": [list(pair) for pair in self.answers],
        }

    @classmethod
    def from_dict(cls, given: AnyMapping[str, Any]) -> "Mapping":
        """A mapping from `to_dict()`, or a plain `{canonical name: header}` of some columns.

        In the plain form "segment" and "ignore" may name several headers in a list, and what is
        None is left to be recognised; the other fields of a mapping may stand beside the names.

        >>> Mapping.from_dict({"score": "Rating", "segment": ["Plan", "Country"]}).roles
        (('Rating', 'score'), ('Plan', 'segment'), ('Country', 'segment'))
        """
        if "roles" not in given:
            named = {name: said for name, said in given.items() if name not in _SETTLED}
            for name in named:
                if name not in ROLES:
                    raise NpsError(
                        tr(
                            "A mapping names {name}{hint}. Allowed names: {allowed}.",
                            name=quote(str(name)),
                            hint=did_you_mean(str(name), ROLES),
                            allowed=", ".join(ROLES),
                        )
                    )
            roles = [(header, role) for role, said in named.items() for header in _headers(said)]
            given = {**{name: given[name] for name in _SETTLED if name in given}, "roles": roles}
        return cls(
            roles=_pairs(given["roles"]),
            date_order=given.get("date_order"),
            timezone=given.get("timezone") or "UTC",
            recommend_question=given.get("recommend_question"),
            comment_question=given.get("comment_question"),
            answers=_pairs(given.get("answers", ())),
        )


def _role_name(role: str) -> str:
    """A role inside a sentence; a column of its own has each of these."""
    names = {
        "response_id": tr_in("role", "response_id"),
        "responded_at": tr_in("role", "responded_at"),
        "score": tr_in("role", "score"),
        "comment": tr_in("role", "comment"),
        "respondent_id": tr_in("role", "respondent_id"),
        "account_id": tr_in("role", "account_id"),
        "survey_type": tr_in("role", "survey_type"),
        "company_size": tr_in("role", "company_size"),
        "industry": tr_in("role", "industry"),
        "persona": tr_in("role", "persona"),
        "updated_at": tr_in("role", "updated_at"),
        "mrr": tr_in("role", "mrr"),
        "csat": tr_in("role", "csat"),
        "ces": tr_in("role", "ces"),
        "question": tr_in("role", "question"),
        "answer": tr_in("role", "answer"),
    }
    return names.get(role, role)


def _pairs(given: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(first), str(second)) for first, second in given)


def _headers(said: object) -> list[str]:
    if said is None:
        return []
    return [str(one) for one in said] if isinstance(said, list | tuple) else [str(said)]


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def fitted(mapping: Mapping, header: Sequence[str]) -> Mapping:
    """The mapping with its column names spelled as in `header`, where only case or blanks differ.

    >>> fitted(Mapping((("score", "score"),)), [" Score "]).roles
    ((' Score ', 'score'),)
    """
    known = {_fold(name): name for name in reversed(header)}
    spelled = (
        (name if name in header else known.get(_fold(name), name), role)
        for name, role in mapping.roles
    )
    return replace(mapping, roles=tuple(spelled))


def header_key(header: Sequence[str]) -> str:
    """A stable hash of a file's column names, the same for any case, blanks or column order.

    A mapping a person has confirmed is remembered under it, for the next export of the same
    survey. 64 hexadecimal digits.

    >>> header_key(["Score", "Date"]) == header_key([" date ", "SCORE"])
    True
    >>> header_key(["Score"]) == header_key([])
    False
    """
    folded = sorted(map(_fold, header))
    return hashlib.sha256("\x1f".join(folded).encode()).hexdigest()
