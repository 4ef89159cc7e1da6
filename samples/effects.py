"""The true NPS of every group on every day: the planted effects, and nothing else that moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from samples.customers import Respondent

BY_SIZE: Final = {"Small": -8.0, "Mid-market": 38.0, "Enterprise": 41.0}
BY_INDUSTRY: Final = {"Healthcare": -6.0, "Fintech": 5.0, "Education": 4.0, "Logistics": -4.0}
BY_PERSONA: Final = {"Admin": 5.0, "Developer": -4.0, "Executive": 3.0}
BY_SURVEY: Final = {"relational": 2.0, "transactional": -2.0}


@dataclass(frozen=True)
class PlantedChange:
    """A product change, and what it really did: `points` of NPS from `day` on, for good.

    `only` names the company size it was for ("" for everyone); `louder` the themes that
    comments dwell on afterwards, by mood.
    """

    day: date
    title: str
    note: str
    link: str
    points: float
    only: str
    louder: Mapping[str, float]


CHANGES: Final = (
    PlantedChange(
        date(2025, 3, 11),
        "Single sign-on and audit log",
        "For Enterprise accounts. Planted: +22 points for Enterprise, nothing for the others.",
        "https://example.com/changelog/sso",
        22.0,
        "Enterprise",
        {"integrations": 1.6},
    ),
    PlantedChange(
        date(2025, 9, 30),
        "New price list",
        "For every account. Planted: -14 points for everyone.",
        "https://example.com/changelog/prices",
        -14.0,
        "",
        {"price": 2.2, "billing": 1.3},
    ),
    PlantedChange(
        date(2026, 3, 17),
        "New navigation",
        "For every account. Planted: no effect at all.",
        "https://example.com/changelog/navigation",
        0.0,
        "",
        {},
    ),
    PlantedChange(
        date(2026, 9, 15),
        "Report engine 2",
        "For every account. Planted: +12 points within each company size, hidden in the total by "
        "200 new Small accounts that arrive in the same four weeks.",
        "https://example.com/changelog/reports",
        12.0,
        "",
        {"onboarding": 1.5},
    ),
)


def expected_nps(person: Respondent, survey_type: str, day: date) -> float:
    """The true NPS, in points, of this person's kind in this survey on this day."""
    account = person.account
    return (
        BY_SIZE[account.company_size]
        + BY_INDUSTRY.get(account.industry, 0.0)
        + BY_PERSONA.get(person.persona, 0.0)
        + BY_SURVEY[survey_type]
        + account.warmth
        + sum(change.points for change in CHANGES if _reaches(change, person, day))
    )


def louder_themes(person: Respondent, day: date) -> dict[str, float]:
    """How much more each theme is talked about by this person on this day."""
    factors: dict[str, float] = {}
    for change in CHANGES:
        if _reaches(change, person, day):
            for theme, factor in change.louder.items():
                factors[theme] = factors.get(theme, 1.0) * factor
    return factors


def _reaches(change: PlantedChange, person: Respondent, day: date) -> bool:
    return day >= change.day and change.only in ("", person.account.company_size)
