"""The 900 invented accounts and the people who answer for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from samples.chance import Chance

FIRST_DAY: Final = date(2024, 11, 1)
LAST_DAY: Final = date(2026, 10, 31)

EARLY_ACCOUNTS: Final = {"Small": 280, "Mid-market": 270, "Enterprise": 150}
RESELLER_ACCOUNTS: Final = 200
"""Small accounts that all arrive within four weeks of the fourth product change."""

RESELLER_FIRST_DAY: Final = date(2026, 9, 15)
RESELLER_DAYS: Final = 26

INDUSTRIES: Final = {
    "Software": 24.0,
    "Fintech": 18.0,
    "Retail": 16.0,
    "Healthcare": 13.0,
    "Education": 11.0,
    "Logistics": 10.0,
    "Agency": 5.0,
    "": 3.0,
}
PERSONAS: Final = {
    "End user": 38.0,
    "Admin": 22.0,
    "Manager": 20.0,
    "Developer": 10.0,
    "Executive": 7.0,
    "": 3.0,
}
PLANS: Final = {
    "Small": {"Starter": 70.0, "Team": 27.0, "Business": 3.0},
    "Mid-market": {"Starter": 8.0, "Team": 52.0, "Business": 40.0},
    "Enterprise": {"Team": 12.0, "Business": 88.0},
}
COUNTRIES: Final = {
    "France": 33.0,
    "United Kingdom": 18.0,
    "United States": 17.0,
    "Canada": 10.0,
    "Belgium": 8.0,
    "Switzerland": 6.0,
    "Germany": 5.0,
    "Ireland": 3.0,
}
FRENCH_SHARE: Final = {"France": 0.96, "Belgium": 0.55, "Switzerland": 0.5, "Canada": 0.35}
RESPONDENTS: Final = {"Small": (1, 2), "Mid-market": (2, 5), "Enterprise": (4, 7)}
"""Fewest and most respondents of one account."""

MRR_PER_SEAT: Final = {"Starter": 19, "Team": 39, "Business": 69}
SEATS: Final = {"Small": (2, 14), "Mid-market": (20, 160), "Enterprise": (200, 900)}


@dataclass(frozen=True)
class Account:
    """One customer; `warmth` is its own lean, in NPS points; `since` its first possible survey."""

    account_id: str
    company_size: str
    industry: str
    plan: str
    country: str
    mrr: int
    warmth: float
    since: date


@dataclass(frozen=True)
class Respondent:
    """One person of an account, who may answer many times."""

    respondent_id: str
    account: Account
    persona: str
    language: str


def make_accounts(chance: Chance) -> list[Account]:
    """All accounts, the early ones first, numbered A0001 to A0900."""
    sizes = [size for size, number in EARLY_ACCOUNTS.items() for _ in range(number)]
    accounts = [_account(chance, size, FIRST_DAY) for size in sizes]
    for _ in range(RESELLER_ACCOUNTS):
        arrival = RESELLER_FIRST_DAY + timedelta(days=chance.below(RESELLER_DAYS))
        accounts.append(_account(chance, "Small", arrival))
    return [
        Account(**{**vars(account), "account_id": f"A{number:04d}"})
        for number, account in enumerate(accounts, start=1)
    ]


def _account(chance: Chance, size: str, since: date) -> Account:
    plan = chance.weighted(PLANS[size])
    return Account(
        account_id="",
        company_size=size,
        industry=chance.weighted(INDUSTRIES),
        plan=plan,
        country=chance.weighted(COUNTRIES),
        mrr=MRR_PER_SEAT[plan] * chance.between(*SEATS[size]),
        warmth=chance.bell(9),
        since=since,
    )


def make_respondents(chance: Chance, accounts: list[Account]) -> list[Respondent]:
    """Everyone who may answer, numbered P00001 on, account by account."""
    people: list[Respondent] = []
    for account in accounts:
        for _ in range(chance.between(*RESPONDENTS[account.company_size])):
            french = chance.happens(FRENCH_SHARE.get(account.country, 0.0))
            people.append(
                Respondent(
                    respondent_id=f"P{len(people) + 1:05d}",
                    account=account,
                    persona=chance.weighted(PERSONAS),
                    language="fr" if french else "en",
                )
            )
    return people
