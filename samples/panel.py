"""The few responses that every survey tool's file holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from samples.layouts.export import Panel
from samples.responses import Response

PANEL_SIZE: Final = 48
SPARE_SIZE: Final = 6
FIRST_MOMENT: Final = datetime(2026, 8, 24)
STRIDE: Final = 13


def choose_panel(responses: Iterable[Response]) -> Panel:
    """48 responses of autumn 2026 by 48 people, every score from 0 to 10 among them, in time order.

    Their comments can be written in Windows-1252, as one of the layouts needs.
    """
    one_each: dict[str, Response] = {}
    for answer in responses:
        if answer.at >= FIRST_MOMENT and _fits_windows(answer.comment):
            one_each.setdefault(answer.person.respondent_id, answer)
    candidates = list(one_each.values())
    chosen = candidates[::STRIDE][: PANEL_SIZE + SPARE_SIZE]
    answers, spare = chosen[:PANEL_SIZE], chosen[PANEL_SIZE:]
    missing = sorted(set(range(11)) - {answer.score for answer in answers})
    taken = {answer.response_id for answer in chosen}
    for place, score in enumerate(missing):
        answers[place * 4] = next(
            answer
            for answer in candidates
            if answer.score == score and answer.response_id not in taken
        )
    answers.sort(key=lambda answer: answer.at)
    return Panel(tuple(answers), tuple(spare))


def _fits_windows(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
