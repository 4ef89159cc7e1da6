"""How much room text takes on a chart, and text made to fit it: labels have no measured width."""

import unicodedata
from typing import Final

_WIDE: Final = 1.0
_UPPER: Final = 0.66
_USUAL: Final = 0.53
"""Widths in parts of the type size, of the bold face, rather too wide than too narrow."""

WIDER: Final = 1.18
"""How much wider than the app's font those are that stand in for it, Arial and Helvetica: a
picture is drawn without the app's font, in the browser too."""


def pixels(text: str, size: int = 11) -> float:
    """Estimate how many pixels wide `text` is in bold type of `size` pixels.

    >>> pixels("ab") < pixels("MM")
    True
    """
    return size * sum(
        _WIDE
        if letter in "MW@—…" or unicodedata.east_asian_width(letter) in "WF"
        else _UPPER
        if letter.isupper()
        else _USUAL
        for letter in text
    )


def fitted(text: str, wide: float, size: int = 11) -> str:
    """Cut `text` where it would be wider than `wide` pixels; what was cut ends in "…".

    >>> fitted("Pro", 40), fitted("Professional services", 60)
    ('Pro', 'Professi…')
    """
    if pixels(text, size) <= wide:
        return text
    while text and pixels(text + "…", size) > wide:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, wide: float, size: int = 11) -> list[str]:
    """Break `text` into one or two lines of at most `wide` pixels, as alike as its spaces allow.

    >>> wrapped("Healthcare and life sciences", 120)
    ['Healthcare and', 'life sciences']
    """
    if pixels(text, size) <= wide:
        return [text]
    cuts = [
        cut
        for cut, letter in enumerate(text)
        if letter == " " and 0 < pixels(text[:cut], size) <= wide
    ]
    if not cuts:
        return [fitted(text, wide, size)]
    cut = min(cuts, key=lambda c: max(pixels(text[:c], size), pixels(text[c + 1 :], size)))
    return [text[:cut], fitted(text[cut + 1 :], wide, size)]
