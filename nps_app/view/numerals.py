"""Numbers in the marks of the reader's language."""

import math
from typing import Final

from nps_core.language import ENGLISH, FRENCH, current_language

MINUS: Final = "\u2212"
"""The typographic minus, on screens alone: downloads keep the hyphen that programs read."""
DECIMAL: Final = {ENGLISH: ".", FRENCH: ","}
THOUSANDS: Final = {ENGLISH: ",", FRENCH: "\u202f"}


def figures_text(text: str) -> str:
    """Give a number written the English way, "1,204.5", the marks of the reader's language.

    >>> figures_text("1,204.5")
    '1,204.5'
    """
    language = current_language()
    if language == ENGLISH:
        return text
    return text.translate({ord(","): THOUSANDS[language], ord("."): DECIMAL[language]})


def number_text(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a number, rounded half away from zero as people do by hand; never a minus zero.

    >>> number_text(-2.25, 1), number_text(1204), number_text(3, signed=True)
    ('−2.3', '1,204', '+3')
    """
    scale = 10**decimals
    size = math.floor(abs(value) * scale + 0.5) / scale
    text = figures_text(f"{size:,.{decimals}f}")
    if not size:
        return text
    return f"{MINUS}{text}" if value < 0 else f"+{text}" if signed else text
