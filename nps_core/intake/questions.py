"""In a file with one row an answer: which columns hold question and answer, and what is asked."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from nps_core.intake.columnar import encode
from nps_core.intake.mapping import ANSWER, QUESTION, Mapping
from nps_core.intake.raw import RawTable
from nps_core.intake.scores import NO_SCORE, parse_scores
from nps_core.intake.text import fold_header
from nps_core.intake.vocabulary import (
    CERTAIN_SCORES,
    MORE_ASKED,
    NAMES,
    OTHER_MEASURE,
    REASON_ASKED,
    RECOMMENDS,
    ordered,
)

_QUESTION_NAMES: Final = ordered("""
    question | question text | question title | question label | question name | poll question
    survey question | question category | poll name | poll title | intitule de la question
    pregunta | texto de la pregunta | categoria de pregunta | frage | fragetext
    fragekategorie | pergunta
    texto da pergunta | categoria da pergunta | vraag | vraagtekst | item | question key
    question code | question ref | question id | poll id | question uuid | id question
    id de pregunta | frage id | id da pergunta | vraag id
""")
_ANSWER_NAMES: Final = ordered("""
    answer | answer content | answer value | answer text | response | response value | response text
    poll response | choice | reponse | contenu de la reponse | respuesta | antwort | antworttext
    resposta | conteudo da resposta | antwoord | value | valeur | valor | wert | waarde
""")
_CLEAR: Final = 0.9


@dataclass(frozen=True)
class Questions:
    """The `column` of questions and the column of each `answer`, by header.

    `recommend` is the value that asks for the recommendation, "" when several are `alike`;
    `comment` the one that asks for the comment, None when there is none. `beside` are the other
    columns that describe the question.
    """

    column: str
    answer: str
    recommend: str
    comment: str | None
    beside: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """One value of a question column: how its answers read."""

    value: str
    rows: int
    scores: float
    words: float


def question_columns(raw: RawTable, given: Mapping) -> Questions | None:
    """The question and answer columns of a file with one row an answer, None for any other.

    >>> from nps_core.intake.raw import line_numbers, table_of
    >>> table = table_of([["NPS", "Why?"] * 2, ["9", "So easy to use", "3", "It is slow"]])
    >>> raw = RawTable(("question", "answer"), table, line_numbers([2, 3, 4, 5]))
    >>> found = question_columns(raw, Mapping())
    >>> found.recommend, found.comment
    ('NPS', 'Why?')
    """
    names = {fold_header(header): header for header in reversed(raw.header)}
    answer = given.header_of(ANSWER) or next(
        (names[name] for name in _ANSWER_NAMES if name in names), None
    )
    said = given.header_of(QUESTION)
    columns = [said] if said else [names[name] for name in _QUESTION_NAMES if name in names]
    columns = [column for column in columns if column in raw.header and column != answer]
    if answer is None or answer not in raw.header or not columns:
        return None
    beside = tuple(column for column in columns if column != columns[0])
    fallback: Questions | None = None
    for column in columns:
        asked = _asked(raw, column, answer)
        if len(asked) < 2 and given.recommend_question is None:
            continue
        others = tuple(name for name in {*beside, columns[0]} if name != column)
        found = _chosen(asked, given, column, answer, others)
        if found and found.recommend:
            return found
        fallback = fallback or found
    return fallback


def _asked(raw: RawTable, column: str, answer: str) -> list[_Asked]:
    values, codes = encode(raw.column(column))
    parsed = parse_scores(raw.column(answer))
    scored = parsed.scores != NO_SCORE
    texts, text_codes = encode(raw.column(answer))
    words = np.array([len(text.split()) for text in texts] + [0])[text_codes]
    filled = words > 0
    found = []
    for code, value in enumerate(values):
        mask = (codes == code) & filled
        rows = int(mask.sum())
        if rows:
            found.append(_Asked(value, rows, float(scored[mask].mean()), float(words[mask].mean())))
        if len(found) > 500:
            return []
    return found


def _chosen(
    asked: list[_Asked], given: Mapping, column: str, answer: str, beside: tuple[str, ...]
) -> Questions | None:
    if given.recommend_question is not None:
        if all(one.value != given.recommend_question for one in asked):
            return None
        named = [one for one in asked if one.value == given.recommend_question]
    else:
        named = [one for one in asked if one.scores >= 0.5 and _recommends(one.value)]
        named = named or [one for one in asked if one.scores >= _CLEAR and not _other(one.value)]
    if not named:
        return None
    if len(named) > 1:
        alike = tuple(one.value for one in named)
        return Questions(column, answer, "", None, beside, alike)
    recommend = named[0].value
    comment = given.comment_question or _comment([o for o in asked if o.value != recommend])
    return Questions(column, answer, recommend, comment, beside)


def _recommends(value: str) -> bool:
    folded = fold_header(value)
    if folded in CERTAIN_SCORES:
        return True
    return bool(RECOMMENDS.search(folded)) and not REASON_ASKED.search(folded)


def _other(value: str) -> bool:
    return bool(OTHER_MEASURE.search(fold_header(value)))


def _comment(asked: list[_Asked]) -> str | None:
    talk = [one for one in asked if one.scores < 0.5]
    for fits in (
        lambda text: REASON_ASKED.search(text) or text in NAMES["comment"],
        lambda text: MORE_ASKED.search(text),
    ):
        if found := next((one for one in talk if fits(fold_header(one.value))), None):
            return found.value
    wordy = [one for one in talk if one.words >= 3 and one.value.strip()]
    return max(wordy, key=lambda one: one.words).value if wordy else None
