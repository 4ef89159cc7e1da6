"""Exports of form and survey builders.

Only what a tool names differently is listed; everything else is read as in any file. Names are
folded (see `fold_header`).
"""

from typing import Final

from nps_core import columns as c
from nps_core.intake.text import phrases
from nps_core.intake.tool import NO, YES, RowRule, Tool, marks
from nps_core.intake.vocabulary import ordered
from nps_core.language import mark

FORM_TOOLS: Final = (
    Tool(
        "Qualtrics",
        marks(
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
            RowRule("status", phrases("1 | survey preview | preview"), mark("a survey preview")),
            RowRule("status", phrases("2 | survey test | 9 | 17"), mark("a survey test")),
            RowRule(
                "response type", phrases("survey preview | survey test"), mark("a survey preview")
            ),
            RowRule("finished", NO, mark("not finished"), drop=False),
        ),
    ),
    Tool(
        "SurveyMonkey",
        marks("respondent id | collector id", "respondent id | start date | end date | ip address"),
        {
            c.RESPONSE_ID: ordered("respondent id"),
            c.RESPONDED_AT: ordered("end date | start date"),
            c.RESPONDENT_ID: ordered("email address"),
        },
    ),
    Tool(
        "Typeform",
        marks("# | network id", "# | submit date utc", "# | submitted at | token"),
        {
            c.RESPONSE_ID: ordered("# | token"),
            c.RESPONDED_AT: ordered("submit date utc | submitted at | stage date utc"),
        },
        (
            RowRule("response type", phrases("started"), mark("started but not answered")),
            RowRule("response type", phrases("partial"), mark("not finished"), drop=False),
        ),
    ),
    Tool(
        "Tally",
        marks("submission id | respondent id | submitted at"),
        {c.RESPONSE_ID: ordered("submission id"), c.RESPONDENT_ID: ordered("respondent id")},
    ),
    Tool(
        "Microsoft Forms",
        marks(
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
        "Formbricks",
        marks(
            "response id | survey id | formbricks id internal",
            "no | response id | timestamp | finished",
        ),
        {c.RESPONSE_ID: ordered("response id"), c.RESPONDENT_ID: ordered("user id | person email")},
        (RowRule("finished", NO, mark("not finished"), drop=False),),
    ),
    Tool(
        "LimeSurvey",
        marks(
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
            RowRule("submitdate", frozenset({""}), mark("never submitted")),
            RowRule("submitdate date submitted", frozenset({""}), mark("never submitted")),
            RowRule("date submitted", frozenset({""}), mark("never submitted")),
        ),
    ),
    Tool(
        "Alchemer",
        marks(
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
            RowRule("is test data", YES, mark("test data")),
            RowRule("status", phrases("disqualified"), mark("disqualified")),
            RowRule("status", phrases("partial"), mark("not finished"), drop=False),
        ),
        zone="America/New_York",
    ),
    Tool(
        "Jotform",
        marks("submission date | submission id"),
        {c.RESPONSE_ID: ordered("submission id"), c.RESPONDED_AT: ordered("submission date")},
    ),
)
