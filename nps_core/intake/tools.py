"""How each survey tool writes its exports: what gives it away, and what its columns mean.

Only what the tool itself names differently is listed; everything else is read as in any file.
Names are folded (see `fold_header`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from nps_core import columns as c
from nps_core.intake.text import phrases
from nps_core.intake.vocabulary import ordered

_YES: Final = phrases("true | yes | 1 | t | y | oui | ja | si | sim")
_NO: Final = phrases("false | no | 0 | f | n | non | nein | nao | nee")


@dataclass(frozen=True)
class RowRule:
    """Rows whose `column` holds one of `values` (folded): dropped, or kept with a remark."""

    column: str
    values: frozenset[str]
    means: str
    drop: bool = True


@dataclass(frozen=True)
class Tool:
    """A survey tool: it wrote the file when all names of one of its `marks` are in the header."""

    name: str
    marks: tuple[frozenset[str], ...]
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[RowRule, ...] = ()
    zone: str | None = None
    long: bool = False


def _marks(*listed: str) -> tuple[frozenset[str], ...]:
    return tuple(phrases(names) for names in listed)


TOOLS: Final = (
    Tool(
        "Qualtrics",
        _marks(
            "response id | recorded date | distribution channel",
            "response id | recorded date | duration in seconds",
            "start date | end date | finished | location latitude | recorded date",
            "response id | response set | external data reference",
        ),
        {
            c.RESPONSE_ID: ordered("response id"),
            c.RESPONDED_AT: ordered("recorded date | end date"),
            c.RESPONDENT_ID: ordered(
                "recipient email | email address | external reference | external data reference"
            ),
        },
        (
            RowRule("status", phrases("1 | survey preview | preview"), "a survey preview"),
            RowRule("status", phrases("2 | survey test | 9 | 17"), "a survey test"),
            RowRule("response type", phrases("survey preview | survey test"), "a survey preview"),
            RowRule("finished", _NO, "not finished", drop=False),
        ),
    ),
    Tool(
        "SurveyMonkey",
        _marks(
            "respondent id | collector id", "respondent id | start date | end date | ip address"
        ),
        {
            c.RESPONSE_ID: ordered("respondent id"),
            c.RESPONDED_AT: ordered("end date | start date"),
            c.RESPONDENT_ID: ordered("email address"),
        },
    ),
    Tool(
        "Typeform",
        _marks("# | network id", "# | submit date utc", "# | submitted at | token"),
        {
            c.RESPONSE_ID: ordered("# | token"),
            c.RESPONDED_AT: ordered("submit date utc | submitted at | stage date utc"),
        },
        (
            RowRule("response type", phrases("started"), "started but not answered"),
            RowRule("response type", phrases("partial"), "not finished", drop=False),
        ),
    ),
    Tool(
        "Tally",
        _marks("submission id | respondent id | submitted at"),
        {c.RESPONSE_ID: ordered("submission id"), c.RESPONDENT_ID: ordered("respondent id")},
    ),
    Tool(
        "Microsoft Forms",
        _marks(
            "id | start time | completion time",
            "id | heure de debut | heure de fin",
            "id | hora de inicio | hora de finalizacion",
            "id | startzeit | fertigstellungszeit",
            "id | hora de inicio | hora de conclusao",
            "id | begintijd | tijd van voltooien",
            "id | tijdstip van starten | tijdstip van voltooien",
        ),
        {c.RESPONSE_ID: ordered("id")},
    ),
    Tool(
        "Delighted",
        _marks(
            "survey type | score | permalink",
            "person id | survey type | score | comment",
            "survey type | email | name | score | comment",
            "person properties delighted source | score",
        ),
        {
            c.SCORE: ordered("score"),
            c.RESPONSE_ID: ordered("id | response id"),
            c.RESPONDED_AT: ordered("response time | responded at | created at"),
            c.RESPONDENT_ID: ordered("email | person email | person id | person"),
        },
    ),
    Tool(
        "AskNicely",
        _marks(
            "response id | answer | question type",
            "answer | answerlabel",
            "person id | answer | responded",
        ),
        {
            c.SCORE: ordered("answer"),
            c.RESPONDED_AT: ordered("responded"),
            c.RESPONDENT_ID: ordered("email | contact id | person id"),
        },
    ),
    Tool(
        "Retently",
        _marks(
            "customer id | rating category | campaign name",
            "score | rating category | company name",
            "created date | rating category",
        ),
        {
            c.SCORE: ordered("score"),
            c.RESPONDED_AT: ordered("created date | responded at"),
            c.RESPONDENT_ID: ordered("email | customer id"),
            c.COMMENT: ordered("feedback | comments | comment"),
        },
    ),
    Tool(
        "Wootric",
        _marks(
            "score | excluded from calculations",
            "score | text | end user id",
            "end user id | origin url | survey id",
        ),
        {
            c.SCORE: ordered("score"),
            c.COMMENT: ordered("text | feedback"),
            c.RESPONDED_AT: ordered("created at"),
            c.RESPONDENT_ID: ordered("end user id | end user email"),
        },
        (RowRule("excluded from calculations", _YES, "excluded from calculations"),),
    ),
    Tool(
        "Satismeter",
        _marks(
            "rating | feedback | user id",
            "rating | feedback | user user id",
            "rating | category | feedback",
        ),
        {
            c.SCORE: ordered("rating"),
            c.COMMENT: ordered("feedback"),
            c.RESPONDED_AT: ordered("created | responded at | date"),
            c.RESPONDENT_ID: ordered("user id | user user id | user email | email"),
        },
    ),
    Tool(
        "HubSpot",
        _marks(
            "hs survey type | hs value",
            "hs value | hs response group",
            "rating | response | source | survey type",
        ),
        {
            c.SCORE: ordered("hs value | rating"),
            c.COMMENT: ordered("hs content | response"),
            c.RESPONSE_ID: ordered("hs object id | record id"),
            c.RESPONDED_AT: ordered("hs submission timestamp | hs createdate | date"),
            c.RESPONDENT_ID: ordered("hs contact id | email | contact id"),
            c.UPDATED_AT: ordered("hs lastmodifieddate"),
        },
    ),
    Tool(
        "Zendesk",
        _marks("delivery id | recipient id | rating", "rated at | rating | delivered at"),
        {
            c.SCORE: ordered("rating"),
            c.RESPONSE_ID: ordered("id"),
            c.RESPONDED_AT: ordered("rated at"),
            c.RESPONDENT_ID: ordered("user id | user email | recipient id"),
        },
    ),
    Tool(
        "Simplesat",
        _marks("question id | choice | choice label", "choice | choice label | follow up answer"),
        {
            c.RESPONSE_ID: ordered("response id | id"),
            c.RESPONDED_AT: ordered("created | response created | created at"),
            c.RESPONDENT_ID: ordered("customer email"),
            c.ACCOUNT_ID: ordered("customer company"),
            c.COMMENT: ordered("comment | follow up answer"),
        },
        long=True,
    ),
    Tool(
        "Intercom",
        _marks(
            "survey id | question | response | received at",
            "survey id | question | response | user id",
        ),
        {c.RESPONDED_AT: ordered("received at")},
        long=True,
    ),
    Tool(
        "Pendo",
        _marks("visitor id | poll id | poll response", "visitor id | guide id | poll response"),
        {
            c.RESPONDED_AT: ordered("browser time"),
            c.RESPONDENT_ID: ordered("visitor id"),
            c.ACCOUNT_ID: ordered("account id"),
        },
        long=True,
    ),
    Tool(
        "PostHog",
        _marks(
            "event | properties survey id",
            "event | survey id | distinct id",
            "event | survey response",
            "event | properties survey response",
            "event | properties survey questions",
        ),
        {
            c.RESPONSE_ID: ordered("uuid | id"),
            c.RESPONDED_AT: ordered("timestamp | created at"),
            c.RESPONDENT_ID: ordered("distinct id"),
        },
        (
            RowRule("event", phrases("survey shown"), "shown, not answered"),
            RowRule("event", phrases("survey dismissed"), "dismissed"),
            RowRule("event", phrases("survey abandoned"), "abandoned"),
        ),
    ),
    Tool(
        "Formbricks",
        _marks(
            "response id | survey id | formbricks id internal",
            "no | response id | timestamp | finished",
        ),
        {c.RESPONSE_ID: ordered("response id"), c.RESPONDENT_ID: ordered("user id | person email")},
        (RowRule("finished", _NO, "not finished", drop=False),),
    ),
    Tool(
        "LimeSurvey",
        _marks(
            "submitdate | lastpage | startlanguage",
            "submitdate date submitted | lastpage last page",
            "id response id | submitdate date submitted",
            "date submitted | last page | start language",
        ),
        {
            c.RESPONSE_ID: ordered("id | id response id | response id"),
            c.RESPONDED_AT: ordered("submitdate | submitdate date submitted | date submitted"),
        },
        (
            RowRule("submitdate", frozenset({""}), "never submitted"),
            RowRule("submitdate date submitted", frozenset({""}), "never submitted"),
            RowRule("date submitted", frozenset({""}), "never submitted"),
        ),
    ),
    Tool(
        "Survicate",
        _marks(
            "survey id | collected at | respondent uuid",
            "question id | answer content | answer tag",
        ),
        {
            c.RESPONSE_ID: ordered("uuid | response uuid"),
            c.RESPONDED_AT: ordered("collected at"),
            c.RESPONDENT_ID: ordered("respondent uuid"),
        },
        long=True,
    ),
    Tool(
        "Refiner",
        _marks("form uuid | first shown at", "form name | first shown at | completed at"),
        {
            c.RESPONSE_ID: ordered("uuid"),
            c.RESPONDED_AT: ordered("completed at | date | last data reception at"),
            c.RESPONDENT_ID: ordered(
                "contact remote id | contact uuid | contact email | remote id"
            ),
        },
    ),
    Tool(
        "Alchemer",
        _marks(
            "response id | time started | date submitted",
            "is test data | date submitted | session id",
            "response id | date submitted | legacy comments",
        ),
        {
            c.RESPONSE_ID: ordered("response id | id"),
            c.RESPONDED_AT: ordered("date submitted | time submitted"),
            c.RESPONDENT_ID: ordered("contact id | email"),
        },
        (
            RowRule("is test data", _YES, "test data"),
            RowRule("status", phrases("disqualified"), "disqualified"),
            RowRule("status", phrases("partial"), "not finished", drop=False),
        ),
        zone="America/New_York",
    ),
    Tool(
        "Jotform",
        _marks("submission date | submission id"),
        {c.RESPONSE_ID: ordered("submission id"), c.RESPONDED_AT: ordered("submission date")},
    ),
)

_FORM_STAMPS: Final = phrases(
    "timestamp | horodateur | marca temporal | zeitstempel | carimbo de data hora | tijdstempel"
)
GOOGLE_FORMS: Final = Tool("Google Forms", ())


def find_tool(names: Iterable[str]) -> Tool | None:
    """The survey tool that wrote a file with these folded column names, None when unknown.

    >>> find_tool(["respondent id", "collector id", "start date"]).name
    'SurveyMonkey'
    >>> find_tool(["timestamp", "would you recommend us"]).name
    'Google Forms'
    """
    ordered_names = list(names)
    present = set(ordered_names)
    matches = [
        (max(len(mark) for mark in tool.marks if mark <= present), -place)
        for place, tool in enumerate(TOOLS)
        if any(mark <= present for mark in tool.marks)
    ]
    if matches:
        return TOOLS[-max(matches)[1]]
    first = ordered_names[0] if ordered_names else ""
    questions = any(len(name.split()) > 3 for name in ordered_names[1:])
    return GOOGLE_FORMS if first in _FORM_STAMPS and questions else None
