"""Month and weekday names in English, French, Spanish, German, Portuguese and Dutch."""

import re
import unicodedata
from typing import Final

_MONTHS: Final = (
    "january janvier enero januar janeiro januari jan janv ene jaenner janner",
    "february fevrier febrero februar fevereiro februari feb fev fevr febr",
    "march mars marzo marz marco maart mar mrt maerz mrz",
    "april avril abril apr avr abr",
    "may mai mayo maio mei",
    "june juin junio juni junho jun",
    "july juillet julio juli julho jul juil",
    "august aout agosto augustus aug ago",
    "september septembre septiembre setembro sep sept set setiembre",
    "october octobre octubre oktober outubro oct okt out",
    "november novembre noviembre novembro nov",
    "december decembre diciembre dezember dezembro dec dez dic",
)
_NUMBER: Final = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAYS: Final = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mi[eé]|jue|vie|s[aá]b|dom"
    r"|mo|di|mi|do|fr|sa|so|seg|ter|qua|qui|sex|ma|wo|vr|za|zo|don|die|mit|fre)[^\W\d]*\.?,?\s+(?=\d)"
    r"|^(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+|^(?:mon|tue|wed|thu|fri|sat|sun),?\s+(?=[a-z])"
)


def month_of(name: str) -> int | None:
    """The number of a month from its name or abbreviation in any of the six languages, or None.

    >>> month_of("février"), month_of("März"), month_of("dez"), month_of("Monday")
    (2, 3, 12, None)
    """
    bare = "".join(
        char
        for char in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(char)
    )
    return _NUMBER.get(bare)


def without_weekday(text: str) -> str:
    """A case-folded date without the weekday before it; a month's name stays.

    >>> without_weekday("mon, 3 mar 2025"), without_weekday("lundi 3 mars 2025")
    ('3 mar 2025', '3 mars 2025')
    >>> without_weekday("mar 3, 2025")
    'mar 3, 2025'
    """
    found = _WEEKDAYS.match(text)
    if not found:
        return text
    rest = text[found.end() :]
    has_month = any(month_of(word) for word in re.findall(r"[^\W\d]{3,12}", rest))
    return rest if has_month else text
