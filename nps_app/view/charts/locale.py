"""What Plotly has to know of the reader's language: months of axes, words of its one button."""

import functools
from typing import Any, Final

from babel import Locale

from nps_core.language import ENGLISH, current_language, mark, tr

_BUTTON: Final = (
    mark("Download plot as a PNG"),
    mark("Taking snapshot - this may take a few seconds"),
    mark("Snapshot succeeded"),
    mark("Sorry, there was a problem downloading your snapshot!"),
)


def plotly_locale() -> dict[str, Any]:
    """Give the part of a Plotly configuration that makes its dates those of the language spoken.

    For pages and HTML files; pictures have their dates written (date_ticks.py). Numbers follow
    the figure itself (`separators` of its template).

    >>> plotly_locale()
    {'locale': 'en'}
    """
    language = current_language()
    if language == ENGLISH:
        return {"locale": language}
    words = {text: tr(text) for text in _BUTTON}
    known = {"format": _formats(language), "dictionary": words}
    return {"locale": language, "locales": {language: known}}


@functools.cache
def _formats(language: str) -> dict[str, Any]:
    """Months and days from January and Sunday on, as d3 wants them."""
    locale = Locale(language)
    months, days = locale.months["format"], locale.days["format"]
    order = (6, 0, 1, 2, 3, 4, 5)
    return {
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
        "days": [days["wide"][day] for day in order],
        "shortDays": [days["abbreviated"][day] for day in order],
    }
