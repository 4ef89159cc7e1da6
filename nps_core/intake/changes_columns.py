"""The columns of a file of product changes, by the names people give them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from nps_core.errors import NpsError
from nps_core.language import tr

DATE: Final = "date"
TITLE: Final = "title"
NOTE: Final = "note"
LINK: Final = "link"
SEGMENTS: Final = "segments"
TAG: Final = "tag"
DRAFT: Final = "draft"
PRERELEASE: Final = "prerelease"

Records = list[tuple[int, dict[str, str]]]
"""(line, {role: text}) of each record of a file, in its order."""

ROLES: Final = (DATE, TITLE, NOTE, LINK, SEGMENTS)
"""The columns of a table of changes, in the order this project writes them."""

_NAMES: Final = {
    DATE: "published at|date|day|release date|released|released at|released on|release day|shipped"
    "|shipped at|shipped on|published|launch date|launched|jour|date de sortie"
    "|date de mise en ligne|date de livraison|livre le|sorti le|publie le|date du changement",
    TITLE: "title|titre|name|nom|change|product change|feature|headline|intitule|changement"
    "|changement produit|nouveaute|fonctionnalite|release|version|event|evenement|summary",
    NOTE: "note|notes|body|description|details|detail|comment|comments|release notes|text"
    "|commentaire|commentaires|remarque|remarques",
    LINK: "html url|link|url|href|release url|web page|lien|adresse|page",
    SEGMENTS: "segments|segment|scope|audience|segments it was for|for segments|for"
    "|perimetre|cible|concerne|pour",
    TAG: "tag name|tag",
    DRAFT: "draft|is draft",
    PRERELEASE: "prerelease|is prerelease",
}
_RANKED: Final = {
    name: (role, rank)
    for role, names in _NAMES.items()
    for rank, name in enumerate(names.split("|"))
}


def header_roles(header: Sequence[str]) -> list[str]:
    """The role of each name of a header, "" for a name that has none.

    A role goes to one name: GitHub writes `url` (of its API) beside the `html_url` people open.

    >>> header_roles(["Date de sortie", "Titre", "Owner", "url", "html_url"])
    ['date', 'title', '', '', 'link']
    """
    found = [_RANKED.get(_plain(name), ("", 0)) for name in header]
    best: dict[str, tuple[int, int]] = {}
    for position, (role, rank) in enumerate(found):
        best[role] = min(best.get(role, (rank, position)), (rank, position))
    return [
        role if best[role] == (rank, position) else ""
        for position, (role, rank) in enumerate(found)
    ]


def _plain(name: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    ascii_only = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", ascii_only.casefold()))


def read_segments(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The segments a change was for, as (column, values) in the order written.

    Written ``company_size=Enterprise|Mid-market; industry=Fintech``. Raises `NpsError` when a part
    has no column or no value, so that a change is never taken as being for everybody by mistake.

    >>> read_segments("company_size=Enterprise|Mid-market; industry=Fintech")
    (('company_size', ('Enterprise', 'Mid-market')), ('industry', ('Fintech',)))
    >>> read_segments("")
    ()
    """
    chosen: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        column, equals, written = (piece.strip() for piece in part.partition("="))
        values = tuple(value.strip() for value in written.split("|") if value.strip())
        if not (column and equals and values):
            form = "column=value|value; column=value"
            raise NpsError(tr("segments are written as {form}", form=form))
        chosen[column] = tuple(dict.fromkeys((*chosen.get(column, ()), *values)))
    return tuple(chosen.items())


def write_segments(segments: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The text that `read_segments` reads back.

    >>> write_segments((("industry", ("Fintech", "Retail")),))
    'industry=Fintech|Retail'
    """
    return "; ".join(f"{column}={'|'.join(values)}" for column, values in segments)
