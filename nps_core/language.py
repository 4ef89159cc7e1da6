"""The words of the product in the language of whoever reads them.

A text is written in English where it is needed, `tr("{n} answers", n=3)`, and looked up in the
catalogue of the language that is spoken. This module keeps no catalogue of its own and reads no
disk: the app installs them. Without one, everything is English.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Protocol

ENGLISH: Final = "en"
FRENCH: Final = "fr"
LANGUAGES: Final = (ENGLISH, FRENCH)


class Catalogue(Protocol):
    """What `gettext.GNUTranslations` offers, as far as it is used here."""

    def gettext(self, message: str) -> str:
        """Translate a message."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Translate a message in the number that fits `n`."""

    def pgettext(self, context: str, message: str) -> str:
        """Translate a message that means something else elsewhere."""


_catalogues: dict[str, Callable[[], Catalogue]] = {}
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)
_asked: list[Callable[[], str]] = []


def install(language: str, catalogue: Callable[[], Catalogue]) -> None:
    """Name who gives the catalogue of a language; asked each time, so it should keep it."""
    _catalogues[language] = catalogue


def ask(whose: Callable[[], str]) -> None:
    """Name who knows the language where none was set: a visitor's session, for one."""
    _asked[:] = [whose]


def current_language() -> str:
    """Give the language that is spoken here: "en" unless something else was set.

    >>> current_language()
    'en'
    """
    spoken = _spoken.get()
    if spoken is None:
        spoken = _asked[0]() if _asked else ENGLISH
        # Kept for this thread's run alone: asking costs more than most look-ups.
        if _asked:
            _spoken.set(spoken)
    return spoken


def speak(language: str) -> None:
    """Speak a language from here on, in this thread or task.

    Anything but one of `LANGUAGES` is taken for English.
    """
    _spoken.set(language if language in LANGUAGES else ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language inside a `with` block.

    >>> with speaking("fr"):
    ...     current_language()
    'fr'
    """
    token = _spoken.set(language if language in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _spoken.reset(token)


def mark(text: str) -> str:
    """Return the text as it is, marked for the catalogues: `tr` translates it where it is shown."""
    return text


def tr(text: str, /, **values: Any) -> str:
    """Translate a text and put the values in the places it names.

    Values are put in as they are: braces in them, or in a text without values, mean nothing.

    >>> tr("{n} of {total}", n=3, total=4)
    '3 of 4'
    """
    found = _catalogues.get(current_language())
    said = found().gettext(text) if found and text else text
    return said.format(**values) if values else said


def tr_plural(one: str, many: str, count: float, /, **values: Any) -> str:
    """Translate a text in the number that fits `count`; each language has its own rule.

    >>> tr_plural("{n} answer", "{n} answers", 1, n=1)
    '1 answer'
    """
    found = _catalogues.get(current_language())
    number = int(abs(count))
    said = found().ngettext(one, many, number) if found else one if abs(count) == 1 else many
    return said.format(**values) if values else said


def tr_in(context: str, text: str, /, **values: Any) -> str:
    """Translate a text that means something else in another context.

    >>> tr_in("month", "May")
    'May'
    """
    found = _catalogues.get(current_language())
    said = found().pgettext(context, text) if found else text
    return said.format(**values) if values else said


def preferred(accepted: str) -> str:
    """Give the known language a browser's Accept-Language header likes best.

    >>> preferred("de-DE,fr-CA;q=0.8,en;q=0.5"), preferred("pt-BR"), preferred("en;q=0.2, fr;q=0.9")
    ('fr', 'en', 'fr')
    """
    weighed = []
    for place, part in enumerate(accepted.split(",")):
        name, _, weight = part.replace(" ", "").partition(";q=")
        try:
            liked = float(weight) if weight else 1.0
        except ValueError:
            continue
        weighed.append((-liked, place, name.partition("-")[0].lower()))
    known = (name for liked, _, name in sorted(weighed) if name in LANGUAGES and liked < 0)
    return next(known, ENGLISH)
