"""A comment that fits a score, a language and what had changed in the product by then."""

from collections.abc import Mapping
from typing import Final

from samples import comments_en, comments_fr
from samples.chance import Chance

BLANK_SHARE: Final = {"detractor": 0.34, "passive": 0.56, "promoter": 0.50}
"""Unhappy people write more often."""

THEMES: Final[dict[str, dict[str, float]]] = {
    "detractor": {
        "onboarding": 10,
        "billing": 10,
        "performance": 20,
        "support": 14,
        "missing features": 16,
        "price": 10,
        "mobile": 9,
        "integrations": 11,
    },
    "passive": {
        "onboarding": 10,
        "billing": 9,
        "performance": 15,
        "support": 14,
        "missing features": 22,
        "price": 10,
        "mobile": 10,
        "integrations": 10,
    },
    "promoter": {
        "onboarding": 14,
        "billing": 6,
        "performance": 14,
        "support": 26,
        "missing features": 12,
        "price": 8,
        "mobile": 9,
        "integrations": 11,
    },
}


def category(score: int) -> str:
    """Detractor (0-6), passive (7-8) or promoter (9-10).

    >>> [category(score) for score in (0, 6, 7, 8, 9, 10)]
    ['detractor', 'detractor', 'passive', 'passive', 'promoter', 'promoter']
    """
    if score <= 6:
        return "detractor"
    return "passive" if score <= 8 else "promoter"


def comment(chance: Chance, score: int, language: str, louder: Mapping[str, float]) -> str:
    """One comment in French ("fr") or English (anything else), or "" for a blank.

    `louder` multiplies the weight of the themes people talk about more at that time.
    """
    mood = category(score)
    if chance.happens(BLANK_SHARE[mood]):
        return ""
    words = comments_fr if language == "fr" else comments_en
    weights = {theme: w * louder.get(theme, 1.0) for theme, w in THEMES[mood].items()}
    text = chance.one_of(words.COMMENTS[chance.weighted(weights)][mood])
    if chance.happens(0.25):
        text = f"{text} {chance.one_of(words.ENDINGS[mood])}"
    return text
