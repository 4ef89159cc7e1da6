"""Folding of text, so that spellings of one word compare equal; what is stored stays as given."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from nps_core.language import tr, tr_in, tr_plural

_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD: Final = re.compile(r"[^\w#]+|_+")
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def phrases(listed: str) -> frozenset[str]:
    """The phrases of a list set out with bars and line ends.

    >>> sorted(phrases("no answer | n/a"))
    ['n/a', 'no answer']
    """
    found = (phrase.strip() for line in listed.splitlines() for phrase in line.split("|"))
    return frozenset(phrase for phrase in found if phrase)


NO_ANSWER: Final = {""} | phrases("""
    n/a | na | n.a. | n. a. | null | none | nan | nil | - | -- | --- | – | — | ? | . | undefined
    not applicable | not available | not answered | no answer | no response | prefer not to say
    prefer not to answer | don't know | dont know | do not know | i don't know | not sure | skipped
    skip | dismissed | unanswered
    sans réponse | non réponse | pas de réponse | ne sait pas | ne se prononce pas | nsp
    je ne sais pas | non applicable | préfère ne pas répondre
    keine angabe | keine antwort | k.a. | k. a. | weiß nicht | weiss nicht | möchte ich nicht sagen
    no contesta | no sabe | ns/nc | no sé | sin respuesta | no aplica | prefiero no responder
    sem resposta | não sei | não se aplica | prefiro não responder | não respondeu
    geen antwoord | weet niet | weet ik niet | geen mening | n.v.t. | nvt | zeg ik liever niet
""")
"""What survey tools and people write into a cell that holds no answer, case-folded; "" too."""


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as their ordinary forms; accents are left alone.

    >>> narrow("１０ Ｅnterprise")
    '10 Enterprise'
    """
    return text if text.isascii() else text.translate(_NARROW)


@lru_cache(maxsize=8_192)
def fold_header(header: str) -> str:
    """A column name or question as lower-case words without accents or punctuation.

    >>> fold_header("  Response ID "), fold_header("RecordedDate"), fold_header("hs_value")
    ('response id', 'recorded date', 'hs value')
    >>> fold_header("Quelle est la probabilité ?"), fold_header("#")
    ('quelle est la probabilite', '#')
    """
    apart = _CAMEL.sub(" ", narrow(header.translate(_INVISIBLE)).strip())
    bare = "".join(
        char
        for char in unicodedata.normalize("NFKD", apart.casefold())
        if not unicodedata.combining(char)
    )
    return " ".join(_NOT_WORD.sub(" ", bare).split())


def quote(text: str, longest: int = 80) -> str:
    """A text of the file inside a sentence: on one line, in quotation marks, visibly cut if long.

    >>> quote("How likely are you\\nto recommend us?"), quote("a long name", 8)
    ('“How likely are you to recommend us?”', '“a long…”')
    """
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if len(line) > longest:
        line = line[: longest - 1].rstrip() + "…"
    return tr("“{text}”", text=line)


def listed(names: Sequence[str], most: int = 12) -> str:
    """Texts of the file in a row inside a sentence; how many more there are is said.

    >>> listed(["a", "b", "c"], 2)
    '“a”, “b” and 1 more'
    """
    shown = ", ".join(quote(name) for name in names[:most])
    if len(names) <= most:
        return shown
    return and_more(shown, len(names) - most)


def and_more(shown: str, left: int) -> str:
    """What is shown of a longer row of names, with how many more there are.

    >>> and_more("a, b", 3)
    'a, b and 3 more'
    """
    return tr_plural(
        "{names} and {n} more", "{names} and {n} more", left, names=shown, n=number_text(left)
    )


def number_text(number: int) -> str:
    """A whole number inside a sentence, its thousands parted as the language spoken parts them.

    >>> number_text(1200)
    '1,200'
    """
    return f"{number:,}".replace(",", tr_in("thousands separator", ","))


def decimal_text(number: float) -> str:
    """A number with one decimal inside a sentence, written as the language spoken writes it.

    >>> decimal_text(1200.25)
    '1,200.2'
    """
    whole, _, part = f"{number:,.1f}".partition(".")
    parted = whole.replace(",", tr_in("thousands separator", ","))
    return parted + tr_in("decimal mark", ".") + part


def day_text(day: date) -> str:
    """A day inside a sentence.

    >>> day_text(date(2026, 3, 5))
    '2026-03-05'
    """
    year, month, number = f"{day:%Y-%m-%d}".split("-")
    return tr_in("date", "{year}-{month}-{day}", year=year, month=month, day=number)


def did_you_mean(given: str, allowed: Iterable[str]) -> str:
    """A hint at the closest allowed name, to stand before the full stop; "" when none is close.

    >>> did_you_mean("scorre", ["comment", "score"])
    ' (did you mean “score”?)'
    """
    by_fold = {fold_header(name): name for name in allowed}
    close = get_close_matches(fold_header(given), list(by_fold), 1, 0.6)
    return tr(" (did you mean {name}?)", name=quote(by_fold[close[0]])) if close else ""


@lru_cache(maxsize=8_192)
def fold_value(value: str) -> str:
    """A segment value without regard to case, outer blanks, width or the form of its accents.

    Accents themselves count: Île and Ile stay two values.

    >>> fold_value(" ＥNTERPRISE ") == fold_value("Enterprise")
    True
    >>> fold_value("Île") == fold_value("Ile")
    False
    """
    return " ".join(unicodedata.normalize("NFC", narrow(value)).casefold().split())


def holds_no_answer(text: str) -> bool:
    """Whether a cell is blank or a marker such as "N/A" or "prefer not to say".

    >>> [holds_no_answer(cell) for cell in ("", " n/a ", "Keine Angabe", "0")]
    [True, True, True, False]
    """
    return text.strip().casefold() in NO_ANSWER
