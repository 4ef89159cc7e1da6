"""One file in one tool's layout, and what an import must make of it."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final, Literal

from samples.comments import category
from samples.responses import Response

QUESTION_EN: Final = "How likely are you to recommend us to a friend or colleague?"
QUESTION_FR: Final = (
    "Quelle est la probabilité que vous nous recommandiez à un ami ou un collègue ?"
)
REASON_EN: Final = "What is the main reason for your score?"
REASON_FR: Final = "Quelle est la raison principale de votre note ?"

DENVER: Final = timezone(timedelta(hours=-6))
"""America/Denver while summer time lasts, as it does for all of these responses."""

NEW_YORK: Final = timezone(timedelta(hours=-4))
LOS_ANGELES: Final = timezone(timedelta(hours=-7))


@dataclass(frozen=True)
class Panel:
    """The responses every file holds, and a few more to be written as rows that do not count."""

    answers: tuple[Response, ...]
    spare: tuple[Response, ...]


@dataclass(frozen=True)
class Export:
    """A file as bytes with its expected counts.

    `left_out`: (rows, why) of rows an import must not count. `joined`: rows that hold a further
    answer of a response already counted, in layouts with one row an answer. `person` says
    how the file names people: by "email", by "id", or not at all ("none").
    """

    file: str
    tool: str
    data: bytes
    left_out: tuple[tuple[int, str], ...] = ()
    joined: int = 0
    person: Literal["none", "email", "id"] = "none"

    def expected(self, panel: Panel) -> dict[str, Any]:
        """What an import must find, counted from the records the file was written from."""
        moods = [category(answer.score) for answer in panel.answers]
        return {
            "tool": self.tool,
            "rows_in": len(moods) + self.joined + sum(rows for rows, _ in self.left_out),
            "responses": len(moods),
            "detractors": moods.count("detractor"),
            "passives": moods.count("passive"),
            "promoters": moods.count("promoter"),
            "left_out": [{"rows": rows, "why": why} for rows, why in self.left_out],
            "joined_rows": self.joined,
            "person": self.person,
        }


def expected_answers(panel: Panel) -> list[dict[str, Any]]:
    """The responses every file holds, in time order, with times in UTC."""
    return [
        {
            "responded_at": plain(answer.at),
            "score": answer.score,
            "comment": answer.comment,
            "email": email(answer),
            "id": respondent_id(answer),
        }
        for answer in panel.answers
    ]


def email(answer: Response) -> str:
    """The invented address of a respondent, in a domain that can never receive mail."""
    return f"{answer.person.respondent_id.lower()}@example.com"


def respondent_id(answer: Response) -> str:
    """The respondent's own id."""
    return answer.person.respondent_id


def token(answer: Response, purpose: str, length: int) -> str:
    """A made-up id of `length` (up to 64) hexadecimal digits, the same on each run."""
    return hashlib.sha256(f"{purpose} {answer.response_id}".encode()).hexdigest()[:length]


def uuid(answer: Response, purpose: str) -> str:
    """A made-up id in the shape of a UUID."""
    digits = token(answer, purpose, 32)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def number(answer: Response, purpose: str, digits: int) -> int:
    """A made-up whole number with exactly that many digits."""
    smallest: int = 10 ** (digits - 1)
    return smallest + int(token(answer, purpose, 15), 16) % (9 * smallest)


def address(answer: Response) -> str:
    """A made-up IP address from the block kept for documentation."""
    return f"203.0.113.{1 + number(answer, 'ip', 6) % 254}"


def local(moment: datetime, zone: timezone) -> datetime:
    """A moment in UTC as a wall clock of that zone shows it."""
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def before(answer: Response) -> datetime:
    """When the person opened the survey: a minute or two before answering, UTC."""
    return answer.at - timedelta(seconds=35 + number(answer, "opened", 4) % 90)


def epoch(answer: Response) -> int:
    """Seconds since 1970, UTC."""
    return int(answer.at.replace(tzinfo=UTC).timestamp())


def iso(moment: datetime) -> str:
    """A moment in UTC as ``2026-09-01T09:30:00Z``."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def plain(moment: datetime) -> str:
    """A moment as ``2026-09-01 09:30:00``."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def csv_bytes(
    rows: Iterable[Sequence[object]],
    *,
    delimiter: str = ",",
    quote_all: bool = False,
    encoding: str = "utf-8",
) -> bytes:
    """Rows as CSV, with the line ends of RFC 4180."""
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=delimiter,
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
        lineterminator="\r\n",
    )
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def json_bytes(document: object) -> bytes:
    """A document as indented JSON, letters with accents as they are."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def with_labels(score: int) -> str:
    """A score as the tools with labelled ends write it: the ends carry their label."""
    return {0: "Not at all likely - 0", 10: "Extremely likely - 10"}.get(score, str(score))
