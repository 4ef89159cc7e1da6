"""Who answered what, when: the records every sample file is written from."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from samples.chance import Chance
from samples.comments import comment
from samples.customers import FIRST_DAY, LAST_DAY, Respondent
from samples.effects import expected_nps, louder_themes
from samples.volume import HALF_YEARS, answer_day, day_weight, days_between, sending_weights

RELATIONAL_REPLY_RATE: Final = 0.66
TICKETS_A_DAY: Final = 11.0
"""Transactional answers on an ordinary weekday."""

NEWCOMER_TICKETS: Final = 2
"""New accounts open this many times as many tickets."""

PASSIVE_SHARE: Final = 0.26
SCORES: Final = {
    "detractor": {0: 9.0, 1: 4.0, 2: 6.0, 3: 10.0, 4: 12.0, 5: 26.0, 6: 33.0},
    "passive": {7: 41.0, 8: 59.0},
    "promoter": {9: 42.0, 10: 58.0},
}


@dataclass(frozen=True)
class Response:
    """One answer; `at` is UTC to the second; `csat` (1-5) and `ces` (1-7) are 0 when not asked."""

    response_id: str
    at: datetime
    score: int
    comment: str
    person: Respondent
    survey_type: str
    csat: int
    ces: int


def make_responses(chance: Chance, people: list[Respondent]) -> list[Response]:
    """Every response in the order it came in, numbered R00001 on."""
    asked = [*_relational(chance, people), *_transactional(chance, people)]
    answers = [_answer(chance, person, kind, day) for person, kind, day in asked]
    answers.sort(key=lambda answer: (answer.at, answer.person.respondent_id))
    return [
        Response(**{**vars(answer), "response_id": f"R{number:05d}"})
        for number, answer in enumerate(answers, start=1)
    ]


def _relational(chance: Chance, people: list[Respondent]) -> list[tuple[Respondent, str, date]]:
    """Twice a year an account: all its people are asked on the same day, some answer."""
    team_of: dict[str, list[Respondent]] = {}
    for person in people:
        team_of.setdefault(person.account.account_id, []).append(person)
    answers = []
    for start, end in pairwise(HALF_YEARS):
        for team in team_of.values():
            since = team[0].account.since
            first = max(start, since)
            if first >= end:
                continue
            newcomer = since > start
            last = first + timedelta(days=9) if newcomer else end - timedelta(days=1)
            sent = chance.weighted(sending_weights(first, last))
            for person in team:
                if chance.happens(RELATIONAL_REPLY_RATE):
                    day = answer_day(chance, sent, patience=9)
                    if day is not None:
                        answers.append((person, "relational", day))
    return answers


def _transactional(chance: Chance, people: list[Respondent]) -> list[tuple[Respondent, str, date]]:
    """After a support ticket: any active person, several times or never."""
    early = [person for person in people if person.account.since == FIRST_DAY]
    newcomers = [person for person in people if person.account.since > FIRST_DAY]
    answers = []
    for day in days_between(FIRST_DAY, LAST_DAY):
        wanted = TICKETS_A_DAY * day_weight(day)
        number = int(wanted) + chance.happens(wanted % 1)
        arrived = [person for person in newcomers if person.account.since <= day]
        active = early + arrived * NEWCOMER_TICKETS
        answers += [(chance.one_of(active), "transactional", day) for _ in range(number)]
    return answers


def _answer(chance: Chance, person: Respondent, kind: str, day: date) -> Response:
    nps = min(
        max(expected_nps(person, kind, day) / 100, PASSIVE_SHARE - 0.98), 0.98 - PASSIVE_SHARE
    )
    mood = chance.weighted(
        {
            "promoter": (1 - PASSIVE_SHARE + nps) / 2,
            "passive": PASSIVE_SHARE,
            "detractor": (1 - PASSIVE_SHARE - nps) / 2,
        }
    )
    score = chance.weighted(SCORES[mood])
    asked_csat = kind == "transactional" and chance.happens(0.7)
    asked_ces = kind == "transactional" and chance.happens(0.4)
    return Response(
        response_id="",
        at=datetime.combine(day, time(chance.between(6, 19), chance.below(60), chance.below(60))),
        score=score,
        comment=comment(chance, score, person.language, louder_themes(person, day)),
        person=person,
        survey_type=kind,
        csat=_nearby(chance, score, 5) if asked_csat else 0,
        ces=_nearby(chance, score, 7) if asked_ces else 0,
    )


def _nearby(chance: Chance, score: int, top: int) -> int:
    """A rating from 1 to `top` that goes roughly with the 0-10 score."""
    return min(max(1 + score * top // 11 + chance.between(-1, 1), 1), top)
