"""The names of the canonical columns, each written once, and the scale they live on."""

from typing import Final

RESPONSE_ID: Final = "response_id"
RESPONDED_AT: Final = "responded_at"
SCORE: Final = "score"
COMMENT: Final = "comment"
RESPONDENT_ID: Final = "respondent_id"
ACCOUNT_ID: Final = "account_id"
SURVEY_TYPE: Final = "survey_type"
COMPANY_SIZE: Final = "company_size"
INDUSTRY: Final = "industry"
PERSONA: Final = "persona"
UPDATED_AT: Final = "updated_at"
MRR: Final = "mrr"
CSAT: Final = "csat"
CES: Final = "ces"

IDENTITY: Final = (RESPONSE_ID, RESPONDENT_ID, ACCOUNT_ID)
NAMED_SEGMENTS: Final = (COMPANY_SIZE, INDUSTRY, PERSONA)
NUMBERS: Final = (MRR, CSAT, CES)
"""Optional numbers beside the score; float, NaN where absent."""

CANONICAL: Final = (
    RESPONSE_ID,
    RESPONDED_AT,
    SCORE,
    COMMENT,
    RESPONDENT_ID,
    ACCOUNT_ID,
    SURVEY_TYPE,
    *NAMED_SEGMENTS,
    UPDATED_AT,
    *NUMBERS,
)
"""Every column with a meaning of its own; any other column of a responses frame is a segment."""

RELATIONAL: Final = "relational"
TRANSACTIONAL: Final = "transactional"

LOWEST_SCORE: Final = 0
HIGHEST_SCORE: Final = 10
HIGHEST_DETRACTOR: Final = 6
LOWEST_PROMOTER: Final = 9

PERIOD: Final = "period"
COUNT: Final = "n"

DETRACTORS: Final = "detractors"
PASSIVES: Final = "passives"
PROMOTERS: Final = "promoters"
RESPONSES: Final = "responses"
NPS: Final = "nps"
LOW: Final = "low"
HIGH: Final = "high"
