"""Exports of NPS, support and product feedback tools.

Only what a tool names differently is listed; everything else is read as in any file. Names are
folded (see `fold_header`).
"""

from typing import Final

from nps_core import columns as c
from nps_core.intake.text import phrases
from nps_core.intake.tool import YES, RowRule, Tool, marks
from nps_core.intake.vocabulary import ordered
from nps_core.language import mark

FEEDBACK_TOOLS: Final = (
    Tool(
        "Delighted",
        marks(
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
        marks(
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
        marks(
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
        marks(
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
        (RowRule("excluded from calculations", YES, mark("excluded from calculations")),),
    ),
    Tool(
        "Satismeter",
        marks(
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
        marks(
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
        marks("delivery id | recipient id | rating", "rated at | rating | delivered at"),
        {
            c.SCORE: ordered("rating"),
            c.RESPONSE_ID: ordered("id"),
            c.RESPONDED_AT: ordered("rated at"),
            c.RESPONDENT_ID: ordered("user id | user email | recipient id"),
        },
    ),
    Tool(
        "Simplesat",
        marks("question id | choice | choice label", "choice | choice label | follow up answer"),
        {
            c.RESPONSE_ID: ordered("response id | id"),
            c.RESPONDED_AT: ordered("created | response created | created at"),
            c.RESPONDENT_ID: ordered("customer email"),
            c.ACCOUNT_ID: ordered("customer company"),
            c.COMMENT: ordered("comment | follow up answer"),
        },
    ),
    Tool(
        "Intercom",
        marks(
            "survey id | question | response | received at",
            "survey id | question | response | user id",
        ),
        {c.RESPONDED_AT: ordered("received at")},
    ),
    Tool(
        "Pendo",
        marks("visitor id | poll id | poll response", "visitor id | guide id | poll response"),
        {
            c.RESPONDED_AT: ordered("browser time"),
            c.RESPONDENT_ID: ordered("visitor id"),
            c.ACCOUNT_ID: ordered("account id"),
        },
    ),
    Tool(
        "PostHog",
        marks(
            "event | properties survey id",
            "event | survey id | distinct id",
            "event | survey response",
            "event | properties survey response",
            "event | properties survey questions",
        ),
        {
            c.RESPONSE_ID: ordered("uuid | id"),
            c.COMMENT: ordered("properties survey response 1 | survey response 1"),
            c.RESPONDED_AT: ordered("timestamp | created at"),
            c.RESPONDENT_ID: ordered("distinct id"),
        },
        (
            RowRule("event", phrases("survey shown"), mark("shown, not answered")),
            RowRule("event", phrases("survey dismissed"), mark("dismissed")),
            RowRule("event", phrases("survey abandoned"), mark("abandoned")),
        ),
    ),
    Tool(
        "Survicate",
        marks(
            "survey id | collected at | respondent uuid",
            "question id | answer content | answer tag",
        ),
        {
            c.RESPONSE_ID: ordered("uuid | response uuid"),
            c.RESPONDED_AT: ordered("collected at"),
            c.RESPONDENT_ID: ordered("respondent uuid"),
        },
    ),
    Tool(
        "Refiner",
        marks("form uuid | first shown at", "form name | first shown at | completed at"),
        {
            c.RESPONSE_ID: ordered("uuid"),
            c.RESPONDED_AT: ordered("completed at | date | last data reception at"),
            c.RESPONDENT_ID: ordered(
                "contact remote id | contact uuid | contact email | remote id"
            ),
        },
    ),
)
